import {textOf} from '@plenary/paper/view';
import type {Run} from '@plenary/paper/view';

/** Words of three letters and more; shorter ones may be the signs of sub-paragraphs. Chinese by the character. */
export function longWords(text: string): string[] {
  return text.match(/\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{M}]){3,}/gu) ?? [];
}

/** Words of the first that the second does not have as often. */
export function lostWords(source: string, content: readonly {readonly runs: readonly Run[]}[]): string[] {
  const have = new Map<string, number>();
  for (const word of content.flatMap(paragraph => longWords(textOf(paragraph)))) {
    have.set(word, (have.get(word) ?? 0) + 1);
  }
  return longWords(source).filter(word => {
    const count = have.get(word) ?? 0;
    have.set(word, count - 1);
    return count <= 0;
  });
}

/** Paragraphs in one line each, for expectations that can be read: `operative 1 | Hold *sessions*`. */
export function outline(
  content: readonly {readonly kind: string; readonly level: number; readonly runs: readonly Run[]}[],
) {
  return content.map(({kind, level, runs}) => {
    const words = runs.map(({text, marks}) => {
      const names = Object.keys(marks).sort().join('');
      return names === '' ? text : `{${names}:${text}}`;
    });
    return `${kind} ${level} | ${words.join('')}`;
  });
}
