/** The protobuf wire format, read without a schema: enough to look at what an exporter really sent. */
export type WireValue = bigint | Buffer;

/** A message's fields by number; a repeated field has several values. */
export type WireMessage = ReadonlyMap<number, readonly WireValue[]>;

/** Splits a message into its fields. Throws on bytes that are no protobuf message. */
export function readMessage(bytes: Buffer): WireMessage {
  const fields = new Map<number, WireValue[]>();
  let offset = 0;

  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes.readUInt8(offset++);
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) {
        return BigInt.asUintN(64, value);
      }
    }
  };
  const take = (length: number): Buffer => {
    if (offset + length > bytes.length) {
      throw new Error(`expected ${length} bytes at ${offset}, got ${bytes.length - offset}`);
    }
    return bytes.subarray(offset, (offset += length));
  };
  const value = (wireType: number): WireValue => {
    switch (wireType) {
      case 0:
        return varint();
      case 1:
        return take(8).readBigUInt64LE();
      case 2:
        return take(Number(varint()));
      case 5:
        return BigInt(take(4).readUInt32LE());
      default:
        throw new Error(`expected wire type 0, 1, 2 or 5, got ${wireType}`);
    }
  };

  while (offset < bytes.length) {
    const tag = Number(varint());
    const values = fields.get(tag >>> 3) ?? [];
    values.push(value(tag & 7));
    fields.set(tag >>> 3, values);
  }
  return fields;
}

export function submessages(message: WireMessage, field: number): WireMessage[] {
  return (message.get(field) ?? []).filter((value) => typeof value !== 'bigint').map(readMessage);
}

export function bytesField(message: WireMessage, field: number): Buffer {
  const value = message.get(field)?.[0];
  return typeof value === 'bigint' || value === undefined ? Buffer.alloc(0) : value;
}

export function integerField(message: WireMessage, field: number): bigint {
  const value = message.get(field)?.[0];
  return typeof value === 'bigint' ? value : 0n;
}
