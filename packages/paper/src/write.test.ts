import {describe, expect, test} from 'vitest';
import * as Y from 'yjs';
import {readPaper} from './read.ts';
import {countingNames, exchange, paperOf, replicaOf, says, shownTexts} from './testing/papers.ts';
import {
  deleteParagraph,
  deleteRange,
  insertText,
  joinParagraph,
  joinWithPrevious,
  moveParagraph,
  pasteContent,
  placesBefore,
  repairHead,
  repinAfter,
  restoreParagraph,
  setKind,
  setLevel,
  setMark,
  splitParagraph,
} from './write.ts';

function at(paragraph: string, offset = 0) {
  return {paragraph, offset};
}

describe('writing', () => {
  test('a seeded paper reads back as it was written', () => {
    const content = [
      says('Joint statement', {kind: 'title'}),
      says('', {kind: 'operative', level: 2, dir: 'rtl', lang: 'ar'}),
      says('', {
        runs: [
          {text: 'plain ', marks: {}},
          {text: 'bold link', marks: {b: true, link: 'https://example.org/'}},
          {text: ' on', marks: {}},
        ],
      }),
    ];
    const names = countingNames();
    const expected = content.map(part => ({...part, name: names(), gone: false}));
    expect(readPaper(paperOf(...content))).toEqual(expected);
  });

  test('an empty text reads as one paragraph without a name of its own', () => {
    expect(readPaper(new Y.Doc())).toEqual([
      {name: '~head', kind: 'text', level: 0, dir: null, lang: null, gone: false, runs: []},
    ]);
  });

  test('new text takes only the marks that it is given', () => {
    const doc = paperOf(says('', {runs: [{text: 'bold', marks: {b: true}}]}));
    insertText(doc, at('p1', 4), ' plain');
    expect(readPaper(doc)[0]?.runs).toEqual([
      {text: 'bold', marks: {b: true}},
      {text: ' plain', marks: {}},
    ]);
  });

  test('deleting the end of bold words leaves what follows plain', () => {
    const doc = paperOf(
      says('', {
        runs: [
          {text: 'a ', marks: {}},
          {text: 'bold', marks: {b: true}},
          {text: ' z', marks: {}},
        ],
      }),
    );
    insertText(doc, at('p1', 3), 'x', {b: true});
    deleteRange(doc, at('p1', 5), at('p1', 7));
    expect(readPaper(doc)[0]?.runs).toEqual([
      {text: 'a ', marks: {}},
      {text: 'bxo', marks: {b: true}},
      {text: ' z', marks: {}},
    ]);
  });

  test('a split keeps the name of the first part and hands on its attributes', () => {
    const doc = paperOf(says('onetwo', {kind: 'operative', level: 1, lang: 'fr'}));
    splitParagraph(doc, at('p1', 3), 'q1');
    expect(readPaper(doc)).toMatchObject([
      {name: 'p1', kind: 'operative', level: 1, lang: 'fr'},
      {name: 'q1', kind: 'operative', level: 1, lang: 'fr'},
    ]);
    expect(shownTexts(doc)).toBe('p1:one q1:two');
  });

  test('a split within bold words does not leave the new paragraph bold', () => {
    const doc = paperOf(says('', {runs: [{text: 'bold', marks: {b: true}}]}), 'next');
    splitParagraph(doc, at('p1', 2), 'q1');
    insertText(doc, at('q1', 2), '!');
    expect(readPaper(doc).map(paragraph => paragraph.runs)).toEqual([
      [{text: 'bo', marks: {b: true}}],
      [
        {text: 'ld', marks: {b: true}},
        {text: '!', marks: {}},
      ],
      [{text: 'next', marks: {}}],
    ]);
  });

  test('marks go over several paragraphs and never over an opener', () => {
    const doc = paperOf('one', 'two', 'three');
    setMark(doc, at('p1', 1), at('p3', 2), 'i', true);
    setMark(doc, at('p2', 0), at('p2', 3), 'link', 'mailto:ana@example.org');
    expect(readPaper(doc).map(paragraph => paragraph.runs)).toEqual([
      [
        {text: 'o', marks: {}},
        {text: 'ne', marks: {i: true}},
      ],
      [{text: 'two', marks: {i: true, link: 'mailto:ana@example.org'}}],
      [
        {text: 'th', marks: {i: true}},
        {text: 'ree', marks: {}},
      ],
    ]);
    expect(() => setMark(doc, at('p1'), at('p1', 1), 'link', 'javascript:alert(1)')).toThrow('room.link');
  });

  test('kind and level are those that were set last', () => {
    const doc = paperOf('one');
    setKind(doc, 'p1', 'heading');
    setLevel(doc, 'p1', 1);
    expect(readPaper(doc)[0]).toMatchObject({kind: 'heading', level: 1});
    setKind(doc, 'p1', 'something-newer');
    expect(readPaper(doc)[0]?.kind).toBe('text');
  });

  test('pasted paragraphs have new names and the tail follows the last', () => {
    const doc = paperOf('onetwo');
    pasteContent(doc, at('p1', 3), [says('A'), says('B', {kind: 'heading'}), says('C')], countingNames('n'));
    expect(shownTexts(doc)).toBe('p1:oneA n1:B n2:Ctwo');
    expect(readPaper(doc)[1]?.kind).toBe('heading');
  });
});

