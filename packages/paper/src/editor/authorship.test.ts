// @vitest-environment jsdom
import {afterEach, describe, expect, test} from 'vitest';
import type * as Y from 'yjs';
import {exchange, paperOf, replicaOf} from '../testing/papers.ts';
import {deleteRange, insertText} from '../write.ts';
import {clientAt, drawAuthorship} from './authorship.ts';
import {createEditor, type PaperEditor} from './editor.ts';

Element.prototype.scrollIntoView = () => {};

const open: PaperEditor[] = [];
afterEach(() => {
  for (const editor of open.splice(0)) editor.destroy();
  document.body.replaceChildren();
});

function edit(doc: Y.Doc): PaperEditor {
  const editor = createEditor({
    place: document.body.appendChild(document.createElement('div')),
    doc,
    editable: true,
    language: 'en',
    openings: {},
    labels: {editor: 'Text', note: '', restore: '', remove: ''},
    newName: () => 'new-name-0001',
    onSelection: () => {},
    requestMove: () => {},
    requestJoin: () => {},
  });
  open.push(editor);
  return editor;
}

const drawn = (editor: PaperEditor) =>
  [...editor.view.dom.querySelectorAll('.by-7, .by-8')].map(
    ({className, textContent}) => `${className}: ${textContent}`,
  );

const looks = new Map([
  [7, 'by-7'],
  [8, 'by-8'],
]);
const classOf = (client: number) => looks.get(client) ?? null;

describe('who wrote what', () => {
  /** Client 1 wrote the paper, 7 and 8 wrote into it. */
  function writtenByThree(): Y.Doc {
    const doc = paperOf('We agree.', 'Others too.');
    const seven = replicaOf(doc, 7);
    const eight = replicaOf(doc, 8);
    insertText(seven, {paragraph: 'p1', offset: 2}, ' all');
    insertText(eight, {paragraph: 'p2', offset: 6}, ' do');
    exchange(doc, seven, eight);
    deleteRange(seven, {paragraph: 'p1', offset: 5}, {paragraph: 'p1', offset: 6});
    exchange(doc, seven);
    return doc;
  }

  test('is drawn by the clientIDs of the shared text, and taken away again', () => {
    const editor = edit(writtenByThree());
    drawAuthorship(editor, classOf);
    expect(drawn(editor)).toEqual(['by-7:  al', 'by-8:  do']);
    drawAuthorship(editor, null);
    expect(drawn(editor)).toEqual([]);
  });

  test('moves with the words when others write', () => {
    const doc = writtenByThree();
    const editor = edit(doc);
    drawAuthorship(editor, classOf);
    insertText(doc, {paragraph: 'p1', offset: 0}, 'So ');
    expect(editor.view.dom.querySelector('.by-7')?.textContent).toBe(' al');
  });

  test('is found at a character', () => {
    const editor = edit(writtenByThree());
    const at = (offset: number) => clientAt(editor, 1 + offset);
    expect([0, 1, 2, 3, 5, 6].map(at)).toEqual([1, 1, 1, 7, 7, 1]);
  });
});
