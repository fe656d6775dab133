/** Milliseconds since 1970, UTC. */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = {now: () => Date.now()};

/** Counts on whatever is done to the system's clock: for how long something takes or is waited for, never for what is recorded. */
export const steadyClock: Clock = {now: () => Math.floor(performance.timeOrigin + performance.now())};
