import {crc32, deflateRawSync} from 'node:zlib';
import type {RefusalCode} from '@plenary/domain/refusal';
import {writeZip} from '../docx/zip-writer.ts';
import {paragraph, run, wordFile, wordParts} from './word-file.ts';

export interface HostileFile {
  readonly name?: string;
  readonly bytes: () => Buffer;
  /** Null where it is harmless once it is not followed: it comes in. */
  readonly refused: RefusalCode | null;
}

const times = (text: string, count: number): string => text.repeat(count);
const words = paragraph(run('Words.'));

/** A Word file whose text is this XML instead. */
function withDocument(xml: string, level = 9): Buffer {
  return writeZip(
    wordParts({body: ''}).map(([name, content]) => [name, name === 'word/document.xml' ? xml : content]),
    level,
  );
}

function inDocument(body: string, declaration = ''): string {
  return `${declaration}<w:document xmlns:w="w"><w:body>${body}</w:body></w:document>`;
}

/** The same file, saying another size of one part, in both places where it is said. */
function lying(file: Buffer, part: string, size: number): Buffer {
  const changed = Buffer.from(file);
  const name = Buffer.from(part);
  for (let at = changed.indexOf(name); at >= 0; at = changed.indexOf(name, at + 1)) {
    if (changed.readUInt32BE(at - 30) === 0x50_4b_03_04) changed.writeUInt32LE(size, at - 8);
    if (at >= 46 && changed.readUInt32BE(at - 46) === 0x50_4b_01_02) changed.writeUInt32LE(size, at - 22);
  }
  return changed;
}

function encryptedFlag(file: Buffer): Buffer {
  const changed = Buffer.from(file);
  for (const [sign, place] of [
    ['PK\u0003\u0004', 6],
    ['PK\u0001\u0002', 8],
  ] as const) {
    for (let at = changed.indexOf(sign, 0, 'latin1'); at >= 0; at = changed.indexOf(sign, at + 4, 'latin1')) {
      changed.writeUInt16LE(changed.readUInt16LE(at + place) | 1, at + place);
    }
  }
  return changed;
}

function named(from: string, to: string): Buffer {
  const file = wordFile({body: words, others: [[from, 'x']]});
  return Buffer.from(file.toString('latin1').replaceAll(from, to), 'latin1');
}

/** As many parts as asked for, all pointing to one. */
function manyParts(count: number): Buffer {
  const packed = deflateRawSync(Buffer.from('x'));
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(8, 4);
  common.writeUInt32LE(crc32('x'), 10);
  common.writeUInt32LE(packed.length, 14);
  common.writeUInt32LE(1, 18);
  common.writeUInt16LE(1, 22);
  const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), common, Buffer.from('x'), packed]);
  const entry = Buffer.concat([
    Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'),
    common,
    Buffer.alloc(14),
    Buffer.from('x'),
  ]);
  const entries = Buffer.alloc(entry.length * count, entry);
  const wide = Buffer.alloc(56 + 20);
  wide.write('PK\u0006\u0006', 'latin1');
  wide.writeBigUInt64LE(44n, 4);
  wide.writeBigUInt64LE(BigInt(count), 24);
  wide.writeBigUInt64LE(BigInt(count), 32);
  wide.writeBigUInt64LE(BigInt(entries.length), 40);
  wide.writeBigUInt64LE(BigInt(local.length), 48);
  wide.write('PK\u0006\u0007', 56, 'latin1');
  wide.writeBigUInt64LE(BigInt(local.length + entries.length), 64);
  wide.writeUInt32LE(1, 72);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(0xff_ff, 8);
  end.writeUInt16LE(0xff_ff, 10);
  end.writeUInt32LE(0xff_ff_ff_ff, 12);
  end.writeUInt32LE(0xff_ff_ff_ff, 16);
  return Buffer.concat([local, entries, wide, end]);
}

/** Words that pack no better than those of a text do. */
function longWords(size: number): string {
  let seed = 1;
  const some = Array.from({length: 3_000}, () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed.toString(36);
  }).join(' ');
  return times(some, Math.ceil(size / some.length));
}

const laughs = Array.from({length: 9}, (_nothing, n) => `<!ENTITY l${n + 1} "${times(`&l${n};`, 10)}">`).join('');

