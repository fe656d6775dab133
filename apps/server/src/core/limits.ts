import {createHash, randomBytes} from 'node:crypto';
import {Refusal} from '@plenary/domain/refusal';
import type {Clock} from '../adapters/clock.ts';

interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

/**
 * How much one member, or one address when nobody is signed in, may ask for. Generous, since a whole delegation may sit
 * behind one address.
 */
export const rates = {
  /** Tries to sign in from one address. */
  'sign-in': {burst: 60, perSecond: 1},
  /** Tries to sign in to one account, whoever tries. */
  'sign-in-account': {burst: 10, perSecond: 1 / 20},
  'sign-up': {burst: 30, perSecond: 0.1},
  'password-mail': {burst: 3, perSecond: 1 / 600},
  demonstration: {burst: 3000, perSecond: 200},
  read: {burst: 600, perSecond: 60},
  write: {burst: 120, perSecond: 5},
  'create-paper': {burst: 30, perSecond: 0.2},
  'save-file': {burst: 60, perSecond: 1},
  /** Acts in sessions: many times what a chair does in the liveliest minute. */
  'session-act': {burst: 120, perSecond: 5},
  /** Whole ledgers and the like. */
  export: {burst: 10, perSecond: 1 / 20},
} as const satisfies Record<string, Rate>;

export type RateName = keyof typeof rates;

export interface Limits {
  /** Takes one from the bucket of this rate and key, or refuses with `rate.limited` `{seconds}`. */
  spend(rate: RateName, key: string): void;
  readonly size: number;
}

const mostBuckets = 100_000;

/** Keys are kept as hashes under a salt that dies with the process: an address is never stored. */
export function createLimits(clock: Clock, on: boolean): Limits {
  const salt = randomBytes(32);
  const buckets = new Map<string, {left: number; at: number}>();

  function tidy(now: number): void {
    for (const [key, bucket] of buckets) {
      const rate: Rate = rates[key.slice(0, key.indexOf(' ')) as RateName];
      if (bucket.left + ((now - bucket.at) / 1000) * rate.perSecond >= rate.burst) buckets.delete(key);
    }
    // The longest unused come first.
    for (const key of buckets.keys()) {
      if (buckets.size < mostBuckets) break;
      buckets.delete(key);
    }
  }

  return {
    spend(name, key) {
      if (!on) return;
      const rate: Rate = rates[name];
      const now = clock.now();
      const hashed = `${name} ${createHash('sha256').update(salt).update(key).digest('base64')}`;
      const bucket = buckets.get(hashed) ?? {left: rate.burst, at: now};
      bucket.left = Math.min(rate.burst, bucket.left + (Math.max(0, now - bucket.at) / 1000) * rate.perSecond);
      bucket.at = now;
      buckets.delete(hashed);
      if (buckets.size >= mostBuckets) tidy(now);
      buckets.set(hashed, bucket);
      if (bucket.left < 1) {
        throw new Refusal('rate.limited', {seconds: Math.ceil((1 - bucket.left) / rate.perSecond)});
      }
      bucket.left--;
    },
    get size() {
      return buckets.size;
    },
  };
}
