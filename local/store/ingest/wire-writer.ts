/** Writes the protobuf wire format into one growing buffer; nested messages are written with their length patched in. */
export class WireWriter {
  bytes: Uint8Array;
  length = 0;

  constructor(capacity = 1024) {
    this.bytes = new Uint8Array(capacity);
  }

  /** What has been written so far; a view, valid until the next write. */
  finish(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  reserve(count: number): void {
    if (this.length + count > this.bytes.length) {
      const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.length + count));
      grown.set(this.bytes.subarray(0, this.length));
      this.bytes = grown;
    }
  }

  varint(value: number): void {
    this.reserve(10);
    let rest = value;
    while (rest >= 128) {
      this.bytes[this.length++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    this.bytes[this.length++] = rest;
  }

  int64(value: bigint): void {
    this.reserve(10);
    let rest = BigInt.asUintN(64, value);
    while (rest >= 128n) {
      this.bytes[this.length++] = Number(rest & 127n) | 128;
      rest >>= 7n;
    }
    this.bytes[this.length++] = Number(rest);
  }

  fixed32(value: number): void {
    this.reserve(4);
    new DataView(this.bytes.buffer).setUint32(this.length, value, true);
    this.length += 4;
  }

  fixed64(value: bigint): void {
    this.reserve(8);
    new DataView(this.bytes.buffer).setBigUint64(this.length, BigInt.asUintN(64, value), true);
    this.length += 8;
  }

  double(value: number): void {
    this.reserve(8);
    new DataView(this.bytes.buffer).setFloat64(this.length, value, true);
    this.length += 8;
  }

  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  tag(field: number, wireType: number): void {
    this.varint(field * 8 + wireType);
  }

  bytesField(field: number, bytes: Uint8Array): void {
    this.tag(field, 2);
    this.varint(bytes.length);
    this.raw(bytes);
  }

  textField(field: number, text: string): void {
    const { length } = text;
    this.reserve(length + 20);
    const start = this.length;
    this.tag(field, 2);
    this.varint(length);
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code >= 0x80) {
        // Not ASCII: longer in UTF-8 than was said.
        this.length = start;
        this.bytesField(field, Buffer.from(text, 'utf8'));
        return;
      }
      this.bytes[this.length++] = code;
    }
  }

  varintField(field: number, value: number): void {
    this.tag(field, 0);
    this.varint(value);
  }

  /** Writes a nested message. Its length takes the bytes it needs: the content is moved once it is known. */
  message(field: number, write: () => void): void {
    this.tag(field, 2);
    const start = this.length;
    write();
    const size = this.length - start;
    const width = size < 128 ? 1 : size < 16_384 ? 2 : size < 2_097_152 ? 3 : size < 268_435_456 ? 4 : 5;
    this.reserve(width);
    this.bytes.copyWithin(start + width, start, this.length);
    this.length = start;
    this.varint(size);
    this.length = start + width + size;
  }
}
