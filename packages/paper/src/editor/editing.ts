import type {Node} from 'prosemirror-model';
import {EditorState, TextSelection} from 'prosemirror-state';
import type {Plugin, Transaction} from 'prosemirror-state';
import {ReplaceStep} from 'prosemirror-transform';
import type * as Y from 'yjs';
import type {PaperIndex} from '../paper-index.ts';
import type {AnchoredSelection} from './anchors.ts';
import {fromText, PaperBinding} from './binding.ts';
import {attributesOf} from './schema.ts';
import {PaperUndo} from './undo.ts';

export interface EditingOptions {
  readonly doc: Y.Doc;
  readonly plugins: readonly Plugin[];
  readonly newName: () => string;
  readonly requestJoin: (name: string) => void;
  /** Whether an input method is composing now. */
  readonly composing: () => boolean;
  /** There is a new state to show. */
  readonly show: (state: EditorState) => void;
  /** Milliseconds within which typing goes on as one gesture of undo. */
  readonly pause?: number;
}

/**
 * The editor's state and the shared text, held together: every transaction of the editor is written before it is shown, and
 * every change of the text is shown. Knows no view, so that it runs as well without a page.
 */
export class PaperEditing {
  state: EditorState;
  readonly binding: PaperBinding;
  undo: PaperUndo;
  readonly #options: EditingOptions;
  #selectionBefore: AnchoredSelection | null = null;
  /** Where typing would go on as the same gesture. */
  #typedTo: number | null = null;

  constructor(options: EditingOptions) {
    this.#options = options;
    this.binding = new PaperBinding({
      doc: options.doc,
      newName: options.newName,
      requestJoin: options.requestJoin,
      beforeChange: () => this.#rememberSelection(),
      onChange: () => this.#showText(),
    });
    this.state = EditorState.create({doc: this.binding.document(), plugins: [...options.plugins]});
    this.undo = this.#newUndo(options.doc);
  }

