import type {Node} from 'prosemirror-model';
import {Plugin, PluginKey, TextSelection} from 'prosemirror-state';
import type {EditorState, Transaction} from 'prosemirror-state';
import {Decoration, DecorationSet} from 'prosemirror-view';

export interface Found {
  readonly count: number;
  /** From 1; 0 when there is none. */
  readonly current: number;
}

interface Match {
  readonly from: number;
  readonly to: number;
}

interface Finding {
  readonly words: string;
  readonly matches: readonly Match[];
  /** Index of the one in view, -1: none. */
  readonly current: number;
  readonly decorations: DecorationSet;
}

const key = new PluginKey<Finding>('find');
const nothing: Finding = {words: '', matches: [], current: -1, decorations: DecorationSet.empty};

interface Folded {
  readonly text: string;
  /** Place in the paragraph of each folded unit, and of the end. */
  readonly places: readonly number[];
}

/** Small letters without accents or other marks, each unit with its place in the text as it is written. */
export function fold(text: string): Folded {
  let folded = '';
  const places: number[] = [];
  let place = 0;
  for (const character of text) {
    const plain = character.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
    for (let i = 0; i < plain.length; i++) places.push(place);
    folded += plain;
    place += character.length;
  }
  places.push(place);
  return {text: folded, places};
}

/** Finds words in the text and marks them. Paragraphs are folded once and searched again only when they change. */
export function find(): Plugin<Finding> {
  const folded = new WeakMap<Node, Folded>();

  function matchesIn(doc: Node, words: string): Match[] {
    const wanted = fold(words).text;
    if (wanted === '') return [];
    const matches: Match[] = [];
    doc.forEach((node, position) => {
      const {text, places} = folded.get(node) ?? fold(node.textContent);
      folded.set(node, {text, places});
      for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
        const from = places[at] ?? 0;
        // Up to where the next character begins, so that marks of the last letter are within.
        const to = places[at + wanted.length] ?? from;
        if (to > from) matches.push({from: position + 1 + from, to: position + 1 + to});
      }
    });
    return matches;
  }

  function finding(doc: Node, words: string, near: number): Finding {
    if (words === '') return nothing;
    const matches = matchesIn(doc, words);
    const after = matches.findIndex(match => match.to >= near);
    const current = matches.length === 0 ? -1 : Math.max(0, after);
    const decorations = matches.map(({from, to}, i) =>
      Decoration.inline(from, to, {class: i === current ? 'found on' : 'found'}),
    );
    return {words, matches, current, decorations: DecorationSet.create(doc, decorations)};
  }

  return new Plugin<Finding>({
    key,
    state: {
      init: () => nothing,
      apply(transaction, was, _old, state) {
        const asked = transaction.getMeta(key) as {words: string; near: number} | undefined;
        if (asked) return finding(state.doc, asked.words, asked.near);
        if (!transaction.docChanged || was.words === '') return was;
        const now = was.matches[was.current];
        return finding(state.doc, was.words, now ? transaction.mapping.map(now.to) : 0);
      },
    },
    props: {
      decorations(state) {
        return key.getState(state)?.decorations;
      },
    },
  });
}

/** Marks every place and takes the first from the caret on; '' takes all marks away. */
export function findWords(state: EditorState, words: string): Transaction {
  return state.tr.setMeta(key, {words, near: state.selection.from}).setMeta('addToHistory', false);
}

/** To the next or the one before, around the ends; selects it, so that closing the search leaves the caret there. */
export function findStep(state: EditorState, direction: 1 | -1): Transaction | null {
  const was = key.getState(state);
  if (!was || was.matches.length === 0) return null;
  const place = (was.current + direction + was.matches.length) % was.matches.length;
  const match = was.matches[place];
  if (!match) return null;
  return state.tr
    .setMeta(key, {words: was.words, near: match.to})
    .setSelection(TextSelection.create(state.doc, match.from, match.to))
    .scrollIntoView();
}

export function found(state: EditorState): Found & {readonly at: number | null} {
  const now = key.getState(state) ?? nothing;
  return {count: now.matches.length, current: now.current + 1, at: now.matches[now.current]?.from ?? null};
}
