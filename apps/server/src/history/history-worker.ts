// Replays logs in a thread of its own: thousands of updates take a while, in which nobody else could type.
import {replayStep, replayText} from '@plenary/paper/history/marked-text';
import {workInThread} from '../core/thread-work.ts';
import {unpackEdits, type PackedEdits} from './packed-edits.ts';

export interface HistoryAsked {
  /** Before all edits; null: an empty paper. */
  readonly state: Uint8Array | null;
  readonly before: PackedEdits;
  /** Null: only the text after `before` is wanted, and its state. */
  readonly step: PackedEdits | null;
}

workInThread(({state, before, step}: HistoryAsked) => {
  const replayed = {state, before: unpackEdits(before).map(({bytes}) => bytes)};
  return step ? replayStep({...replayed, step: unpackEdits(step)}) : replayText(replayed);
});
