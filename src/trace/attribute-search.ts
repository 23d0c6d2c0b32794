/** Looks for one attribute in the received bytes of a span or a resource without decoding the others. */
import { decodeValue } from './detail-decoder';
import type { AnyValue } from './values';
import { Wire, WireError, WireReader } from './wire-reader';

/** Field number of the attributes in each message (opentelemetry-proto). */
export const AttributeField = { span: 9, resource: 1, scope: 3 } as const;

/** The value of the first attribute with this key (UTF-8) in the message bytes[start, end); undefined if none is readable. */
export function findAttribute(bytes: Uint8Array, start: number, end: number, field: number, key: Uint8Array): AnyValue | undefined {
  try {
    return search(bytes, start, end, field, key);
  } catch (error) {
    if (error instanceof WireError) {
      return undefined;
    }
    throw error;
  }
}

function search(bytes: Uint8Array, start: number, end: number, field: number, key: Uint8Array): AnyValue | undefined {
  const reader = new WireReader(bytes, start, end);
  while (reader.next()) {
    if (reader.field !== field || reader.type !== Wire.bytes) {
      reader.skip();
      continue;
    }
    reader.range();
    const { from, to } = reader;
    if (hasKey(bytes, from, to, key)) {
      return valueOf(new WireReader(bytes, from, to));
    }
  }
  return undefined;
}

/** Whether the KeyValue at bytes[from, to) has this key; writers put the key first, others are read in full. */
function hasKey(bytes: Uint8Array, from: number, to: number, key: Uint8Array): boolean {
  if (bytes[from] === 10 && bytes[from + 1] < 0x80) {
    return bytes[from + 1] === key.length && startsWith(bytes, from + 2, to, key);
  }
  const reader = new WireReader(bytes, from, to);
  let found = key.length === 0;
  while (reader.next()) {
    if (reader.field === 1 && reader.type === Wire.bytes) {
      reader.range();
      found = reader.to - reader.from === key.length && startsWith(bytes, reader.from, reader.to, key);
    } else {
      reader.skip();
    }
  }
  return found;
}

function startsWith(bytes: Uint8Array, from: number, to: number, key: Uint8Array): boolean {
  if (to - from < key.length) {
    return false;
  }
  // From the end: keys share prefixes (`http.request.`), so a difference shows sooner there.
  for (let at = key.length - 1; at >= 0; at--) {
    if (bytes[from + at] !== key[at]) {
      return false;
    }
  }
  return true;
}

function valueOf(reader: WireReader): AnyValue {
  let value: AnyValue = { kind: 'empty' };
  while (reader.next()) {
    if (reader.field === 2 && reader.type === Wire.bytes) {
      reader.range();
      value = decodeValue(reader.bytes, reader.from, reader.to);
    } else {
      reader.skip();
    }
  }
  return value;
}
