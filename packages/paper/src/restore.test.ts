import {describe, expect, test} from 'vitest';
import * as Y from 'yjs';
import {canonicalContent} from './canonical.ts';
import {readPaper} from './read.ts';
import {restoreParagraphs} from './restore.ts';
import {
  deleteParagraph,
  deleteRange,
  insertText,
  joinWithPrevious,
  moveParagraph,
  pasteContent,
  setKind,
  setLevel,
  setMark,
  splitParagraph,
  writeContent,
} from './write.ts';
import {textOf} from './view.ts';
import type {ParagraphContent} from './view.ts';

/** A generator of the same numbers for the same seed (mulberry32). */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

let names = 0;
const newName = (): string => `name-${String(++names).padStart(8, '0')}`;

function content(text: string, given: Partial<ParagraphContent> = {}): ParagraphContent {
  return {kind: 'text', level: 0, dir: null, lang: null, runs: text ? [{text, marks: {}}] : [], ...given};
}

function aDoc(texts: readonly string[]): Y.Doc {
  const doc = new Y.Doc();
  writeContent(
    doc,
    texts.map(text => content(text)),
    newName,
  );
  return doc;
}

const shown = (doc: Y.Doc) => canonicalContent(readPaper(doc));

function edit(doc: Y.Doc, chance: (below: number) => number): void {
  const paragraphs = readPaper(doc);
  const one = paragraphs[chance(paragraphs.length)]!;
  const other = paragraphs[chance(paragraphs.length)]!;
  const offset = chance(textOf(one).length + 1);
  const words = ['shall ', 'should ', '权利', ' and ', 'حقوق ', 'all'];
  switch (chance(10)) {
    case 0:
      return deleteParagraph(doc, one.name);
    case 1:
      splitParagraph(doc, {paragraph: one.name, offset}, newName());
      return;
    case 2:
      joinWithPrevious(doc, one.name);
      return;
    case 3:
      if (one !== other) moveParagraph(doc, one.name, other.name);
      return;
    case 4:
      if (chance(2)) setKind(doc, one.name, 'operative');
      else setLevel(doc, one.name, chance(3));
      return;
    case 5:
      setMark(doc, {paragraph: one.name, offset: 0}, {paragraph: one.name, offset}, 'b', chance(2) ? true : null);
      return;
    case 6: {
      const next = paragraphs[Math.min(paragraphs.indexOf(one) + 1 + chance(2), paragraphs.length - 1)]!;
      if (next !== one) {
        const to = {paragraph: next.name, offset: chance(textOf(next).length + 1)};
        deleteRange(doc, {paragraph: one.name, offset}, to);
      }
      return;
    }
    case 7:
      pasteContent(doc, {paragraph: one.name, offset}, [content('pasted '), content('and more')], newName);
      return;
    default:
      insertText(doc, {paragraph: one.name, offset}, words[chance(words.length)]!, chance(3) ? {} : {i: true});
  }
}

describe('R34: restoring', () => {
  test('gives the old text back, whatever was done to it, and the kept one takes that back again', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const chance = seeded(seed);
      const doc = aDoc(['We, the people,', 'Recalling that all are equal', '', '人人生而自由', 'Calls upon States']);
      for (let i = 0; i < 12; i++) edit(doc, chance);
      const issued = shown(doc);
      for (let i = 0; i < 12; i++) edit(doc, chance);
      const kept = shown(doc);
      restoreParagraphs(doc, issued, newName);
      expect(shown(doc).map(withoutName), `seed ${seed}`).toEqual(issued.map(withoutName));
      restoreParagraphs(doc, kept, newName);
      expect(shown(doc).map(withoutName), `seed ${seed}, taken back`).toEqual(kept.map(withoutName));
    }
  });

  test('keeps the names of paragraphs that were deleted, joined or moved since', () => {
    const doc = aDoc(['one', 'two', 'three', 'four']);
    const issued = shown(doc);
    const [one, two, three, four] = issued.map(({name}) => name) as [string, string, string, string];
    deleteParagraph(doc, two);
    joinWithPrevious(doc, four);
    moveParagraph(doc, three, null);
    restoreParagraphs(doc, issued, newName);
    expect(shown(doc)).toEqual(issued);
    expect([one, two, three, four]).toEqual(shown(doc).map(({name}) => name));
  });

  test('changes only the words that differ, so that a caret beside them stands', () => {
    const doc = aDoc(['We call upon all governments to act.']);
    const issued = shown(doc);
    const name = issued[0]!.name;
    insertText(doc, {paragraph: name, offset: 8}, 'strongly ');
    const caret = Y.createRelativePositionFromTypeIndex(doc.getText('body'), 1 + 'We call strongly upon all'.length);
    restoreParagraphs(doc, issued, newName);
    const place = Y.createAbsolutePositionFromRelativePosition(caret, doc);
    expect(place?.index).toBe(1 + 'We call upon all'.length);
    expect(shown(doc)).toEqual(issued);
  });

  test('a joined paragraph is opened again where its words stand', () => {
    const doc = aDoc(['We agree. ', 'They differ.']);
    const issued = shown(doc);
    joinWithPrevious(doc, issued[1]!.name);
    const caret = Y.createRelativePositionFromTypeIndex(doc.getText('body'), 1 + 'We agree. They'.length);
    restoreParagraphs(doc, issued, newName);
    expect(shown(doc)).toEqual(issued);
    expect(Y.createAbsolutePositionFromRelativePosition(caret, doc)?.index).toBe(2 + 'We agree. They'.length);
  });

  test('words that another writes meanwhile stand, also in a paragraph that goes', () => {
    const doc = aDoc(['one', 'two']);
    const issued = shown(doc);
    pasteContent(doc, {paragraph: issued[1]!.name, offset: 3}, [content(' more'), content('later')], newName);
    const later = shown(doc)[2]!.name;
    const writer = new Y.Doc();
    Y.applyUpdate(writer, Y.encodeStateAsUpdate(doc));
    insertText(writer, {paragraph: later, offset: 3}, 'XXX');
    insertText(writer, {paragraph: issued[0]!.name, offset: 3}, 'YYY');
    restoreParagraphs(doc, issued, newName);
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(writer));
    Y.applyUpdate(writer, Y.encodeStateAsUpdate(doc));
    expect(shown(doc)).toEqual(shown(writer));
    expect(shown(doc).map(textOf)).toEqual(['oneYYY', 'two', 'XXX']);
  });
});

function withoutName({name: _name, ...paragraph}: {readonly name: string}): object {
  return paragraph;
}
