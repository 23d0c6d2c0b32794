/**
 * Jaeger query API v2 JSON → TraceSet. Read: `{"data": [trace…]}`, a trace alone, a list of traces. Spans are transcoded to
 * OTLP as the OpenTelemetry specification maps Jaeger ("OpenTelemetry to Jaeger Transformation", read backwards).
 * (v3 is OTLP JSON: see otlp/json-decoder.ts.)
 */
import { TraceSetBuilder, type TraceSet } from '../../trace';
import { FormatError } from '../format-error';
import { JsonCursor, JsonError } from '../json/json-cursor';
import { KeyTable } from '../json/key-table';
import { SpanSink } from '../otlp/span-sink';
import { errorInJson } from '../unreadable';
import { JaegerTrace } from './jaeger-trace';

/** @throws FormatError if nothing in it is a Jaeger trace */
export function decodeJaegerJson(input: Uint8Array | readonly Uint8Array[]): TraceSet {
  const builder = new TraceSetBuilder();
  for (const bytes of input instanceof Uint8Array ? [input] : input) {
    addJaegerJson(builder, bytes);
  }
  return builder.finish();
}

const DOCUMENT = new KeyTable(['data', 'spans', 'processes']);

function addJaegerJson(builder: TraceSetBuilder, bytes: Uint8Array): void {
  const cursor = new JsonCursor(bytes);
  const sink = new SpanSink(builder);
  let traces = 0;
  try {
    traces = document(cursor, sink, 0);
  } catch (error) {
    if (!(error instanceof JsonError)) {
      throw error;
    }
    if (builder.spanCount === 0) {
      throw new FormatError('jaeger-json', `byte ${error.offset}`, error.reason);
    }
    builder.notice('truncated', `Malformed JSON: ${error.message}; what precedes is shown.`);
    traces++;
  }
  if (traces === 0) {
    throw new FormatError('jaeger-json', 'the outermost object', errorInJson(bytes) ?? 'neither data nor spans found');
  }
  sink.keep();
}

/** How many traces, or empty lists of them, the value that comes next holds. */
function document(cursor: JsonCursor, sink: SpanSink, depth: number): number {
  let traces = 0;
  if (depth > 2) {
    cursor.skip();
  } else if (cursor.peek() === 'array') {
    for (cursor.enterArray(); cursor.nextItem(); ) {
      traces += document(cursor, sink, depth + 1);
    }
    return depth === 0 ? traces : Math.max(1, traces);
  } else if (cursor.enterObject()) {
    const trace = new JaegerTrace(cursor, sink);
    for (let key = cursor.nextKey(DOCUMENT); key !== -2; key = cursor.nextKey(DOCUMENT)) {
      if (key === 0) {
        traces += document(cursor, sink, depth + 1);
      } else if (key === 1) {
        trace.spans();
        traces++;
      } else if (key === 2) {
        trace.processes();
      } else {
        cursor.skip();
      }
    }
  }
  return traces;
}
