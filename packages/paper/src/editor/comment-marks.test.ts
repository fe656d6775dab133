// @vitest-environment jsdom
import {afterEach, describe, expect, test} from 'vitest';
import {TextSelection} from 'prosemirror-state';
import type * as Y from 'yjs';
import {paperOf} from '../testing/papers.ts';
import {insertText} from '../write.ts';
import {commentMarks, commentsAt, showMarks, type CommentMark} from './comment-marks.ts';
import {createEditor, type PaperEditor} from './editor.ts';

// jsdom draws nothing: every place is at the top.
Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
Range.prototype.getBoundingClientRect = () => new DOMRect();
Element.prototype.scrollIntoView = () => {};

const open: PaperEditor[] = [];
afterEach(() => {
  for (const editor of open.splice(0)) editor.destroy();
  document.body.replaceChildren();
});

interface Heard {
  comments: number;
  steps: number[];
  changes: boolean[];
}

function edit(doc: Y.Doc, editable = true): {editor: PaperEditor; heard: Heard} {
  const heard: Heard = {comments: 0, steps: [], changes: []};
  const editor = createEditor({
    place: document.body.appendChild(document.createElement('div')),
    doc,
    editable,
    language: 'en',
    openings: {},
    labels: {editor: 'Text', note: '', restore: '', remove: ''},
    newName: () => 'new-name-0001',
    onSelection: () => {},
    requestMove: () => {},
    requestJoin: () => {},
  });
  open.push(editor);
  editor.addPlugin(
    commentMarks({
      onComment: () => void heard.comments++,
      onStep: direction => void heard.steps.push(direction),
      onPress: () => {},
      onChange: docChanged => void heard.changes.push(docChanged),
    }),
  );
  return {editor, heard};
}

const words = (id: string, from: number, to: number, current = false): CommentMark => ({
  id,
  current,
  places: [{on: 'words', from, to}],
});

function drawn(editor: PaperEditor): string[] {
  return [...editor.view.dom.querySelectorAll('.cm')].map(({className, textContent}) => `${className}: ${textContent}`);
}

function press(editor: PaperEditor, key: string, more: KeyboardEventInit = {}): void {
  editor.view.dom.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true, ...more}));
}

describe('what is commented', () => {
  test('is drawn, an overlap twice, and the comment in view apart', () => {
    const {editor} = edit(paperOf('One two three four.'));
    const marks = [words('a', 1, 8), words('b', 5, 14, true)];
    editor.dispatch(showMarks(editor.view.state, {marks}));
    expect(drawn(editor)).toEqual(['cm: One ', 'cm twice on: two', 'cm on:  three']);
    expect(editor.text()).toBe('One two three four.\n');
    expect(commentsAt(editor.view.state, 6)).toEqual(['a', 'b']);
    expect(commentsAt(editor.view.state, 12)).toEqual(['b']);
    expect(commentsAt(editor.view.state, 17)).toEqual([]);
  });

  test('moves with its words when others write before them, and does not take in what is written beside them', () => {
    const doc = paperOf('One two three four.');
    const {editor, heard} = edit(doc);
    editor.dispatch(showMarks(editor.view.state, {marks: [words('a', 5, 8)]}));
    insertText(doc, {paragraph: 'p1', offset: 0}, 'Now ', {}, 'another');
    insertText(doc, {paragraph: 'p1', offset: 'Now One two'.length}, 'fold', {}, 'another');
    expect(drawn(editor)).toEqual(['cm: two']);
    expect(heard.changes).toContain(true);
  });

  test('can be a paragraph or a gap, and a paragraph can be given room below', () => {
    const {editor} = edit(paperOf('One.', 'Two.'));
    const marks: CommentMark[] = [
      {id: 'a', current: true, places: [{on: 'paragraph', paragraph: 'p1'}]},
      {id: 'b', current: false, places: [{on: 'gap', after: 'p1'}]},
      {id: 'c', current: false, places: [{on: 'gap', after: null}]},
    ];
    editor.dispatch(showMarks(editor.view.state, {marks, spaces: new Map([['p2', 40]])}));
    const [first, second] = editor.view.dom.querySelectorAll<HTMLElement>('.pp');
    expect(first?.dataset['comment']?.split(' ').toSorted()).toEqual(['gap', 'gap-before', 'whole', 'whole-on']);
    expect(second?.style.paddingBlockEnd).toBe('40px');
    editor.dispatch(showMarks(editor.view.state, {marks: [], spaces: new Map()}));
    expect(first?.hasAttribute('data-comment')).toBe(false);
    expect(second?.style.paddingBlockEnd).toBe('');
  });
});

describe('keys', () => {
  test('comment and lead to the next and the one before, in any script', () => {
    const {editor, heard} = edit(paperOf('One.'));
    press(editor, 'm', {ctrlKey: true, altKey: true, code: 'KeyM'});
    press(editor, 'ь', {ctrlKey: true, altKey: true, code: 'KeyM'});
    press(editor, 'n', {metaKey: true, altKey: true, code: 'KeyN'});
    press(editor, 'ح', {ctrlKey: true, altKey: true, code: 'KeyP'});
    press(editor, 'm', {ctrlKey: true, code: 'KeyM'});
    expect(heard).toMatchObject({comments: 2, steps: [1, -1]});
    expect(editor.text()).toBe('One.\n');
  });

  test('select words and paragraphs where there is no caret to write with', () => {
    const {editor} = edit(paperOf('One two.', 'Three four five.'), false);
    const selected = () => document.getSelection()?.toString();
    const follow = () => {
      // jsdom tells the editor of a selection only when it is asked for.
      const range = document.getSelection()?.getRangeAt(0);
      if (!range) throw new Error('Nothing is selected.');
      const from = editor.view.posAtDOM(range.startContainer, range.startOffset);
      const to = editor.view.posAtDOM(range.endContainer, range.endOffset);
      editor.dispatch(editor.view.state.tr.setSelection(TextSelection.create(editor.view.state.doc, from, to)));
    };
    press(editor, 'ArrowDown');
    expect(selected()).toBe('One two.');
    follow();
    press(editor, 'ArrowDown');
    expect(selected()).toBe('Three four five.');
    follow();
    press(editor, 'ArrowUp');
    expect(selected()).toBe('One two.');
    follow();
    press(editor, 'ArrowRight');
    expect(selected()).toBe('Three');
    follow();
    press(editor, 'ArrowRight', {shiftKey: true});
    expect(selected()).toBe('Three four');
    expect(editor.text()).toBe('One two.\nThree four five.\n');
  });
});
