import { TraceSet } from '../../trace';

/** The same traces with one more thing to say of them. */
export function withNotice(set: TraceSet, code: string, message: string): TraceSet {
  return new TraceSet({ ...set.columns, notices: [...set.columns.notices, { code, count: 1, message }] });
}
