/** Attributes of OTLP JSON → KeyValue messages: the fast path for what exporters write, and the general one for all else. */
import type { JsonCursor } from '../json/json-cursor';
import { KeyTable } from '../json/key-table';
import { copyCompactAttribute } from './compact-attribute';
import { copyBase64, copyString, writeInteger } from './json-scalars';
import type { WireWriter } from './wire-writer';

const KEY_VALUE = new KeyTable(['key', 'value']);
const LIST = new KeyTable(['values']);
const ANY_VALUE = new KeyTable([
  'stringValue', 'intValue', 'boolValue', 'doubleValue', 'arrayValue', 'kvlistValue', 'bytesValue',
  'string_value', 'int_value', 'bool_value', 'double_value', 'array_value', 'kvlist_value', 'bytes_value',
]);
const ANY_VALUE_KINDS = 7;

/** Deeper values are skipped: nobody reads them, and a recursion must end. */
const MAX_VALUE_DEPTH = 32;

export class AttributeTranscoder {
  constructor(
    private readonly cursor: JsonCursor,
    private readonly writer: WireWriter,
    private readonly note: (code: string, message: string) => void
  ) {}

  /** Copies the list of KeyValue that comes next to `field`, below 16. */
  copy(field: number, depth = 0): void {
    const { cursor } = this;
    if (cursor.enterArray()) {
      while (cursor.nextItem()) {
        const after = copyCompactAttribute(cursor.bytes, cursor.view, cursor.at, this.writer, field);
        if (after < 0) {
          this.attribute(field, depth);
        } else {
          cursor.at = after;
        }
      }
    } else {
      this.note('unreadable', `Attributes that are no list were left out (byte ${cursor.at}).`);
    }
  }

  /** A KeyValue of any shape. */
  private attribute(field: number, depth: number): void {
    const { cursor, writer } = this;
    if (!cursor.enterObject()) {
      return;
    }
    const start = writer.begin(field);
    for (let key = cursor.nextKey(KEY_VALUE); key !== -2; key = cursor.nextKey(KEY_VALUE)) {
      if (key === 0) {
        copyString(cursor, writer, 1);
      } else if (key === 1) {
        this.anyValue(2, depth);
      } else {
        cursor.skip();
      }
    }
    writer.end(start);
  }

  private anyValue(field: number, depth: number): void {
    const { cursor, writer } = this;
    if (depth > MAX_VALUE_DEPTH || !cursor.enterObject()) {
      if (depth > MAX_VALUE_DEPTH) {
        this.note('deepValue', `A value nested deeper than ${MAX_VALUE_DEPTH} levels was left out (byte ${cursor.at}).`);
        cursor.skip();
      }
      return;
    }
    const start = writer.begin(field);
    for (let key = cursor.nextKey(ANY_VALUE); key !== -2; key = cursor.nextKey(ANY_VALUE)) {
      switch (key % ANY_VALUE_KINDS) {
        case 0:
          // An empty string is a value here: only textField's callers leave empty ones out.
          copyString(cursor, writer, 1);
          break;
        case 1:
          writeInteger(cursor, writer, 3);
          break;
        case 2: {
          const value = cursor.boolean();
          if (value !== undefined) {
            writer.varintField(2, value ? 1 : 0);
          }
          break;
        }
        case 3: {
          const text = cursor.scalarText();
          if (text !== undefined) {
            writer.doubleField(4, Number(text));
          }
          break;
        }
        case 4:
          this.list(5, () => this.values(depth + 1));
          break;
        case 5:
          this.list(6, () => this.copy(1, depth + 1));
          break;
        case 6:
          copyBase64(cursor, writer, 7);
          break;
        default:
          cursor.skip();
      }
    }
    writer.end(start);
  }

  /** `{"values": […]}` as ArrayValue or KeyValueList. */
  private list(field: number, values: () => void): void {
    const { cursor, writer } = this;
    const start = writer.begin(field);
    if (cursor.enterObject()) {
      for (let key = cursor.nextKey(LIST); key !== -2; key = cursor.nextKey(LIST)) {
        if (key < 0) {
          cursor.skip();
        } else {
          values();
        }
      }
    }
    writer.end(start);
  }

  private values(depth: number): void {
    const { cursor } = this;
    if (cursor.enterArray()) {
      while (cursor.nextItem()) {
        this.anyValue(1, depth);
      }
    }
  }
}
