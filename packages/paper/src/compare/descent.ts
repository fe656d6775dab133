import {textOf} from '../view.ts';
import type {Paragraph} from '../view.ts';
import {wordsOf} from './words.ts';

/** What became of paragraphs that only one of two texts has. */
export interface Descent {
  /** Places in the new text, by places in the old one: it was joined to that paragraph. */
  readonly mergedInto: ReadonlyMap<number, number>;
  /** Places in the old text, by places in the new one: it was a part of that paragraph. */
  readonly splitFrom: ReadonlyMap<number, number>;
}

/** So many words in a row are found by chance in no other paragraph, or in too many to mean anything. */
const run = 3;
/** What has fewer words is no part that one could tell from any other. */
const fewestWords = 4;
/** So much of a part has to stand in the whole. */
const mostlyIn = 0.7;

interface Whole {
  readonly place: number;
  /** As a part of it would have to be found: what it gained by the join, or lost by the split. */
  readonly words: readonly string[];
  readonly without: readonly string[];
  /** It has a life of its own in both texts; else it needs two parts, since one alone is the same paragraph in other words. */
  readonly isInBoth: boolean;
}

/** `fromOf`: places in the old text by those in the new one, of the paragraphs that both have. */
export function descentOf(
  old: readonly Paragraph[],
  now: readonly Paragraph[],
  fromOf: ReadonlyMap<number, number>,
): Descent {
  const toOf = new Map([...fromOf].map(([to, from]) => [from, to]));
  return {
    mergedInto: partsIn(old, now, toOf),
    splitFrom: partsIn(now, old, fromOf),
  };
}

/** Paragraphs of `ones` that have no match and stand in one of `others`, by their places. */
function partsIn(
  ones: readonly Paragraph[],
  others: readonly Paragraph[],
  matchOf: ReadonlyMap<number, number>,
): Map<number, number> {
  const parts = ones.flatMap((paragraph, place) => (matchOf.has(place) ? [] : [{place, words: readWords(paragraph)}]));
  const longEnough = parts.filter(({words}) => words.length >= fewestWords);
  if (longEnough.length === 0) return new Map();
  const ownOf = new Map([...matchOf].map(([one, other]) => [other, one]));
  const wholes = others.map((paragraph, place): Whole => {
    const own = ownOf.get(place);
    const without = own === undefined ? [] : readWords(ones[own]!);
    return {place, words: readWords(paragraph), without, isInBoth: own !== undefined};
  });
  const whereRuns = indexed(wholes);
  const found = new Map<number, number>();
  const partsOf = new Map<number, number>();
  for (const {place, words} of longEnough) {
    const whole = wholeOf(words, whereRuns);
    if (whole === null) continue;
    found.set(place, whole);
    partsOf.set(whole, (partsOf.get(whole) ?? 0) + 1);
  }
  for (const [part, whole] of found) {
    if (!wholes[whole]!.isInBoth && (partsOf.get(whole) ?? 0) < 2) found.delete(part);
  }
  return found;
}

function readWords(paragraph: Paragraph): string[] {
  return paragraph.gone ? [] : wordsOf(textOf(paragraph)).filter(word => /[\p{L}\p{N}]/u.test(word));
}

function runsOf(words: readonly string[]): string[] {
  const runs: string[] = [];
  for (let i = 0; i + run <= words.length; i++) runs.push(words.slice(i, i + run).join(' '));
  return runs;
}

/** The wholes that gained or lost a run of words. */
function indexed(wholes: readonly Whole[]): Map<string, number[]> {
  const index = new Map<string, number[]>();
  for (const {place, words, without} of wholes) {
    if (words.length <= without.length) continue;
    const known = new Set(runsOf(without));
    for (const one of new Set(runsOf(words))) {
      if (known.has(one)) continue;
      const places = index.get(one);
      if (places) places.push(place);
      else index.set(one, [place]);
    }
  }
  return index;
}

/** The one in which most of the words stand as they do here. */
function wholeOf(words: readonly string[], whereRuns: ReadonlyMap<string, readonly number[]>): number | null {
  const runs = runsOf(words);
  const hits = new Map<number, number>();
  for (const one of runs) {
    for (const place of whereRuns.get(one) ?? []) hits.set(place, (hits.get(place) ?? 0) + 1);
  }
  let best: number | null = null;
  for (const [place, count] of hits) if (best === null || count > (hits.get(best) ?? 0)) best = place;
  return best !== null && (hits.get(best) ?? 0) >= mostlyIn * runs.length ? best : null;
}
