/**
 * The way into the trace model for formats that are not OTLP protobuf: spans are written one by one as OTLP Span messages
 * into a block, read into the columns while they are in the cache, and the block is kept when it is full.
 */
import { decodeUtf8, type TraceSetBuilder } from '../../trace';
import type { JsonCursor } from '../json/json-cursor';
import { copyId, writeInterval } from './json-scalars';
import { SpanReader } from './span-reader';
import { WireWriter } from './wire-writer';

/** Small enough to stay in the processor's cache, large enough that a million spans need few hundred blocks. */
const BLOCK_BYTES = 512 * 1024;

/** The year 33,658 in microseconds, 2001 in nanoseconds. */
const LEAST_NANOSECONDS = 1e18;
/** 2001 and 2033 in milliseconds. */
const LEAST_MILLISECONDS = 1e12, MOST_MILLISECONDS = 2e12;

export class SpanSink {
  /** Write messages here, between mark() and span(), resource() or scope(). */
  readonly writer = new WireWriter(BLOCK_BYTES + BLOCK_BYTES / 8);
  private readonly reader: SpanReader;

  constructor(readonly builder: TraceSetBuilder) {
    this.reader = new SpanReader(builder);
  }

  /** Where the next message starts; keeps the block first if it is full. */
  mark(): number {
    if (this.writer.length >= BLOCK_BYTES) {
      this.keep();
    }
    return this.writer.length;
  }

  /** Copies the id that comes next, see copyId(). */
  id(cursor: JsonCursor, field: number, size: number): void {
    if (!copyId(cursor, this.writer, field, size)) {
      this.builder.notice('madeUpId', `Ids that are neither hex nor base64 are replaced, the same text by the same id; the first: "${shortened(cursor.text())}".`);
    }
  }

  /** The microseconds that come next, as number or digits; NaN where there are none. */
  microseconds(cursor: JsonCursor): number {
    const from = cursor.at;
    const micros = cursor.numeric();
    const text = Number.isNaN(micros) ? decodeUtf8(cursor.bytes, from, cursor.at).trim() : 'null';
    if (text !== 'null') {
      this.builder.notice('unreadable', `A time that is no number of microseconds was left out: ${shortened(text)}.`);
    }
    return micros;
  }

  /** Writes start and end of a span as Jaeger and Zipkin have them, NaN where absent. */
  times(startMicros: number, durationMicros: number): void {
    const isNanoseconds = startMicros >= LEAST_NANOSECONDS;
    if (isNanoseconds) {
      this.builder.notice('nanoseconds', 'Times are nanoseconds where the format has microseconds, and are read as such.');
    } else if (startMicros >= LEAST_MILLISECONDS && startMicros < MOST_MILLISECONDS) {
      this.builder.notice('january1970', 'Times lie in January 1970: were milliseconds written where the format has microseconds?');
    } else if (startMicros < 0) {
      this.builder.notice('unreadable', 'A start before 1970 was left out.');
    }
    if (startMicros >= 0) {
      const unit = isNanoseconds ? 1000 : 1;
      writeInterval(this.writer, startMicros / unit, durationMicros / unit);
    }
  }

  /** Takes the Span message written since `start` (its content, without tag and length). */
  span(start: number): void {
    this.reader.read(this.writer.written, start, this.writer.length, this.builder.nextAddress);
  }

  /** The addresses of the message written since `start`. */
  addresses(start: number): readonly [number, number] {
    const { nextAddress } = this.builder;
    return [nextAddress + start, nextAddress + this.writer.length];
  }

  /** Keeps what is written; call it once at the end. */
  keep(): void {
    this.builder.addChunk(this.writer.finish());
    this.writer.length = 0;
  }
}

/** Long texts are no part of a sentence. */
const MOST_LETTERS = 40;

function shortened(text: string): string {
  return text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)}…` : text;
}
