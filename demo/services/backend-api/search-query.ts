import { createHash } from 'node:crypto';
import { HttpError } from '../../http/http-error';
import type { RouteReply, RouteRequest } from '../../http/server';
import { type ServiceContext, UpstreamError } from '../service';

const CACHE_LIFETIME_S = 30;
const MAX_QUERY_CHARACTERS = 200;

/** `search.query`: the cache, or the search service's fan-out with its hits' rows and preview links. */
export async function search({ call, peers }: ServiceContext, { query, span }: RouteRequest): Promise<RouteReply> {
  const text = query.get('q')?.trim() ?? '';
  if (text === '' || text.length > MAX_QUERY_CHARACTERS) {
    throw new HttpError(400, 'InvalidQuery', `q has 1 to ${MAX_QUERY_CHARACTERS} characters`);
  }
  span.setAttribute('veza.query.length', text.length); // what someone looks for is their own business

  const cacheKey = `search:${createHash('sha256').update(text.toLowerCase()).digest('base64url')}`;
  const cached = await peers.redis.get(cacheKey);
  span.setAttribute('veza.cache.hit', cached !== undefined);
  if (cached !== undefined) {
    return { status: 200, body: { hits: Number(cached), cached: true } };
  }
  const hits = await countHits(call, text);
  await peers.postgres('SELECT', 'tracks', { medianMs: 6 });
  await call('veza-stream-server', 'POST', '/internal/previews');
  await peers.redis.set(cacheKey, String(hits), CACHE_LIFETIME_S);
  return { status: 200, body: { hits, cached: false } };
}

async function countHits(call: ServiceContext['call'], text: string): Promise<number> {
  try {
    const { text: answer } = await call('veza-search', 'POST', '/search', { text });
    return (JSON.parse(answer) as { hits: number }).hits;
  } catch (error) {
    throw error instanceof UpstreamError ? new HttpError(504, 'SearchTimeout', 'the search timed out') : error;
  }
}
