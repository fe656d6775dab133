import {Refusal} from '@plenary/domain/refusal';
import {applySessionEntry} from '@plenary/domain/sessions/apply';
import type {SessionEntry} from '@plenary/domain/sessions/events';
import {pollKinds} from '@plenary/domain/sessions/polls/kinds';
import type {Counts} from '@plenary/domain/sessions/polls/poll';
import type {SessionRequest} from '@plenary/domain/sessions/requests';
import type {ParticipantNumber, PollId, SessionId, SessionState, TextId} from '@plenary/domain/sessions/session';
import type {Act, LedgerEntry, Store, StoredSession, Transaction} from '@plenary/store/store';
import {entryFrom, streamOf} from './entries.ts';
import {AnsweredPolls} from './answered-polls.ts';
import type {AnswerTokens} from './answered-polls.ts';
import {Pass} from './pass.ts';
import type {Outcome} from './pass.ts';

/** Somebody asks for an act; whether they hold the right to has been judged. */
export interface Asking {
  /** Null: the server itself, for the participant in `as`. */
  readonly actor: NonNullable<Act['actor']> | null;
  readonly as?: ParticipantNumber;
  readonly request: SessionRequest;
  /** Words for the texts that the request names. */
  readonly words: ReadonlyMap<TextId, string>;
  /** Of the member's own making: what is asked twice under one key is done once. */
  readonly key: string | null;
}

export interface Done {
  /** Of the last event that it became; of the session's last event when there was nothing to do. */
  readonly seq: number;
  /** The last event that it became, now or when it was asked first. */
  readonly entry: SessionEntry | null;
  /** The session with it. */
  readonly state: SessionState;
  /** Whether it added to counts that nobody's name stands beside. */
  readonly counted: boolean;
}

/** The session moved on. `own`: by acts that were written here, not by another process. */
export interface Moved {
  readonly entries: readonly SessionEntry[];
  readonly state: SessionState;
  readonly own: boolean;
}

export interface DeskListener {
  /** In the same turn in which `state` moves on. */
  moved(moved: Moved): void;
  counted?(poll: PollId, counts: Counts): void;
}

export interface DeskOptions {
  readonly store: Pick<Store, 'transaction' | 'ledger' | 'sessions'>;
  readonly clock: {now(): number};
  readonly onError: (error: unknown) => void;
  /** Tells other processes. */
  readonly tell: (hint: Hint) => void;
  readonly tokens: AnswerTokens;
  /** Before all listeners. */
  readonly moved?: (moved: Moved) => void;
}

/** What one process tells the others after it has written. */
export interface Hint {
  readonly seq: number;
  /** Counts of polls that keep no answers have moved on too. */
  readonly counted: boolean;
}

interface Waiting {
  readonly asking: Asking;
  readonly resolve: (done: Done) => void;
  readonly reject: (error: unknown) => void;
}

interface Written {
  /** Of other processes, since this desk looked last. */
  readonly missed: readonly SessionEntry[];
  readonly entries: readonly SessionEntry[];
  readonly state: SessionState;
  readonly outcomes: readonly Outcome[];
  readonly tallies: ReadonlyMap<PollId, Counts> | null;
}

const mostAtOnce = 200;
const aPage = 1000;
const mostRecent = 4000;

/**
 * Where all acts of one session are dealt with in this process: one transaction in flight, and all that came meanwhile in
 * the next one. The session's row is locked, what other processes wrote is read, each act is decided on the state that
 * those before it have made, and all are written down at once.
 */
export class Desk {
  readonly session: SessionId;
  readonly #options: DeskOptions;
  readonly #listeners = new Set<DeskListener>();
  /** The newest entries, for those who come back after a moment. */
  #recent: SessionEntry[];
  #state: SessionState;
  #lastAt: number;
  #tallies: ReadonlyMap<PollId, Counts> = new Map();
  readonly #waiting: Waiting[] = [];
  readonly #looking: {resolve: () => void; reject: (error: unknown) => void}[] = [];
  #isBusy = false;
  usedAt: number;

  private constructor(session: SessionId, options: DeskOptions, entries: readonly SessionEntry[]) {
    let state: SessionState | null = null;
    for (const entry of entries) state = applySessionEntry(state, entry);
    if (!state) throw new Refusal('not-found');
    this.session = session;
    this.#options = options;
    this.#state = state;
    this.#recent = entries.slice(-mostRecent);
    this.#lastAt = entries.at(-1)?.at ?? 0;
    this.usedAt = options.clock.now();
  }

  /** Refuses `not-found`. */
  static async open(session: SessionId, options: DeskOptions): Promise<Desk> {
    const desk = new Desk(session, options, await readEntries(options.store.ledger, session, 0));
    desk.#tallies = talliesOf(desk.#state, await options.store.sessions.counts(session));
    return desk;
  }

  get state(): SessionState {
    return this.#state;
  }

