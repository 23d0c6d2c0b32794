/**
 * A route table over raw paths. Paths are matched before any decoding or `.`/`..` normalisation,
 * because the data source proxy has to see what the client really asked for.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { HttpError } from './responses';

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Decoded `:name` segments. */
  readonly params: Readonly<Record<string, string>>;
  /** What the pattern's trailing `*` stood for: still encoded, without a leading slash. */
  readonly rest: string;
  /** Query string as received, without the question mark. */
  readonly query: string;
}

export interface Route {
  /** An HTTP method, or `*` for any. `GET` answers `HEAD` too. */
  readonly method: string;
  /** Such as `/api/plugins/:id/settings`; a final `/*` takes the rest of the path. */
  readonly pattern: string;
  readonly handle: (exchange: Exchange) => void | Promise<void>;
}

interface Match {
  readonly params: Readonly<Record<string, string>>;
  readonly rest: string;
}

/** @returns the parts a pattern captured, `undefined` when the path is another one. */
function matchPattern(pattern: string, path: string): Match | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  const params: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    if (segment === '*') {
      return { params, rest: given.slice(index).join('/') };
    }
    if (index >= given.length) {
      return undefined;
    }
    if (segment.startsWith(':')) {
      params[segment.slice(1)] = decodeSegment(given[index]);
    } else if (segment !== given[index]) {
      return undefined;
    }
  }
  return wanted.length === given.length ? { params, rest: '' } : undefined;
}

/**
 * Runs the first route that fits.
 * @throws HttpError 404 when none does, 405 when only the method is wrong.
 */
export async function dispatch(
  routes: readonly Route[],
  request: IncomingMessage,
  response: ServerResponse
): Promise<void> {
  const [path, ...query] = (request.url ?? '/').split('?');
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  let pathKnown = false;
  for (const route of routes) {
    const match = matchPattern(route.pattern, path);
    if (!match) {
      continue;
    }
    if (route.method === '*' || route.method === method) {
      await route.handle({ request, response, query: query.join('?'), ...match });
      return;
    }
    pathKnown = true;
  }
  if (pathKnown) {
    throw new HttpError(405, `The shell answers ${path}, but not to ${request.method}`);
  }
  throw new HttpError(404, `The shell has no route ${request.method} ${path}`);
}

export function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    throw new HttpError(400, `Malformed percent-encoding in ${JSON.stringify(segment)}: ${String(error)}`);
  }
}