describe('joining and deleting', () => {
  test('joining removes the opener and keeps the name of the first', () => {
    const doc = paperOf('one', 'two');
    expect(joinWithPrevious(doc, 'p2')).toBe('joined');
    expect(shownTexts(doc)).toBe('p1:onetwo');
    expect(joinWithPrevious(doc, 'p1')).toBe('first');
  });

  test('a range over paragraphs leaves its two ends in the first', () => {
    const doc = paperOf('one', 'two', 'three');
    expect(deleteRange(doc, at('p1', 1), at('p3', 3))).toEqual([]);
    expect(shownTexts(doc)).toBe('p1:oee');
  });

  test('a deleted paragraph is hidden, and shown again at its place when another was writing in it', () => {
    const ana = paperOf('one', 'two', 'tri');
    const ben = replicaOf(ana, 2);
    deleteParagraph(ana, 'p2');
    insertText(ben, at('p2', 3), 'BBB');
    expect(shownTexts(ana)).toBe('p1:one p3:tri');
    exchange(ana, ben);
    expect(shownTexts(ana)).toBe('p1:one p2!:BBB p3:tri');
    expect(shownTexts(ben)).toBe(shownTexts(ana));
    restoreParagraph(ben, 'p2');
    expect(shownTexts(ben)).toBe('p1:one p2:BBB p3:tri');
  });

  test('typing into a paragraph that is shown as deleted brings it back', () => {
    const ana = paperOf('one', 'two');
    const ben = replicaOf(ana, 2);
    deleteParagraph(ana, 'p2');
    insertText(ben, at('p2', 0), 'B');
    exchange(ana, ben);
    insertText(ben, at('p2', 1), 'C');
    expect(shownTexts(ben)).toBe('p1:one p2:BC');
  });

  test('when everything is deleted the first paragraph is shown', () => {
    const doc = paperOf('one', 'two');
    deleteParagraph(doc, 'p1');
    deleteParagraph(doc, 'p2');
    expect(shownTexts(doc)).toBe('p1!:');
    insertText(doc, at('p1'), 'x');
    expect(shownTexts(doc)).toBe('p1:x');
  });

  test('two openers with one id have different names everywhere, without anything being written', () => {
    const ana = paperOf('one', 'two');
    const ben = replicaOf(ana, 2);
    const undoAna = new Y.UndoManager([ana.getText('body'), ana.getMap('paragraphs')], {
      trackedOrigins: new Set(['ana']),
    });
    const undoBen = new Y.UndoManager([ben.getText('body'), ben.getMap('paragraphs')], {
      trackedOrigins: new Set(['ben']),
    });
    joinWithPrevious(ana, 'p2', 'ana');
    joinWithPrevious(ben, 'p2', 'ben');
    exchange(ana, ben);
    undoAna.undo();
    undoBen.undo();
    exchange(ana, ben);
    const names = readPaper(ana).map(paragraph => paragraph.name);
    expect(new Set(names).size).toBe(3);
    expect(names.filter(name => name.startsWith('p2~'))).toHaveLength(1);
    expect(readPaper(ben)).toEqual(readPaper(ana));
    expect(readPaper(replicaOf(ana, 9))).toEqual(readPaper(ana));
  });
});

test('the oldest opener of an id keeps its name, wherever another one with it is put', () => {
  const ana = paperOf('one');
  const ben = replicaOf(ana, 9);
  ben.getText('body').insertEmbed(0, {p: 'p1'}, {});
  ben.getText('body').insert(1, 'copy', {});
  exchange(ana, ben);
  expect(shownTexts(ana)).toBe('p1~9.0:copy p1:one');
  expect(shownTexts(ben)).toBe(shownTexts(ana));
});

