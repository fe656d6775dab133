import {describe, expect, test} from 'vitest';
import * as Y from 'yjs';
import type {CommentAnchor} from '@plenary/domain/comments/anchor';
import type {Place} from '../write.ts';
import {
  deleteParagraph,
  deleteRange,
  insertText,
  joinParagraph,
  joinWithPrevious,
  moveParagraph,
  setKind,
  splitParagraph,
} from '../write.ts';
import {PaperIndex} from '../paper-index.ts';
import {exchange, paperOf, replicaOf} from '../testing/papers.ts';
import {textOf} from '../view.ts';
import {anchorOnGap, anchorOnParagraph, anchorOnText, anchorOnWords} from './make.ts';
import {Placer} from './place.ts';

function on(doc: Y.Doc, paragraph: string, words: string): CommentAnchor {
  const index = new PaperIndex(doc);
  const segment = index.byName(paragraph);
  if (!segment) throw new Error(`There is no ${paragraph}.`);
  const offset = textOf(segment).indexOf(words);
  const anchor = anchorOnWords(index, {segment, offset}, {segment, offset: offset + words.length});
  if (!anchor) throw new Error(`“${words}” cannot be commented.`);
  return anchor;
}

/** `words by positions: p1 “seven days”`, as a reader would see it. */
function shownBy(doc: Y.Doc, anchor: CommentAnchor): string {
  const index = new PaperIndex(doc);
  const placed = new Placer(index).place(anchor);
  if (placed.at === 'paragraph') return `paragraph ${placed.paragraph}`;
  if (placed.at === 'gap') return `gap after ${placed.after ?? 'nothing'}`;
  if (placed.at !== 'words') return placed.at;
  const words = placed.pieces.map(({paragraph, from, to}) => {
    const segment = index.byName(paragraph);
    return `${paragraph} “${segment ? textOf(segment).slice(from, to) : ''}”`;
  });
  return `${placed.by}: ${words.join(' ')}`;
}

const at = (paragraph: string, offset: number): Place => ({paragraph, offset});
const paper = () => paperOf('Publish within seven working days of the meeting.', 'Second paragraph.', 'Third one.');

describe('R27: a comment on words stands on them', () => {
  test('while others type before, inside and behind them', () => {
    const doc = paper();
    const anchor = on(doc, 'p1', 'seven working days');
    insertText(doc, at('p1', 0), 'Do ');
    insertText(doc, at('p1', 'Do Publish within seven '.length), 'whole ');
    insertText(doc, at('p1', 'Do Publish within seven whole working days'.length), ' or so');
    expect(shownBy(doc, anchor)).toBe('positions: p1 “seven whole working days”');
  });

  test('through a split in them, a join, another kind and a move', () => {
    const doc = paper();
    const anchor = on(doc, 'p1', 'seven working days');
    splitParagraph(doc, at('p1', 'Publish within seven '.length), 'q1');
    expect(shownBy(doc, anchor)).toBe('positions: p1 “seven ” q1 “working days”');
    setKind(doc, 'q1', 'heading');
    moveParagraph(doc, 'q1', 'p3');
    expect(shownBy(doc, anchor)).toBe('positions: p1 “seven ” q1 “working days”');
    moveParagraph(doc, 'q1', 'p1');
    joinParagraph(doc, 'q1');
    expect(shownBy(doc, anchor)).toContain('seven ');
    const second = on(doc, 'p3', 'Third');
    joinWithPrevious(doc, 'p3');
    expect(shownBy(doc, second)).toContain('“Third”');
  });

  test('as far as they are left', () => {
    const doc = paper();
    const anchor = on(doc, 'p1', 'seven working days');
    deleteRange(doc, at('p1', 0), at('p1', 'Publish within seven wor'.length));
    expect(shownBy(doc, anchor)).toBe('positions: p1 “king days”');
  });

  test('when they are deleted and typed again, there or in another paragraph', () => {
    const doc = paper();
    const anchor = on(doc, 'p1', 'seven working days');
    const begin = 'Publish within '.length;
    deleteRange(doc, at('p1', begin), at('p1', begin + 'seven working days'.length));
    expect(shownBy(doc, anchor)).toBe('detached');
    insertText(doc, at('p1', begin), 'seven working days');
    expect(shownBy(doc, anchor)).toBe('paragraph: p1 “seven working days”');
    deleteParagraph(doc, 'p1');
    expect(shownBy(doc, anchor)).toBe('detached');
    insertText(doc, at('p3', 0), 'Within seven working days, ');
    expect(shownBy(doc, anchor)).toBe('paper: p3 “seven working days”');
  });

  test('again when their deletion is undone', () => {
    const doc = paper();
    const anchor = on(doc, 'p1', 'seven working days');
    const undo = new Y.UndoManager([doc.getText('body'), doc.getMap('paragraphs')], {trackedOrigins: new Set(['me'])});
    deleteRange(doc, at('p1', 0), at('p1', 'Publish within seven working days of'.length), 'me');
    expect(shownBy(doc, anchor)).toBe('detached');
    undo.undo();
    // Everyone sees it alike, though only the one who undid knows which words came back for which.
    for (const seen of [doc, replicaOf(doc, 9)]) expect(shownBy(seen, anchor)).toContain('p1 “seven working days”');
  });

  test('and on no others that only look like them', () => {
    const doc = paperOf('All the members shall meet.', 'The members of the board shall not.');
    const anchor = on(doc, 'p1', 'shall');
    deleteRange(doc, at('p1', 'All the members '.length), at('p1', 'All the members shall'.length));
    expect(shownBy(doc, anchor)).toBe('detached');
    insertText(doc, at('p1', 'All the members '.length), 'shall');
    expect(shownBy(doc, anchor)).toBe('paragraph: p1 “shall”');
  });

  test('over several paragraphs; what a move has parted is taken from the first alone', () => {
    const doc = paper();
    const index = new PaperIndex(doc);
    const [first, second, third] = index.shown;
    if (!first || !second || !third) throw new Error('three paragraphs');
    const anchor = anchorOnWords(index, {segment: first, offset: 40}, {segment: third, offset: 5});
    expect(anchor && shownBy(doc, anchor)).toBe('positions: p1 “meeting.” p2 “Second paragraph.” p3 “Third”');
    moveParagraph(doc, 'p2', 'p3');
    expect(anchor && shownBy(doc, anchor)).toBe('positions: p1 “meeting.” p2 “Second paragraph.” p3 “Third”');
    const moved = new PaperIndex(doc);
    const [p1, p3, p2] = moved.shown;
    if (!p1 || !p2 || !p3) throw new Error('three paragraphs');
    const across = anchorOnWords(moved, {segment: p3, offset: 6}, {segment: p2, offset: 6});
    expect(across && shownBy(doc, across)).toBe('positions: p3 “one.”');
  });

  test('there is none on nothing and none on spaces', () => {
    const doc = paperOf('One  two.', '');
    const index = new PaperIndex(doc);
    const [segment, empty] = index.shown;
    if (!segment || !empty) throw new Error('two paragraphs');
    expect(anchorOnWords(index, {segment, offset: 3}, {segment, offset: 5})).toBeNull();
    expect(anchorOnWords(index, {segment, offset: 9}, {segment: empty, offset: 0})).toBeNull();
  });

  test('a quote holds no half characters, and of many words the first', () => {
    const doc = paperOf(`😀${'a'.repeat(31)}WORDS${'b'.repeat(31)}😀`, 'x'.repeat(3000));
    const anchor = on(doc, 'p1', 'WORDS');
    if (anchor.on !== 'words') throw new Error('words');
    expect(anchor.quote.before).toBe('a'.repeat(31));
    expect(anchor.quote.after).toBe('b'.repeat(31));
    const long = on(doc, 'p2', 'x'.repeat(3000));
    expect(long.on === 'words' && long.quote.exact.length).toBe(1000);
    expect(shownBy(doc, long)).toBe(`positions: p2 “${'x'.repeat(3000)}”`);
  });
});

