/** Writes the protobuf wire format into one growing buffer. Nested messages are written in place between begin() and end(). */
import { encodeUtf8 } from '../../trace';

const FIRST_CAPACITY = 4096;
/** Up to this many bytes a loop copies faster than a call of set(). */
const COPY_LOOP_BYTES = 40;

export class WireWriter {
  length = 0;
  private bytes: Uint8Array;
  private bytesView: DataView;

  constructor(capacity = FIRST_CAPACITY) {
    this.bytes = new Uint8Array(capacity);
    this.bytesView = new DataView(this.bytes.buffer);
  }

  /** What is written so far, as a copy of its own. */
  finish(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }

  /** The buffer itself: what is written so far is its first `length` bytes, until something more is written. */
  get written(): Uint8Array {
    return this.bytes;
  }

  /** A view of the buffer; like the buffer it is another one after reserve() needed room. */
  get view(): DataView {
    return this.bytesView;
  }

  /** A length-delimited field; its content is written next, then end() is called with the answer. */
  begin(field: number): number {
    this.varint((field << 3) | 2);
    this.reserve(1);
    return ++this.length;
  }

  /** Closes the field opened by begin(). One byte was kept for the length; a longer one moves the content. */
  end(start: number): void {
    let size = this.length - start;
    const extra = varintBytes(size) - 1;
    if (extra > 0) {
      this.reserve(extra);
      this.bytes.copyWithin(start + extra, start, this.length);
      this.length += extra;
    }
    let at = start - 1;
    for (; size > 0x7f; size >>>= 7) {
      this.bytes[at++] = (size & 0x7f) | 0x80;
    }
    this.bytes[at] = size;
  }

  varintField(field: number, value: number): void {
    this.varint(field << 3);
    this.varint(value);
  }

  /** An int64 as ten-byte two's complement where negative, as protobuf wants it. */
  int64Field(field: number, value: bigint): void {
    this.varint(field << 3);
    let rest = BigInt.asUintN(64, value);
    for (; rest > 0x7fn; rest >>= 7n) {
      this.byte(Number(rest & 0x7fn) | 0x80);
    }
    this.byte(Number(rest));
  }

  /** Fixed64 as unsigned; values beyond 64 bits wrap. */
  fixed64Field(field: number, value: bigint): void {
    this.varint((field << 3) | 1);
    this.reserve(8);
    this.bytesView.setBigUint64(this.length, BigInt.asUintN(64, value), true);
    this.length += 8;
  }

  fixed32Field(field: number, value: number): void {
    this.varint((field << 3) | 5);
    this.reserve(4);
    this.bytesView.setUint32(this.length, value, true);
    this.length += 4;
  }

  doubleField(field: number, value: number): void {
    this.varint((field << 3) | 1);
    this.reserve(8);
    this.bytesView.setFloat64(this.length, value, true);
    this.length += 8;
  }

  bytesField(field: number, value: Uint8Array, start = 0, end = value.length): void {
    this.varint((field << 3) | 2);
    this.varint(end - start);
    const bytes = this.reserve(end - start);
    if (end - start > COPY_LOOP_BYTES) {
      bytes.set(value.subarray(start, end), this.length);
      this.length += end - start;
      return;
    }
    let { length } = this;
    for (let at = start; at < end; at++) {
      bytes[length++] = value[at];
    }
    this.length = length;
  }

  /** UTF-8; short ASCII, the usual case, without a detour. */
  textField(field: number, value: string): void {
    if (value.length > 64) {
      this.bytesField(field, encodeUtf8(value));
      return;
    }
    const before = this.length;
    const start = this.begin(field);
    this.reserve(value.length);
    const { bytes } = this;
    for (let at = 0; at < value.length; at++) {
      const code = value.charCodeAt(at);
      if (code > 0x7f) {
        this.length = before;
        this.bytesField(field, encodeUtf8(value));
        return;
      }
      bytes[this.length++] = code;
    }
    this.end(start);
  }

  /** Ready-made wire bytes. */
  raw(value: Uint8Array): void {
    this.reserve(value.length);
    this.bytes.set(value, this.length);
    this.length += value.length;
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.length++] = value;
  }

  /** Makes room for `more` bytes and gives the buffer, for loops that write bytes themselves. */
  reserve(more: number): Uint8Array {
    if (this.length + more > this.bytes.length) {
      const bytes = new Uint8Array(Math.max(2 * this.bytes.length, this.length + more));
      bytes.set(this.bytes);
      this.bytes = bytes;
      this.bytesView = new DataView(bytes.buffer);
    }
    return this.bytes;
  }

  private varint(value: number): void {
    this.reserve(5);
    let rest = value >>> 0;
    for (; rest > 0x7f; rest >>>= 7) {
      this.bytes[this.length++] = (rest & 0x7f) | 0x80;
    }
    this.bytes[this.length++] = rest;
  }
}

function varintBytes(value: number): number {
  let count = 1;
  for (; value > 0x7f; value >>>= 7) {
    count++;
  }
  return count;
}
