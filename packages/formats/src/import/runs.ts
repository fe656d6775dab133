import type {Marks, Run} from '@plenary/paper/view';

/** Runs one after another; neighbours under the same marks are one run and none is empty. */
export class RunWriter {
  #runs: Run[] = [];

  write(text: string, marks: Marks): void {
    if (text.length === 0) return;
    const last = this.#runs.at(-1);
    if (last && sameMarks(last.marks, marks)) {
      this.#runs[this.#runs.length - 1] = {text: last.text + text, marks: last.marks};
    } else {
      this.#runs.push({text, marks: {...marks}});
    }
  }

  get isEmpty(): boolean {
    return this.#runs.length === 0;
  }

  /** What was written since the last time, without white space at its ends. */
  take(): Run[] {
    const runs = trimRuns(this.#runs);
    this.#runs = [];
    return runs;
  }
}

export function sameMarks(a: Marks, b: Marks): boolean {
  return a.b === b.b && a.i === b.i && a.u === b.u && a.s === b.s && a.link === b.link;
}

export function trimRuns(runs: readonly Run[]): Run[] {
  const kept = [...runs];
  for (let first = kept[0]; first; first = kept[0]) {
    const text = first.text.replace(/^\s+/u, '');
    if (text.length === first.text.length) break;
    if (text.length === 0) kept.shift();
    else kept[0] = {...first, text};
  }
  for (let last = kept.at(-1); last; last = kept.at(-1)) {
    const text = last.text.trimEnd();
    if (text.length === last.text.length) break;
    if (text.length === 0) kept.pop();
    else kept[kept.length - 1] = {...last, text};
  }
  return kept;
}

/** The runs without their first `length` UTF-16 units, and without the white space that follows. */
export function withoutStart(runs: readonly Run[], length: number): Run[] {
  const rest: Run[] = [];
  let toDrop = length;
  for (const run of runs) {
    if (toDrop >= run.text.length) {
      toDrop -= run.text.length;
      continue;
    }
    rest.push(toDrop > 0 ? {...run, text: run.text.slice(toDrop)} : run);
    toDrop = 0;
  }
  return trimRuns(rest);
}

/** Upright text in front of the runs. */
export function withStart(text: string, runs: readonly Run[]): Run[] {
  const writer = new RunWriter();
  writer.write(text, {});
  for (const run of runs) writer.write(run.text, run.marks);
  return writer.take();
}

/** The runs with italics taken off their first `length` UTF-16 units. */
export function uprightStart(runs: readonly Run[], length: number): Run[] {
  const writer = new RunWriter();
  let left = length;
  for (const {text, marks} of runs) {
    const {i: _italic, ...upright} = marks;
    const cut = Math.min(left, text.length);
    writer.write(text.slice(0, cut), upright);
    writer.write(text.slice(cut), marks);
    left -= cut;
  }
  return writer.take();
}
