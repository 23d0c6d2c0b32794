/** The times that a request for tags names. As in Tempo they decide whether the tags of the data are listed, not which of them. */
import { traceBounds } from '../query/trace-bounds';
import type { Call } from './call';

const NS_PER_SECOND = 1_000_000_000n;

/** Whether there is anything to answer from. @throws ApiError 400 for a range that is none or too long */
export async function hasTracesInRange({ engine, reads, parameters, tenants }: Call): Promise<boolean> {
  const range = parameters.secondsRange(engine.options.limits.searchSeconds);
  if (!range) {
    return true;
  }
  const filter = { tenants, isSingleTenant: !engine.options.multitenant, startNs: BigInt(range.start) * NS_PER_SECOND, endNs: BigInt(range.end) * NS_PER_SECOND };
  return (await traceBounds((sql) => reads.query(sql), filter)) !== undefined;
}
