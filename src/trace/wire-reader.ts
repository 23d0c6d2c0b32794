/**
 * Reads the protobuf wire format (protobuf.dev/programming-guides/encoding) over a byte range. Bounds are checked at every
 * step: a reader never leaves [start, end), whatever the bytes say. Loops that must be fast (formats/otlp) inline it.
 */
export const Wire = { varint: 0, fixed64: 1, bytes: 2, startGroup: 3, endGroup: 4, fixed32: 5 } as const;

/** Malformed wire bytes; `offset` is where, from the start of the array. */
export class WireError extends Error {
  constructor(
    readonly reason: string,
    readonly offset: number
  ) {
    super(`${reason} at byte ${offset}`);
    this.name = 'WireError';
  }
}

export class WireReader {
  /** Field number and wire type of the current field, set by next(). */
  field = 0;
  type = 0;
  /** The content of the current length-delimited field, set by range(). */
  from = 0;
  to = 0;

  constructor(
    readonly bytes: Uint8Array,
    public at = 0,
    public end = bytes.length
  ) {}

  /** Moves to the next field; false at the end. */
  next(): boolean {
    if (this.at >= this.end) {
      return false;
    }
    const tag = this.varint();
    this.field = tag >>> 3;
    this.type = tag & 7;
    return true;
  }

  /** A varint's low 32 bits, unsigned. */
  varint(): number {
    const { bytes, end } = this;
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      if (this.at >= end) {
        throw new WireError('varint runs past the end', this.at);
      }
      const byte = bytes[this.at++];
      if (shift < 32) {
        value |= (byte & 0x7f) << shift;
      }
      if (byte < 0x80) {
        return value >>> 0;
      }
    }
    throw new WireError('varint longer than ten bytes', this.at);
  }

  /** A varint as int64. */
  int64(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      if (this.at >= this.end) {
        throw new WireError('varint runs past the end', this.at);
      }
      const byte = this.bytes[this.at++];
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) {
        return BigInt.asIntN(64, value);
      }
    }
    throw new WireError('varint longer than ten bytes', this.at);
  }

  /** Enters a length-delimited field: sets [from, to) and moves past it. */
  range(): void {
    const length = this.varint();
    if (length > this.end - this.at) {
      throw new WireError(`length ${length} exceeds the ${this.end - this.at} bytes left`, this.at);
    }
    this.from = this.at;
    this.to = this.at += length;
  }

  /** A reader of the current length-delimited field. */
  message(): WireReader {
    this.range();
    return new WireReader(this.bytes, this.from, this.to);
  }

  fixed32(): number {
    const { bytes, at } = this;
    this.move(4);
    return (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)) >>> 0;
  }

  fixed64(): bigint {
    const low = BigInt(this.fixed32());
    return (BigInt(this.fixed32()) << 32n) | low;
  }

  double(): number {
    const at = this.at;
    this.move(8);
    return new DataView(this.bytes.buffer, this.bytes.byteOffset + at, 8).getFloat64(0, true);
  }

  /** Moves past the current field, whatever its type. Groups, which OTLP never had, are refused. */
  skip(): void {
    switch (this.type) {
      case Wire.varint:
        this.varint();
        break;
      case Wire.fixed64:
        this.move(8);
        break;
      case Wire.bytes:
        this.range();
        break;
      case Wire.fixed32:
        this.move(4);
        break;
      default:
        throw new WireError(`wire type ${this.type} is not used by OTLP`, this.at);
    }
  }

  private move(length: number): void {
    if (this.end - this.at < length) {
      throw new WireError(`${length} bytes expected, ${this.end - this.at} left`, this.at);
    }
    this.at += length;
  }
}
