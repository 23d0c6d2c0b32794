/**
 * The way into the trace model for formats that are not OTLP protobuf: spans are written one by one as OTLP Span messages
 * into a block, read into the columns while they are in the cache, and the block is kept when it is full.
 */
import type { TraceSetBuilder } from '../../trace';
import { SpanReader } from './span-reader';
import { WireWriter } from './wire-writer';

/** Small enough to stay in the processor's cache, large enough that a million spans need few hundred blocks. */
const BLOCK_BYTES = 512 * 1024;


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
