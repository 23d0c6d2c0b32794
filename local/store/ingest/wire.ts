/**
 * Reads the protobuf wire format in place: positions into one buffer, no objects a field.
 * Every read is bounds-checked, because the bytes come from outside.
 */

/** The bytes are not a valid protobuf message of the expected shape. */
export class WireError extends Error {
  override readonly name = 'WireError';
}

export const VARINT = 0;
export const FIXED64 = 1;
export const BYTES = 2;
export const FIXED32 = 5;

export class WireReader {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  pos: number;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.pos = 0;
  }

  /** An unsigned varint. Values above 2^53 lose their low bits; use `int64` where they matter. */
  varint(end: number): number {
    // Most tags and lengths are one byte.
    const first = this.pos < end ? this.bytes[this.pos] : 0x80;
    if (first < 0x80) {
      this.pos++;
      return first;
    }
    return this.longVarint(end);
  }

  private longVarint(end: number): number {
    let value = 0;
    let scale = 1;
    for (let i = 0; i < 10; i++) {
      if (this.pos >= end) {
        throw new WireError('a number runs past the end of its message');
      }
      const byte = this.bytes[this.pos++];
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) {
        return value;
      }
      scale *= 128;
    }
    throw new WireError('a number is longer than ten bytes');
  }

  /** A varint as a signed 64-bit integer. */
  int64(end: number): bigint {
    let value = 0n;
    let shift = 0n;
    for (let i = 0; i < 10; i++) {
      if (this.pos >= end) {
        throw new WireError('a number runs past the end of its message');
      }
      const byte = this.bytes[this.pos++];
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) {
        return BigInt.asIntN(64, value);
      }
      shift += 7n;
    }
    throw new WireError('a number is longer than ten bytes');
  }

  /** Field number and wire type of the next field, as the one number the format stores. */
  tag(end: number): number {
    const tag = this.varint(end);
    if (tag < 8 || tag > 0xffffffff) {
      throw new WireError(`no field has the tag ${tag}`);
    }
    return tag;
  }

  /** The length of the next bytes field; afterwards `pos` is at its first byte. */
  length(end: number): number {
    const length = this.varint(end);
    if (length > end - this.pos) {
      throw new WireError('a field is longer than the message that holds it');
    }
    return length;
  }

  /** Moves over `count` bytes and returns where they started. */
  advance(count: number, end: number): number {
    const start = this.pos;
    if (count > end - start) {
      throw new WireError('a field is longer than the message that holds it');
    }
    this.pos = start + count;
    return start;
  }

  /** Moves over the value of a field whose number is of no interest. */
  skip(wireType: number, end: number): void {
    if (wireType === VARINT) {
      this.varint(end);
    } else if (wireType === FIXED64) {
      this.advance(8, end);
    } else if (wireType === BYTES) {
      this.advance(this.length(end), end);
    } else if (wireType === FIXED32) {
      this.advance(4, end);
    } else {
      throw new WireError(`wire type ${wireType} is not used by OTLP`);
    }
  }
}

const decoder = new TextDecoder('utf-8');

/** UTF-8 text; bytes that are not UTF-8 become U+FFFD, as OTLP's strings must be valid but senders err. */
export function textOf(bytes: Uint8Array, start: number, end: number): string {
  return decoder.decode(bytes.subarray(start, end));
}
