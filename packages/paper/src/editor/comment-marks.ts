import type {Node} from 'prosemirror-model';
import {Plugin, PluginKey} from 'prosemirror-state';
import type {EditorState, Transaction} from 'prosemirror-state';
import {Decoration, DecorationSet} from 'prosemirror-view';
import type {EditorView} from 'prosemirror-view';
import {commentKey} from './comment-keys.ts';
import {attributesOf} from './schema.ts';

/** Places of a comment in the editor's document. */
export type MarkedPlace =
  | {readonly on: 'words'; readonly from: number; readonly to: number}
  | {readonly on: 'paragraph'; readonly paragraph: string}
  | {readonly on: 'gap'; readonly after: string | null};

export interface CommentMark {
  readonly id: string;
  /** The one in view. */
  readonly current: boolean;
  readonly places: readonly MarkedPlace[];
}

interface Marks {
  readonly marks: readonly CommentMark[];
  /** Free space below a paragraph, in pixels, for what stands there on a narrow screen. */
  readonly spaces: ReadonlyMap<string, number>;
  readonly decorations: DecorationSet;
}

interface Change {
  readonly marks?: readonly CommentMark[];
  readonly spaces?: ReadonlyMap<string, number>;
}

const key = new PluginKey<Marks>('comment-marks');

export interface CommentMarkPort {
  /** Comment on what is selected, or go to the comment in which the caret stands. */
  readonly onComment: () => void;
  readonly onStep: (direction: 1 | -1) => void;
  /** Commented words were pressed. */
  readonly onPress: (id: string) => void;
  /** The document or the selection is another. */
  readonly onChange: (docChanged: boolean) => void;
}

/** Draws what is commented; the text itself carries no mark. Added to the editor when its page has the comments. */
export function commentMarks(port: CommentMarkPort): Plugin<Marks> {
  return new Plugin<Marks>({
    key,
    state: {
      init: () => ({marks: [], spaces: new Map(), decorations: DecorationSet.empty}),
      apply(transaction, was, _old, state) {
        const change = transaction.getMeta(key) as Change | undefined;
        if (change) {
          const now = {...was, ...change};
          return {...now, decorations: DecorationSet.create(state.doc, draw(state.doc, now))};
        }
        if (!transaction.docChanged) return was;
        return {...was, decorations: was.decorations.map(transaction.mapping, state.doc)};
      },
    },
    props: {
      decorations: state => key.getState(state)?.decorations,
      handleClick(view, position) {
        const [id] = commentsAt(view.state, position);
        if (id !== undefined && view.state.selection.empty) port.onPress(id);
        return false;
      },
      handleDOMEvents: {
        keydown(view, event) {
          const act = commentKey(event);
          if (act === null) return view.editable ? false : readByKeys(view, event);
          event.preventDefault();
          if (act === 'comment') port.onComment();
          else port.onStep(act === 'next' ? 1 : -1);
          return true;
        },
      },
    },
    view: () => ({
      update(view, before) {
        const docChanged = view.state.doc !== before.doc;
        if (docChanged || !view.state.selection.eq(before.selection)) port.onChange(docChanged);
      },
    }),
  });
}

export function showMarks(state: EditorState, change: Change): Transaction {
  return state.tr.setMeta(key, change).setMeta('addToHistory', false);
}

/** Comments on the words at a position, the one with the fewest words first. */
export function commentsAt(state: EditorState, position: number): string[] {
  const found = (key.getState(state)?.decorations.find(position, position) ?? []).flatMap(({from, to, spec}) => {
    const {comments} = spec as {comments?: readonly string[]};
    return comments && from <= position && position <= to ? comments : [];
  });
  const marks = key.getState(state)?.marks ?? [];
  const size = (id: string) =>
    (marks.find(mark => mark.id === id)?.places ?? []).reduce(
      (sum, place) => sum + (place.on === 'words' ? place.to - place.from : 0),
      0,
    );
  return [...new Set(found)].toSorted((a, b) => size(a) - size(b));
}

function draw(doc: Node, {marks, spaces}: Pick<Marks, 'marks' | 'spaces'>): Decoration[] {
  const decorations = drawWords(doc, marks);
  const whole = new Map<string, Set<string>>();
  const mark = (paragraph: string, ...names: string[]) => {
    const known = whole.get(paragraph) ?? new Set();
    for (const name of names) known.add(name);
    whole.set(paragraph, known);
  };
  for (const {places, current} of marks) {
    for (const place of places) {
      if (place.on === 'paragraph') mark(place.paragraph, 'whole', ...(current ? ['whole-on'] : []));
      if (place.on === 'gap') {
        const name = place.after ?? attributesOf(doc.child(0)).name;
        const where = place.after === null ? 'gap-before' : 'gap';
        mark(name, where, ...(current ? [`${where}-on`] : []));
      }
    }
  }
  doc.forEach((node, position) => {
    const {name} = attributesOf(node);
    const names = whole.get(name);
    const space = spaces.get(name);
    if (!names && !space) return;
    const attributes = {
      ...(names && {'data-comment': [...names].join(' ')}),
      ...(space && {style: `padding-block-end: ${space}px`}),
    };
    decorations.push(Decoration.node(position, position + node.nodeSize, attributes));
  });
  return decorations;
}

