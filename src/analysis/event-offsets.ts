/** When things happened during a span, read from the received bytes without decoding the rest. */
import { decodeUtf8, Wire, WireError, WireReader, type TraceSet } from '../trace';

/** Fields of Span and Span.Event (opentelemetry-proto, trace.proto). */
const SPAN_START = 7;
const SPAN_EVENT = 11;
const EVENT_TIME = 1;
const EVENT_NAME = 2;

export interface EventOffset {
  /** From the span's start as it was received, ns; the start itself where an event has no time. */
  readonly offsetNs: number;
  readonly name: string;
}

/** The span's first events, at most `limit`. Malformed bytes end the list: what precedes them counts. */
export function eventOffsets(set: TraceSet, row: number, limit: number): EventOffset[] {
  const { bytes, start, end } = set.detailRange(row);
  const reader = new WireReader(bytes, start, end);
  const events: Array<{ readonly timeUnixNs: bigint; readonly name: string }> = [];
  let startUnixNs = 0n;
  try {
    while (reader.next() && events.length < limit) {
      if (reader.field === SPAN_START && reader.type === Wire.fixed64) {
        startUnixNs = reader.fixed64();
      } else if (reader.field === SPAN_EVENT && reader.type === Wire.bytes) {
        events.push(readEvent(reader.message()));
      } else {
        reader.skip();
      }
    }
  } catch (error) {
    if (!(error instanceof WireError)) {
      throw error;
    }
  }
  const fromNs = startUnixNs === 0n && events.length > 0 ? set.startUnixNs(row) : startUnixNs;
  return events.map(({ timeUnixNs, name }) => ({ offsetNs: timeUnixNs === 0n ? 0 : Number(timeUnixNs - fromNs), name }));
}

function readEvent(reader: WireReader): { timeUnixNs: bigint; name: string } {
  let timeUnixNs = 0n;
  let name = '';
  while (reader.next()) {
    if (reader.field === EVENT_TIME && reader.type === Wire.fixed64) {
      timeUnixNs = reader.fixed64();
    } else if (reader.field === EVENT_NAME && reader.type === Wire.bytes) {
      reader.range();
      name = decodeUtf8(reader.bytes, reader.from, reader.to);
    } else {
      reader.skip();
    }
  }
  return { timeUnixNs, name };
}
