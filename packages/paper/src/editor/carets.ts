import type {Node} from 'prosemirror-model';
import {Plugin, PluginKey} from 'prosemirror-state';
import type {EditorState, Transaction} from 'prosemirror-state';
import {Decoration, DecorationSet} from 'prosemirror-view';
import {fromText} from './binding.ts';

/** Where another person writes, as the room tells it. */
export interface RemoteCaret {
  /** One a connection: a person with two windows has two. */
  readonly id: string;
  readonly name: string;
  /** 1 to 8. */
  readonly colour: number;
  /** Relative positions as JSON; not to be trusted. */
  readonly anchor: unknown;
  readonly head: unknown;
}

interface Carets {
  readonly people: readonly RemoteCaret[];
  readonly decorations: DecorationSet;
}

const key = new PluginKey<Carets>('carets');

/** Draws carets and selections of others; `resolve` finds a relative position in a document that shows the shared text. */
export function carets(resolve: (doc: Node, anchor: unknown) => number | null): Plugin<Carets> {
  function draw(doc: Node, people: readonly RemoteCaret[]): DecorationSet {
    const decorations: Decoration[] = [];
    for (const person of people) {
      const head = resolve(doc, person.head);
      if (head === null) continue;
      const colour = `p${((person.colour - 1) % 8) + 1}`;
      const anchor = resolve(doc, person.anchor) ?? head;
      if (anchor !== head) {
        decorations.push(
          Decoration.inline(Math.min(anchor, head), Math.max(anchor, head), {class: `chosen ${colour}`}),
        );
      }
      const atEnd = doc.resolve(head).parentOffset === doc.resolve(head).parent.content.size;
      decorations.push(
        Decoration.widget(head, () => caretElement(person.name, colour, atEnd), {
          key: `${person.id} ${person.name} ${colour} ${atEnd}`,
          side: 10,
          ignoreSelection: true,
          marks: [],
        }),
      );
    }
    return DecorationSet.create(doc, decorations);
  }

  return new Plugin<Carets>({
    key,
    state: {
      init: () => ({people: [], decorations: DecorationSet.empty}),
      apply(transaction, was, _old, state) {
        const people = (transaction.getMeta(key) as readonly RemoteCaret[] | undefined) ?? was.people;
        // What one types oneself is not in the index yet, so their places are carried along; they are found anew after it.
        if (people !== was.people || transaction.getMeta(fromText))
          return {people, decorations: draw(state.doc, people)};
        if (!transaction.docChanged) return was;
        return {people, decorations: was.decorations.map(transaction.mapping, state.doc)};
      },
    },
    props: {
      decorations(state) {
        return key.getState(state)?.decorations;
      },
    },
  });
}

export function withCarets(state: EditorState, people: readonly RemoteCaret[]): Transaction {
  return state.tr.setMeta(key, people).setMeta('addToHistory', false);
}

function caretElement(name: string, colour: string, atEnd: boolean): HTMLElement {
  const caret = document.createElement('span');
  caret.className = `caret ${colour}${atEnd ? ' here' : ''}`;
  // For the eye alone: nothing that changes by itself is read out inside the text.
  caret.setAttribute('aria-hidden', 'true');
  const label = document.createElement('span');
  const isolated = document.createElement('bdi');
  isolated.textContent = name;
  label.append(isolated);
  caret.append(label);
  return caret;
}
