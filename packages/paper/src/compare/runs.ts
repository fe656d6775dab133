import {sameMarks} from '../paper-index.ts';
import type {Marks, Run} from '../view.ts';
import type {Step} from './diff.ts';

/** Words of a paragraph that two texts share or that only one has, cut wherever marks change in either. */
export type Piece =
  /** `was`: the marks before, where they were others. */
  | {readonly is: 'same'; readonly text: string; readonly marks: Marks; readonly was?: Marks}
  | {readonly is: 'deleted'; readonly text: string; readonly marks: Marks}
  | {readonly is: 'added'; readonly text: string; readonly marks: Marks};

/** Runs read from the start on, as much as is asked for. */
export class RunReader {
  readonly #runs: readonly Run[];
  #run = 0;
  #offset = 0;

  constructor(runs: readonly Run[]) {
    this.#runs = runs;
  }

  /** At most so many units, all under the same marks; at the end nothing. */
  take(most: number): Run {
    const run = this.#runs[this.#run];
    if (!run) return {text: '', marks: {}};
    const text = run.text.slice(this.#offset, this.#offset + most);
    this.#offset += text.length;
    if (this.#offset >= run.text.length) {
      this.#run++;
      this.#offset = 0;
    }
    return {text, marks: run.marks};
  }

  /** How many units stand ahead under the same marks. */
  get ahead(): number {
    return (this.#runs[this.#run]?.text.length ?? 0) - this.#offset;
  }

  takeAll(length: number): Run[] {
    const taken: Run[] = [];
    for (let left = length; left > 0;) {
      const run = this.take(left);
      if (run.text === '') break;
      taken.push(run);
      left -= run.text.length;
    }
    return taken;
  }
}

export function piecesOf(before: readonly Run[], after: readonly Run[], steps: readonly Step[]): Piece[] {
  const old = new RunReader(before);
  const now = new RunReader(after);
  const pieces: Piece[] = [];
  for (const {is, length} of steps) {
    if (is === 'deleted') pieces.push(...old.takeAll(length).map(run => ({is, ...run})));
    else if (is === 'added') pieces.push(...now.takeAll(length).map(run => ({is, ...run})));
    else pieces.push(...samePieces(old, now, length));
  }
  return pieces;
}

function samePieces(old: RunReader, now: RunReader, length: number): Piece[] {
  const pieces: Piece[] = [];
  for (let left = length; left > 0;) {
    const most = Math.min(left, old.ahead, now.ahead);
    if (most <= 0) break;
    const was = old.take(most);
    const is = now.take(most);
    pieces.push(
      sameMarks(was.marks, is.marks)
        ? {is: 'same', text: is.text, marks: is.marks}
        : {is: 'same', text: is.text, marks: is.marks, was: was.marks},
    );
    left -= most;
  }
  return pieces;
}
