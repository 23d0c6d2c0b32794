/** What a number in an attribute measures, as OpenTelemetry's semantic conventions and common names say. */
import { formatBytes, formatDuration } from '../../../drawing/format-figures';
import type { AnyValue } from '../../../trace';

const BYTES_KEYS: ReadonlySet<string> = new Set([
  'http.request.size', 'http.response.size', 'http.request_content_length', 'http.response_content_length',
  'http.request_content_length_uncompressed', 'http.response_content_length_uncompressed', 'messaging.message.envelope.size',
  'messaging.message.payload_size_bytes', 'messaging.message.payload_compressed_size_bytes', 'message.compressed_size',
  'message.uncompressed_size', 'rpc.message.compressed_size', 'rpc.message.uncompressed_size', 'file.size', 'http.response.body.length',
]);
const BYTES_SUFFIX = /(?:\.body\.size|[._]bytes|_size_bytes|\.(?:un)?compressed_size)$/;

const DURATION_SUFFIXES: ReadonlyArray<readonly [RegExp, number]> = [
  [/[._](?:ns|nanos|nanoseconds)$/, 1],
  [/[._](?:us|micros|microseconds)$/, 1e3],
  [/[._](?:ms|millis|milliseconds)$/, 1e6],
  [/[._](?:s|sec|secs|seconds)$/, 1e9],
];

/** The value with its unit, "1.5 MiB"; undefined where the key says nothing about one. */
export function measureText(key: string, value: AnyValue): string | undefined {
  const number = numberOf(value);
  if (number === undefined) {
    return undefined;
  }
  if (BYTES_KEYS.has(key) || BYTES_SUFFIX.test(key)) {
    return formatBytes(number);
  }
  const unitNs = DURATION_SUFFIXES.find(([suffix]) => suffix.test(key))?.[1];
  return unitNs === undefined ? undefined : formatDuration(number * unitNs);
}

/** Zipkin and Jaeger's older clients send numbers as text. */
function numberOf(value: AnyValue): number | undefined {
  switch (value.kind) {
    case 'int':
      return Number(value.value);
    case 'double':
      return Number.isFinite(value.value) ? value.value : undefined;
    case 'string':
      return /^-?\d{1,18}(?:\.\d+)?$/.test(value.value) ? Number(value.value) : undefined;
    default:
      return undefined;
  }
}
