import {Refusal} from '@plenary/domain/refusal';
import {describe, expect, it} from 'vitest';
import {importFile} from '../registry.ts';
import {decodeText} from './decode.ts';

const words = 'Décision – “égalité”';

function utf16(text: string, big: boolean): Uint8Array {
  const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le');
  return big ? bytes.swap16() : bytes;
}

describe('the text of a file', () => {
  it('is read as UTF-8, with or without a byte order mark', () => {
    expect(decodeText(Buffer.from(words))).toEqual({text: words, encoding: 'utf-8', certain: true});
    expect(decodeText(Buffer.from(`\uFEFF${words}`)).text).toBe(words);
  });

  it('is read as UTF-16 by its byte order mark', () => {
    expect(decodeText(utf16(words, false))).toMatchObject({text: words, encoding: 'utf-16le'});
    expect(decodeText(utf16(words, true))).toMatchObject({text: words, encoding: 'utf-16be'});
  });

  it('is read as Windows-1252 where it is nothing else, and the report says so', async () => {
    const bytes = Uint8Array.from([0x93, 0xe9, 0x67, 0x61, 0x6c, 0x94, 0x20, 0x80]);
    expect(decodeText(bytes)).toEqual({text: '“égal” €', encoding: 'windows-1252', certain: false});
    expect((await importFile(bytes, 'note.txt')).report.left).toEqual([{what: 'encoding', count: 1, lines: []}]);
  });

  it.each([
    ['a PDF', Buffer.from('%PDF-1.7 words')],
    ['a Word file', Buffer.from('PK\u0003\u0004words')],
    ['an RTF file', Buffer.from('{\\rtf1 words}')],
    ['bytes', Uint8Array.from({length: 300}, (_, i) => i % 256)],
    ['zeros', new Uint8Array(10)],
  ])('is refused where the file is %s', async (_what, bytes) => {
    await expect(importFile(bytes, 'named.md')).rejects.toThrow(new Refusal('format.not-text'));
  });

  it('is refused where the name ends in what is not read', async () => {
    await expect(importFile(Buffer.from('words'), 'paper.odt')).rejects.toThrow(new Refusal('format.unknown'));
    expect((await importFile(Buffer.from('# Words'), 'README')).content[0]?.kind).toBe('title');
    expect((await importFile(Buffer.from('# Words'), 'A.TXT')).content[0]?.kind).toBe('text');
  });
});
