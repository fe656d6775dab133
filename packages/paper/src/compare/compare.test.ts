import {existsSync, readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {joinRuns} from '../canonical.ts';
import type {Marks, Paragraph, ParagraphKind, Run} from '../view.ts';
import {applyComparison, compare, rejectComparison} from './compare.ts';
import {diffWords} from './diff.ts';
import {wordsOf} from './words.ts';

function paragraph(name: string, text: string, given: Partial<Paragraph> = {}): Paragraph {
  const runs = text ? [{text, marks: {}}] : [];
  return {name, kind: 'text', level: 0, dir: null, lang: null, gone: false, runs, ...given};
}

/** `kept [-deleted-] {+added+}`. */
function read(old: string, now: string): string {
  const [row] = compare([paragraph('p', old)], [paragraph('p', now)]);
  return row!.pieces
    .map(({is, text}) => (is === 'same' ? text : is === 'deleted' ? `[-${text}-]` : `{+${text}+}`))
    .join('');
}

function seeded(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return ((state >>> 8) & 0xffff) % below;
  };
}

describe('R33: comparing', () => {
  test('names the words that changed', () => {
    expect(read('States shall protect all people.', 'States should protect all people.')).toBe(
      'States [-shall-]{+should+} protect all people.',
    );
    expect(read('We agree.', 'We all agree.')).toBe('We {+all +}agree.');
  });

  test('takes Chinese by characters and Arabic by words', () => {
    expect(read('人人生而自由,在尊严和权利上一律平等。', '人人生而自由,在尊严上一律平等。')).toBe(
      '人人生而自由,在尊严[-和权利-]上一律平等。',
    );
    expect(read('يولد جميع الناس أحراراً', 'يولد كل الناس أحراراً')).toBe('يولد [-جميع-]{+كل+} الناس أحراراً');
  });

  test('never cuts a letter from its marks', () => {
    for (const text of ['e\u0301te\u0301', 'أَحْرَارًا', '👩‍👩‍👧 go', 'नमस्ते', 'สวัสดี', '\uD83D broken', '葛\u{E0100}']) {
      const words = wordsOf(text);
      expect(words.join('')).toBe(text);
      for (const word of words) expect(word).not.toMatch(/^[\p{M}\u200D]/u);
    }
  });

  test('says added, deleted, moved and unchanged by name', () => {
    const old = ['a', 'b', 'c', 'd'].map(name => paragraph(name, `text of ${name}`));
    const now = [old[0]!, paragraph('new', 'fresh'), old[3]!, old[1]!];
    const rows = compare(old, now).map(({is, moved, from, to}) => ({is, moved, from, to}));
    expect(rows).toEqual([
      {is: 'unchanged', moved: false, from: 0, to: 0},
      {is: 'added', moved: false, from: null, to: 1},
      {is: 'unchanged', moved: true, from: 3, to: 2},
      {is: 'unchanged', moved: false, from: 1, to: 3},
      {is: 'deleted', moved: false, from: 2, to: null},
    ]);
  });

  test('says when only the kind, the level or marks changed', () => {
    const old = [paragraph('p', 'Calls upon States')];
    const [kind] = compare(old, [{...old[0]!, kind: 'operative', level: 1}]);
    expect(kind).toMatchObject({is: 'changed', before: {kind: 'text'}, after: {kind: 'operative', level: 1}});
    expect(kind?.pieces).toEqual([{is: 'same', text: 'Calls upon States', marks: {}}]);
    const bold: Run[] = [
      {text: 'Calls', marks: {b: true}},
      {text: ' upon States', marks: {}},
    ];
    const [marked] = compare(old, [{...old[0]!, runs: bold}]);
    expect(marked?.pieces[0]).toEqual({is: 'same', text: 'Calls', marks: {b: true}, was: {}});
  });

  test('finds paragraphs again that have another name and the same words', () => {
    const [row] = compare([paragraph('a', 'We agree.')], [paragraph('b', 'We agree.')]);
    expect(row).toMatchObject({is: 'unchanged', from: 0, to: 0});
  });

  test('names what a paragraph was merged into, and what it was split from', () => {
    const first = 'Calls upon all conveners to publish every draft;';
    const second = 'Requests the secretariat to report within one year.';
    const other = paragraph('o', 'Decides to remain seized of the matter in all its forms.');
    const apart = [paragraph('a', first), paragraph('b', second), other];
    const joined = [paragraph('a', `${first} ${second}`), other];
    const kinOf = (old: Paragraph[], now: Paragraph[]) =>
      compare(old, now).map(({is, mergedInto, splitFrom}) => [is, mergedInto, splitFrom]);
    expect(kinOf(apart, joined)).toEqual([
      ['changed', null, null],
      ['deleted', 0, null],
      ['unchanged', null, null],
    ]);
    expect(kinOf(joined, apart)).toEqual([
      ['changed', null, null],
      ['added', null, 0],
      ['unchanged', null, null],
    ]);
    // Where no name is the same either.
    expect(kinOf(apart, [paragraph('x', `${first} ${second}`)]).filter(([is]) => is === 'deleted')).toEqual([
      ['deleted', 0, null],
      ['deleted', 0, null],
      ['deleted', null, null],
    ]);
    // The same paragraph in other words is merged into nothing.
    expect(kinOf([paragraph('a', first)], [paragraph('x', `${first} Now.`)])).toEqual([
      ['added', null, null],
      ['deleted', null, null],
    ]);
  });

  test('finds every half again, wherever it was cut and whatever else was written: 500 seeded texts', () => {
    for (let seed = 1; seed <= 500; seed++) {
      const chance = seeded(seed);
      let word = 0;
      const words = (count: number) => Array.from({length: count}, () => `${'abcdefgh'[chance(8)]}${seed}w${word++}`);
      const texts = Array.from({length: 6}, () => words(8 + chance(30)));
      const whole = texts.map((text, i) => paragraph(`p${i}`, `${text.join(' ')}.`));
      const at = chance(6);
      const cut = 4 + chance(texts[at]!.length - 7);
      const half = paragraph('half', `${texts[at]!.slice(cut).join(' ')}.`);
      const rest = paragraph(`p${at}`, `${texts[at]!.slice(0, cut).join(' ')};`);
      const apart = whole.flatMap((one, i) => (i === at ? [rest, half] : [one]));
      const written = apart.toSpliced(chance(7), 0, paragraph('new', words(12).join(' ')));
      const split = compare(whole, written);
      expect(
        split.flatMap(({splitFrom}) => splitFrom ?? []),
        `seed ${seed}`,
      ).toEqual([at]);
      expect(split.find(({splitFrom}) => splitFrom !== null)?.after?.name, `seed ${seed}`).toBe('half');
      const merged = compare(written, whole);
      expect(
        merged.flatMap(({mergedInto}) => mergedInto ?? []),
        `seed ${seed}`,
      ).toEqual([at]);
      expect(merged.find(({mergedInto}) => mergedInto !== null)?.before?.name, `seed ${seed}`).toBe('half');
      expect(applyComparison(whole, split), `seed ${seed}`).toEqual(written);
      expect(rejectComparison(whole, merged), `seed ${seed}`).toEqual(written);
    }
  });

  test('does not leave lonely words between changes', () => {
    expect(read('the cat of the house', 'some dog of any garden')).toBe(
      '[-the cat of the house-]{+some dog of any garden+}',
    );
  });

  test('applied to the old text it gives the new one, and refused it gives the old one', () => {
    const vocabulary = ['shall', ' ', ' ', 'should', '权', '利', 'حقوق', ', ', 'e\u0301', '😀', 'the', '.'];
    const kinds: readonly ParagraphKind[] = ['text', 'operative', 'heading'];
    const marks: readonly Marks[] = [{}, {b: true}, {i: true, link: 'https://example.org/'}];
    for (let seed = 1; seed <= 2000; seed++) {
      const chance = seeded(seed);
      const some = <Value>(from: readonly Value[]): Value => from[chance(from.length)]!;
      const words = (most: number): Run[] =>
        joinRuns(Array.from({length: chance(most)}, () => ({text: some(vocabulary), marks: some(marks)})));
      const old = Array.from({length: chance(7)}, (_, i) => {
        return paragraph(`p${i}`, '', {runs: words(15), kind: some(kinds)});
      });
      const now = old
        .flatMap((one): Paragraph[] => {
          const fate = chance(6);
          if (fate === 0) return [];
          if (fate === 1) return [{...one, kind: some(kinds), level: chance(3), gone: chance(4) === 0}];
          if (fate === 2) return [one, paragraph(`n${chance(1000)}-${one.name}`, '', {runs: words(15)})];
          if (fate === 3)
            return [{...one, runs: joinRuns([...one.runs.slice(0, chance(4)), ...words(8), ...one.runs.slice(2)])}];
          if (fate === 4) return [{...one, runs: joinRuns(one.runs.map(run => ({...run, marks: some(marks)})))}];
          return [one];
        })
        .toSorted(() => (chance(5) === 0 ? 1 : 0));
      const comparison = compare(old, now);
      expect(applyComparison(old, comparison), `seed ${seed}`).toEqual(now);
      expect(rejectComparison(now, comparison), `seed ${seed}`).toEqual(old);
    }
  });

  test('finds the shortest way between short texts', () => {
    for (let seed = 1; seed <= 500; seed++) {
      const chance = seeded(seed);
      const text = () => Array.from({length: chance(9)}, () => 'abc'[chance(3)]).join(' ');
      const [old, now] = [text(), text()];
      const kept = diffWords(old, now)
        .filter(({is}) => is === 'same')
        .reduce((sum, {length}) => sum + length, 0);
      expect(kept, `seed ${seed}`).toBe(longestCommon(wordsOf(old), wordsOf(now)));
    }
  });

  test('two texts without a word in common are compared as fast as others', () => {
    const long = (word: string) => Array.from({length: 20_000}, (_, i) => `${word}${i}`).join(' ');
    const started = performance.now();
    const rows = compare([paragraph('p', long('a'))], [paragraph('p', long('b'))]);
    expect(performance.now() - started).toBeLessThan(3_000);
    expect(rows[0]?.pieces.map(({is}) => is)).toEqual(['deleted', 'added']);
  });
});

