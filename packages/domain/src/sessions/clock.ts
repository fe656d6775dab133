import type {SessionState, Speaking} from './session.ts';

/** Milliseconds spoken so far; `now` on the server's clock. */
export function timeSpoken(speaking: Pick<Speaking, 'spent' | 'runningSince'>, now: number): number {
  return speaking.spent + (speaking.runningSince === null ? 0 : Math.max(0, now - speaking.runningSince));
}

/** Milliseconds left; below zero when the speaker is over the limit. */
export function timeLeft(speaking: Pick<Speaking, 'limit' | 'spent' | 'runningSince'>, now: number): number {
  return speaking.limit - timeSpoken(speaking, now);
}

/** The same speaker with the clock standing. */
export function stopped(speaking: Speaking, at: number): Speaking {
  return {...speaking, spent: timeSpoken(speaking, at), runningSince: null};
}

/** How long it has sat in all, in milliseconds. */
export function timeSat(state: Pick<SessionState, 'sittings'>, now: number): number {
  return state.sittings.reduce((sum, {from, to}) => sum + Math.max(0, (to ?? now) - from), 0);
}
