import {toggleMark} from 'prosemirror-commands';
import {Fragment, Slice} from 'prosemirror-model';
import type {Node} from 'prosemirror-model';
import {TextSelection} from 'prosemirror-state';
import type {Command, EditorState, Transaction} from 'prosemirror-state';
import {ReplaceStep} from 'prosemirror-transform';
import {isSafeLink, shapeLimits} from '../guard-shape.ts';
import type {ParagraphKind} from '../view.ts';
import {attributesOf, paperSchema, paragraphType, shownKind} from './schema.ts';

/** What commands ask of those who know more than the editor's document. */
export interface CommandPort {
  newName(): string;
  canJoin(name: string): boolean;
  requestJoin(name: string): void;
  /** Puts a paragraph after another (null: first); only the server can. */
  requestMove(name: string, after: string | null): void;
}

interface Chosen {
  readonly node: Node;
  readonly position: number;
  readonly place: number;
}

/** The paragraphs that the selection touches. */
export function chosenParagraphs({doc, selection}: EditorState): Chosen[] {
  const chosen: Chosen[] = [];
  doc.forEach((node, position, place) => {
    if (position < selection.to && position + node.nodeSize > selection.from) chosen.push({node, position, place});
  });
  return chosen;
}

function caretParagraph(state: EditorState): Chosen | null {
  const {$head} = state.selection;
  if ($head.depth !== 1) return null;
  return {node: $head.parent, position: $head.before(), place: $head.index(0)};
}

/** What comes after a paragraph when one presses Enter at its end. */
const following: Readonly<Record<ParagraphKind, ParagraphKind>> = {
  title: 'organ',
  organ: 'preambular',
  heading: 'text',
  preambular: 'preambular',
  operative: 'operative',
  text: 'text',
  item: 'item',
  quote: 'quote',
};

/** Enter: the first part keeps its name. In an empty nested or listed paragraph it goes out one step instead. */
export function split({newName}: CommandPort): Command {
  return (state, dispatch) => {
    const at = caretParagraph(state);
    if (!at) return false;
    const {node, position} = at;
    if (state.selection.empty && node.content.size === 0 && stepsOut(node)) return stepOut(state, dispatch);
    if (!dispatch) return true;
    const transaction = state.tr.deleteSelection();
    const {$from} = transaction.selection;
    const parent = $from.parent;
    const kind =
      $from.parentOffset === parent.content.size
        ? following[shownKind(attributesOf(parent).kind)]
        : attributesOf(parent).kind;
    const attributes = {...parent.attrs, name: newName(), kind, gone: false};
    const halves = Fragment.from([paragraphType.create(parent.attrs), paragraphType.create(attributes)]);
    transaction.step(new ReplaceStep($from.pos, $from.pos, new Slice(halves, 1, 1), true));
    if (position >= 0) transaction.setSelection(TextSelection.create(transaction.doc, $from.pos + 2));
    dispatch(transaction.scrollIntoView());
    return true;
  };
}

function stepsOut(node: Node): boolean {
  const {kind, level} = attributesOf(node);
  return level > 0 || kind === 'item' || kind === 'quote';
}

/** One level out; at the outermost a list item or a quotation turns into ordinary text. */
const stepOut: Command = (state, dispatch) => {
  const at = caretParagraph(state);
  if (!at || !stepsOut(at.node)) return false;
  const {level} = attributesOf(at.node);
  const transaction = state.tr;
  if (level > 0) transaction.setNodeAttribute(at.position, 'level', level - 1);
  else transaction.setNodeAttribute(at.position, 'kind', 'text');
  dispatch?.(transaction.scrollIntoView());
  return true;
};

/** Backspace at a paragraph's start: out of its level or list first, then into the paragraph before. */
export function joinBackward(port: CommandPort): Command {
  return (state, dispatch) => {
    const at = caretParagraph(state);
    if (!at || !state.selection.empty || state.selection.$head.parentOffset > 0) return false;
    if (stepsOut(at.node)) return stepOut(state, dispatch);
    if (at.place === 0) return true;
    const before = state.doc.child(at.place - 1);
    return join(port, state, dispatch, {before, after: at.node, boundary: at.position});
  };
}

/** Delete at a paragraph's end. */
export function joinForward(port: CommandPort): Command {
  return (state, dispatch) => {
    const at = caretParagraph(state);
    if (!at || !state.selection.empty || state.selection.$head.parentOffset < at.node.content.size) return false;
    const after = state.doc.maybeChild(at.place + 1);
    if (!after) return true;
    return join(port, state, dispatch, {before: at.node, after, boundary: at.position + at.node.nodeSize});
  };
}