  #newUndo(doc: Y.Doc): PaperUndo {
    return new PaperUndo({
      doc,
      origin: this.binding,
      selection: () => this.#selectionBefore,
      pause: this.#options.pause ?? 600,
    });
  }

  readonly dispatch = (transaction: Transaction): void => {
    const composed = this.#composedParagraph(transaction);
    if (composed) {
      this.binding.hold(composed);
      this.#show(this.state.applyTransaction(transaction).state);
      if (!this.#options.composing()) this.endComposition();
      return;
    }
    this.#write(transaction.docChanged && this.binding.holding ? this.#afterComposition(transaction) : transaction);
  };

  #write(transaction: Transaction): void {
    const {state, transactions} = this.state.applyTransaction(transaction);
    const written = transactions.filter(part => part.docChanged && !part.getMeta(fromText));
    if (written.length === 0) {
      if (transaction.selectionSet) this.#typedTo = null;
      this.#show(state);
      return;
    }
    this.#rememberSelection();
    this.#markGesture(written);
    this.binding.write(written);
    const mended = this.binding.show(state);
    this.#show(mended ? state.apply(mended) : state);
  }

  /** Typing that goes on where it stopped is one gesture; anything else begins one. */
  #markGesture(transactions: readonly Transaction[]): void {
    const [transaction] = transactions;
    const [step] = transaction?.steps ?? [];
    const single = transactions.length === 1 && transaction?.steps.length === 1;
    const typed =
      single && step instanceof ReplaceStep && step.from === step.to && step.slice.openStart === 0 ? step : null;
    if (!typed || typed.from !== this.#typedTo) this.undo.endGesture();
    this.#typedTo = typed ? typed.from + typed.slice.size : null;
  }

  #show(state: EditorState): void {
    this.state = state;
    this.#options.show(state);
  }

  #rememberSelection(): void {
    this.#selectionBefore = this.selection();
  }

  /** The text changed: show it, and keep the selection where it stood among its words. */
  #showText(): void {
    const selection = this.#selectionBefore;
    const transaction = this.binding.show(this.state);
    if (!transaction) {
      // Carets of others may stand elsewhere now, or their words may just have arrived.
      this.#show(this.state.apply(this.state.tr.setMeta(fromText, true)));
      return;
    }
    if (this.#selectionIsHeld()) this.#keepInHeld(transaction);
    else if (selection) this.binding.select(transaction, selection);
    this.#typedTo = this.#typedTo === null ? null : transaction.mapping.map(this.#typedTo, -1);
    this.#show(this.state.apply(transaction));
  }

  /** The caret as others may be told. */
  selection(): AnchoredSelection | null {
    const {doc, selection} = this.state;
    return selection instanceof TextSelection ? this.binding.anchor(doc, selection) : null;
  }

  /** An operation on the shared text that is no step of the editor. */
  actOnText(operation: (index: PaperIndex) => void): void {
    this.endComposition();
    this.#rememberSelection();
    this.undo.endGesture();
    this.binding.act(operation);
    this.undo.endGesture();
    this.#showText();
  }

  selectAt(position: number): void {
    this.dispatch(this.state.tr.setSelection(TextSelection.near(this.state.doc.resolve(position))));
  }

  addPlugin(plugin: Plugin): void {
    this.#show(this.state.reconfigure({plugins: [...this.state.plugins, plugin]}));
  }

  // Undo

  undoGesture(): boolean {
    if (!this.undo.canUndo) return false;
    this.endComposition();
    this.#rememberSelection();
    return this.#comeBack(this.undo.undo());
  }

  redoGesture(): boolean {
    if (!this.undo.canRedo) return false;
    this.endComposition();
    this.#rememberSelection();
    return this.#comeBack(this.undo.redo());
  }

  #comeBack(selection: AnchoredSelection | null): true {
    const transaction = this.state.tr;
    if (selection) this.binding.select(transaction, selection);
    this.#show(this.state.apply(transaction.scrollIntoView()));
    this.#typedTo = null;
    return true;
  }

  // Composition

  /** What an input method writes into one paragraph, and nothing else. */
  #composedParagraph(transaction: Transaction): Node | null {
    if (!transaction.docChanged || transaction.getMeta(fromText)) return null;
    if (!this.#options.composing() && !this.binding.holding) return null;
    let only: number | null = null;
    for (const [i, step] of transaction.steps.entries()) {
      const doc = transaction.docs[i];
      if (!doc || !(step instanceof ReplaceStep)) return null;
      const from = doc.resolve(step.from);
      const to = doc.resolve(step.to);
      if (from.depth !== 1 || !from.sameParent(to) || step.slice.openStart !== 0 || step.slice.openEnd !== 0)
        return null;
      if (only !== null && only !== from.index(0)) return null;
      only = from.index(0);
    }
    const node = only === null ? null : this.state.doc.child(only);
    if (!node || (this.binding.holding && !this.binding.isHeld(attributesOf(node).name))) return null;
    return node;
  }

  #selectionIsHeld(): boolean {
    const node = this.state.selection.$head.parent;
    return this.binding.isHeld(attributesOf(node).name);
  }

  /** The caret of a composition stays in its paragraph, at its letter, wherever the paragraph goes. */
  #keepInHeld(transaction: Transaction): void {
    const {$anchor, $head} = this.state.selection;
    const {name} = attributesOf($head.parent);
    let start = 0;
    for (const node of transaction.doc.children) {
      if (attributesOf(node).name === name) {
        const anchor = $anchor.sameParent($head) ? $anchor.parentOffset : $head.parentOffset;
        transaction.setSelection(
          TextSelection.create(transaction.doc, start + 1 + anchor, start + 1 + $head.parentOffset),
        );
        return;
      }
      start += node.nodeSize;
    }
  }

  /** Sends what was composed and shows what was held back. */
  endComposition(): void {
    if (!this.binding.holding) return;
    const held = this.#selectionIsHeld();
    this.undo.endGesture();
    this.binding.release(this.state.doc);
    this.undo.endGesture();
    const transaction = this.binding.show(this.state);
    if (!transaction) return;
    if (!held && this.#selectionBefore) this.binding.select(transaction, this.#selectionBefore);
    this.#show(this.state.apply(transaction));
  }

  /** A transaction made while composing, on the state that stands once that is over. */
  #afterComposition(transaction: Transaction): Transaction {
    this.binding.release(this.state.doc);
    const shown = this.binding.show(this.state);
    if (!shown) return transaction;
    this.#show(this.state.apply(shown));
    const later = this.state.tr;
    transaction.steps.forEach((step, i) => {
      const back = transaction.mapping.slice(0, i).invert();
      const mapped = step.map(back)?.map(shown.mapping)?.map(later.mapping);
      if (mapped) later.maybeStep(mapped);
    });
    return later;
  }

  /** Another replica: the one before was refused or is of another epoch. */
  setDoc(doc: Y.Doc): void {
    const selection = this.selection();
    this.undo.destroy();
    this.binding.setDoc(doc);
    this.undo = this.#newUndo(doc);
    const transaction = this.binding.show(this.state);
    if (!transaction) return;
    if (selection) this.binding.select(transaction, selection);
    this.#show(this.state.apply(transaction));
  }

  destroy(): void {
    this.endComposition();
    this.undo.destroy();
    this.binding.destroy();
  }
}