describe('R27: a comment on a paragraph', () => {
  const onParagraph = (doc: Y.Doc, name: string) => {
    const index = new PaperIndex(doc);
    const segment = index.byName(name);
    if (!segment) throw new Error(name);
    return anchorOnParagraph(index, segment);
  };

  test('goes with it when it moves, is split, and when all its words are others', () => {
    const doc = paper();
    const anchor = onParagraph(doc, 'p2');
    moveParagraph(doc, 'p2', null);
    splitParagraph(doc, at('p2', 6), 'q2');
    deleteRange(doc, at('p2', 0), at('p2', 6));
    insertText(doc, at('p2', 0), 'Other');
    expect(shownBy(doc, anchor)).toBe('paragraph p2');
  });

  test('is on the one that it was joined to, and detached when it is deleted', () => {
    const doc = paper();
    const anchor = onParagraph(doc, 'p2');
    joinWithPrevious(doc, 'p2');
    expect(shownBy(doc, anchor)).toBe('paragraph p1');
    const gone = onParagraph(doc, 'p3');
    deleteParagraph(doc, 'p3');
    expect(shownBy(doc, gone)).toBe('detached');
  });
});

describe('R27: a comment on what is missing', () => {
  const after = (doc: Y.Doc, name: string | null) => {
    const index = new PaperIndex(doc);
    return anchorOnGap(index, name === null ? null : (index.byName(name) ?? null));
  };

  test('stays between its paragraphs, also when the upper one is split', () => {
    const doc = paper();
    const anchor = after(doc, 'p1');
    expect(shownBy(doc, anchor)).toBe('gap after p1');
    splitParagraph(doc, at('p1', 7), 'q1');
    expect(shownBy(doc, anchor)).toBe('gap after q1');
  });

  test('stands by the one that is left, and is detached when neither is', () => {
    const doc = paper();
    const anchor = after(doc, 'p1');
    deleteParagraph(doc, 'p1');
    expect(shownBy(doc, anchor)).toBe('gap after nothing');
    deleteParagraph(doc, 'p2');
    expect(shownBy(doc, anchor)).toBe('detached');
  });

  test('at the edges there is always a place', () => {
    const doc = paper();
    const [before, behind] = [after(doc, null), after(doc, 'p3')];
    deleteParagraph(doc, 'p1');
    deleteParagraph(doc, 'p3');
    expect([shownBy(doc, before), shownBy(doc, behind)]).toEqual(['gap after nothing', 'gap after p2']);
  });
});

test('R27: a comment on the whole text is never detached', () => {
  const doc = paper();
  for (const name of ['p1', 'p2', 'p3']) deleteParagraph(doc, name);
  expect(shownBy(doc, anchorOnText)).toBe('text');
});

test('R27: words that have not arrived here yet are found by their quote, and then by themselves', () => {
  const ana = paper();
  const ben = replicaOf(ana, 9);
  insertText(ben, at('p2', 0), 'Words that Ana has not got. ');
  const anchor = on(ben, 'p2', 'Words that Ana has not got.');
  expect(shownBy(ana, anchor)).toBe('detached');
  exchange(ana, ben);
  expect(shownBy(ana, anchor)).toBe('positions: p2 “Words that Ana has not got.”');
});