  /** Of open polls that keep no answers. */
  get tallies(): ReadonlyMap<PollId, Counts> {
    return this.#tallies;
  }

  get isIdle(): boolean {
    return !this.#isBusy && this.#listeners.size === 0;
  }

  listen(listener: DeskListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves when it is on disk, and everybody here has heard of it. Rejects with the refusal of the rules. */
  ask(asking: Asking): Promise<Done> {
    this.usedAt = this.#options.clock.now();
    return new Promise((resolve, reject) => {
      this.#waiting.push({asking, resolve, reject});
      this.#work();
    });
  }

  /** Reads what other processes wrote; when it resolves, all that was written before the call is in the state. */
  catchUp(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#looking.push({resolve, reject});
      this.#work();
    });
  }

  /** Entries after `since` up to and including `until`. */
  async read(since: number, until: number): Promise<readonly SessionEntry[]> {
    const first = this.#recent[0]?.seq ?? Infinity;
    if (since + 1 >= first) return this.#recent.slice(since + 1 - first, until + 1 - first);
    const entries = await readEntries(this.#options.store.ledger, this.session, since);
    return entries.slice(0, until - since);
  }

  /** Another process has written. */
  hear({seq, counted}: Hint): void {
    if (seq > this.#state.seq || counted) this.catchUp().catch(this.#options.onError);
  }

  #work(): void {
    if (this.#isBusy) return;
    this.#isBusy = true;
    void this.#workOn();
  }

  async #workOn(): Promise<void> {
    // What is asked for in this turn belongs together.
    await Promise.resolve();
    while (this.#waiting.length > 0 || this.#looking.length > 0) {
      const looking = this.#looking.splice(0);
      const batch = this.#waiting.splice(0, mostAtOnce);
      try {
        if (batch.length > 0) await this.#settle(batch);
        else await this.#look();
        for (const {resolve} of looking) resolve();
      } catch (error) {
        for (const {reject} of [...batch, ...looking]) reject(error);
      }
    }
    this.#isBusy = false;
  }

  async #look(): Promise<void> {
    const {store} = this.#options;
    const row = await store.sessions.find(this.session);
    if (row && row.seq > this.#state.seq) {
      const entries = await readEntries(store.ledger, this.session, this.#state.seq);
      this.#moveOn(entries, entries.reduce(applySessionEntry, this.#state), false);
    }
    if (this.#state.polls.some(({kind, state}) => state.is === 'open' && !pollKinds[kind].keepsAnswers)) {
      this.#tell(talliesOf(this.#state, await store.sessions.counts(this.session)));
    }
  }

  async #settle(batch: readonly Waiting[]): Promise<void> {
    const written = await this.#options.store.transaction(tx => this.#write(tx, batch));
    const {missed, entries, outcomes, tallies} = written;
    if (missed.length > 0) this.#moveOn(missed, missed.reduce(applySessionEntry, this.#state), false);
    if (entries.length > 0) this.#moveOn(entries, written.state, true);
    if (tallies) this.#tell(tallies);
    for (const [place, {resolve, reject}] of batch.entries()) {
      const outcome = outcomes[place];
      if (!outcome) reject(new Error('An act was left out.'));
      else if ('refusal' in outcome) reject(outcome.refusal);
      else resolve({...outcome.done, state: this.#state});
    }
    if (entries.length > 0 || tallies) this.#options.tell({seq: this.#state.seq, counted: tallies !== null});
  }

  /** Inside the transaction: awaits the database alone, and changes nothing of the desk, since it may still fail. */
  async #write(tx: Transaction, batch: readonly Waiting[]): Promise<Written> {
    const row = await tx.sessions.lock(this.session);
    if (!row) throw new Refusal('not-found');
    const missed = row.seq > this.#state.seq ? await readEntries(tx.ledger, this.session, this.#state.seq) : [];
    const before = missed.reduce(applySessionEntry, this.#state);
    const keys = await tx.sessions.keys(
      this.session,
      batch.flatMap(({asking: {key}}) => key ?? []),
    );
    const counts = await this.#countsFor(tx, batch);
    const answered = await AnsweredPolls.read(tx.sessions, this.#options.tokens, answeredIn(batch));
    const pass = new Pass(this.session, before, {
      // Time never goes back within a session, whichever process' clock says so.
      at: Math.max(this.#options.clock.now(), missed.at(-1)?.at ?? this.#lastAt),
      known: new Map(keys.map(({member, key, seq}) => [`${member} ${key}`, seq])),
      counts,
      hasAnswered: (poll, participant) => answered.has(poll, participant),
    });
    const outcomes: Outcome[] = [];
    for (const {asking} of batch) {
      const repeated = pass.knownSeq(asking);
      if (repeated === null) outcomes.push(pass.take(asking));
      else outcomes.push({done: await this.#again(tx, repeated, pass)});
    }
    await tx.sessions.addTexts(this.session, pass.texts);
    for (const {event} of pass.entries) {
      if (event.type === 'contribution.hidden') await tx.sessions.hideText(this.session, event.text, event.reason);
    }
    await tx.sessions.addKeys(this.session, pass.keys);
    await tx.sessions.count(this.session, pass.counted());
    for (const [poll, participant] of pass.answered) answered.add(poll, participant);
    await answered.write(tx.sessions, this.session);
    await tx.sessions.forgetAnswered(
      pass.entries.flatMap(({event}) => (event.type === 'poll.closed' ? [event.poll] : [])),
    );
    if (pass.entries.length > 0) await tx.sessions.save(rowOf(row, pass.state));
    const tallies = pass.answered.length > 0 ? await tx.sessions.counts(this.session) : null;
    const written = await tx.ledger.appendMany(pass.acts);
    if (written.some(({seq}, place) => seq !== pass.entries[place]?.seq)) {
      throw new Error(`The record of session ${this.session} has another end than its row.`);
    }
    return {
      missed,
      entries: pass.entries,
      state: pass.state,
      outcomes,
      tallies: tallies && talliesOf(pass.state, tallies),
    };
  }

  /** Only for acts that close a poll whose answers are counted elsewhere. */
  async #countsFor(tx: Transaction, batch: readonly Waiting[]): Promise<Map<PollId, Record<string, number>>> {
    const counts = new Map<PollId, Record<string, number>>();
    const closes = batch.some(({asking: {request}}) => request.act === 'poll.close' || request.act === 'session.close');
    if (!closes) return counts;
    for (const {poll, choice, count} of await tx.sessions.counts(this.session)) {
      counts.set(poll, {...counts.get(poll), [choice]: count});
    }
    return counts;
  }

  async #again(tx: Transaction, seq: number, pass: Pass): Promise<Omit<Done, 'state'>> {
    const here = pass.entries.find(entry => entry.seq === seq);
    const [kept] = here ? [] : await tx.ledger.read(streamOf(this.session), seq - 1, 1);
    return {seq, entry: here ?? (kept ? entryFrom(kept) : null), counted: false};
  }

  #moveOn(entries: readonly SessionEntry[], state: SessionState, own: boolean): void {
    this.#state = state;
    this.#lastAt = entries.at(-1)?.at ?? this.#lastAt;
    this.#recent.push(...entries);
    if (this.#recent.length > 2 * mostRecent) this.#recent = this.#recent.slice(-mostRecent);
    for (const {event} of entries) {
      if (event.type !== 'poll.closed') continue;
      const tallies = new Map(this.#tallies);
      tallies.delete(event.poll);
      this.#tallies = tallies;
    }
    const moved = {entries, state, own};
    this.#options.moved?.(moved);
    this.#toEach(listener => listener.moved(moved));
  }

  #tell(tallies: ReadonlyMap<PollId, Counts>): void {
    const before = this.#tallies;
    this.#tallies = tallies;
    for (const [poll, counts] of tallies) {
      if (JSON.stringify(before.get(poll)) === JSON.stringify(counts)) continue;
      this.#toEach(listener => listener.counted?.(poll, counts));
    }
  }

  /** What is written stays written, whatever becomes of who hears of it. */
  #toEach(tell: (listener: DeskListener) => void): void {
    for (const listener of this.#listeners) {
      try {
        tell(listener);
      } catch (error) {
        this.#options.onError(error);
      }
    }
  }
}

/** Polls in which somebody of the batch takes a position. */
function answeredIn(batch: readonly Waiting[]): readonly PollId[] {
  const polls = batch.flatMap(({asking: {request}}) => (request.act === 'position.take' ? [request.poll] : []));
  return [...new Set(polls)];
}

async function readEntries(
  ledger: Pick<Store['ledger'], 'read'>,
  session: SessionId,
  since: number,
): Promise<SessionEntry[]> {
  const entries: SessionEntry[] = [];
  for (;;) {
    const page: LedgerEntry[] = await ledger.read(streamOf(session), since + entries.length, aPage);
    entries.push(...page.map(entryFrom));
    if (page.length < aPage) return entries;
  }
}

function rowOf(row: StoredSession, state: SessionState): StoredSession {
  const {title, startsAt, endsAt, zone, life, publication, seq} = state;
  return {...row, title, startsAt, endsAt, zone, life: life.is, publication, seq};
}

function talliesOf(
  state: SessionState,
  counts: readonly {poll: PollId; choice: string; count: number}[],
): Map<PollId, Counts> {
  const tallies = new Map<PollId, Counts>();
  for (const {id, kind, state: poll} of state.polls) {
    if (poll.is !== 'open' || pollKinds[kind].keepsAnswers) continue;
    const own: Record<string, number> = Object.fromEntries(pollKinds[kind].choices.map(choice => [choice, 0]));
    for (const one of counts) if (one.poll === id) own[one.choice] = one.count;
    tallies.set(id, own);
  }
  return tallies;
}
