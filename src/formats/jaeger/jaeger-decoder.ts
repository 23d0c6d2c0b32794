/**
 * Jaeger query API v2 JSON → TraceSet. Read: `{"data": [trace…]}`, a trace alone, a list of traces, spans that carry their
 * process, as Jaeger's storage has them (bare, in a list, or as Elasticsearch's `_source`), and several of these after each
 * other, as in JSON lines. Spans are transcoded to OTLP as the OpenTelemetry specification maps Jaeger ("OpenTelemetry to
 * Jaeger Transformation", read backwards). (v3 is OTLP JSON: see otlp/json-decoder.ts.)
 */
import { TraceSet, TraceSetBuilder, type OnSpans } from '../../trace';
import { FormatError } from '../format-error';
import { JsonCursor, JsonError } from '../json/json-cursor';
import { KeyTable } from '../json/key-table';
import { SpanSink } from '../otlp/span-sink';
import { errorInJson } from '../unreadable';
import { JaegerTrace } from './jaeger-trace';

/** @throws FormatError if nothing in it is a Jaeger trace */
export function decodeJaegerJson(input: Uint8Array | readonly Uint8Array[], onSpans?: OnSpans): TraceSet {
  const builder = new TraceSetBuilder(onSpans);
  for (const bytes of input instanceof Uint8Array ? [input] : input) {
    new JaegerDecoder(builder, bytes).decode();
  }
  return withoutRepeated(builder.finish());
}

/** What Jaeger warns of and the set finds itself is told once: traces that were exported from here carry the set's warnings. */
function withoutRepeated(set: TraceSet): TraceSet {
  if (!set.notices.some(({ message }) => message.startsWith(JAEGER_SAYS))) {
    return set;
  }
  const found = new Set<string>();
  for (let trace = 0; trace < set.traceCount; trace++) {
    set.warnings(trace).forEach(({ message }) => found.add(JAEGER_SAYS + message));
  }
  return new TraceSet({ ...set.columns, notices: set.notices.filter(({ message }) => !found.has(message)) });
}

const DOCUMENT = new KeyTable(['spans', 'processes', 'spanID', 'warnings', 'data', 'hits', '_source']);
const SPANS = 0, PROCESSES = 1, SPAN_ID = 2, WARNINGS = 3, DATA = 4;
/** Elasticsearch's answer: an object, its hits, their list, a hit, its source. */
const MAX_DEPTH = 4;
/** Warnings of traces that are told one by one. */
const MOST_WARNINGS = 20;
const JAEGER_SAYS = 'Jaeger: ';

class JaegerDecoder {
  private readonly cursor: JsonCursor;
  private readonly sink: SpanSink;
  /** Spans outside any trace, each with its process. */
  private readonly loose: JaegerTrace;
  /** Traces, loose spans, and empty lists of them. */
  private found = 0;
  private warningCount = 0;
  /** Whether there was `"data": null`: nothing found, or an error. */
  private hasNoData = false;

  constructor(
    private readonly builder: TraceSetBuilder,
    private readonly bytes: Uint8Array
  ) {
    this.cursor = new JsonCursor(bytes);
    this.sink = new SpanSink(builder);
    this.loose = new JaegerTrace(this.cursor, this.sink);
  }

  decode(): void {
    const { builder, cursor, sink, bytes } = this;
    const before = builder.spanCount;
    try {
      cursor.eachDocument(() => this.value(0));
    } catch (error) {
      if (!(error instanceof JsonError)) {
        throw error;
      }
      if (builder.spanCount === before) {
        throw new FormatError('jaeger-json', `byte ${error.offset}`, error.reason);
      }
      builder.notice('truncated', `Malformed JSON: ${error.message}; what precedes is shown.`);
    }
    if (this.found === 0 && builder.spanCount === before) {
      const error = errorInJson(bytes);
      if (error !== undefined || !this.hasNoData) {
        throw new FormatError('jaeger-json', 'the outermost object', error ?? 'neither data nor spans found');
      }
    }
    sink.keep();
  }

  /** Jaeger's own warnings of a trace, the same text once; of the many that a broken backend may repeat with other words the first. */
  private warnings(): void {
    const { builder, cursor } = this;
    if (cursor.enterArray()) {
      while (cursor.nextItem()) {
        const text = cursor.scalarText();
        if (text) {
          builder.notice(this.warningCount++ < MOST_WARNINGS ? `jaeger: ${text}` : 'jaeger', JAEGER_SAYS + text);
        }
      }
    }
  }

  /** What comes next: a trace, a span, or something that may hold them. */
  private value(depth: number): void {
    const { cursor } = this;
    const kind = cursor.peek();
    if (depth <= MAX_DEPTH && kind === 'array') {
      const before = this.found;
      for (cursor.enterArray(); cursor.nextItem(); ) {
        this.value(depth + 1);
      }
      // The list of traces may be empty; a file that is an empty list is not Jaeger's.
      this.found += this.found === before && depth > 0 ? 1 : 0;
    } else if (depth <= MAX_DEPTH && kind === 'object') {
      this.object(depth);
    } else {
      cursor.skip();
    }
  }

  private object(depth: number): void {
    const { cursor, sink } = this;
    const from = cursor.at;
    const trace = new JaegerTrace(cursor, sink);
    cursor.enterObject();
    for (let key = cursor.nextKey(DOCUMENT); key !== -2; key = cursor.nextKey(DOCUMENT)) {
      if (key === SPAN_ID) {
        cursor.at = from;
        this.loose.span();
        this.found++;
        return;
      }
      if (key === SPANS) {
        const before = this.builder.spanCount;
        trace.spans();
        if (this.builder.spanCount > before && !trace.hasSpanIds) {
          throw new FormatError('jaeger-json', `byte ${from}`, 'no span has a spanID: this is not what Jaeger\'s query API and UI export');
        }
        this.found++;
      } else if (key === PROCESSES) {
        trace.processes();
      } else if (key === WARNINGS) {
        this.warnings();
      } else if (key >= DATA) {
        this.hasNoData ||= cursor.peek() === 'null';
        this.value(depth + 1);
      } else {
        cursor.skip();
      }
    }
  }
}
