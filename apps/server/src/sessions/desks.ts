import {randomUUID} from 'node:crypto';
import {z} from 'zod';
import {Refusal} from '@plenary/domain/refusal';
import type {SessionId} from '@plenary/domain/sessions/session';
import type {Store} from '@plenary/store/store';
import type {Bus} from '../adapters/bus.ts';
import type {AnswerTokens} from './answered-polls.ts';
import {Desk} from './desk.ts';
import type {Hint, Moved} from './desk.ts';

/** The desks of all sessions that somebody in this process has to do with. */
export interface Desks {
  /** By slug or id, which never change. Refuses `not-found`. */
  named(key: string): Promise<Desk>;
  /** Opened where needed. Refuses `not-found`. */
  at(session: SessionId): Promise<Desk>;
  close(): void;
}

export interface DesksOptions {
  readonly store: Pick<Store, 'transaction' | 'ledger' | 'sessions'>;
  readonly bus: Bus;
  readonly clock: {now(): number};
  readonly onError: (error: unknown) => void;
  readonly tokens: AnswerTokens;
  /** Hears of everything that happens in the sessions that are open here. */
  readonly moved: (moved: Moved) => void;
  /** How often to look without a hint, in milliseconds: hints may be lost. */
  readonly lookEvery?: number;
}

/** A desk that nobody uses is closed after so many milliseconds. */
const longestIdle = 600_000;
const mostKnown = 10_000;

const hint = z.object({process: z.string(), seq: z.number(), counted: z.boolean()});

export function createDesks(options: DesksOptions): Desks {
  const {store, bus, clock, onError, moved, tokens, lookEvery = 5000} = options;
  const self = randomUUID();
  const desks = new Map<SessionId, {desk: Desk | null; opening: Promise<Desk>; endHints: () => void}>();

  const looking = setInterval(() => {
    const now = clock.now();
    for (const [session, {desk, endHints}] of desks) {
      if (!desk) continue;
      if (desk.isIdle && now - desk.usedAt > longestIdle) {
        endHints();
        desks.delete(session);
      } else desk.catchUp().catch(onError);
    }
  }, lookEvery);
  looking.unref();

  function hearFrom(session: SessionId, message: unknown): void {
    const desk = desks.get(session)?.desk;
    if (!desk) return;
    const {data} = hint.safeParse(message);
    if (!data) desk.catchUp().catch(onError);
    else if (data.process !== self) desk.hear({seq: data.seq, counted: data.counted});
  }

  /** Ids by what they were asked for. */
  const ids = new Map<string, SessionId>();

  async function idOf(key: string): Promise<SessionId> {
    const known = ids.get(key);
    if (known) return known;
    const found = await store.sessions.find(key);
    if (!found) throw new Refusal('not-found');
    if (ids.size >= mostKnown) ids.clear();
    ids.set(key, found.id);
    return found.id;
  }

  function at(session: SessionId): Promise<Desk> {
    const known = desks.get(session);
    if (known) {
      if (known.desk) known.desk.usedAt = clock.now();
      return known.opening;
    }
    const topic = `session:${session}`;
    // Before it reads, so that nothing falls between.
    const endHints = bus.subscribe(topic, message => hearFrom(session, message));
    const tell = (message: Hint) => bus.publish(topic, {process: self, ...message});
    const opening = Desk.open(session, {store, clock, onError, tell, tokens, moved}).then(
      desk => {
        made.desk = desk;
        return desk;
      },
      (error: unknown) => {
        endHints();
        desks.delete(session);
        throw error;
      },
    );
    const made = {desk: null as Desk | null, opening, endHints};
    desks.set(session, made);
    return opening;
  }

  return {
    named: async key => at(await idOf(key)),
    at,
    close() {
      clearInterval(looking);
      for (const {endHints} of desks.values()) endHints();
      desks.clear();
    },
  };
}
