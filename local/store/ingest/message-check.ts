/** Checks protobuf messages down to the last field, without making anything of them: what passes can be decoded later. */
import { BYTES, WireError, type WireReader } from './wire';

/** Which length-delimited fields of a message are messages themselves. */
export interface MessageShape {
  readonly children: ReadonlyArray<MessageShape | undefined>;
  /** An AnyValue, by which attributes nest. */
  readonly isValue: boolean;
}

/** AnyValue may nest; deeper than this is an attack, not telemetry. */
const MAX_DEPTH = 32;

interface MutableShape extends MessageShape {
  readonly children: Array<MessageShape | undefined>;
}

function shape(fields: Readonly<Record<number, MessageShape>>, isValue = false): MutableShape {
  const children: Array<MessageShape | undefined> = [];
  for (const [field, child] of Object.entries(fields)) {
    children[Number(field)] = child;
  }
  return { children, isValue };
}

const ANY_VALUE = shape({}, true);
export const KEY_VALUE: MessageShape = shape({ 2: ANY_VALUE });
ANY_VALUE.children[5] = shape({ 1: ANY_VALUE });
ANY_VALUE.children[6] = shape({ 1: KEY_VALUE });
export const RESOURCE: MessageShape = shape({ 1: KEY_VALUE });
export const SCOPE: MessageShape = shape({ 3: KEY_VALUE });
export const EVENT: MessageShape = shape({ 3: KEY_VALUE });
export const LINK: MessageShape = shape({ 4: KEY_VALUE });

/**
 * Afterwards the reader is at `to`.
 * @returns how many messages it consists of
 * @throws WireError when the message is malformed or its values nest too deep
 */
export function checkMessage(reader: WireReader, from: number, to: number, { children, isValue }: MessageShape, depth = 0): number {
  if (depth > MAX_DEPTH) {
    throw new WireError(`attribute values nest deeper than ${MAX_DEPTH}`);
  }
  let messages = 1;
  reader.pos = from;
  while (reader.pos < to) {
    const tag = reader.tag(to);
    const child = tag % 8 === BYTES ? children[(tag - BYTES) / 8] : undefined;
    if (child) {
      const length = reader.length(to);
      const start = reader.advance(length, to);
      messages += checkMessage(reader, start, start + length, child, isValue ? depth + 1 : depth);
    } else {
      reader.skip(tag % 8, to);
    }
  }
  return messages;
}
