import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {bracketFigures} from './bracket-figures.ts';
import {alternativesOf, parseBrackets} from './parse-brackets.ts';

function marked(texts: readonly string[]): string[] {
  return parseBrackets(texts).pairs.map(({open, close}) =>
    open.paragraph === close.paragraph
      ? (texts[open.paragraph] ?? '').slice(open.offset, close.offset + 1)
      : `${open.paragraph}…${close.paragraph}`,
  );
}

describe('brackets', () => {
  test('pair as they nest, and over paragraphs', () => {
    expect(marked(['a [b [c] d] e'])).toEqual(['[b [c] d]', '[c]']);
    expect(marked(['a [b', 'c] d'])).toEqual(['0…1']);
    expect(parseBrackets(['a [b [c] d] e']).pairs.map(({depth}) => depth)).toEqual([1, 2]);
  });

  test('that stand alone are told, and spoil no other', () => {
    const {pairs, unclosed, unopened, unbalanced} = parseBrackets(['a] [b]', '[c', '[d]']);
    expect(pairs).toHaveLength(2);
    expect(unopened).toEqual([{paragraph: 0, offset: 1}]);
    expect(unclosed).toEqual([{paragraph: 1, offset: 0}]);
    expect(unbalanced).toEqual([0, 1]);
  });

  test('that follow each other are alternatives, also within others', () => {
    const brackets = parseBrackets(['Parties [shall][should] [may] act [[at once] [soon]] [later].']);
    expect(alternativesOf(brackets).map(group => group.length)).toEqual([3, 2, 2]);
  });

  test('are all found, each once, in any text', () => {
    const text = fc.string({unit: fc.constantFrom('[', ']', ' ', 'a'), maxLength: 40});
    fc.assert(
      fc.property(fc.array(text, {maxLength: 6}), texts => {
        const {pairs, unclosed, unopened, deepest} = parseBrackets(texts);
        const whole = texts.join('');
        const opened = whole.split('[').length - 1;
        const closed = whole.split(']').length - 1;
        expect(pairs.length + unclosed.length).toBe(opened);
        expect(pairs.length + unopened.length).toBe(closed);
        for (const {open, close} of pairs) {
          expect(texts[open.paragraph]?.[open.offset]).toBe('[');
          expect(texts[close.paragraph]?.[close.offset]).toBe(']');
          const isBefore = open.paragraph < close.paragraph || open.offset < close.offset;
          expect(isBefore).toBe(true);
        }
        expect(Math.max(0, ...pairs.map(({depth}) => depth))).toBeLessThanOrEqual(deepest);
      }),
      {numRuns: 500, seed: 4},
    );
  });
});

/** Drafts of a real agreement, kept outside of this repository, with figures counted by another program. */
const drafts = join(import.meta.dirname, '../../../../../shared/data/texts/cop21-chain');
const hasDrafts = existsSync(drafts);
if (!hasDrafts) process.stderr.write(`No drafts at ${drafts}: their brackets are not counted.\n`);
/** What is Markdown's and not the draft's. */
function bodyOf(source: string): string[] {
  const references = [...source.matchAll(/^\[([^\]^]+)\]:\s*\S+/gm)].map(([, id]) => id);
  const text = source
    .replace(/^---\n[\s\S]*?\n---\n/, '')
    .replace(/^\[\^[^\]]*\]:.*$/gm, '')
    .replace(/^\[[^\]]+\]:\s*\S+.*$/gm, '')
    .replace(/\[\^[^\]]*\]/g, '')
    .replace(/\{:[^}]*\}/g, '')
    .replace(/\[([^[\]]*)\]\([^)\s]*\)/g, '$1')
    .replace(/\[([^[\]]+)\]\[([^[\]]+)\]/g, (link, words: string, id: string) =>
      references.includes(id) ? words : link,
    );
  return text.split(/\n\s*\n/).filter(paragraph => paragraph.trim() !== '');
}

describe.skipIf(!hasDrafts)('the brackets of a real agreement', () => {
  const oracle = hasDrafts
    ? (JSON.parse(readFileSync(join(drafts, 'bracket-stats.json'), 'utf8')) as Record<string, Record<string, number>>)
    : {};

  test.each(Object.entries(oracle))('of %s are counted as another program counted them', (name, expected) => {
    const paragraphs = bodyOf(readFileSync(join(drafts, `${name}.md`), 'utf8'));
    const found = bracketFigures(paragraphs);
    expect({
      paragraphs: paragraphs.length,
      open: found.open,
      close: found.close,
      matched_pairs: found.pairs,
      unclosed: found.unclosed,
      unopened: found.unopened,
      max_depth: found.deepest,
      paragraphs_unbalanced: found.unbalanced,
      adjacent_alternatives: found.alternatives,
      options: found.options,
      no_text: found.noText,
      bis_ter_alt: found.added,
      placeholder: found.placeholders,
    }).toEqual(Object.fromEntries(Object.entries(expected).filter(([figure]) => figure !== 'words')));
  });
});
