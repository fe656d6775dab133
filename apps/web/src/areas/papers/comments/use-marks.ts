import {useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState} from 'react';
import type {CommentAnchor} from '@plenary/domain/comments/anchor';
import {anchorOnGap, anchorOnParagraph, anchorOnText, anchorOnWords} from '@plenary/paper/anchors/make';
import {Placer, type Placement} from '@plenary/paper/anchors/place';
import {
  commentMarks,
  commentsAt,
  showMarks,
  type CommentMark,
  type MarkedPlace,
} from '@plenary/paper/editor/comment-marks';
import type {PaperEditor} from '@plenary/paper/editor/editor';
import type {Anchors} from './drafts.ts';

export interface Marked {
  readonly id: string;
  readonly anchor: CommentAnchor;
}

/** The text is read anew so long after it has changed, in milliseconds: typing comes first. */
const afterTyping = 200;

export interface Marks {
  /** Where each of them stands now. */
  readonly placements: ReadonlyMap<string, Placement>;
  /** Goes up when words may stand elsewhere on the page. */
  readonly version: number;
  /** Something is selected. */
  readonly isSelected: boolean;
  anchorsHere(): Anchors;
  /** Comments on the words at the caret, the closest first. */
  here(): string[];
  /** Top and bottom in the window of where a comment stands; null while it is nowhere. */
  boundsOf(id: string): {top: number; bottom: number; paragraph: string} | null;
  boundsOfSelection(): {top: number} | null;
  setSpaces(spaces: ReadonlyMap<string, number>): void;
  /** Scrolls to the words, and with `caret` puts the caret there. */
  reveal(id: string, caret: boolean): void;
}

interface MarkActs {
  readonly onComment: () => void;
  readonly onStep: (direction: 1 | -1) => void;
  readonly onPress: (id: string) => void;
}

/** Draws comments in the editor, and finds their places again whenever the text has changed. */
export function useMarks(
  editor: PaperEditor,
  marked: readonly Marked[],
  current: string | null,
  acts: MarkActs,
): Marks {
  const latest = useRef(acts);
  latest.current = acts;
  const wanted = useRef({marked, current});
  wanted.current = {marked, current};
  const [found, setFound] = useState<{placements: ReadonlyMap<string, Placement>; version: number}>({
    placements: new Map(),
    version: 0,
  });
  const [isSelected, setSelected] = useState(false);
  const drawn = useRef<readonly CommentMark[]>([]);
  const spaces = useRef<ReadonlyMap<string, number>>(new Map());

  const find = useCallback(() => {
    const {marked, current} = wanted.current;
    const placer = new Placer(editor.binding.index);
    const placements = new Map(marked.map(({id, anchor}) => [id, placer.place(anchor)]));
    drawn.current = marked.map(({id}) => ({
      id,
      current: id === current,
      places: placesOf(editor, placements.get(id) ?? {at: 'detached'}),
    }));
    editor.dispatch(showMarks(editor.view.state, {marks: drawn.current}));
    setFound(({version}) => ({placements, version: version + 1}));
  }, [editor]);

  // In the same turn in which their toggle is seen, so that who sees it can use their keys.
  useLayoutEffect(() => {
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const findLater = (): void => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        // Nothing is drawn over words that an input method holds.
        if (editor.view.isDestroyed) return;
        if (editor.view.composing) findLater();
        else find();
      }, afterTyping);
    };
    editor.addPlugin(
      commentMarks({
        onComment: () => latest.current.onComment(),
        onStep: direction => latest.current.onStep(direction),
        onPress: id => latest.current.onPress(id),
        onChange(docChanged) {
          const {selection} = editor.view.state;
          setSelected(!selection.empty);
          if (docChanged) findLater();
        },
      }),
    );
    find();
    return () => clearTimeout(waiting);
  }, [editor, find]);

  useEffect(() => {
    if (!editor.view.isDestroyed && !editor.view.composing) find();
  }, [editor, find, marked, current]);

  return useMemo<Marks>(
    () => ({
      ...found,
      isSelected,
      anchorsHere: () => anchorsHere(editor),
      here() {
        const {from, to} = editor.view.state.selection;
        return from === to ? commentsAt(editor.view.state, from) : [];
      },
      boundsOf: id => boundsOf(editor, drawn.current.find(mark => mark.id === id)?.places[0]),
      boundsOfSelection() {
        const {selection} = editor.view.state;
        return selection.empty ? null : {top: editor.view.coordsAtPos(selection.to).top};
      },
      setSpaces(now) {
        if (sameSpaces(now, spaces.current) || editor.view.composing) return;
        spaces.current = now;
        editor.dispatch(showMarks(editor.view.state, {spaces: now}));
      },
      reveal(id, caret) {
        const [place] = drawn.current.find(mark => mark.id === id)?.places ?? [];
        const at = positionOf(editor, place);
        if (at === null) return;
        if (caret) {
          editor.selectAt(at);
          editor.focus();
        }
        const {node} = editor.view.domAtPos(at);
        (node instanceof Element ? node : node.parentElement)?.scrollIntoView({block: 'center'});
      },
    }),
    [editor, found, isSelected],
  );
}

