import type {DatabaseKind, Grounds} from './grounds.ts';
import {isWhole, killAndRead} from './proof.ts';
import type {Typists} from './typists.ts';

/** How much is asked of each fault. */
export interface Scale {
  readonly writers: number;
  /** Words that are saved before each strike. */
  readonly words: number;
  readonly kills: number;
  readonly rounds: number;
  /** Milliseconds that the database is gone. */
  readonly outage: number;
  readonly crowd: number;
  /** Leaves out what takes its time. */
  readonly isShort: boolean;
}

export interface Outcome {
  /** Words that clients have shown as Saved. */
  readonly acknowledged: number;
  readonly lost: number;
  readonly doubled: number;
  /** Words shown as Saved while nothing could be stored. */
  readonly falselySaved: number;
  readonly refused: number;
  /** Milliseconds from the end of the fault until everybody reads Saved; the longest of all rounds. */
  readonly recovered: number;
  /** Every typed word once, and all replicas the same. */
  readonly isWhole: boolean;
  readonly note?: string;
}

export interface Fault {
  readonly name: string;
  readonly on: DatabaseKind;
  /** Milliseconds within which everybody reads Saved again. */
  readonly promise: number;
  readonly isLong?: true;
  run(grounds: Grounds, scale: Scale): Promise<Outcome>;
}

/** What happens to people who are typing. */
export interface Strike {
  /** When everything was there again. */
  readonly returnedAt: number;
  readonly lost?: number;
  readonly doubled?: number;
  readonly falselySaved?: number;
  readonly note?: string;
}

/** People type, it strikes, they read Saved again; so many times. In the end a new process is asked what it finds. */
export async function whileTyping(
  grounds: Grounds,
  {
    writers,
    words,
    rounds = 1,
    joined,
  }: {readonly writers: number; readonly words: number; readonly rounds?: number; readonly joined?: number},
  strike: (seated: {readonly paper: string; readonly typists: Typists}, round: number) => Promise<Strike>,
): Promise<Outcome> {
  const seated = await grounds.seat(writers, undefined, joined);
  const {paper, typists} = seated;
  const strikes: Strike[] = [];
  let recovered = 0;
  try {
    for (let round = 0; round < rounds; round++) {
      typists.begin();
      await typists.whenSaved(typists.saved.size + words, 60_000);
      const struck = await strike(seated, round);
      strikes.push(struck);
      typists.rest();
      await typists.whenAllSaved(30_000);
      recovered = Math.max(recovered, performance.now() - struck.returnedAt);
    }
    const wholeBefore = await isWhole(grounds, paper, typists);
    const found = await killAndRead(grounds, paper, typists);
    await typists.whenAllSaved(30_000);
    const sum = (of: 'lost' | 'doubled' | 'falselySaved'): number =>
      strikes.reduce((total, struck) => total + (struck[of] ?? 0), 0);
    const notes = strikes.flatMap(({note}) => (note === undefined ? [] : [note]));
    return {
      acknowledged: typists.saved.size,
      lost: sum('lost') + found.lost,
      doubled: sum('doubled') + found.doubled,
      falselySaved: sum('falselySaved'),
      refused: typists.refusals,
      recovered,
      isWhole: wholeBefore && (await isWhole(grounds, paper, typists)),
      ...(notes.length > 0 && {note: notes.join('; ')}),
    };
  } finally {
    await typists.getUp();
  }
}
