import type { Dependency, RequestOptions, TimeRangeMs } from '../backend';
import type { ApiClient } from '../http/api-client';
import { asArray, asObject } from '../json';
import { dependenciesOf } from '../dependencies';

/** Batches may be stamped with the midnight before: a shorter look back would miss them. */
const SHORTEST_LOOKBACK_MS = 48 * 3_600_000;

/** `/api/dependencies`, the same in v2 and beside v3: counts of calls, neither errors nor durations. */
export async function jaegerDependencies(client: ApiClient, { fromMs, toMs }: TimeRangeMs, { signal }: RequestOptions): Promise<Dependency[]> {
  const query = { endTs: Math.ceil(toMs), lookback: Math.max(SHORTEST_LOOKBACK_MS, Math.ceil(toMs - fromMs)) };
  const { data } = asObject(await client.json({ path: '/api/dependencies', query, signal }));
  return dependenciesOf(asArray(data));
}
