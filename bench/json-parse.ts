const decoder = new TextDecoder();

/** The lower bound most ratios divide by: UTF-8 decoding and JSON.parse of the bytes. */
export function parseJson(bytes: Uint8Array): unknown {
  return JSON.parse(decoder.decode(bytes));
}
