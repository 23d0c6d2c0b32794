/** Fields of OTLP's Span message that the decoders of Jaeger and Zipkin write alike. */
import { StatusCode } from '../../trace';
import type { JsonCursor } from '../json/json-cursor';
import type { KeyTable } from '../json/key-table';
import { writeMicroseconds } from './json-scalars';
import type { WireWriter } from './wire-writer';

/** A KeyValue with a string. */
export function writeStringAttribute(writer: WireWriter, field: number, key: string, text: string): void {
  const attribute = writer.begin(field);
  writer.textField(1, key);
  const value = writer.begin(2);
  writer.textField(1, text);
  writer.end(value);
  writer.end(attribute);
}

/** Writes `kind` (6) and `status` (15) by their OTLP numbers. */
export function writeKindAndStatus(writer: WireWriter, kind: number, status: number, statusMessage: string): void {
  if (kind !== 0) {
    writer.varintField(6, kind);
  }
  if (status !== StatusCode.unset || statusMessage !== '') {
    const message = writer.begin(15);
    writer.textField(2, statusMessage);
    writer.varintField(3, status);
    writer.end(message);
  }
}

/**
 * The list of objects that comes next as events.
 * @param keys the timestamp's, in microseconds, and those of what `copyContent` then copies or skips
 */
export function copyEvents(cursor: JsonCursor, writer: WireWriter, keys: KeyTable, copyContent: (key: number) => void): void {
  if (!cursor.enterArray()) {
    return;
  }
  while (cursor.nextItem()) {
    if (!cursor.enterObject()) {
      continue;
    }
    const event = writer.begin(11);
    for (let key = cursor.nextKey(keys); key !== -2; key = cursor.nextKey(keys)) {
      if (key === 0) {
        writeMicroseconds(writer, 1, cursor.numeric());
      } else if (key > 0) {
        copyContent(key);
      } else {
        cursor.skip();
      }
    }
    writer.end(event);
  }
}
