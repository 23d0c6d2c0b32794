/** Says of input that is no trace what it is instead, where that can be told. */
import { decodeUtf8 } from '../trace';
import { asArray, asObject, asText } from './json/untyped';

const SIGNATURES: ReadonlyArray<readonly [reason: string, ...bytes: number[]]> = [
  ['a gzip file: unpack it first', 0x1f, 0x8b],
  ['a zip archive: unpack it first', 0x50, 0x4b, 0x03, 0x04],
  ['a zstd file: unpack it first', 0x28, 0xb5, 0x2f, 0xfd],
  ['UTF-16 text: save it as UTF-8 first', 0xff, 0xfe],
  ['UTF-16 text: save it as UTF-8 first', 0xfe, 0xff],
  ['an HTML or XML page, perhaps of a login', 0x3c],
];

/** Why nothing of the input could be read, in a few words. */
export function reasonOfBytes(bytes: Uint8Array): string {
  if (bytes.length === 0) {
    return 'the input is empty';
  }
  return SIGNATURES.find(([, ...signature]) => signature.every((byte, at) => bytes[at] === byte))?.[0] ?? 'neither JSON nor OTLP protobuf';
}

/** Longer input is no error message. */
const MOST_ERROR_BYTES = 10_000;

/** What a server said instead of traces: `{errors: [{msg}]}` (Jaeger v2), `{error: {message}}` (v3), `{message}` (Grafana). */
export function errorInJson(bytes: Uint8Array): string | undefined {
  if (bytes.length > MOST_ERROR_BYTES) {
    return undefined;
  }
  let answer: unknown;
  try {
    answer = JSON.parse(decodeUtf8(bytes));
  } catch {
    return undefined; // malformed: the caller's own reason stands
  }
  const object = asObject(answer);
  const text = asText(asObject(asArray(object?.errors)[0])?.msg) ?? asText(asObject(object?.error)?.message) ?? asText(object?.error) ?? asText(object?.message);
  return text && `an error instead of traces: ${text}`;
}
