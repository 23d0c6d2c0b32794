/** Opens a file of any known format, recognised by its content: the first bytes say protobuf or JSON, the first keys which. */
import { decodeUtf8, WireError, WireReader, type OnSpans, type TraceSet } from '../trace';
import { FormatError, type FormatName } from './format-error';
import { decodeTraceFrames } from './grafana/trace-frame';
import { decodeJaegerJson } from './jaeger/jaeger-decoder';
import { JsonCursor, JsonError } from './json/json-cursor';
import { KeyTable } from './json/key-table';
import { asArray, asObject, parseJson } from './json/untyped';
import { decodeOtlpJson } from './otlp/json-decoder';
import { isLengthPrefixed, lengthPrefixedMessages } from './otlp/length-prefixed';
import { decodeOtlpProtobuf } from './otlp/protobuf-decoder';
import { decodeTempoSearch } from './tempo/tempo-search';
import { errorInJson, reasonOfBytes } from './unreadable';
import { decodeZipkinJson } from './zipkin/zipkin-decoder';

export interface OpenedTraces {
  readonly format: FormatName;
  readonly set: TraceSet;
}

/**
 * @param onSpans is told how far it is; formats that are small whatever they hold say nothing
 * @throws FormatError naming the format it was taken for, the place and the reason
 */
export function openTraces(bytes: Uint8Array, onSpans?: OnSpans): OpenedTraces {
  const format = recogniseFormat(bytes);
  switch (format) {
    case 'otlp-protobuf':
      return { format, set: decodeOtlpProtobuf(isLengthPrefixed(bytes) ? lengthPrefixedMessages(bytes) : bytes, onSpans) };
    case 'otlp-json':
      return { format, set: decodeOtlpJson(bytes, onSpans) };
    case 'tempo-search':
      return { format, set: decodeTempoSearch(bytes).set };
    case 'jaeger-json':
      return { format, set: decodeJaegerJson(bytes, onSpans) };
    case 'zipkin-json':
      return { format, set: decodeZipkinJson(bytes, onSpans) };
    case 'grafana-frame':
      return { format, set: decodeTraceFrames(framesOf(parseJson(bytes, format))) };
  }
}

/** @throws FormatError if it looks like none */
export function recogniseFormat(bytes: Uint8Array): FormatName {
  if (isLengthPrefixed(bytes)) {
    return 'otlp-protobuf';
  }
  const cursor = new JsonCursor(bytes);
  const kind = cursor.peek();
  if (kind === 'object' || kind === 'array') {
    const found = byKeys(cursor);
    if (found !== undefined) {
      return found;
    }
    throw new FormatError('unknown', 'the outermost object', errorInJson(bytes) ?? 'JSON without the keys of OTLP, Tempo, Jaeger, Zipkin or a Grafana frame');
  }
  if (kind !== 'end' && looksLikeProtobuf(bytes)) {
    return 'otlp-protobuf';
  }
  throw new FormatError('unknown', 'byte 0', reasonOfBytes(bytes));
}

/** The first of these keys, at most this deep, decides. */
const TELLTALES: ReadonlyArray<readonly [FormatName, readonly string[]]> = [
  ['otlp-json', ['resourceSpans', 'resource_spans', 'batches', 'trace', 'result']],
  ['tempo-search', ['traces']],
  ['jaeger-json', ['spans', 'processes', 'operationName', 'spanID']],
  ['zipkin-json', ['traceId', 'localEndpoint', 'remoteEndpoint']],
  ['grafana-frame', ['fields', 'schema', 'results']],
];
const KEYS = new KeyTable(TELLTALES.flatMap(([, keys]) => keys));
const FORMATS = TELLTALES.flatMap(([format, keys]) => keys.map(() => format));
const MAX_DEPTH = 4;

/** @throws FormatError where the JSON breaks off, or is none, before a telltale key */
function byKeys(cursor: JsonCursor): FormatName | undefined {
  try {
    // Of JSON lines the first may tell nothing: a collector writes its logs and metrics into the same file.
    let found: FormatName | undefined;
    for (let kind = cursor.peek(); found === undefined && (kind === 'object' || kind === 'array'); kind = cursor.peek()) {
      found = search(cursor, 0);
    }
    return found;
  } catch (error) {
    if (error instanceof JsonError) {
      throw new FormatError('unknown', `byte ${error.offset}`, `malformed JSON: ${error.reason}`);
    }
    throw error;
  }
}

function search(cursor: JsonCursor, depth: number): FormatName | undefined {
  const kind = cursor.peek();
  if (depth > MAX_DEPTH || (kind !== 'object' && kind !== 'array')) {
    cursor.skip();
    return undefined;
  }
  if (kind === 'array') {
    for (cursor.enterArray(); cursor.nextItem(); ) {
      const found = search(cursor, depth + 1);
      if (found !== undefined) {
        return found;
      }
    }
    // An empty list is what Zipkin answers where there is nothing.
    return depth === 0 ? 'zipkin-json' : undefined;
  }
  cursor.enterObject();
  for (let key = cursor.nextKey(KEYS); key !== -2; key = cursor.nextKey(KEYS)) {
    if (key >= 0) {
      return FORMATS[key];
    }
    const isData = decodeUtf8(cursor.bytes, cursor.keyFrom, cursor.keyTo) === 'data';
    const found = search(cursor, depth + 1);
    if (found !== undefined || (isData && depth === 0)) {
      return found ?? 'jaeger-json';
    }
  }
  return undefined;
}

/** Whether the first field is a length-delimited field 1, the only one the outermost message may start with. */
function looksLikeProtobuf(bytes: Uint8Array): boolean {
  const reader = new WireReader(bytes);
  try {
    return reader.next() && reader.field === 1 && reader.type === 2 && reader.varint() >= 0;
  } catch (error) {
    if (error instanceof WireError) {
      return false;
    }
    throw error;
  }
}

/** Frames: one, a list, an answer of Grafana's query API `{results: {A: {frames}}}` or a part of it, or panel data `{series}`. */
function framesOf(file: unknown): readonly unknown[] {
  const object = asObject(file);
  const results = asObject(object?.results);
  if (results !== undefined) {
    return Object.values(results).flatMap((result) => asArray(asObject(result)?.frames));
  }
  return [file, object?.frames, object?.series].find((list) => Array.isArray(list)) ?? [file];
}
