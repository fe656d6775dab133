/** What one member wrote without a pause: entries `first` to `last` of the paper's log. Times in milliseconds since 1970. */
export interface WrittenRun {
  /** The member's short number in the log; 0 is the server. */
  readonly actor: number;
  readonly first: number;
  readonly last: number;
  readonly from: number;
  readonly to: number;
}

/** One position of the history: the text after entry `last`, with what came and went since the entry before `first`. */
export interface HistoryStep extends Omit<WrittenRun, 'actor'> {
  /** Whoever wrote first stands first. */
  readonly actors: readonly number[];
}

/** A pause that ends a run, in milliseconds. */
export const pauseBetweenRuns = 2_000;
/** Whoever writes at the same time is shown together, for so long at a time: a letter of each in turn is not read by anybody. */
const longestTogether = 30_000;
/** How long a pause must be to end a step, where shorter ones would make too many. */
const longerPauses = [10_000, 60_000, 600_000, 3_600_000, 86_400_000];

/**
 * A state of a paper is kept for good when so many entries have come since the last one that was, more where states are large:
 * replaying what lies in between takes about as long as reading the state.
 */
export const entriesBetweenMoments = 2_000;
export const bytesOfMomentAnEntry = 100;

/** So many entries may lie behind a kept state of so many bytes before one that is nearer is worth its room. */
export function longestReplay(bytes: number): number {
  return 2 * Math.max(entriesBetweenMoments, Math.ceil(bytes / bytesOfMomentAnEntry));
}

/** More are shown in several steps. */
export const mostEntriesOfStep = 100_000;

export interface HistorySteps {
  readonly steps: readonly HistoryStep[];
  /** They are as fine as they get; otherwise a part of the history, asked for by itself, has finer ones. */
  readonly isFinest: boolean;
}

/** The steps of a history or of a part of it, `most` at most: the finest ones that are so few. */
export function stepsOf(runs: readonly WrittenRun[], most: number): HistorySteps {
  const finest = joined(runs, joinsByAuthor);
  if (finest.length <= most) return {steps: finest, isFinest: true};
  for (const pause of longerPauses) {
    const steps = joined(runs, (step, run) => run.from - step.to <= pause && run.to - step.from <= 15 * pause);
    if (steps.length <= most) return {steps, isFinest: false};
  }
  const each = Math.ceil(runs.length / most);
  let count = 0;
  return {steps: joined(runs, () => ++count % each !== 0), isFinest: false};
}

/** One author goes on writing, or several write at once. */
function joinsByAuthor(step: HistoryStep, run: WrittenRun): boolean {
  if (run.from - step.to > pauseBetweenRuns) return false;
  if (step.actors.length === 1 && step.actors[0] === run.actor) return true;
  const isTogether = step.actors.includes(run.actor) || run.from - step.from <= pauseBetweenRuns;
  return isTogether && run.to - step.from <= longestTogether;
}

function joined(runs: readonly WrittenRun[], joins: (step: HistoryStep, run: WrittenRun) => boolean): HistoryStep[] {
  const steps: HistoryStep[] = [];
  for (const run of runs) {
    const step = steps.at(-1);
    const {actor, ...range} = run;
    if (!step || !joins(step, run)) {
      steps.push({...range, actors: [actor]});
      continue;
    }
    const actors = step.actors.includes(actor) ? step.actors : [...step.actors, actor];
    steps[steps.length - 1] = {...step, last: run.last, to: run.to, actors};
  }
  return steps;
}

/** Adds what was read after them; a run that was read in two parts is one. */
export function addRuns(runs: WrittenRun[], read: readonly WrittenRun[]): void {
  for (const run of read) {
    const last = runs.at(-1);
    if (last && last.actor === run.actor && run.from - last.to <= pauseBetweenRuns) {
      runs[runs.length - 1] = {...last, last: run.last, to: run.to};
    } else runs.push(run);
  }
}
