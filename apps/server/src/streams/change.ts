import {hasSameLabelPlace, joinAlike, paragraphHtml} from './followed-text.ts';
import type {FollowedParagraph, FollowedText, Stretch} from './followed-text.ts';

/** `[paragraph, position, deleted, inserted]`: place of the paragraph from 0; position and length in UTF-16 units. */
export type TextDelta = readonly [paragraph: number, position: number, deleted: number, inserted: string];
export type WholeParagraph = readonly [paragraph: number, html: string, text: string];

/** What makes one state of a text out of another; done in the order of the keys. Absent: nothing to do. */
export interface Change {
  /** Paragraphs that go from their place, last one first. */
  readonly cut?: readonly number[];
  /** Paragraphs that come, first one first, each to the place that it then has. */
  readonly put?: readonly WholeParagraph[];
  /** Paragraphs whose structure or format changed. */
  readonly set?: readonly WholeParagraph[];
  readonly text?: readonly TextDelta[];
  /** Numbers that changed since something before them came or went. */
  readonly label?: readonly (readonly [paragraph: number, label: string])[];
}

type Writable<T> = {-readonly [Key in keyof T]: T[Key] extends readonly (infer Item)[] | undefined ? Item[] : never};

/** Null when both show the same. Deleted words are only ever counted. */
export function changeBetween(before: FollowedText, after: FollowedText, language: string): Change | null {
  if (before.paragraphs === after.paragraphs) return null;
  const placeBefore = new Map(before.paragraphs.map(({source}, place) => [source.name, place]));
  const stays = longestRise(after.paragraphs.map(({source}) => placeBefore.get(source.name) ?? -1));
  const staying = new Set(stays.map(place => after.paragraphs[place]?.source.name));
  const change: Partial<Writable<Required<Change>>> = {};

  const cut = before.paragraphs.flatMap(({source}, place) => (staying.has(source.name) ? [] : [place]));
  if (cut.length > 0) change.cut = cut.toReversed();
  after.paragraphs.forEach((paragraph, place) => {
    const old = before.paragraphs[placeBefore.get(paragraph.source.name) ?? -1];
    if (!old || !staying.has(paragraph.source.name)) {
      (change.put ??= []).push([place, paragraphHtml(paragraph, language), paragraph.text]);
      return;
    }
    if (old === paragraph) return;
    const delta = old.text === paragraph.text ? null : deltaBetween(old.text, paragraph.text);
    if (!hasSameFrame(old, paragraph, delta)) {
      (change.set ??= []).push([place, paragraphHtml(paragraph, language), paragraph.text]);
      return;
    }
    if (delta) (change.text ??= []).push([place, ...delta]);
    if (old.label !== paragraph.label) (change.label ??= []).push([place, paragraph.label]);
  });
  return Object.keys(change).length > 0 ? change : null;
}

type Delta = readonly [position: number, deleted: number, inserted: string];

/** One replacement that turns one text into the other, never between the halves of one character. */
export function deltaBetween(before: string, after: string): Delta {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  if (start > 0 && isHigh(before.charCodeAt(start - 1))) start--;
  let end = 0;
  while (
    end < shorter - start &&
    before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)
  )
    end++;
  if (end > 0 && isLow(before.charCodeAt(before.length - end))) end--;
  return [start, before.length - end - start, after.slice(start, after.length - end)];
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}

/** Whether a page that applies the delta to its text nodes ends up with the paragraph as it is rendered anew. */
function hasSameFrame(old: FollowedParagraph, now: FollowedParagraph, delta: Delta | null): boolean {
  if (old.frame !== now.frame || !hasSameLabelPlace(old, now)) return false;
  const stretches = delta ? spliceStretches(old.stretches, delta) : old.stretches;
  return (
    stretches.length === now.stretches.length &&
    stretches.every(({look, length}, i) => look === now.stretches[i]?.look && length === now.stretches[i]?.length)
  );
}

/**
 * What a page does to its text nodes: deletes, then puts the new words at the end of the first node that reaches to the
 * position. Empty nodes are passed over.
 */
function spliceStretches(stretches: readonly Stretch[], [position, deleted, inserted]: Delta): Stretch[] {
  const spliced: Stretch[] = [];
  let place = 0;
  for (const {look, length} of stretches) {
    const from = Math.max(position, place);
    const to = Math.min(position + deleted, place + length);
    spliced.push({look, length: length - Math.max(0, to - from)});
    place += length;
  }
  const left = spliced.filter(({length}) => length > 0);
  if (inserted === '') return joinAlike(left);
  place = 0;
  const at = left.findIndex(({length}) => position <= (place += length));
  const target = left[at];
  if (target) left[at] = {...target, length: target.length + inserted.length};
  else left.push({look: '[]', length: inserted.length});
  return joinAlike(left);
}

/** Indices of a longest strictly rising row among numbers, passing over -1: what can stay where it is when all is reordered. */
function longestRise(numbers: readonly number[]): number[] {
  const tails: number[] = [];
  const previous: number[] = [];
  numbers.forEach((number, index) => {
    if (number < 0) return;
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((numbers[tails[middle] ?? 0] ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    previous[index] = low > 0 ? (tails[low - 1] ?? -1) : -1;
    tails[low] = index;
  });
  const rise: number[] = [];
  for (let index = tails.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) rise.push(index);
  return rise.toReversed();
}
