import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import fc from 'fast-check';
import {canonicalText} from '@plenary/paper/canonical';
import type {Paragraph, ParagraphContent} from '@plenary/paper/view';
import {describe, expect, it} from 'vitest';
import type {Exported} from '../export/exported.ts';
import {importFile} from '../registry.ts';
import {anyPaper, named, resolution} from '../testing/papers.ts';
import {exportDocx} from './export.ts';
import {importDocx} from './import.ts';

function paper(content: readonly ParagraphContent[], language = 'en'): Exported {
  return {paragraphs: named(content), title: 'A paper', symbol: 'A/B.1', language};
}

/** Kinds, levels, marks, directions and languages too. */
function whole(content: readonly Omit<Paragraph, 'name' | 'gone'>[]): string {
  const lines = content.map(({kind, level, dir, lang, runs}) =>
    JSON.stringify([
      kind,
      level,
      dir,
      lang,
      runs.map(({text, marks}) => [text.replaceAll('\n', ' '), Object.entries(marks).sort()]),
    ]),
  );
  return lines.join('\n');
}

describe('a paper that goes out as a Word file and comes back', () => {
  it('R36: is the same in kinds, levels and marks, whatever it was', async () => {
    await fc.assert(
      fc.asyncProperty(anyPaper, async content => {
        const {content: back, report} = await importDocx(exportDocx(paper(content)));
        expect(canonicalText(back)).toBe(canonicalText(content));
        expect(whole(back)).toBe(whole(content));
        expect(report.left).toEqual([]);
      }),
      {numRuns: 400},
    );
  });

  it('R36: is the same when it is a resolution', async () => {
    await fc.assert(
      fc.asyncProperty(resolution, async content => {
        expect(whole((await importDocx(exportDocx(paper(content)))).content)).toBe(whole(content));
      }),
      {numRuns: 100},
    );
  });

  it('keeps paragraphs in another language and direction, and the language of the whole', async () => {
    const content: ParagraphContent[] = [
      {kind: 'title', level: 0, dir: null, lang: null, runs: [{text: 'مشروع قرار', marks: {}}]},
      {
        kind: 'operative',
        level: 0,
        dir: null,
        lang: null,
        runs: [{text: 'تقرر نشر (Rev.1) في 2026؛', marks: {b: true}}],
      },
      {kind: 'text', level: 0, dir: 'ltr', lang: 'fr', runs: [{text: 'Décide de publier', marks: {i: true}}]},
      {kind: 'text', level: 0, dir: 'rtl', lang: 'fr', runs: [{text: 'À l’envers', marks: {}}]},
      {kind: 'quote', level: 2, dir: null, lang: 'zh', runs: [{text: '大会决定', marks: {u: true, s: true}}]},
    ];
    const back = await importDocx(exportDocx(paper(content, 'ar')));
    expect(back.language).toBe('ar');
    expect(canonicalText(back.content)).toBe(canonicalText(content));
    expect(back.content.map(({kind, level, lang, runs}) => [kind, level, lang, runs])).toEqual(
      content.map(({kind, level, lang, runs}) => [kind, level, lang, runs]),
    );
    expect(back.content.map(({dir}) => dir)).toEqual([null, null, null, 'rtl', 'rtl']);
  });

  it('R35: gives the same bytes for the same text, without a name or a time', () => {
    const once = Buffer.from(exportDocx(paper([])));
    expect(Buffer.from(exportDocx(paper([]))).equals(once)).toBe(true);
    expect(once.toString('latin1')).not.toMatch(/creator|lastModifiedBy|created/);
  });
});

/** Real texts that lie beside a checkout where there are any; they are not ours to keep in it. */
const folder = fileURLToPath(new URL('../../../../../shared/data/texts/', import.meta.url));
const files = existsSync(folder)
  ? readdirSync(folder, {recursive: true, encoding: 'utf8'}).filter(name => /\.(?:md|txt)$/.test(name))
  : [];
if (files.length === 0) process.stderr.write(`No real texts at ${folder}: their way through Word is not tried.\n`);

describe.skipIf(files.length === 0)('real texts', () => {
  it.each(files)('%s comes back from a Word file with every sign', async name => {
    const {content, language} = await importFile(readFileSync(`${folder}${name}`), name);
    const back = await importDocx(exportDocx(paper(content, language ?? 'en')));
    expect(canonicalText(back.content)).toBe(canonicalText(content));
    expect(back.content.map(({kind, level}) => `${kind} ${level}`)).toEqual(
      content.map(({kind, level}) => `${kind} ${level}`),
    );
  });
});
