/**
 * OTLP messages after each other, each behind its length as 32 bits, big end first: what the collector's file exporter writes
 * with `format: proto`.
 */
const LENGTH_BYTES = 4;
/** Of field 1, length-delimited, with which a message of spans begins. */
const FIRST_TAG = 0x0a;

/** Whether bytes begin like that; a first message of 16 MiB and more, whose length does not begin with 0, is not expected. */
export function isLengthPrefixed(bytes: Uint8Array): boolean {
  return bytes[0] === 0 && bytes[LENGTH_BYTES] === FIRST_TAG;
}

/** The messages; the last as far as it goes. */
export function lengthPrefixedMessages(bytes: Uint8Array): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const messages: Uint8Array[] = [];
  for (let at = 0; at + LENGTH_BYTES < bytes.length; ) {
    const start = at + LENGTH_BYTES;
    at = start + view.getUint32(at);
    messages.push(bytes.subarray(start, at));
  }
  return messages;
}