/** Files that someone might send to bring the server down, to have it fetch or open something, or by mistake. */
export const hostileFiles: Readonly<Record<string, HostileFile>> = {
  'a zip bomb': {bytes: () => withDocument(times(' ', 60_000_000)), refused: 'format.too-large'},
  'a zip bomb that says it is small': {
    bytes: () => lying(withDocument(times(' ', 60_000_000)), 'word/document.xml', 1_000),
    refused: 'format.damaged',
  },
  'a bomb in a picture that nobody looks at': {
    bytes: () => wordFile({body: words, others: [['word/media/a.png', times('\u0000', 60_000_000)]]}),
    refused: 'format.too-large',
  },
  'a text of fifty-two megabytes': {
    bytes: () => withDocument(inDocument(paragraph(run(longWords(52_000_000)))), 1),
    refused: 'format.too-large',
  },
  'a hundred thousand parts': {bytes: () => manyParts(100_000), refused: 'format.too-large'},
  'a file that says its text is longer than it is': {
    bytes: () => lying(wordFile({body: words}), 'word/document.xml', 900_000),
    refused: 'format.damaged',
  },
  'zip files in a zip file': {
    bytes: () => {
      let inner = writeZip([['0.txt', times('0', 1_000_000)]]);
      for (let n = 0; n < 5; n++) inner = writeZip([[`${n}.zip`, inner.toString('latin1')]]);
      return writeZip([['lib.zip', inner.toString('latin1')]]);
    },
    refused: 'format.not-text',
  },
  'a Word file with a zip file inside': {
    bytes: () =>
      wordFile({
        body: paragraph('<w:r><w:object/></w:r>') + words,
        others: [['word/embeddings/a.docx', writeZip([['x', 'y']]).toString('latin1')]],
      }),
    refused: null,
  },
  'an entity bomb': {
    bytes: () => withDocument(inDocument(paragraph(run('&l9;')), `<!DOCTYPE l [<!ENTITY l0 "lol">${laughs}]>`)),
    refused: 'format.unsafe',
  },
  'an entity from elsewhere': {
    bytes: () => withDocument(inDocument(words, '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>')),
    refused: 'format.unsafe',
  },
  'a document type in the styles': {
    bytes: () => {
      const parts = wordParts({body: words}).map(([name, content]) => [name, content] as const);
      return writeZip([...parts, ['word/styles.xml', '<!doctype html><w:styles/>']]);
    },
    refused: 'format.unsafe',
  },
  'a Word file with a password': {
    bytes: () =>
      Buffer.concat([
        Buffer.from('d0cf11e0a1b11ae1', 'hex'),
        Buffer.alloc(2_000),
        Buffer.from('EncryptedPackage', 'utf16le'),
        Buffer.alloc(4_000, 7),
      ]),
    refused: 'format.encrypted',
  },
  'a zip file with a password': {bytes: () => encryptedFlag(wordFile({body: words})), refused: 'format.encrypted'},
  'an old Word file': {
    bytes: () =>
      Buffer.concat([
        Buffer.from('d0cf11e0a1b11ae1', 'hex'),
        Buffer.from('WordDocument', 'utf16le'),
        Buffer.alloc(900),
      ]),
    refused: 'format.not-text',
  },
  'a Word file with macros': {
    bytes: () => wordFile({body: words, mainType: 'application/vnd.ms-word.document.macroEnabled.main+xml'}),
    refused: 'format.macros',
  },
  'a program under another name': {
    bytes: () => wordFile({body: words, others: [['word/vbaProject.bin', 'x']]}),
    refused: 'format.macros',
  },
  'a file that is named as one with macros': {
    name: 'a.docm',
    bytes: () => wordFile({body: words}),
    refused: 'format.macros',
  },
  'a picture': {
    bytes: () => Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(9_000, 3)]),
    refused: 'format.not-text',
  },
  'plain words': {bytes: () => Buffer.from('Only words.'), refused: 'format.not-text'},
  'another zip file': {bytes: () => writeZip([['readme.txt', 'words']]), refused: 'format.not-text'},
  'a spreadsheet': {
    bytes: () =>
      writeZip([
        ['[Content_Types].xml', '<Types/>'],
        ['xl/workbook.xml', '<workbook/>'],
      ]),
    refused: 'format.not-text',
  },
  'half a file': {
    bytes: () => {
      const whole = wordFile({body: times(words, 2_000)});
      return whole.subarray(0, whole.length / 2);
    },
    refused: 'format.damaged',
  },
  'a file with a torn middle': {
    bytes: () => {
      const file = Buffer.from(wordFile({body: longWords(60_000)}));
      file.fill(0x55, 2_000, 6_000);
      return file;
    },
    refused: 'format.damaged',
  },
  'an empty file': {bytes: () => Buffer.alloc(0), refused: 'format.damaged'},
  'elements in elements': {
    bytes: () => withDocument(inDocument(`${times('<w:p>', 400_000)}${times('</w:p>', 400_000)}`)),
    refused: 'format.too-large',
  },
  'more than a million elements': {
    bytes: () => withDocument(inDocument(times('<w:p/><w:r/>', 600_000) + longWords(200_000))),
    refused: 'format.too-large',
  },
  'tags that do not match': {bytes: () => withDocument('<w:document><w:body></w:document>'), refused: 'format.damaged'},
  'an attribute without an end': {
    bytes: () => withDocument(`<w:document a="${longWords(1_000_000)}`),
    refused: 'format.damaged',
  },
  'two hundred thousand comments': {
    bytes: () => withDocument(inDocument(times('<!-->-->', 200_000) + longWords(100_000) + words)),
    refused: null,
  },
  'a name that leads out': {bytes: () => named('aa/bb/cccc', '../../cccc'), refused: 'format.unsafe'},
  'a name from the root': {bytes: () => named('aaaa/bbb', '/etc/bbb'), refused: 'format.unsafe'},
  'a name with a drive': {bytes: () => named('aa/bbbb', 'C:/bbbb'), refused: 'format.unsafe'},
  'a part twice': {
    bytes: () => wordFile({body: words, others: [['word/document.xml', '<w:document/>']]}),
    refused: 'format.damaged',
  },
  'a note that is its own note': {
    bytes: () =>
      wordFile({
        body: paragraph(`${run('Said')}<w:r><w:footnoteReference w:id="2"/></w:r>`),
        footnotes: `<w:footnote w:id="2">${paragraph('<w:r><w:footnoteReference w:id="2"/></w:r>')}</w:footnote>`,
      }),
    refused: null,
  },
  'styles based on each other': {
    bytes: () =>
      wordFile({
        body: paragraph(run('Words.'), '<w:pStyle w:val="a"/>'),
        styles:
          '<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="b"/></w:style>' +
          '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>',
      }),
    refused: null,
  },
  'a list at level nine hundred million': {
    bytes: () =>
      wordFile({
        body: paragraph(run('Words.'), '<w:numPr><w:ilvl w:val="900000000"/><w:numId w:val="1"/></w:numPr>'),
        numbering:
          '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="8"><w:start w:val="2000000000"/>' +
          '<w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%9%9%9"/></w:lvl></w:abstractNum>' +
          '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>',
      }),
    refused: null,
  },
};
