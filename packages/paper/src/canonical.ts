import {sameMarks} from './paper-index.ts';
import {textOf} from './view.ts';
import type {Paragraph, Run} from './view.ts';

/** Every kind of line end inside a paragraph: what would otherwise look like a new paragraph in the text form. */
const lineEnds = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/g;

const unstorable = /\0|\p{Cs}/gu;

/**
 * The text that is hashed and exported as `.txt`: NFC, LF, one paragraph a line in order of showing, a line end after each.
 * No computed numbers. What was written into a deleted paragraph is shown to everyone and therefore part of it.
 */
export function canonicalText(paragraphs: readonly Pick<Paragraph, 'runs'>[]): string {
  return paragraphs.map(paragraph => `${canonicalLine(textOf(paragraph))}\n`).join('');
}

/** One paragraph's text as it stands in the canonical form, without its line end. */
export function canonicalLine(text: string): string {
  return text.replace(lineEnds, ' ').normalize('NFC');
}

/**
 * The canonical JSON form: the paragraphs as they are shown, with names, attributes and marks, runs joined as far as their
 * marks agree. Half a surrogate pair and NUL, which no database and no file takes, become U+FFFD.
 */
export function canonicalContent(paragraphs: readonly Paragraph[]): Paragraph[] {
  return paragraphs.map(({name, kind, level, dir, lang, gone, runs}) => {
    return {name, kind, level, dir, lang, gone, runs: joinRuns(runs.map(clean))};
  });
}

/** What `canonicalContent` made and a store kept: the same value, with its fields in the same order again. */
export function readContent(stored: unknown): Paragraph[] {
  if (!Array.isArray(stored)) throw new TypeError('The stored content of a revision is no list.');
  return canonicalContent(stored as Paragraph[]);
}

/** Word for word and mark for mark; names, which nobody sees, may differ. */
export function sameContent(a: readonly Paragraph[], b: readonly Paragraph[]): boolean {
  const shown = (all: readonly Paragraph[]) => JSON.stringify(canonicalContent(all).map(one => ({...one, name: ''})));
  return shown(a) === shown(b);
}

/** Neighbours under the same marks become one run, and empty runs go. */
export function joinRuns(runs: readonly Run[]): Run[] {
  const joined: {text: string; marks: Run['marks']}[] = [];
  for (const {text, marks} of runs) {
    if (text === '') continue;
    const last = joined.at(-1);
    if (last && sameMarks(last.marks, marks)) last.text += text;
    else joined.push({text, marks});
  }
  return joined;
}

function clean({text, marks: {b, i, u, s, link}}: Run): Run {
  const marks = {...(b && {b}), ...(i && {i}), ...(u && {u}), ...(s && {s}), ...(link && {link})};
  return {text: text.replace(unstorable, '\uFFFD'), marks};
}
