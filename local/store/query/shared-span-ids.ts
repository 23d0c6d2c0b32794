/**
 * Zipkin's clients and servers may share a span id. Tempo answers such a trace with an id of its own for the server's span, which
 * becomes a child of the client's, so that readers find a tree.
 */
import type { StoredResource, StoredSpan } from './trace-by-id';

const SERVER = 2;
const CLIENT = 3;

export function withOwnSpanIds(resources: readonly StoredResource[]): readonly StoredResource[] {
  const spans = resources.flatMap(({ scopes }) => scopes.flatMap((scope) => scope.spans));
  const clientIds = new Set(spans.filter(({ kind }) => kind === CLIENT).map(({ spanId }) => spanId));
  const isShared = ({ kind, spanId }: StoredSpan): boolean => kind === SERVER && clientIds.has(spanId);
  if (!spans.some(isShared)) {
    return resources;
  }
  const ids = new Set(spans.map(({ spanId }) => spanId));
  let lastId = 0n;
  const nextFreeId = (): bigint => {
    do {
      lastId++;
    } while (ids.has(lastId));
    return lastId;
  };
  const ownIds = new Map(spans.filter(isShared).map((span) => [span, nextFreeId()]));
  // Where several servers share one id, the children are the last one's.
  const serverIds = new Map([...ownIds].map(([{ spanId }, id]) => [spanId, id]));
  const renamed = (span: StoredSpan): StoredSpan => {
    const ownId = ownIds.get(span);
    return ownId === undefined ? { ...span, parentId: serverIds.get(span.parentId) ?? span.parentId } : { ...span, spanId: ownId, parentId: parentOfServer(span, ownId, serverIds) };
  };
  return resources.map((resource) => ({ ...resource, scopes: resource.scopes.map((scope) => ({ ...scope, spans: scope.spans.map(renamed) })) }));
}

/** The client's span, which keeps the id; for all but the last of several servers that is the last server. */
function parentOfServer({ spanId }: StoredSpan, ownId: bigint, serverIds: ReadonlyMap<bigint, bigint>): bigint {
  const last = serverIds.get(spanId);
  return last === undefined || last === ownId ? spanId : last;
}
