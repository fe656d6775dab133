import type {Node} from 'prosemirror-model';
import {Plugin, PluginKey} from 'prosemirror-state';
import {Decoration, DecorationSet} from 'prosemirror-view';
import {numberParagraphs, openingLength} from '../numbering.ts';
import type {Label, Openings} from '../numbering.ts';
import {attributesOf, fromFragment, shownKind} from './schema.ts';

interface Numbers {
  readonly nodes: readonly Node[];
  readonly labels: readonly Label[];
  readonly decorations: DecorationSet;
}

const key = new PluginKey<Numbers>('numbers');

/** What a paragraph's view is told by decoration. */
export interface LabelSpec {
  readonly label: Label;
}

/**
 * Computed labels and italic openings as decorations. Labels are counted anew only when a paragraph's kind, level or place
 * changed; openings are looked for only in paragraphs that changed.
 */
export function numbers(language: string, inUse: Openings = {}): Plugin<Numbers> {
  const openings = new WeakMap<Node, number>();

  function openingOf(node: Node): number {
    let length = openings.get(node);
    if (length === undefined) {
      const {kind, level, lang, gone} = attributesOf(node);
      const runs = fromFragment(node.content.cut(0, Math.min(node.content.size, 160)));
      length = gone ? 0 : openingLength({kind: shownKind(kind), level, runs, lang}, language, inUse);
      openings.set(node, length);
    }
    return length;
  }

  function decorate(node: Node, position: number, label: Label): Decoration[] {
    const found = [Decoration.node(position, position + node.nodeSize, {}, {label} satisfies LabelSpec)];
    const opening = openingOf(node);
    if (opening > 0) found.push(Decoration.inline(position + 1, position + 1 + opening, {nodeName: 'em'}));
    return found;
  }

  function build(doc: Node): Numbers {
    const nodes = doc.children;
    const labels = count(nodes, language);
    const decorations: Decoration[] = [];
    let position = 0;
    nodes.forEach((node, k) => {
      decorations.push(...decorate(node, position, labels[k] ?? ''));
      position += node.nodeSize;
    });
    return {nodes, labels, decorations: DecorationSet.create(doc, decorations)};
  }

  return new Plugin<Numbers>({
    key,
    state: {
      init: (_config, state) => build(state.doc),
      apply(transaction, was, _old, state) {
        if (!transaction.docChanged) return was;
        const nodes = state.doc.children;
        if (!samePlaces(nodes, was.nodes)) return build(state.doc);
        const labels = nodes.every((node, k) => countsAlike(node, was.nodes[k])) ? was.labels : count(nodes, language);
        let decorations = was.decorations.map(transaction.mapping, state.doc);
        let position = 0;
        nodes.forEach((node, k) => {
          const end = position + node.nodeSize;
          const before = was.nodes[k];
          const label = labels[k] ?? '';
          if (
            !before ||
            label !== was.labels[k] ||
            (node !== before && (!countsAlike(node, before) || openingOf(node) !== openingOf(before)))
          ) {
            const from = position;
            const old = decorations
              .find(from, end)
              .filter(decoration => decoration.from >= from && decoration.from < end);
            decorations = decorations.remove(old).add(state.doc, decorate(node, from, label));
          }
          position = end;
        });
        return {nodes, labels, decorations};
      },
    },
    props: {
      decorations(state) {
        return key.getState(state)?.decorations;
      },
    },
  });
}

function count(nodes: readonly Node[], language: string): Label[] {
  const numbered = nodes.map(node => {
    const {kind, level, gone} = attributesOf(node);
    return {kind: shownKind(kind), level, gone};
  });
  return numberParagraphs(numbered, language);
}

function countsAlike(node: Node, before: Node | undefined): boolean {
  if (node === before) return true;
  if (!before) return false;
  const is = attributesOf(node);
  const was = attributesOf(before);
  return is.kind === was.kind && is.level === was.level && is.gone === was.gone;
}

/** The same paragraphs in the same order; otherwise decorations may have gone with what was replaced. */
function samePlaces(nodes: readonly Node[], before: readonly Node[]): boolean {
  return (
    nodes.length === before.length &&
    nodes.every((node, k) => {
      const was = before[k];
      if (node === was) return true;
      if (!was) return false;
      return attributesOf(node).name === attributesOf(was).name && attributesOf(node).lang === attributesOf(was).lang;
    })
  );
}
