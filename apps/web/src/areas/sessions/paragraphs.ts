import {countSubParagraphs} from '@plenary/paper/sub-paragraphs';

/** Words of a paragraph that look alike. */
export interface Words {
  readonly text: string;
  /** Names of the elements around them, the outermost first: `em` is the opening. */
  readonly within: readonly string[];
  readonly href: string | null;
}

export interface ReadParagraph {
  /** Null for one that came after the names were asked for. */
  readonly name: string | null;
  readonly label: string;
  /** As in `/read`: `pp lev lev-1 gone`. */
  readonly className: string;
  readonly lang: string | null;
  readonly dir: string | null;
  readonly words: readonly Words[];
}

/** As `/read/<paper>/events` tells it, see docs/stream.md. */
export interface ParagraphsChange {
  readonly cut?: readonly number[];
  readonly put?: readonly (readonly [place: number, html: string, text: string])[];
  readonly set?: readonly (readonly [place: number, html: string, text: string])[];
  readonly text?: readonly (readonly [place: number, position: number, deleted: number, inserted: string])[];
  readonly label?: readonly (readonly [place: number, label: string])[];
}

/** The paragraphs after a change; those that it leaves alone are the same objects. */
export function applyChange(
  before: readonly ReadParagraph[],
  {cut = [], put = [], set = [], text = [], label = []}: ParagraphsChange,
  parse: (html: string, name: string | null) => ReadParagraph,
): readonly ReadParagraph[] {
  const after = [...before];
  for (const place of cut) after.splice(place, 1);
  for (const [place, html] of put) after.splice(place, 0, parse(html, null));
  for (const [place, html] of set) after[place] = parse(html, after[place]?.name ?? null);
  for (const [place, position, deleted, inserted] of text) {
    const paragraph = after[place];
    if (paragraph) after[place] = {...paragraph, words: spliced(paragraph.words, position, deleted, inserted)};
  }
  for (const [place, number] of label) {
    const paragraph = after[place];
    if (paragraph) after[place] = {...paragraph, label: number};
  }
  return after;
}

/** Inserted words look like those before them, as the page for followers shows them. */
function spliced(words: readonly Words[], position: number, deleted: number, inserted: string): readonly Words[] {
  let passed = 0;
  const left = words.map(part => {
    const {text} = part;
    const start = Math.max(position - passed, 0);
    const end = Math.min(position + deleted - passed, text.length);
    passed += text.length;
    return end > start ? {...part, text: text.slice(0, start) + text.slice(end)} : part;
  });
  if (inserted === '') return left.filter(({text}) => text !== '');
  let offset = position;
  for (const [index, part] of left.entries()) {
    if (part.text === '' && left.length > 1) continue;
    if (offset > part.text.length) {
      offset -= part.text.length;
      continue;
    }
    left[index] = {...part, text: part.text.slice(0, offset) + inserted + part.text.slice(offset)};
    return left.filter(({text}) => text !== '');
  }
  return [...left, {text: inserted, within: [], href: null}].filter(({text}) => text !== '');
}

export function textOf({words}: ReadParagraph): string {
  return words.map(({text}) => text).join('');
}

export function isGone({className}: ReadParagraph): boolean {
  return className.split(' ').includes('gone');
}

/** How far it is indented, from 0: the class of its element counts a list item one deeper. */
export function levelOf({className}: ReadParagraph): number {
  return Number(/ lev-(\d)/.exec(className)?.[1] ?? 0);
}

/** The paragraph, and after it those that belong to it. */
export function withSubParagraphs(all: readonly ReadParagraph[], head: ReadParagraph): readonly ReadParagraph[] {
  const place = all.indexOf(head);
  const shapes = all.map(one => ({kind: 'text' as const, level: levelOf(one)}));
  return all.slice(place, place + 1 + countSubParagraphs(shapes, place));
}
