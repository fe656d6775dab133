import {crc32, deflateRawSync} from 'node:zlib';

/** 1 January 1980, the first day that a ZIP file can name: the same text gives the same file on any day. */
const day = 0x00_21;
const namesAreUtf8 = 0x08_00;
const deflated = 8;

/** A ZIP file of a few small parts, in the order given. */
export function writeZip(parts: readonly (readonly [name: string, content: string])[], level = 9): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of parts) {
    const named = Buffer.from(name);
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes, {level});
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(namesAreUtf8, 2);
    common.writeUInt16LE(deflated, 4);
    common.writeUInt16LE(0, 6);
    common.writeUInt16LE(day, 8);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(named.length, 22);
    common.writeUInt16LE(0, 24);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    local.push(Buffer.from('PK\u0003\u0004', 'latin1'), common, named, packed);
    central.push(Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), common, tail, named);
    offset += 30 + named.length + packed.length;
  }
  const size = central.reduce((sum, {length}) => sum + length, 0);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, ...central, end]);
}
