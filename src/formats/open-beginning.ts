/** The first spans of an input that is still on its way, or long to read. */
import { TraceSet } from '../trace';
import { FormatError, type FormatName } from './format-error';
import { openTraces, recogniseFormat, type OpenedTraces } from './open-traces';

/** These can be read up to any place; in Jaeger's JSON services follow the spans, and a frame is read by columns. */
const READ_FROM_THE_START: readonly FormatName[] = ['otlp-protobuf', 'otlp-json', 'zipkin-json'];

const STILL_READING = { code: 'reading', count: 1, message: 'These are the first spans; the rest is being read.' };

/** What the beginning of an input holds, said to be one; undefined where that cannot be told from it. */
export function openBeginning(bytes: Uint8Array): OpenedTraces | undefined {
  try {
    if (!READ_FROM_THE_START.includes(recogniseFormat(bytes))) {
      return undefined;
    }
    const { format, set } = openTraces(bytes);
    return set.spanCount > 0 ? { format, set: new TraceSet({ ...set.columns, notices: [STILL_READING] }) } : undefined;
  } catch (error) {
    if (error instanceof FormatError) {
      return undefined;
    }
    throw error;
  }
}

/** What is amiss in such a set cannot be told yet: parents may follow. */
export const isBeginning = ({ notices }: TraceSet): boolean => notices.some(({ code }) => code === STILL_READING.code);
