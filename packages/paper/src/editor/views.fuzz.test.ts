// @vitest-environment jsdom
import {EditorView} from 'prosemirror-view';
import {describe, test} from 'vitest';
import {EditingRun} from '../testing/editing-run.ts';
import type {PaperEditing} from './editing.ts';
import {ParagraphView} from './paragraph-view.ts';

function viewOf(editing: PaperEditing): EditorView {
  const port = {words: {note: '', restore: '', remove: ''}, editable: () => true, restore: () => {}, remove: () => {}};
  return new EditorView(document.body.appendChild(document.createElement('div')), {
    state: editing.state,
    dispatchTransaction: editing.dispatch,
    nodeViews: {paragraph: (node, _view, _position, decorations) => new ParagraphView(node, decorations, port)},
  });
}

describe('views over one paper', () => {
  test.each([0, 1, 2, 3])(
    'show what the shared text says, with labels and carets, part %i of 4',
    part => {
      for (let seed = 1000 + part * 10; seed < 1010 + part * 10; seed++) {
        const run = new EditingRun(seed, viewOf);
        try {
          run.play(30);
          run.judge();
        } catch (error) {
          throw new Error(`seed ${seed}`, {cause: error});
        } finally {
          run.destroy();
        }
      }
    },
    120_000,
  );
});
