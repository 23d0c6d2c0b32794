import { HttpError } from '../http/http-error';
import type { RouteReply } from '../http/server';
import { type Condition, currentCondition } from '../peers/condition';
import { PeerError, simulateWork } from '../peers/simulated-work';
import type { Random } from '../random';
import { inSpan } from '../telemetry/in-span';
import type { Service, ServiceContext } from './service';

const MAX_HITS_A_SHARD = 40;

/** veza-search: asks all shards of the index at once and ranks what they found. */
export function createService({ random }: ServiceContext): Service {
  return {
    routes: [
      { method: 'POST', path: '/search', operation: 'search.execute', handle: () => executeSearch(random) },
      { method: 'PUT', path: '/index', operation: 'index.update', handle: () => updateIndex(random) },
    ],
  };
}

async function executeSearch(random: Random): Promise<RouteReply> {
  await inSpan('query.parse', {}, () => simulateWork(random, { medianMs: 1 }));
  const condition = currentCondition();
  const shards = Array.from({ length: random.integer(3, 6) }, (_, shard) => shard);
  const troubledShard = random.pick(shards);
  // All are awaited, so that no span ends after its parent.
  const answers = await Promise.allSettled(shards.map((shard) => searchShard(random, shard, shard === troubledShard ? condition : undefined)));
  if (answers.some(({ status }) => status === 'rejected')) {
    throw new HttpError(504, 'SearchTimeout', 'a shard of the index timed out');
  }
  await inSpan('rank', { attributes: { 'veza.rank.model': 'v7' } }, () => simulateWork(random, { medianMs: 8 }));
  const hits = answers.reduce((sum, answer) => sum + (answer.status === 'fulfilled' ? answer.value : 0), 0);
  return { status: 200, body: { hits } };
}

/** Answers how many documents the shard found. */
function searchShard(random: Random, shard: number, condition: Condition | undefined): Promise<number> {
  return inSpan('shard.search', { attributes: { 'veza.shard': shard } }, async (span) => {
    const failure = () => new PeerError('ShardTimeout', `shard ${shard} timed out`);
    await simulateWork(random, { medianMs: 14, condition, failure });
    const hits = random.integer(0, MAX_HITS_A_SHARD);
    span.setAttribute('veza.shard.hits', hits);
    return hits;
  });
}

async function updateIndex(random: Random): Promise<RouteReply> {
  await inSpan('index.write', {}, () => simulateWork(random, { medianMs: 9 }));
  return { status: 200, body: { indexed: true } };
}
