import * as Y from 'yjs';
import {attributesRoot, bodyRoot} from '../guard-shape.ts';
import type {AnchoredSelection} from './anchors.ts';

export interface UndoOptions {
  readonly doc: Y.Doc;
  /** Origin of the editor's own transactions. */
  readonly origin: unknown;
  /** The selection to come back to. */
  readonly selection: () => AnchoredSelection | null;
  /** Milliseconds within which typing goes on as one gesture. */
  readonly pause: number;
}

/** Undo and redo of one's own: it never takes back what others did. One item a gesture, and the selection comes back with it. */
export class PaperUndo {
  readonly #manager: Y.UndoManager;
  #popped: AnchoredSelection | null = null;

  constructor({doc, origin, selection, pause}: UndoOptions) {
    this.#manager = new Y.UndoManager(doc.getText(bodyRoot), {
      trackedOrigins: new Set([origin]),
      captureTimeout: pause,
    });
    this.#manager.addToScope([doc.getMap(attributesRoot)]);
    this.#manager.on('stack-item-added', ({stackItem}) => {
      stackItem.meta.set('selection', selection());
    });
    this.#manager.on('stack-item-popped', ({stackItem}) => {
      this.#popped = (stackItem.meta.get('selection') as AnchoredSelection | undefined) ?? null;
    });
  }

  get canUndo(): boolean {
    return this.#manager.canUndo();
  }

  get canRedo(): boolean {
    return this.#manager.canRedo();
  }

  /** What is written next is a gesture of its own. */
  endGesture(): void {
    this.#manager.stopCapturing();
  }

  /** Returns the selection from before the gesture that was undone. */
  undo(): AnchoredSelection | null {
    this.#popped = null;
    this.#manager.undo();
    return this.#popped;
  }

  redo(): AnchoredSelection | null {
    this.#popped = null;
    this.#manager.redo();
    return this.#popped;
  }

  destroy(): void {
    this.#manager.destroy();
  }
}