interface Boundary {
  readonly before: Node;
  readonly after: Node;
  readonly boundary: number;
}

function join(port: CommandPort, state: EditorState, dispatch: Dispatch, {before, after, boundary}: Boundary): true {
  if (!dispatch) return true;
  // An empty paragraph before goes as a whole, so that the one with words keeps its name and kind.
  if (before.content.size === 0 && after.content.size > 0) {
    dispatch(state.tr.delete(boundary - before.nodeSize, boundary).scrollIntoView());
    return true;
  }
  const {name} = attributesOf(after);
  if (port.canJoin(name)) dispatch(state.tr.join(boundary).scrollIntoView());
  else port.requestJoin(name);
  return true;
}

type Dispatch = ((transaction: Transaction) => void) | undefined;

export function setKind(kind: ParagraphKind): Command {
  return (state, dispatch) => {
    const transaction = state.tr;
    for (const {node, position} of chosenParagraphs(state)) {
      if (attributesOf(node).kind !== kind) transaction.setNodeAttribute(position, 'kind', kind);
      const nests = kind !== 'title' && kind !== 'organ';
      if (!nests && attributesOf(node).level > 0) transaction.setNodeAttribute(position, 'level', 0);
    }
    if (transaction.docChanged) dispatch?.(transaction);
    return true;
  };
}

export function changeLevel(by: 1 | -1): Command {
  return (state, dispatch) => {
    const transaction = state.tr;
    for (const {node, position} of chosenParagraphs(state)) {
      const {level} = attributesOf(node);
      const wanted = Math.max(0, Math.min(shapeLimits.level, level + by));
      if (wanted !== level) transaction.setNodeAttribute(position, 'level', wanted);
    }
    if (transaction.docChanged) dispatch?.(transaction);
    return true;
  };
}

export function toggle(mark: 'b' | 'i' | 'u' | 's'): Command {
  return toggleMark(paperSchema.marks[mark]);
}

/** Links the selection, or the link at the caret; null takes it away. False for what is no safe address. */
export function setLink(address: string | null): Command {
  return (state, dispatch) => {
    if (address !== null && !isSafeLink(address)) return false;
    const {link} = paperSchema.marks;
    const range = state.selection.empty ? linkAround(state) : state.selection;
    if (!range) return false;
    const transaction = state.tr.removeMark(range.from, range.to, link);
    if (address !== null) transaction.addMark(range.from, range.to, link.create({href: address}));
    if (transaction.docChanged) dispatch?.(transaction);
    return true;
  };
}

/** The address of the link at the caret or in the selection. */
export function linkAt(state: EditorState): string | null {
  const {selection, doc} = state;
  if (selection.empty) return linkAround(state)?.address ?? null;
  let address: string | null = null;
  doc.nodesBetween(selection.from, selection.to, node => {
    const mark = paperSchema.marks.link.isInSet(node.marks);
    if (mark) address ??= String(mark.attrs['href']);
  });
  return address;
}

interface Linked {
  readonly from: number;
  readonly to: number;
  readonly address: string;
}

/** The link at the caret, over all runs that it goes through. */
function linkAround({selection}: EditorState): Linked | null {
  const {$head} = selection;
  if ($head.depth !== 1) return null;
  let last: Linked | null = null;
  let around: Linked | null = null;
  $head.parent.forEach((node, offset) => {
    const mark = paperSchema.marks.link.isInSet(node.marks);
    if (!mark) return;
    const address = String(mark.attrs['href']);
    const from = $head.start() + offset;
    const goesOn = last?.to === from && last.address === address;
    last = {from: goesOn && last ? last.from : from, to: from + node.nodeSize, address};
    if (last.from <= $head.pos && $head.pos <= last.to) around = last;
  });
  return around;
}

/** Alt with an arrow: the paragraph changes places with its neighbour, by the server. */
export function move(port: CommandPort, direction: 'up' | 'down'): Command {
  return (state, dispatch) => {
    const at = caretParagraph(state);
    if (!at) return false;
    const name = (place: number): string => attributesOf(state.doc.child(place)).name;
    if (direction === 'up') {
      if (at.place > 0 && dispatch)
        port.requestMove(attributesOf(at.node).name, at.place > 1 ? name(at.place - 2) : null);
    } else if (at.place < state.doc.childCount - 1 && dispatch)
      port.requestMove(attributesOf(at.node).name, name(at.place + 1));
    return true;
  };
}

/** The whole text as a selection of words, so that what replaces it goes into the first paragraph. */
export const selectAll: Command = (state, dispatch) => {
  dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, 1, state.doc.content.size - 1)));
  return true;
};
