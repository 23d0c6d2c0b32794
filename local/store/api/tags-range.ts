/** The times that a request for tags names. As in Tempo they decide whether the tags of the data are listed, not which of them. */
import { traceBounds } from '../query/trace-bounds';
import { ApiError } from './api-error';
import type { Call } from './call';
import { refuseLongRange } from './parameters';

const NS_PER_SECOND = 1_000_000_000n;

export interface TagsRange {
  readonly start: number;
  readonly end: number;
}

/** Seconds; undefined for all times, which a start of 0 stands for too. @throws ApiError 400 for a range that is too long */
export function tagsRange({ engine, parameters, compatibility }: Call): TagsRange | undefined {
  const start = parameters.seconds('start');
  const end = parameters.seconds('end');
  if (compatibility.needsWholeTagsRange && (start === undefined) !== (end === undefined)) {
    throw new ApiError(400, 'error parsing date range: only one of start and end provided: must provide both or neither');
  }
  const range = { start: start ?? 0, end: end ?? 0 };
  // As in Tempo a range that ends before it starts is one too long: its length has 32 bits and no sign.
  refuseLongRange(range, (range.end - range.start) >>> 0, engine.options.limits.searchSeconds);
  return range.start === 0 ? undefined : range;
}

/** Whether there is anything to answer from. @throws ApiError 400 for a range that is none or too long */
export async function hasTracesInRange(call: Call): Promise<boolean> {
  const { engine, reads, tenants } = call;
  const range = tagsRange(call);
  if (!range || range.start === range.end) {
    return !range;
  }
  const filter = { tenants, isSingleTenant: !engine.options.multitenant, startNs: BigInt(range.start) * NS_PER_SECOND, endNs: BigInt(range.end) * NS_PER_SECOND };
  return (await traceBounds((sql) => reads.query(sql), filter)) !== undefined;
}
