import {Plugin, PluginKey} from 'prosemirror-state';
import {Decoration, DecorationSet} from 'prosemirror-view';
import type {PaperIndex, Segment} from '../paper-index.ts';
import type {PaperEditor} from './editor.ts';

/** Units of a paragraph that stand beside each other and were written under one Yjs clientID. */
export interface ClientRun {
  readonly client: number;
  readonly length: number;
}

/** Under which clientIDs the words of a paragraph were written. The shared text knows no more: who that is, the server says. */
export function clientRuns(index: PaperIndex, segment: Segment): ClientRun[] {
  const runs: ClientRun[] = [];
  for (let item = segment.opener ? segment.opener.right : index.body._start; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue;
    if (index.byOpener(item)) break;
    const {client} = item.id;
    const last = runs.at(-1);
    if (last?.client === client) runs[runs.length - 1] = {client, length: last.length + item.length};
    else runs.push({client, length: item.length});
  }
  return runs;
}

/** What clientIDs look like; null: like nothing. */
export type ClassOf = (client: number) => string | null;

const key = new PluginKey<DecorationSet>('authorship');

function drawing(): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply(transaction, was) {
        const drawn = transaction.getMeta(key) as DecorationSet | undefined;
        return drawn ?? (transaction.docChanged ? was.map(transaction.mapping, transaction.doc) : was);
      },
    },
    props: {decorations: state => key.getState(state)},
  });
}

/** Draws who wrote what, as it is now; to be called again when the text has changed. Null takes it away. */
export function drawAuthorship(editor: PaperEditor, classOf: ClassOf | null): void {
  if (!key.get(editor.view.state)) editor.addPlugin(drawing());
  const {state} = editor.view;
  const decorations: Decoration[] = [];
  state.doc.forEach((node, position) => {
    const segment = classOf && editor.binding.index.byName(String(node.attrs.name));
    if (!segment) return;
    const end = position + 1 + node.content.size;
    let from = position + 1;
    for (const {client, length} of clientRuns(editor.binding.index, segment)) {
      const to = Math.min(end, from + length);
      const look = classOf(client);
      if (look !== null && to > from) decorations.push(Decoration.inline(from, to, {class: look}));
      from = to;
    }
  });
  const drawn = DecorationSet.create(state.doc, decorations);
  editor.dispatch(state.tr.setMeta(key, drawn).setMeta('addToHistory', false));
}

/** The clientID under which the character before a position of the editor's document was written, or the first one behind it. */
export function clientAt({binding, view}: PaperEditor, position: number): number | null {
  const spot = binding.spotOf(view.state.doc, position);
  if (!spot) return null;
  let left = Math.max(0, spot.offset - 1);
  for (const {client, length} of clientRuns(binding.index, spot.segment)) {
    if (left < length) return client;
    left -= length;
  }
  return null;
}
