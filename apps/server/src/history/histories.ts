import {
  addRuns,
  longestReplay,
  mostEntriesOfStep,
  stepsOf,
  type HistorySteps,
  type WrittenRun,
} from '@plenary/domain/papers/history';
import {Refusal} from '@plenary/domain/refusal';
import type {MarkedParagraph} from '@plenary/paper/history/marked-text';
import type {UpdateLog} from '@plenary/store/store';
import {createThread} from '../core/thread.ts';
import type {PaperState} from '../papers/rooms/rooms.ts';
import type {HistoryAsked} from './history-worker.ts';
import {packEdits} from './packed-edits.ts';

/** A part of a log: entries after `after`, up to and including `until`. */
export interface Part {
  readonly after: number;
  readonly until: number;
}

/** The text as it was after entry `seq`, which was written at `at`. */
export interface PastText extends PaperState {
  readonly at: number;
}

type Replayed = Pick<PastText, 'state' | 'paragraphs'>;

/** What the logs of papers say of their past. */
export interface Histories {
  /** The steps of a paper's history or of a part of it, and how long the log is by now. */
  steps(paper: number, part: Part | null): Promise<HistorySteps & {readonly seq: number}>;
  /** The text after a part of the log, with what that part brought and took. Refuses `not-found`, `input.invalid`, `server.busy`. */
  step(paper: number, part: Part): Promise<MarkedParagraph[]>;
  /** The text as it was after an entry. Refuses `not-found`, `server.busy`. */
  textAt(paper: number, seq: number): Promise<PastText>;
  close(): Promise<void>;
}

/** Positions of one slider: about as many as it has pixels. */
const mostSteps = 1_000;
/** Rows of the log that are looked through in one go. */
const slice = 50_000;
const keptPapers = 16;
const longestThought = 20_000;

export function createHistories(updates: UpdateLog): Histories {
  const thread = createThread<HistoryAsked, unknown>({
    sources: '../history/history-worker.ts',
    bundle: './history-worker.js',
    longest: longestThought,
    tooMuch: 'server.busy',
  });
  const known = new Map<number, Promise<readonly WrittenRun[]>>();

  /** What was read of a log before is never read again: a log only grows. */
  async function readOn(paper: number, before: Promise<readonly WrittenRun[]> | undefined): Promise<WrittenRun[]> {
    const runs = [...((await before?.catch(() => [])) ?? [])];
    for (;;) {
      const since = runs.at(-1)?.last ?? 0;
      const read = await updates.runs(paper, since, slice);
      addRuns(runs, read);
      if ((read.at(-1)?.last ?? since) - since < slice) return runs;
    }
  }

  function runsOf(paper: number): Promise<readonly WrittenRun[]> {
    const reading = readOn(paper, known.get(paper));
    known.delete(paper);
    known.set(paper, reading);
    for (const oldest of known.keys()) {
      if (known.size <= keptPapers) break;
      known.delete(oldest);
    }
    return reading;
  }

  /** The nearest kept state before an entry. Where there is none for long, those that are missing are kept on the way. */
  async function nearest(paper: number, seq: number): Promise<{seq: number; state: Uint8Array | null}> {
    let near: {seq: number; state: Uint8Array | null} = (await updates.momentBefore(paper, seq)) ?? {
      seq: 0,
      state: null,
    };
    for (;;) {
      const replay = longestReplay(near.state?.byteLength ?? 0);
      if (seq - near.seq <= replay) return near;
      const before = packEdits(await updates.read(paper, near.seq, replay));
      const {state} = (await thread.ask({state: near.state, before, step: null})) as Replayed;
      near = {seq: near.seq + replay, state};
      await updates.keepMoment(paper, state, near.seq);
    }
  }

  async function checkEntry(paper: number, seq: number): Promise<void> {
    if (seq < 1 || seq > (await updates.lastSeq(paper))) throw new Refusal('not-found');
  }

  return {
    async steps(paper, part) {
      const runs = await runsOf(paper);
      const wanted = part ? runs.filter(({first, last}) => last > part.after && first <= part.until) : runs;
      return {...stepsOf(wanted, mostSteps), seq: runs.at(-1)?.last ?? 0};
    },
    async step(paper, {after, until}) {
      await checkEntry(paper, until);
      if (after >= until || until - after > mostEntriesOfStep) throw new Refusal('input.invalid', {fields: ['after']});
      const {seq, state} = await nearest(paper, after);
      const lines = await updates.read(paper, seq, until - seq);
      const before = packEdits(lines.slice(0, after - seq));
      return (await thread.ask({state, before, step: packEdits(lines.slice(after - seq))})) as MarkedParagraph[];
    },
    async textAt(paper, wanted) {
      await checkEntry(paper, wanted);
      const {seq, state} = await nearest(paper, wanted - 1);
      const lines = await updates.read(paper, seq, wanted - seq);
      const replayed = (await thread.ask({state, before: packEdits(lines), step: null})) as Replayed;
      return {...replayed, seq: wanted, at: lines.at(-1)?.at ?? 0};
    },
    close: () => thread.close(),
  };
}
