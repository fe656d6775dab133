import {useCallback, useEffect, useRef, useState} from 'react';

/** Going from change to change, by buttons and by Alt with the arrows. `current` counts from 1; 0 before the first. */
export function useChanges(count: number): {
  current: number;
  step: (direction: 1 | -1) => void;
  place: (number: number) => (element: HTMLElement | null) => void;
} {
  const elements = useRef(new Map<number, HTMLElement>());
  const [current, setCurrent] = useState(0);
  useEffect(() => setCurrent(0), [count]);
  const step = useCallback(
    (direction: 1 | -1) => {
      if (count === 0) return;
      setCurrent(now => {
        const next = now === 0 ? (direction === 1 ? 1 : count) : ((now - 1 + direction + count) % count) + 1;
        const element = elements.current.get(next);
        element?.focus({preventScroll: true});
        element?.scrollIntoView({block: 'center'});
        return next;
      });
    },
    [count],
  );
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (event.target instanceof HTMLElement && event.target.closest('select')) return;
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
      event.preventDefault();
      step(event.key === 'ArrowDown' ? 1 : -1);
    };
    addEventListener('keydown', hear);
    return () => removeEventListener('keydown', hear);
  }, [step]);
  const place = useCallback(
    (number: number) => (element: HTMLElement | null) => {
      if (element) elements.current.set(number, element);
      else elements.current.delete(number);
    },
    [],
  );
  return {current, step, place};
}
