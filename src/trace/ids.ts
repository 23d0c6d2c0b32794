/** Trace and span ids: 16 and 8 bytes in columns, lower-case hex with all leading zeros as text. */

declare const traceIdBrand: unique symbol;
declare const spanIdBrand: unique symbol;

/** 32 lower-case hex digits. */
export type TraceId = string & { readonly [traceIdBrand]: true };
/** 16 lower-case hex digits. */
export type SpanId = string & { readonly [spanIdBrand]: true };

export const TRACE_ID_BYTES = 16;
export const SPAN_ID_BYTES = 8;

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
/** Character codes of the digits. */
const DIGIT = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));

/** bytes[start, end) as lower-case hex. */
export function hexOf(bytes: Uint8Array, start = 0, end = bytes.length): string {
  let hex = '';
  let at = start;
  for (; at + 4 <= end; at += 4) {
    hex += hexOfFour(bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]);
  }
  for (; at < end; at++) {
    hex += HEX[bytes[at]];
  }
  return hex;
}

/** In one piece: ids are made in such numbers that the parts of a longer text would be most of the garbage. */
function hexOfFour(a: number, b: number, c: number, d: number): string {
  return String.fromCharCode(
    DIGIT[a >> 4], DIGIT[a & 15], DIGIT[b >> 4], DIGIT[b & 15], DIGIT[c >> 4], DIGIT[c & 15], DIGIT[d >> 4], DIGIT[d & 15]
  );
}

/** The value of a hex digit's character code, or NaN. */
export function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) {
    return code - 48;
  }
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : NaN;
}

function paddedHex(text: string, bytes: number): string | undefined {
  return /^[0-9a-fA-F]+$/.test(text) && text.length <= 2 * bytes ? text.toLowerCase().padStart(2 * bytes, '0') : undefined;
}

/** A trace id from 1–32 hex digits in either case (Tempo's search drops leading zeros); undefined if it is none. */
export function parseTraceId(text: string): TraceId | undefined {
  return paddedHex(text, TRACE_ID_BYTES) as TraceId | undefined;
}

/** A span id from 1–16 hex digits in either case; undefined if it is none. */
export function parseSpanId(text: string): SpanId | undefined {
  return paddedHex(text, SPAN_ID_BYTES) as SpanId | undefined;
}

/** The bytes of a hex id; the text must have an even number of hex digits. */
export function bytesOfHex(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length >> 1);
  for (let at = 0; at < bytes.length; at++) {
    bytes[at] = (hexDigit(hex.charCodeAt(2 * at)) << 4) | hexDigit(hex.charCodeAt(2 * at + 1));
  }
  return bytes;
}

/** Ids are compared and copied as 32-bit words in the byte order of the host, so that a column of words is one of id bytes. */
export const IS_LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;
