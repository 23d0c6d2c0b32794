/** Reads the few attributes of a resource or a calling span that name services, without decoding the others. */
import { BYTES, type WireReader, textOf } from '../ingest/wire';

/** Attribute keys of interest, each with its bytes; looked for by length first. */
const KEYS = ['service.name', 'peer.service', 'db.name', 'db.namespace', 'db.system', 'db.system.name'] as const;
export type NamingKey = (typeof KEYS)[number];
export type NamingAttributes = Partial<Record<NamingKey, string>>;

const KEY_BYTES = KEYS.map((key) => ({ key, bytes: Buffer.from(key) }));

/**
 * @param field the number of the attributes' field: 1 in a Resource, 9 in a Span
 * @param reader over the request, which has been checked
 */
export function namingAttributes(reader: WireReader, from: number, to: number, field: number): NamingAttributes {
  const found: NamingAttributes = {};
  reader.pos = from;
  while (reader.pos < to) {
    const tag = reader.tag(to);
    if (tag === 8 * field + BYTES) {
      const end = reader.length(to) + reader.pos;
      readPair(reader, end, found);
      reader.pos = end;
    } else {
      reader.skip(tag % 8, to);
    }
  }
  return found;
}

function readPair(reader: WireReader, end: number, found: NamingAttributes): void {
  let key: NamingKey | undefined;
  while (reader.pos < end) {
    const tag = reader.tag(end);
    if (tag === 8 * 1 + BYTES) {
      const length = reader.length(end);
      key = keyAt(reader.bytes, reader.advance(length, end), length);
      if (!key) {
        return;
      }
    } else if (tag === 8 * 2 + BYTES && key) {
      const valueEnd = reader.length(end) + reader.pos;
      const text = textValue(reader, valueEnd);
      if (text) {
        found[key] = text;
      }
      reader.pos = valueEnd;
    } else {
      reader.skip(tag % 8, end);
    }
  }
}

function keyAt(bytes: Uint8Array, at: number, length: number): NamingKey | undefined {
  const match = KEY_BYTES.find((candidate) => candidate.bytes.length === length && candidate.bytes.every((byte, i) => bytes[at + i] === byte));
  return match?.key;
}

/** The string of an AnyValue; undefined for other kinds. Names are labels: a giant one is cut. */
function textValue(reader: WireReader, end: number): string | undefined {
  let text: string | undefined;
  while (reader.pos < end) {
    const tag = reader.tag(end);
    if (tag === 8 * 1 + BYTES) {
      const length = reader.length(end);
      const from = reader.advance(length, end);
      text = textOf(reader.bytes, from, from + Math.min(length, MAX_NAME_BYTES));
    } else {
      reader.skip(tag % 8, end);
    }
  }
  return text;
}

const MAX_NAME_BYTES = 256;
