import type {EditorState, Plugin, Transaction} from 'prosemirror-state';
import {EditorView} from 'prosemirror-view';
import type * as Y from 'yjs';
import {canonicalText} from '../canonical.ts';
import {deleteParagraph, wake} from '../operations.ts';
import {readShown} from '../read.ts';
import type {ParagraphKind} from '../view.ts';
import type {AnchoredSelection} from './anchors.ts';
import type {PaperBinding} from './binding.ts';
import {carets, withCarets} from './carets.ts';
import type {RemoteCaret} from './carets.ts';
import {clipboard} from './clipboard.ts';
import {changeLevel, linkAt, move, setKind, setLink, toggle} from './commands.ts';
import {PaperEditing} from './editing.ts';
import {find, findStep, findWords, found} from './find.ts';
import type {Found} from './find.ts';
import {keys} from './keymap.ts';
import {numbers} from './numbers.ts';
import type {Openings} from '../numbering.ts';
import {ParagraphView} from './paragraph-view.ts';
import type {GoneWords} from './paragraph-view.ts';
import {attributesOf, fromMarks, shownKind} from './schema.ts';

export type {RemoteCaret} from './carets.ts';
export type {AnchoredSelection} from './anchors.ts';
export type {Found} from './find.ts';
export type {GoneWords} from './paragraph-view.ts';

export interface EditorOptions {
  /** The element that takes the editor in. */
  readonly place: HTMLElement;
  readonly doc: Y.Doc;
  readonly editable: boolean;
  /** BCP 47 tag of the paper's text. */
  readonly language: string;
  /** How its paragraphs open, from `openers/load.ts`; without them openings are set upright. */
  readonly openings: Openings;
  readonly labels: GoneWords & {
    /** Name of the text box. */
    readonly editor: string;
    /** How to leave it by keyboard; read out after the name. Id of an element of the page. */
    readonly describedBy?: string;
  };
  /** A fresh paragraph id of 12 or more characters. */
  readonly newName: () => string;
  /** Caret, selection, marks or history are others now; ask `at()` and `cursor()`. At most once a turn of the event loop. */
  readonly onSelection: () => void;
  /** Puts a paragraph after another (null: first); only the server can. */
  readonly requestMove: (name: string, after: string | null) => void;
  /** Joins a paragraph to the one before where a move stands between them; only the server can. */
  readonly requestJoin: (name: string) => void;
  readonly onLink?: () => void;
  readonly onFind?: () => void;
}

