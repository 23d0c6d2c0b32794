/**
 * UTF-8 ↔ string. The core compiles without the DOM library, so the two platform classes it needs
 * (WHATWG Encoding, in every browser and in Node) are described here and looked up on first use.
 */
interface PlatformTextDecoder {
  decode(input: Uint8Array): string;
}
interface PlatformTextEncoder {
  encode(input: string): Uint8Array;
}
interface Platform {
  readonly TextDecoder: new (label: string, options: { ignoreBOM: boolean }) => PlatformTextDecoder;
  readonly TextEncoder: new () => PlatformTextEncoder;
}

let decoder: PlatformTextDecoder | undefined;
let encoder: PlatformTextEncoder | undefined;

/** Below this a loop over ASCII beats the call into the platform (measured on Node 20: about 24 bytes). */
const SHORT_BYTES = 24;

/** Decodes bytes[start, end) as UTF-8; malformed sequences become U+FFFD, so hostile bytes never throw. */
export function decodeUtf8(bytes: Uint8Array, start = 0, end = bytes.length): string {
  if (end - start <= SHORT_BYTES) {
    let text = '';
    let at = start;
    while (at < end && bytes[at] < 0x80) {
      text += String.fromCharCode(bytes[at++]);
    }
    if (at === end) {
      return text;
    }
  }
  decoder ??= new (globalThis as unknown as Platform).TextDecoder('utf-8', { ignoreBOM: true });
  return decoder.decode(bytes.subarray(start, end));
}

/** Encodes a string as UTF-8; lone surrogates become U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  encoder ??= new (globalThis as unknown as Platform).TextEncoder();
  return encoder.encode(text);
}
