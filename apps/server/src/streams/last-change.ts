import {diffForReading} from '@plenary/paper/compare/diff';
import {wordsOf} from '@plenary/paper/compare/words';
import type {FollowedParagraph} from './followed-text.ts';

/** What was done to a paragraph last, as all who read along may know it: deleted words are only counted. */
export interface LastChange {
  readonly at: number;
  /** In the order in which they stand; empty when none were added. */
  readonly added: readonly string[];
  readonly deleted: number;
}

/** Somebody who types changes a paragraph many times: what comes within so many milliseconds of the change before is one. */
const burst = 60_000;
const longestQuote = 80;

interface Changing {
  readonly at: number;
  /** The words as they stood before the first change of the burst. They leave this process in no form. */
  readonly before: string;
}

/** Watches the paragraphs of one paper. */
export class ParagraphChanges {
  readonly #changing = new Map<string, Changing>();

  note(before: readonly FollowedParagraph[], after: readonly FollowedParagraph[], at: number): void {
    const known = new Map(before.map(paragraph => [paragraph.source.name, paragraph]));
    for (const {source} of after) {
      const old = known.get(source.name);
      if (old?.source === source) continue;
      const last = this.#changing.get(source.name);
      const isOne = last !== undefined && at - last.at < burst;
      this.#changing.set(source.name, {at, before: isOne ? last.before : (old?.text ?? '')});
    }
  }

  /** The paragraph that changed last of these, with what was done to it; null when none has changed while it was watched. */
  lastOf<Shown extends FollowedParagraph>(paragraphs: readonly Shown[]): {paragraph: Shown; change: LastChange} | null {
    let last: {paragraph: Shown; changing: Changing} | null = null;
    for (const paragraph of paragraphs) {
      const changing = this.#changing.get(paragraph.source.name);
      if (changing && (!last || changing.at > last.changing.at)) last = {paragraph, changing};
    }
    if (!last) return null;
    const {paragraph, changing} = last;
    return {paragraph, change: {at: changing.at, ...wordsChanged(changing.before, paragraph.text)}};
  }
}

export function wordsChanged(before: string, after: string): Pick<LastChange, 'added' | 'deleted'> {
  const added: string[] = [];
  let deleted = 0;
  let [old, now] = [0, 0];
  for (const {is, length} of diffForReading(before, after)) {
    if (is === 'added') added.push(after.slice(now, now + length).trim());
    if (is === 'deleted') deleted += wordsOf(before.slice(old, old + length)).filter(isWord).length;
    if (is !== 'added') old += length;
    if (is !== 'deleted') now += length;
  }
  return {added: added.filter(words => words !== '').map(quoted), deleted};
}

function isWord(part: string): boolean {
  return /[\p{L}\p{N}]/u.test(part);
}

function quoted(words: string): string {
  if (words.length <= longestQuote) return words;
  const kept = wordsOf(words);
  let length = kept.reduce((sum, word) => sum + word.length, 0);
  while (length > longestQuote && kept.length > 1) length -= kept.pop()?.length ?? 0;
  return `${kept.join('').trimEnd()} …`;
}