/** What stands at the caret. */
export interface AtCaret {
  readonly paragraph: string;
  readonly kind: ParagraphKind;
  readonly level: number;
  readonly bold: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly strike: boolean;
  readonly link: string | null;
  /** Nothing is selected. */
  readonly isEmpty: boolean;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

export type EditorAct =
  | 'bold'
  | 'italic'
  | 'underline'
  | 'strike'
  | 'deeper'
  | 'shallower'
  | 'move-up'
  | 'move-down'
  | 'undo'
  | 'redo';

export interface PaperEditor {
  readonly view: EditorView;
  readonly binding: PaperBinding;
  at(): AtCaret;
  /** The caret as relative positions, for others; null while the editor has none. */
  cursor(): AnchoredSelection | null;
  act(act: EditorAct): void;
  setKind(kind: ParagraphKind): void;
  /** Null takes the link away. False for an address that is none. */
  setLink(address: string | null): boolean;
  find(words: string): Found;
  findStep(direction: 1 | -1): Found;
  clearFind(): void;
  setCarets(carets: readonly RemoteCaret[]): void;
  /** Scrolls to a relative position and puts the caret there. */
  goTo(anchor: unknown): void;
  setEditable(editable: boolean): void;
  /** What a page adds when it has loaded more: drawings, keys. */
  addPlugin(plugin: Plugin): void;
  dispatch(transaction: Transaction): void;
  /** Puts the caret at a position of the editor's document. */
  selectAt(position: number): void;
  /** The replica was built anew. */
  setDoc(doc: Y.Doc): void;
  /** The canonical text as it stands here. */
  text(): string;
  focus(): void;
  destroy(): void;
}

/** The editor of a paper: a text box over the shared text, without a framework. */
export function createEditor(options: EditorOptions): PaperEditor {
  let editable = options.editable;
  let told = false;
  let view: EditorView | null = null;
  let ending: ReturnType<typeof setTimeout> | undefined;

  const port = {
    newName: options.newName,
    canJoin: (name: string) => editing.binding.canJoin(name),
    requestJoin: options.requestJoin,
    requestMove: options.requestMove,
    undo: () => editing.undoGesture(),
    redo: () => editing.redoGesture(),
    onLink: () => options.onLink?.(),
    onFind: options.onFind,
  };

  const editing: PaperEditing = new PaperEditing({
    doc: options.doc,
    plugins: [
      ...keys(port),
      numbers(options.language, options.openings),
      carets((doc, anchor) => editing.binding.resolve(doc, anchor)),
      find(),
      clipboard(),
    ],
    newName: options.newName,
    requestJoin: options.requestJoin,
    composing: () => view?.composing === true,
    show: state => {
      view?.updateState(state);
      tell();
    },
  });

  function tell(): void {
    if (told) return;
    told = true;
    setTimeout(() => {
      told = false;
      if (view) options.onSelection();
    });
  }

  const shown = new EditorView(options.place, {
    state: editing.state,
    dispatchTransaction: editing.dispatch,
    editable: () => editable,
    attributes: () => ({
      role: 'textbox',
      'aria-multiline': 'true',
      'aria-label': options.labels.editor,
      ...(options.labels.describedBy ? {'aria-describedby': options.labels.describedBy} : {}),
      ...(editable ? {} : {'aria-readonly': 'true', tabindex: '0'}),
      spellcheck: 'true',
      class: 'paper-text',
    }),
    nodeViews: {
      paragraph: (node, _view, _position, decorations) =>
        new ParagraphView(node, decorations, {
          words: options.labels,
          editable: () => editable,
          restore: name => onParagraph(name, wake),
          remove: name => onParagraph(name, deleteParagraph),
        }),
    },
    handleDOMEvents: {
      // A key right behind Home or an arrow finds the caret where those have put it: the browser tells only a task later.
      keydown: shown => {
        if (!shown.composing) shown.dom.ownerDocument.dispatchEvent(new Event('selectionchange'));
        return false;
      },
      // What the input method writes last may still be on its way into the document.
      compositionend: () => {
        clearTimeout(ending);
        ending = setTimeout(() => editing.endComposition(), 30);
        return false;
      },
      blur: () => {
        clearTimeout(ending);
        ending = setTimeout(() => editing.endComposition(), 30);
        return false;
      },
    },
  });
  view = shown;

  function onParagraph(name: string, act: typeof deleteParagraph): void {
    const segment = editing.binding.index.byName(name);
    if (!editable || !segment) return;
    editing.actOnText(index => act(index, segment));
    shown.focus();
  }

  function run(command: (state: EditorState, dispatch: (typeof editing)['dispatch']) => boolean): boolean {
    return editable && command(editing.state, editing.dispatch);
  }

  const acts: Record<EditorAct, () => unknown> = {
    bold: () => run(toggle('b')),
    italic: () => run(toggle('i')),
    underline: () => run(toggle('u')),
    strike: () => run(toggle('s')),
    deeper: () => run(changeLevel(1)),
    shallower: () => run(changeLevel(-1)),
    'move-up': () => run(move(port, 'up')),
    'move-down': () => run(move(port, 'down')),
    undo: () => editable && editing.undoGesture(),
    redo: () => editable && editing.redoGesture(),
  };

  /** Brings a place into view without taking the focus from where it is. */
  function reveal(position: number | null): void {
    if (position === null) return;
    const {node} = shown.domAtPos(position);
    const element = node instanceof Element ? node : node.parentElement;
    element?.scrollIntoView?.({block: 'center'});
  }

  return {
    view: shown,
    binding: editing.binding,
    at: () => atCaret(editing),
    cursor: () => editing.selection(),
    act: act => void acts[act](),
    setKind: kind => void run(setKind(kind)),
    setLink: address => run(setLink(address)),
    find(words) {
      editing.dispatch(findWords(editing.state, words));
      const now = found(editing.state);
      reveal(now.at);
      return now;
    },
    findStep(direction) {
      const step = findStep(editing.state, direction);
      if (step) editing.dispatch(step);
      const now = found(editing.state);
      reveal(now.at);
      return now;
    },
    clearFind: () => editing.dispatch(findWords(editing.state, '')),
    setCarets: people => editing.dispatch(withCarets(editing.state, people)),
    goTo(anchor) {
      const position = editing.binding.resolve(editing.state.doc, anchor);
      if (position === null) return;
      editing.selectAt(position);
      shown.focus();
      reveal(position);
    },
    setEditable(now) {
      if (now === editable) return;
      if (!now) editing.endComposition();
      editable = now;
      shown.setProps({editable: () => editable});
    },
    addPlugin: plugin => editing.addPlugin(plugin),
    dispatch: editing.dispatch,
    selectAt: position => editing.selectAt(position),
    setDoc: doc => editing.setDoc(doc),
    text: () => canonicalText(readShown(editing.binding.index)),
    focus: () => shown.focus(),
    destroy() {
      clearTimeout(ending);
      editing.destroy();
      view = null;
      shown.destroy();
    },
  };
}

function atCaret({state, undo}: PaperEditing): AtCaret {
  const {selection, storedMarks, doc} = state;
  const {kind, level, name} = attributesOf(selection.$head.depth === 1 ? selection.$head.parent : doc.child(0));
  const marks = fromMarks(
    storedMarks ?? (selection.empty ? selection.$head.marks() : (selection.$from.marksAcross(selection.$to) ?? [])),
  );
  return {
    paragraph: name,
    kind: shownKind(kind),
    level,
    bold: marks.b === true,
    italic: marks.i === true,
    underline: marks.u === true,
    strike: marks.s === true,
    link: linkAt(state),
    isEmpty: selection.empty,
    canUndo: undo.canUndo,
    canRedo: undo.canRedo,
  };
}
