import {randomUUID} from 'node:crypto';
import {z} from 'zod';
import type {PaperId} from '@plenary/domain/ids';
import type {PresenceCount} from '@plenary/protocol/rt';
import type {Bus} from '../adapters/bus.ts';

type Counts = Omit<PresenceCount, 'paper'>;

export interface PresenceOptions {
  readonly bus: Bus;
  readonly clock: {now(): number};
  /** How many write and read in this process's room of the paper. */
  readonly count: (paper: PaperId) => {readonly writing: number; readonly reading: number};
  /** How many follow its stream from this process. */
  readonly following: (paper: PaperId) => number;
  /** How often counts are looked at, in milliseconds; nobody hears of one paper more often. */
  readonly every?: number;
}

export interface Presence {
  /** Hears the counts whenever they have changed. Returns the end of it. */
  watch(paper: PaperId, hear: (count: PresenceCount) => void): () => void;
  count(paper: PaperId): PresenceCount;
  close(): void;
}

const topic = 'presence';
/** Other processes are asked this often, and what they said is forgotten after three times that. */
const askEvery = 2000;

const numbers = z.object({writing: z.number(), reading: z.number(), following: z.number()});
const spoken = z.union([
  z.object({process: z.string(), ask: z.array(z.string()).max(10_000)}),
  z.object({process: z.string(), counts: z.record(z.string(), numbers)}),
]);

/** Counts of the moment, over all processes. They are no acts: nothing is kept, and a count that was missed is missed. */
export function createPresence(options: PresenceOptions): Presence {
  const {bus, clock, every = 1000} = options;
  const self = randomUUID();
  const watched = new Map<PaperId, {hearers: Set<(count: PresenceCount) => void>; told: string}>();
  const elsewhere = new Map<string, {at: number; counts: Record<string, Counts>}>();

  function here(paper: PaperId): Counts {
    const {writing, reading} = options.count(paper);
    return {writing, reading, following: options.following(paper)};
  }

  function count(paper: PaperId): PresenceCount {
    const sum = {paper, ...here(paper)};
    for (const {counts} of elsewhere.values()) {
      const there = counts[paper];
      if (!there) continue;
      sum.writing += there.writing;
      sum.reading += there.reading;
      sum.following += there.following;
    }
    return sum;
  }

  function tell(): void {
    for (const [process, {at}] of elsewhere) if (clock.now() - at > 3 * askEvery) elsewhere.delete(process);
    for (const [paper, watch] of watched) {
      const now = count(paper);
      const told = JSON.stringify(now);
      if (told === watch.told) continue;
      watch.told = told;
      for (const hear of watch.hearers) hear(now);
    }
  }

  const telling = setInterval(tell, every);
  const asking = setInterval(() => {
    if (watched.size > 0) bus.publish(topic, {process: self, ask: [...watched.keys()]});
  }, askEvery);
  telling.unref();
  asking.unref();

  const end = bus.subscribe(topic, message => {
    const {data} = spoken.safeParse(message);
    if (!data || data.process === self) return;
    if ('counts' in data) {
      elsewhere.set(data.process, {at: clock.now(), counts: data.counts});
      return;
    }
    const some = data.ask
      .map(paper => [paper, here(paper as PaperId)] as const)
      .filter(([, {writing, reading, following}]) => writing + reading + following > 0);
    bus.publish(topic, {process: self, counts: Object.fromEntries(some)});
  });

  return {
    watch(paper, hear) {
      const watch = watched.get(paper) ?? {hearers: new Set(), told: JSON.stringify(count(paper))};
      watched.set(paper, watch);
      watch.hearers.add(hear);
      return () => {
        watch.hearers.delete(hear);
        if (watch.hearers.size === 0) watched.delete(paper);
      };
    },
    count,
    close() {
      clearInterval(telling);
      clearInterval(asking);
      end();
      watched.clear();
    },
  };
}
