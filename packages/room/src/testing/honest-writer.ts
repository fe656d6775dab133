import * as Y from 'yjs';
import {readPaper} from '@plenary/paper/read';
import {textOf, type Paragraph} from '@plenary/paper/view';
import {
  deleteParagraph,
  deleteRange,
  insertText,
  joinWithPrevious,
  pasteContent,
  restoreParagraph,
  setKind,
  setLevel,
  setMark,
  splitParagraph,
} from '@plenary/paper/write';

export const local = Symbol('local');
export const remote = Symbol('remote');

const kinds = ['text', 'heading', 'preambular', 'operative', 'item', 'quote', 'from-a-later-version'];

/** Characters that occur once in a whole run, so that the fate of each can be followed. */
export class Tokens {
  readonly typed = new Set<string>();
  readonly deleted = new Set<string>();
  #ids = 0;

  fresh(count: number): string {
    let text = '';
    for (let at = 0; at < count; at++) text += String.fromCharCode(0x4e00 + this.typed.size + at);
    for (const character of text) this.typed.add(character);
    return text;
  }

  newName(): string {
    this.#ids += 1;
    return `name${this.#ids}`.padEnd(12, '-');
  }
}

export function charactersOf(doc: Y.Doc): string[] {
  return readPaper(doc).flatMap(paragraph => textOf(paragraph).split(''));
}

/** Somebody who does in a replica what an editor would do. */
export class HonestWriter {
  readonly doc: Y.Doc;
  readonly #next: (below: number) => number;
  readonly #tokens: Tokens;
  readonly #undo: Y.UndoManager | null;

  constructor(doc: Y.Doc, next: (below: number) => number, tokens: Tokens, undoes: boolean) {
    this.doc = doc;
    this.#next = next;
    this.#tokens = tokens;
    const scope = [doc.getText('body'), doc.getMap('paragraphs')] as unknown as Y.Text[];
    this.#undo = undoes ? new Y.UndoManager(scope, {trackedOrigins: new Set([local]), captureTimeout: 0}) : null;
  }

  /** One gesture at a random place. */
  act(): void {
    const before = readPaper(this.doc);
    this.#gesture(before);
    const after = new Set(charactersOf(this.doc));
    for (const paragraph of before) {
      for (const character of textOf(paragraph)) if (!after.has(character)) this.#tokens.deleted.add(character);
    }
  }

  #gesture(paragraphs: readonly Paragraph[]): void {
    const {doc} = this;
    const next = this.#next;
    const at = next(paragraphs.length);
    const paragraph = paragraphs[at]!;
    const length = textOf(paragraph).length;
    const place = {paragraph: paragraph.name, offset: [0, length, next(length + 1)][next(3)]!};
    const choice = next(100);
    const newName = (): string => this.#tokens.newName();
    if (choice < 42) insertText(doc, place, this.#tokens.fresh(1 + next(4)), next(5) ? {} : {b: true}, local);
    else if (choice < 53) splitParagraph(doc, place, newName(), local);
    else if (choice < 60) joinWithPrevious(doc, paragraph.name, local);
    else if (choice < 65) setKind(doc, paragraph.name, kinds[next(kinds.length)]!, local);
    else if (choice < 67) setLevel(doc, paragraph.name, next(5), local);
    else if (choice < 74)
      deleteRange(doc, place, {...place, offset: Math.min(length, place.offset + 1 + next(4))}, local);
    else if (choice < 77) this.#deleteOverParagraphs(paragraphs, at, place);
    else if (choice < 80) deleteParagraph(doc, paragraph.name, local);
    else if (choice < 82) restoreParagraph(doc, paragraph.name, local);
    else if (choice < 86) setMark(doc, place, {...place, offset: length}, 'b', next(3) ? true : null, local);
    else if (choice < 87) setMark(doc, place, {...place, offset: length}, 'link', 'https://example.org/', local);
    else if (choice < 90) this.#paste(place, newName);
    else if (next(3)) this.#undo?.undo();
    else this.#undo?.redo();
  }

  #deleteOverParagraphs(
    paragraphs: readonly Paragraph[],
    at: number,
    place: {paragraph: string; offset: number},
  ): void {
    const later = paragraphs[Math.min(paragraphs.length - 1, at + 1 + this.#next(2))]!;
    const end = {paragraph: later.name, offset: this.#next(textOf(later).length + 1)};
    if (later.name !== place.paragraph) deleteRange(this.doc, place, end, local);
  }

  #paste(place: {paragraph: string; offset: number}, newName: () => string): void {
    const content = Array.from({length: 2 + this.#next(2)}, () => ({
      kind: 'text' as const,
      level: 0,
      dir: null,
      lang: null,
      runs: [{text: this.#tokens.fresh(2), marks: {}}],
    }));
    pasteContent(this.doc, place, content, newName, local);
  }
}
