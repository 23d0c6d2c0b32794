/**
 * OTLP JSON → TraceSet (opentelemetry.io/docs/specs/otlp, JSON Protobuf Encoding). Spans are transcoded to OTLP
 * protobuf one by one and read as such, so that one reader, one set of repairs and one detail format serve both encodings.
 *
 * Read: ids in hex or base64, enums as numbers or names, int64 as string or number, TracesData and
 * ExportTraceServiceRequest, Tempo's `batches` and `trace.resourceSpans`, Jaeger v3's `result`, several of them as JSON lines
 * or in an array.
 */
import { TraceSetBuilder, type OnSpans, type TraceSet } from '../../trace';
import { FormatError } from '../format-error';
import { JsonCursor, JsonError } from '../json/json-cursor';
import { KeyTable } from '../json/key-table';
import { JsonTranscoder } from './json-transcoder';
import { SpanSink } from './span-sink';

/** Decodes one document, or several into one set. @throws FormatError if nothing in them is OTLP */
export function decodeOtlpJson(input: Uint8Array | readonly Uint8Array[], onSpans?: OnSpans): TraceSet {
  const builder = new TraceSetBuilder(onSpans);
  for (const bytes of input instanceof Uint8Array ? [input] : input) {
    addOtlpJson(builder, bytes);
  }
  return builder.finish();
}

const ENVELOPE = new KeyTable(['resourceSpans', 'resource_spans', 'batches', 'trace', 'result', 'data']);
const FIRST_WRAPPER = 3;
/** `{"result": {...}}`, `{"trace": {...}}`: wrappers nest once, hostile input nests deeper. */
const MAX_WRAPPERS = 4;

/** Spans with a few attributes take about this much; room for so many is less than a tenth of the input, and cheap until used. */
const LEAN_SPAN_BYTES = 700;

/** Adds the spans of one document to a builder. @throws FormatError */
function addOtlpJson(builder: TraceSetBuilder, bytes: Uint8Array): void {
  builder.reserve(bytes.length / LEAN_SPAN_BYTES);
  const cursor = new JsonCursor(bytes);
  const sink = new SpanSink(builder);
  const transcoder = new JsonTranscoder(cursor, sink);
  const spansBefore = builder.spanCount;
  let recognised = 0;
  try {
    cursor.eachDocument(() => (recognised += document(cursor, transcoder, 0)));
  } catch (error) {
    if (!(error instanceof JsonError)) {
      throw error;
    }
    if (builder.spanCount === spansBefore) {
      throw new FormatError('otlp-json', `byte ${error.offset}`, error.reason);
    }
    builder.notice('truncated', `Malformed JSON: ${error.message}; what precedes is shown.`);
    recognised++;
  }
  if (recognised === 0) {
    throw new FormatError('otlp-json', 'the outermost object', 'neither resourceSpans nor batches found');
  }
  sink.keep();
}

/** Transcodes one document; how many lists of resource spans, or empty wrappers, it had. */
function document(cursor: JsonCursor, transcoder: JsonTranscoder, wrappers: number): number {
  let recognised = 0;
  if (wrappers > MAX_WRAPPERS) {
    cursor.skip();
  } else if (cursor.peek() === 'array') {
    for (cursor.enterArray(); cursor.nextItem(); ) {
      recognised += document(cursor, transcoder, wrappers + 1);
    }
  } else if (cursor.enterObject()) {
    for (let key = cursor.nextKey(ENVELOPE); key !== -2; key = cursor.nextKey(ENVELOPE)) {
      if (key >= FIRST_WRAPPER) {
        // An empty wrapper is Tempo's way to say that there is no such trace.
        recognised += Math.max(1, document(cursor, transcoder, wrappers + 1));
      } else if (key >= 0) {
        transcoder.resourceSpansList();
        recognised++;
      } else {
        cursor.skip();
      }
    }
  }
  return recognised;
}