/** One decoration for each stretch that the same comments stand on, so that an overlap is drawn as one. */
function drawWords(doc: Node, marks: readonly CommentMark[]): Decoration[] {
  const edges: {at: number; mark: CommentMark; opens: boolean}[] = [];
  for (const mark of marks) {
    for (const place of mark.places) {
      if (place.on !== 'words' || place.from >= place.to || place.to > doc.content.size) continue;
      edges.push({at: place.from, mark, opens: true}, {at: place.to, mark, opens: false});
    }
  }
  edges.sort((a, b) => a.at - b.at || Number(a.opens) - Number(b.opens));
  const open = new Set<CommentMark>();
  const decorations: Decoration[] = [];
  let from = 0;
  for (const {at, mark, opens} of edges) {
    if (open.size > 0 && at > from) {
      const current = [...open].some(one => one.current);
      const names = ['cm', ...(open.size > 1 ? ['twice'] : []), ...(current ? ['on'] : [])];
      decorations.push(Decoration.inline(from, at, {class: names.join(' ')}, {comments: [...open].map(({id}) => id)}));
    }
    if (opens) open.add(mark);
    else open.delete(mark);
    from = at;
  }
  return decorations;
}

const segmenter = typeof Intl.Segmenter === 'function' ? new Intl.Segmenter(undefined, {granularity: 'word'}) : null;

/**
 * Keys for those who read and do not write, where there is no caret: the arrows select the next word or the next paragraph,
 * with Shift they select further.
 */
function readByKeys(view: EditorView, event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.altKey || event.metaKey) return false;
  const rtl = getComputedStyle(view.dom).direction === 'rtl';
  const direction: 1 | -1 | null =
    event.key === 'ArrowDown'
      ? 1
      : event.key === 'ArrowUp'
        ? -1
        : event.key === 'ArrowRight'
          ? rtl
            ? -1
            : 1
          : event.key === 'ArrowLeft'
            ? rtl
              ? 1
              : -1
            : null;
  if (direction === null) return false;
  const byWord = event.key === 'ArrowRight' || event.key === 'ArrowLeft';
  const {doc, selection} = view.state;
  const units = byWord ? wordsOf(doc) : paragraphsOf(doc);
  const edge = event.shiftKey ? selection.head : direction > 0 ? selection.to : selection.from;
  const first = units[0];
  const began = !selection.empty;
  const unit = !began
    ? (units.find(one => one.to > selection.head) ?? first)
    : direction > 0
      ? units.find(one => (event.shiftKey ? one.to > edge : one.from >= edge))
      : units.findLast(one => (event.shiftKey ? one.from < edge : one.to <= edge));
  if (!unit) return false;
  const anchor = event.shiftKey && began ? selection.anchor : unit.from;
  const head = event.shiftKey && began && direction < 0 ? unit.from : unit.to;
  select(view, anchor, head);
  event.preventDefault();
  return true;
}

interface Unit {
  readonly from: number;
  readonly to: number;
}

function paragraphsOf(doc: Node): Unit[] {
  const units: Unit[] = [];
  doc.forEach((node, position) => {
    if (node.content.size > 0) units.push({from: position + 1, to: position + 1 + node.content.size});
  });
  return units;
}

function wordsOf(doc: Node): Unit[] {
  const units: Unit[] = [];
  doc.forEach((node, position) => {
    for (const [index, length] of wordPlaces(node.textContent)) {
      units.push({from: position + 1 + index, to: position + 1 + index + length});
    }
  });
  return units;
}

function wordPlaces(text: string): [index: number, length: number][] {
  if (!segmenter) return [...text.matchAll(/[\p{L}\p{N}\p{M}’'-]+/gu)].map(match => [match.index, match[0].length]);
  return [...segmenter.segment(text)]
    .filter(({isWordLike}) => isWordLike)
    .map(({index, segment}) => [index, segment.length]);
}

/** The selection of the page, which the editor reads; it keeps none of its own where nobody writes. */
function select(view: EditorView, anchor: number, head: number): void {
  const from = view.domAtPos(anchor);
  const to = view.domAtPos(head);
  document.getSelection()?.setBaseAndExtent(from.node, from.offset, to.node, to.offset);
  const element = to.node instanceof Element ? to.node : to.node.parentElement;
  element?.scrollIntoView({block: 'nearest'});
}
