import fc from 'fast-check';
import {Refusal} from '@plenary/domain/refusal';
import {isSafeLink} from '@plenary/paper/guard-shape';
import {describe, expect, it} from 'vitest';
import {importFile, importText} from './registry.ts';
import {longestSource} from './import/clean.ts';
import type {Imported} from './import/imported.ts';

/** Allowed processor time for any source of 100,000 signs or so, in milliseconds; it takes a tenth of it when nobody else works. */
const bound = 5_000;

function refused(read: () => Imported): Imported | null {
  const started = process.cpuUsage();
  try {
    return read();
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  } finally {
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(bound);
  }
}

function expectSound(imported: Imported | null): void {
  const unsound = (imported?.content ?? []).filter(
    ({level, runs}) =>
      !(level >= 0 && level <= 8) ||
      runs.some(
        ({text, marks}) =>
          text === '' ||
          /[\n\r]|\p{Surrogate}/u.test(text) ||
          text.includes('\u0000') ||
          (marks.link !== undefined && !isSafeLink(marks.link)),
      ),
  );
  expect(unsound).toEqual([]);
}

const times = (text: string, count: number): string => text.repeat(count);

const hostile: Record<string, string> = {
  'opening brackets': times('[', 100_000),
  'closing brackets': times(']', 100_000),
  'nested brackets': `${times('[', 20_000)}x${times(']', 20_000)}`,
  'links without an end': times('[a](', 25_000),
  'open parentheses': `[a](${times('(', 90_000)}`,
  pictures: times('![', 50_000),
  quotations: `${times('> ', 50_000)}x`,
  'lists in lists': `${times('- ', 50_000)}x`,
  'numbers in numbers': `${times('1. ', 30_000)}x`,
  'lists by indentation': Array.from({length: 600}, (_, i) => `${times(' ', i * 2)}- word${i}`).join('\n'),
  stars: times('*', 100_000),
  'stars and words': times('*a ', 30_000),
  'stars in words': times('a**b', 25_000),
  'stars and underlines': times('*a_b', 25_000),
  tildes: times('~~a', 30_000),
  backticks: Array.from({length: 400}, (_, i) => times('`', i)).join('a'),
  backslashes: times('\\', 100_000),
  ampersands: times('&', 100_000),
  tags: times('<a ', 30_000),
  comments: times('<!--', 20_000),
  instructions: times('<?', 30_000),
  sections: times('<![CDATA[', 10_000),
  scripts: times('<script ', 20_000),
  'a table': `${times('a|', 20_000)}\n${times('-|', 20_000)}\n${times('b|\n', 500)}`,
  definitions: `${times('[a]: /b\n', 10_000)}${times('[a]', 10_000)}`,
  'front matter': times('---\na: b\n---\n\n', 10_000),
  'front matter without an end': times(`---\n${times('a: b\n', 50)}`, 400),
  'sub-paragraphs': times('(a) x\n\n', 15_000),
  'one line': times('word ', 300_000),
  'short lines': times('a\n', 100_000),
  'empty lines': times('\n', 200_000),
};

describe('a hostile source', () => {
  it.each(Object.entries(hostile))('of %s comes in or is refused within bounds', (_name, source) => {
    for (const format of ['markdown', 'text', 'auto'] as const)
      expectSound(refused(() => importText(source, {format})));
  });

  it('that is nested too deeply comes in as plain text, with every word', () => {
    const imported = importText(hostile['lists by indentation'] ?? '', {format: 'markdown'});
    expect(imported.content.map(({runs}) => runs[0]?.text.replace(/^- /, ''))).toEqual(
      Array.from({length: 600}, (_, i) => `word${i}`),
    );
    expect(imported.report.left.map(({what}) => what)).toContain('depth');
  });

  it('that is too long is refused', () => {
    expect(() => importText(times('a', longestSource + 1))).toThrow(
      new Refusal('input.too-large', {limit: longestSource}),
    );
  });

  it('of any bytes throws nothing but a refusal', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({maxLength: 400}),
        fc.constantFrom('a.md', 'a.txt', 'a.docx', 'a'),
        async (bytes, name) => {
          const read = importFile(bytes, name).catch((error: unknown) => {
            if (error instanceof Refusal) return null;
            throw error;
          });
          expectSound(await read);
        },
      ),
      {numRuns: 400},
    );
  });

  it('of any signs of Markdown throws nothing but a refusal', () => {
    const signs = [
      ...'*_~`#>-+=|[](){}<>!&\\/:;.,1a \n\t',
      'www.',
      'http://',
      '&#0;',
      '&#xD800;',
      '\uD800',
      '\u0000',
      '<b>',
      '---\n',
      '    ',
      '[^1]:',
      '[a]: b',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...signs), {maxLength: 120}), parts => {
        const source = parts.join('');
        expectSound(refused(() => importText(source, {format: 'markdown'})));
        expectSound(refused(() => importText(source, {format: 'text'})));
      }),
      {numRuns: 600},
    );
  });
});
