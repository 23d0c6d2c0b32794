/**
 * A body of OTLP/JSON to protobuf. JSON.parse makes of each bracket an object of tens of bytes, so a body of nothing but brackets would
 * take gigabytes: they are counted first, in a pass that takes a fraction of the time.
 */
import { OtlpJsonError, protobufOfJson } from './otlp-json';

/** AnyValues may nest 32 deep, with up to four brackets each. */
const MAX_DEPTH = 200;
/** A span has some twenty objects and lists, in a thousand bytes; the largest body that is taken has a third of this. */
const MAX_BRACKETS = 4_000_000;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** @throws OtlpJsonError naming what is wrong */
export function protobufOfJsonBody(body: Uint8Array): Uint8Array {
  countBrackets(body);
  return protobufOfJson(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'));
}

function countBrackets(body: Uint8Array): void {
  let depth = 0;
  let brackets = 0;
  for (let at = 0; at < body.length; at++) {
    const byte = body[at];
    if (byte === QUOTE) {
      for (at++; at < body.length && body[at] !== QUOTE; at++) {
        if (body[at] === BACKSLASH) {
          at++;
        }
      }
    } else if ((byte | 0x20) === 0x7b) {
      // [ or {
      brackets++;
      if (++depth > MAX_DEPTH) {
        throw new OtlpJsonError(`the body nests deeper than ${MAX_DEPTH} objects and lists`);
      }
    } else if ((byte | 0x20) === 0x7d) {
      // ] or }
      depth--;
    }
  }
  if (brackets > MAX_BRACKETS) {
    throw new OtlpJsonError(`the body has ${brackets} objects and lists, more than ${MAX_BRACKETS}: send it in parts`);
  }
}
