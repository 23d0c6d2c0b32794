/**
 * Ids as others write them → ours of 16 and 8 bytes. Hex is taken as it is, with the dashes of AWS X-Ray
 * (`1-5f048fc1-4f1c9b022d6233dacd96fb84`, which the W3C form writes without) and of UUIDs left out. Any other text, such as the
 * names that X-Ray's data source makes up for parents, is hashed: the same text gives the same id, so that the tree holds.
 */
import { bytesOfHex, parseSpanId, parseTraceId, TRACE_ID_BYTES, type SpanId, type TraceId } from '../trace';

/** Undefined for an empty text. */
export function traceIdOfText(text: string): TraceId | undefined {
  return parseTraceId(text) ?? parseTraceId(withoutDashes(text)) ?? parseTraceId(hashed(text, 4));
}

/** Undefined for an empty text. */
export function spanIdOfText(text: string): SpanId | undefined {
  return parseSpanId(text) ?? parseSpanId(hashed(text, 2));
}

/** The same as `size` bytes: a trace's id for 16, a span's for 8. Undefined for an empty text. */
export function idBytesOfText(text: string, size: number): Uint8Array | undefined {
  const hex = size === TRACE_ID_BYTES ? traceIdOfText(text) : spanIdOfText(text);
  return hex === undefined ? undefined : bytesOfHex(hex);
}

/** `1-5f048fc1-4f1c…` and UUIDs; empty where it is neither. */
function withoutDashes(text: string): string {
  const [, xRayTime = '', xRayId = ''] = /^1-([0-9a-f]{8})-([0-9a-f]{24})$/i.exec(text) ?? [];
  const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
  return isUuid ? text.replaceAll('-', '') : xRayTime + xRayId;
}

/** FNV-1a over the text's UTF-16 units, from a different start for each word of 32 bits; empty for an empty text. */
function hashed(text: string, words: number): string {
  let hex = '';
  for (let word = 0; word < words && text !== ''; word++) {
    let hash = 0x811c9dc5 ^ Math.imul(word, 0x9e3779b9);
    for (let at = 0; at < text.length; at++) {
      hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    }
    // The last characters have hardly spread yet.
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    hex += ((hash ^ (hash >>> 13)) >>> 0).toString(16).padStart(8, '0');
  }
  return hex;
}
