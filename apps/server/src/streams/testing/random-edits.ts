import type * as Y from 'yjs';
import {Refusal} from '@plenary/domain/refusal';
import {markNames} from '@plenary/paper/guard-shape';
import {readPaper} from '@plenary/paper/read';
import {paragraphKinds, textOf} from '@plenary/paper/view';
import type {Paragraph} from '@plenary/paper/view';
import {
  deleteParagraph,
  deleteRange,
  insertText,
  joinParagraph,
  moveParagraph,
  setKind,
  setLevel,
  setMark,
  splitParagraph,
} from '@plenary/paper/write';

/** The same numbers for the same seed (mulberry32). */
export function seededChance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const snippets = [
  'a',
  'word ',
  'Recalling that ',
  'Calls upon ',
  '😀',
  'é',
  'e\u0301',
  'مرحبا ',
  '中文',
  '<b>&amp;',
  '"\'',
  '\r\n',
  '\u2028',
  '\t ',
];

/** One edit as someone at a keyboard, a chair or an import would make it. */
export function randomEdit(doc: Y.Doc, chance: () => number, newName: () => string): void {
  const below = (limit: number) => Math.floor(chance() * limit);
  const paragraphs = readPaper(doc);
  const pick = () => paragraphs[below(paragraphs.length)] as Paragraph;
  const one = pick();
  const place = (paragraph: Paragraph, offset = below(textOf(paragraph).length + 1)) => ({
    paragraph: paragraph.name,
    offset,
  });
  const from = below(textOf(one).length + 1);
  const to = Math.min(textOf(one).length, from + below(12));
  try {
    const dice = below(100);
    if (dice < 45) insertText(doc, place(one, from), snippets[below(snippets.length)] ?? '');
    else if (dice < 60) deleteRange(doc, place(one, from), place(one, to));
    else if (dice < 68) splitParagraph(doc, place(one), newName());
    else if (dice < 74) joinParagraph(doc, one.name);
    else if (dice < 80) moveParagraph(doc, one.name, below(4) === 0 ? null : pick().name);
    else if (dice < 86) setKind(doc, one.name, paragraphKinds[below(paragraphKinds.length)] ?? 'text');
    else if (dice < 89) setLevel(doc, one.name, below(4));
    else if (dice < 96) {
      const mark = markNames[below(markNames.length)] ?? 'b';
      const value = below(3) === 0 ? null : mark === 'link' ? 'https://example.org/' : true;
      setMark(doc, place(one, from), place(one, to), mark, value);
    } else if (paragraphs.length > 3) deleteParagraph(doc, one.name);
  } catch (error) {
    // What cannot be done here is not done.
    if (!(error instanceof Refusal)) throw error;
  }
}
