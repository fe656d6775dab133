import {useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore} from 'react';
import type {PaperEditor} from '@plenary/paper/editor/editor';
import {stack} from './stack.ts';
import type {Marks} from './use-marks.ts';

/** Below it, threads stand under their paragraphs. As in comments.css. */
const narrow = matchMedia('(max-width: 70rem)');
const gap = 16;
const gapBelow = 4;

export interface Column {
  readonly isNarrow: boolean;
  /** By where they stand in the text. */
  inOrder<Thread extends {readonly id: string}>(threads: readonly Thread[]): Thread[];
  onHeight: (id: string, height: number, element: HTMLElement | null) => void;
  onHead: (id: string, height: number) => void;
  /** In pixels from the top of the column; null while nothing is selected. */
  selectionTop(): number | null;
}

/**
 * Puts threads beside their words, one below the other, or under their paragraphs, where it makes room for them. Places are
 * set on the elements: nothing is drawn anew when words move.
 */
export function useColumn(editor: PaperEditor, margin: HTMLElement, marks: Marks, current: string | null): Column {
  const isNarrow = useSyncExternalStore(
    listener => {
      narrow.addEventListener('change', listener);
      return () => narrow.removeEventListener('change', listener);
    },
    () => narrow.matches,
  );
  const heights = useRef(new Map<string, {height: number; element: HTMLElement}>());
  const head = useRef(0);
  const [version, setVersion] = useState(0);
  const asked = useRef(0);
  const later = useCallback(() => {
    cancelAnimationFrame(asked.current);
    asked.current = requestAnimationFrame(() => setVersion(now => now + 1));
  }, []);
  useEffect(() => {
    const observer = new ResizeObserver(later);
    observer.observe(editor.view.dom);
    addEventListener('resize', later);
    return () => {
      observer.disconnect();
      removeEventListener('resize', later);
      cancelAnimationFrame(asked.current);
    };
  }, [editor, later]);

  useLayoutEffect(() => {
    if (editor.view.isDestroyed) return;
    const {top} = margin.getBoundingClientRect();
    const placed = [...heights.current].flatMap(([id, {height, element}]) => {
      const bounds = marks.boundsOf(id);
      return bounds ? [{id, height, element, ...bounds}] : [];
    });
    const spaces = new Map<string, number>();
    if (isNarrow) {
      const ordered = placed.toSorted((a, b) => a.top - b.top);
      for (const {element, paragraph, bottom, height} of ordered) {
        const used = spaces.get(paragraph) ?? gapBelow;
        element.style.setProperty('inset-block-start', `${bottom - top + used}px`);
        spaces.set(paragraph, used + height + gapBelow);
      }
      margin.style.removeProperty('min-block-size');
    } else {
      const items = placed.map(({id, top: wanted, height}) => ({id, wanted: wanted - top, height}));
      const places = stack(items, current, gap, head.current > 0 ? head.current + gap : 0);
      let end = 0;
      for (const {id, element, height} of placed) {
        const place = places.get(id) ?? 0;
        element.style.setProperty('inset-block-start', `${place}px`);
        end = Math.max(end, place + height);
      }
      margin.parentElement?.style.setProperty('min-block-size', `${Math.max(end, head.current)}px`);
    }
    if (isNarrow) margin.parentElement?.style.removeProperty('min-block-size');
    marks.setSpaces(spaces);
  }, [editor, margin, marks, current, isNarrow, version]);

  useEffect(
    () => () => {
      margin.parentElement?.style.removeProperty('min-block-size');
    },
    [margin],
  );

  return useMemo<Column>(
    () => ({
      isNarrow,
      inOrder: threads =>
        threads
          .map(thread => ({thread, top: marks.boundsOf(thread.id)?.top ?? 0}))
          .toSorted((a, b) => a.top - b.top)
          .map(({thread}) => thread),
      onHeight(id, height, element) {
        if (element) heights.current.set(id, {height, element});
        else heights.current.delete(id);
        later();
      },
      onHead(_id, height) {
        head.current = narrow.matches ? 0 : height;
        later();
      },
      selectionTop() {
        const bounds = marks.boundsOfSelection();
        return bounds && bounds.top - margin.getBoundingClientRect().top;
      },
    }),
    [isNarrow, marks, margin, later],
  );
}
