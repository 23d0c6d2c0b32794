/** Reads the few attributes of a resource or a calling span that name services, without decoding the others. */
import { TextCache } from '../ingest/text-cache';
import { BYTES, type WireReader } from '../ingest/wire';

/** Attribute keys of interest; looked for by length first. */
const KEYS = ['service.name', 'peer.service', 'db.name', 'db.namespace', 'db.system', 'db.system.name'] as const;
export type NamingKey = (typeof KEYS)[number];
export type NamingAttributes = Partial<Record<NamingKey, string>>;

const byLength: ReadonlyArray<ReadonlyArray<{ key: NamingKey; bytes: Uint8Array }> | undefined> = Array.from({ length: 1 + Math.max(...KEYS.map((key) => key.length)) }, (_, length) => {
  const ofLength = KEYS.filter((key) => key.length === length).map((key) => ({ key, bytes: Buffer.from(key) }));
  return ofLength.length > 0 ? ofLength : undefined;
});
/** Labels: a giant one is cut. */
const MAX_NAME_BYTES = 256;
const names = new TextCache();

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
  const candidates = byLength[length];
  for (let i = 0; candidates !== undefined && i < candidates.length; i++) {
    const wanted = candidates[i].bytes;
    let same = 0;
    while (same < length && bytes[at + same] === wanted[same]) {
      same++;
    }
    if (same === length) {
      return candidates[i].key;
    }
  }
  return undefined;
}

/** The string of an AnyValue; undefined for other kinds. */
function textValue(reader: WireReader, end: number): string | undefined {
  let text: string | undefined;
  while (reader.pos < end) {
    const tag = reader.tag(end);
    if (tag === 8 * 1 + BYTES) {
      const length = reader.length(end);
      const from = reader.advance(length, end);
      text = names.textOf(reader.bytes, from, from + Math.min(length, MAX_NAME_BYTES));
    } else {
      reader.skip(tag % 8, end);
    }
  }
  return text;
}
