export interface Bucket {
  /** False when there is nothing left to take. */
  take(): boolean;
  /** How often it was taken from in vain since it was last full. */
  overdrawn(): number;
}

/** A token bucket; without a rate it never runs dry. */
export function createBucket(
  clock: {now(): number},
  rate: {readonly burst: number; readonly perSecond: number} | null,
): Bucket {
  let left = rate?.burst ?? 0;
  let at = clock.now();
  let vain = 0;
  return {
    take() {
      if (!rate) return true;
      const now = clock.now();
      left = Math.min(rate.burst, left + (Math.max(0, now - at) / 1000) * rate.perSecond);
      at = now;
      if (left === rate.burst) vain = 0;
      if (left < 1) {
        vain++;
        return false;
      }
      left--;
      return true;
    },
    overdrawn: () => vain,
  };
}