describe('the server', () => {
  test('moves paragraphs up, down, to the front and to the end', () => {
    const doc = paperOf('1', '2', '3', '4', '5');
    const order = () =>
      readPaper(doc)
        .map(paragraph => paragraph.name.slice(1))
        .join('');
    moveParagraph(doc, 'p4', 'p1');
    expect(order()).toBe('14235');
    moveParagraph(doc, 'p1', 'p5');
    expect(order()).toBe('42351');
    moveParagraph(doc, 'p3', null);
    expect(order()).toBe('34251');
    moveParagraph(doc, 'p5', null);
    expect(order()).toBe('53421');
    moveParagraph(doc, 'p5', 'p3');
    expect(order()).toBe('35421');
    expect(() => moveParagraph(doc, 'p5', 'p5')).toThrow('move.impossible');
    expect(() => moveParagraph(doc, 'nobody', 'p5')).toThrow('paragraph.unknown');
  });

  test('any sequence of moves gives the order that was asked for', () => {
    const doc = paperOf('1', '2', '3', '4', '5', '6');
    let state = 7;
    for (let i = 0; i < 300; i++) {
      state = (state * 1103515245 + 12345) & 0x7fffffff;
      const names = readPaper(doc).map(paragraph => paragraph.name);
      const moved = names[state % 6] ?? '';
      const rest = names.filter(name => name !== moved);
      const place = (state >> 8) % 6;
      moveParagraph(doc, moved, place === 0 ? null : (rest[place - 1] ?? ''));
      rest.splice(place, 0, moved);
      expect(readPaper(doc).map(paragraph => paragraph.name)).toEqual(rest);
    }
  });

  test('the second half of a split follows the first wherever it was moved', () => {
    const ana = paperOf('1', '23', '4');
    const server = replicaOf(ana, 2);
    splitParagraph(ana, at('p2', 1), 'q');
    moveParagraph(server, 'p2', 'p3');
    exchange(ana, server);
    expect(shownTexts(ana)).toBe('p1:1 p3:4 p2:2 q:3');
  });

  test('joins over a boundary that a move has made, where a client has to ask', () => {
    const doc = paperOf('1', says('', {runs: [{text: '2', marks: {b: true}}]}), '3');
    moveParagraph(doc, 'p3', 'p1');
    expect(joinWithPrevious(doc, 'p2')).toBe('ask-server');
    expect(deleteRange(doc, at('p1', 1), at('p3', 1))).toEqual([]);
    joinParagraph(doc, 'p2');
    expect(readPaper(doc)).toMatchObject([
      {
        name: 'p1',
        runs: [
          {text: '1', marks: {}},
          {text: '2', marks: {b: true}},
        ],
      },
    ]);
    expect(() => joinParagraph(doc, 'p1')).toThrow('join.impossible');
  });

  test('keeps in place what stood behind a moved paragraph that was joined away', () => {
    const doc = paperOf('1', '2', '3', '4');
    moveParagraph(doc, 'p1', 'p4');
    splitParagraph(doc, at('p1', 0), 'q');
    expect(shownTexts(doc)).toBe('p2:2 p3:3 p4:4 p1: q:1');
    moveParagraph(doc, 'p2', 'q');
    expect(shownTexts(doc)).toBe('p3:3 p4:4 p1: q:1 p2:2');
    const before = placesBefore(doc);
    const client = replicaOf(doc, 5);
    client.getText('body').delete(0, 1);
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(client, Y.encodeStateVector(doc)));
    const named = readPaper(doc).map(paragraph => paragraph.name);
    repinAfter(doc, before);
    expect(named).toContain('q');
    expect(readPaper(doc).map(paragraph => paragraph.name)).toEqual(['p3', 'p4', 'q', 'p2']);
  });

  test('gives text before the first opener a paragraph of its own', () => {
    const doc = paperOf('one');
    doc.getText('body').insert(0, 'stray', {});
    expect(shownTexts(doc)).toBe('~head:stray p1:one');
    expect(repairHead(doc, () => 'q')).toBe(true);
    expect(shownTexts(doc)).toBe('q:stray p1:one');
    expect(repairHead(doc, () => 'r')).toBe(false);
    const empty = new Y.Doc();
    expect(repairHead(empty, () => 'q')).toBe(true);
    expect(shownTexts(empty)).toBe('q:');
  });

  test('moving touches no text, so places in it stand', () => {
    const doc = paperOf('one', 'two');
    const body = doc.getText('body');
    const anchor = Y.createRelativePositionFromTypeIndex(body, 6);
    const before = body.toString();
    moveParagraph(doc, 'p2', null);
    expect(body.toString()).toBe(before);
    expect(Y.createAbsolutePositionFromRelativePosition(anchor, doc)?.index).toBe(6);
  });
});
