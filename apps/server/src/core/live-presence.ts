import {randomUUID} from 'node:crypto';
import {z} from 'zod';
import type {Bus} from '../adapters/bus.ts';

interface Counts {
  readonly writing: number;
  readonly reading: number;
  readonly following: number;
}

export type Counted<Key> = Counts & {readonly of: Key};

export interface PresenceOptions<Key> {
  /** What is counted: processes talk of one kind of thing under it. */
  readonly topic: string;
  readonly bus: Bus;
  readonly clock: {now(): number};
  /** How many write and read here. */
  readonly count: (key: Key) => {readonly writing: number; readonly reading: number};
  /** How many follow a stream of it from this process. */
  readonly following: (key: Key) => number;
  /** How often counts are looked at, in milliseconds; nobody hears of one thing more often. */
  readonly every?: number;
}

export interface Presence<Key> {
  /** Hears the counts whenever they have changed. Returns the end of it. */
  watch(key: Key, hear: (count: Counted<Key>) => void): () => void;
  count(key: Key): Counted<Key>;
  close(): void;
}

/** Other processes are asked this often, and what they said is forgotten after three times that. */
const askEvery = 2000;

const numbers = z.object({writing: z.number(), reading: z.number(), following: z.number()});
const spoken = z.union([
  z.object({process: z.string(), ask: z.array(z.string()).max(10_000)}),
  z.object({process: z.string(), counts: z.record(z.string(), numbers)}),
]);

/** Counts of the moment, over all processes. They are no acts: nothing is kept, and a count that was missed is missed. */
export function createPresence<Key extends string>(options: PresenceOptions<Key>): Presence<Key> {
  const {bus, clock, topic, every = 1000} = options;
  const self = randomUUID();
  const watched = new Map<Key, {hearers: Set<(count: Counted<Key>) => void>; told: string}>();
  const elsewhere = new Map<string, {at: number; counts: Record<string, Counts>}>();

  function here(key: Key): Counts {
    const {writing, reading} = options.count(key);
    return {writing, reading, following: options.following(key)};
  }

  function count(key: Key): Counted<Key> {
    const sum = {of: key, ...here(key)};
    for (const {counts} of elsewhere.values()) {
      const there = counts[key];
      if (!there) continue;
      sum.writing += there.writing;
      sum.reading += there.reading;
      sum.following += there.following;
    }
    return sum;
  }

  function tell(): void {
    for (const [process, {at}] of elsewhere) if (clock.now() - at > 3 * askEvery) elsewhere.delete(process);
    for (const [key, watch] of watched) {
      const now = count(key);
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
      .map(key => [key, here(key as Key)] as const)
      .filter(([, {writing, reading, following}]) => writing + reading + following > 0);
    bus.publish(topic, {process: self, counts: Object.fromEntries(some)});
  });

  return {
    watch(key, hear) {
      const watch = watched.get(key) ?? {hearers: new Set(), told: JSON.stringify(count(key))};
      watched.set(key, watch);
      watch.hearers.add(hear);
      return () => {
        watch.hearers.delete(hear);
        if (watch.hearers.size === 0) watched.delete(key);
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
