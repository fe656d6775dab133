// PostgreSQL's binary form of the few types that prepared statements take.

const oid = {int4: 23, int8: 20, bytea: 17};

export function int4(value: number): Buffer {
  const buffer = Buffer.allocUnsafe(4);
  buffer.writeInt32BE(value, 0);
  return buffer;
}

export function int8(value: number): Buffer {
  const buffer = Buffer.allocUnsafe(8);
  writeInt8(buffer, value, 0);
  return buffer;
}

/** Whole numbers up to 2^53 only. */
export function readInt8(buffer: Buffer, offset: number): number {
  return buffer.readInt32BE(offset) * 2 ** 32 + buffer.readUInt32BE(offset + 4);
}

function writeInt8(buffer: Buffer, value: number, offset: number): number {
  buffer.writeInt32BE(Math.floor(value / 2 ** 32), offset);
  return buffer.writeInt32BE(value | 0, offset + 4);
}

const headLength = 20;

/** One dimension, counted from 1, no nulls. */
function arrayHead(size: number, element: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafe(size);
  buffer.writeInt32BE(1, 0);
  buffer.writeInt32BE(0, 4);
  buffer.writeInt32BE(element, 8);
  buffer.writeInt32BE(length, 12);
  buffer.writeInt32BE(1, 16);
  return buffer;
}

export function int4Array(values: readonly number[]): Buffer {
  const buffer = arrayHead(headLength + values.length * 8, oid.int4, values.length);
  let offset = headLength;
  for (const value of values) {
    offset = buffer.writeInt32BE(4, offset);
    offset = buffer.writeInt32BE(value, offset);
  }
  return buffer;
}

export function int8Array(values: readonly number[]): Buffer {
  const buffer = arrayHead(headLength + values.length * 12, oid.int8, values.length);
  let offset = headLength;
  for (const value of values) {
    offset = buffer.writeInt32BE(8, offset);
    offset = writeInt8(buffer, value, offset);
  }
  return buffer;
}

export function byteaArray(values: readonly Uint8Array[]): Buffer {
  let size = headLength;
  for (const value of values) size += 4 + value.length;
  const buffer = arrayHead(size, oid.bytea, values.length);
  let offset = headLength;
  for (const value of values) {
    offset = buffer.writeInt32BE(value.length, offset);
    buffer.set(value, offset);
    offset += value.length;
  }
  return buffer;
}
