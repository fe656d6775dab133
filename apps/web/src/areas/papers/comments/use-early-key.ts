import {useEffect, useState, type RefObject} from 'react';
import {commentKey, type CommentKey} from '@plenary/paper/editor/comment-keys';

/** The key of comments that was pressed in the text before there were any; from then on the editor hears them itself. */
export function useEarlyKey(text: RefObject<HTMLElement | null>): CommentKey | null {
  const [early, setEarly] = useState<CommentKey | null>(null);
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      const key = commentKey(event);
      if (key === null || event.defaultPrevented || !text.current?.contains(document.activeElement)) return;
      event.preventDefault();
      setEarly(key);
    };
    addEventListener('keydown', hear);
    return () => removeEventListener('keydown', hear);
  }, [text]);
  return early;
}

/**
 * A key is done at once when all is there, and else as soon as it is, unless another key or a press came in between:
 * then its person has gone on.
 */
export function useKeyOnceReady(
  early: CommentKey | null,
  isReady: boolean,
  act: (key: CommentKey) => void,
): (key: CommentKey) => void {
  const [waiting, setWaiting] = useState(early);
  useEffect(() => {
    if (waiting === null) return undefined;
    if (isReady) {
      setWaiting(null);
      act(waiting);
      return undefined;
    }
    const forget = (event: Event): void => {
      if (!(event instanceof KeyboardEvent && commentKey(event))) setWaiting(null);
    };
    addEventListener('keydown', forget);
    addEventListener('pointerdown', forget);
    return () => {
      removeEventListener('keydown', forget);
      removeEventListener('pointerdown', forget);
    };
  }, [waiting, isReady, act]);
  return key => (isReady ? act(key) : setWaiting(key));
}