/** What could be commented on from where the caret or the selection is. */
function anchorsHere(editor: PaperEditor): Anchors {
  const {binding, view} = editor;
  const {doc, selection} = view.state;
  const from = binding.spotOf(doc, selection.from);
  const to = binding.spotOf(doc, selection.to);
  if (!from || !to) return {text: anchorOnText};
  const words = selection.empty ? null : anchorOnWords(binding.index, from, to);
  return {
    ...(words && {words}),
    paragraph: anchorOnParagraph(binding.index, from.segment),
    gap: anchorOnGap(binding.index, to.segment),
    text: anchorOnText,
  };
}

function placesOf(editor: PaperEditor, placement: Placement): MarkedPlace[] {
  const {binding, view} = editor;
  const {doc} = view.state;
  switch (placement.at) {
    case 'words':
      return placement.pieces.flatMap(({paragraph, from, to}): MarkedPlace[] => {
        const segment = binding.index.byName(paragraph);
        const begin = segment && binding.positionOf(doc, {segment, offset: from});
        const end = segment && binding.positionOf(doc, {segment, offset: to});
        return typeof begin === 'number' && typeof end === 'number' ? [{on: 'words', from: begin, to: end}] : [];
      });
    case 'paragraph':
      return [{on: 'paragraph', paragraph: placement.paragraph}];
    case 'gap':
      return [{on: 'gap', after: placement.after}];
    case 'text':
    case 'detached':
      return [];
  }
}

/** Position in the document where a place begins; a gap is at the end of what is before it. */
function positionOf(editor: PaperEditor, place: MarkedPlace | undefined): number | null {
  if (!place) return null;
  const {doc} = editor.view.state;
  if (place.on === 'words') return place.from <= doc.content.size ? place.from : null;
  const name = place.on === 'paragraph' ? place.paragraph : place.after;
  if (name === null) return 1;
  const segment = editor.binding.index.byName(name);
  return segment ? editor.binding.positionOf(doc, {segment, offset: place.on === 'gap' ? segment.length : 0}) : null;
}

function boundsOf(editor: PaperEditor, place: MarkedPlace | undefined) {
  const at = positionOf(editor, place);
  if (at === null) return null;
  const {node} = editor.view.domAtPos(at);
  const element = (node instanceof Element ? node : node.parentElement)?.closest<HTMLElement>('.pp');
  if (!element) return null;
  const text = element.querySelector('.text') ?? element;
  const {top} = place?.on === 'words' ? editor.view.coordsAtPos(at) : text.getBoundingClientRect();
  const {bottom} = text.getBoundingClientRect();
  return {top: place?.on === 'gap' ? bottom : top, bottom, paragraph: element.dataset['p'] ?? ''};
}

function sameSpaces(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  return a.size === b.size && [...a].every(([name, space]) => b.get(name) === space);
}