const drafts = ['23-oct-2015', '4-dec-2015', '12-dec-2015'].map(
  date => new URL(`../../../../../shared/data/texts/cop21-chain/${date}.md`, import.meta.url),
);

const hasDrafts = drafts.every(draft => existsSync(draft));

describe.skipIf(!hasDrafts)(
  `R33: the drafts of the Paris Agreement${hasDrafts ? '' : ' (their texts are not here)'}`,
  () => {
    test('are compared within a second, with what was merged and split, and lose no word', () => {
      const [october, early, final] = drafts.map((draft, i) =>
        readFileSync(draft, 'utf8')
          .split(/\n\s*\n/)
          .map((text, place) => paragraph(`${i}-${place}`, text.trim())),
      );
      for (const [old, now] of [
        [october!, early!],
        [early!, final!],
      ] as const) {
        const started = performance.now();
        const comparison = compare(old, now);
        const took = performance.now() - started;
        const merged = comparison.filter(({mergedInto}) => mergedInto !== null).length;
        const split = comparison.filter(({splitFrom}) => splitFrom !== null).length;
        // oxlint-disable-next-line no-console -- a figure of the product
        console.log(
          `${old.length} and ${now.length} paragraphs: ${Math.round(took)} ms, ${merged} merged, ${split} split`,
        );
        expect(took).toBeLessThan(1000);
        expect(applyComparison(old, comparison)).toEqual(now);
        expect(rejectComparison(now, comparison)).toEqual(old);
      }
    });
  },
);

function longestCommon(a: readonly string[], b: readonly string[]): number {
  const best = Array.from({length: a.length + 1}, () => Array.from({length: b.length + 1}, () => 0));
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const kept = a[i - 1] === b[j - 1] ? best[i - 1]![j - 1]! + 1 : 0;
      best[i]![j] = Math.max(kept, best[i - 1]![j]!, best[i]![j - 1]!);
    }
  }
  return best[a.length]![b.length]!;
}
