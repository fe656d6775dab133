import {randomBytes} from 'node:crypto';
import type {MemberId} from '@plenary/domain/ids';
import {Refusal} from '@plenary/domain/refusal';
import {applySessionEntry} from '@plenary/domain/sessions/apply';
import {decide} from '@plenary/domain/sessions/decide';
import type {SessionEntry} from '@plenary/domain/sessions/events';
import {pollKinds} from '@plenary/domain/sessions/polls/kinds';
import type {Counts} from '@plenary/domain/sessions/polls/poll';
import type {SessionRequest} from '@plenary/domain/sessions/requests';
import {participantOf} from '@plenary/domain/sessions/session';
import type {ParticipantNumber, PollId, SessionId, SessionState} from '@plenary/domain/sessions/session';
import type {Act, SessionText} from '@plenary/store/store';
import type {Asking, Done} from './desk.ts';
import {actFrom, textsIn} from './entries.ts';

export type Outcome = {readonly done: Omit<Done, 'state'>} | {readonly refusal: Refusal};

interface PassOptions {
  readonly at: number;
  /** Seq by `<member> <key>`. */
  readonly known: Map<string, number>;
  readonly counts: ReadonlyMap<PollId, Readonly<Record<string, number>>>;
  readonly hasAnswered: (poll: PollId, participant: ParticipantNumber) => boolean;
}

/** The acts of one batch, each decided on what those before it have made of the session. */
export class Pass {
  state: SessionState;
  readonly entries: SessionEntry[] = [];
  readonly acts: Act[] = [];
  readonly texts: SessionText[] = [];
  readonly keys: {member: MemberId; key: string; seq: number}[] = [];
  readonly answered: [PollId, ParticipantNumber][] = [];
  readonly #session: SessionId;
  readonly #options: PassOptions;
  readonly #counted = new Map<PollId, Map<string, number>>();
  readonly #answeredNow = new Set<string>();

  constructor(session: SessionId, state: SessionState, options: PassOptions) {
    this.#session = session;
    this.state = state;
    this.#options = options;
  }

  knownSeq({actor, key}: Asking): number | null {
    return (actor && key !== null && this.#options.known.get(`${actor.member} ${key}`)) || null;
  }

  take(asking: Asking): Outcome {
    const {actor} = asking;
    const by = asking.as ?? (actor && participantOf(this.state, actor.member)?.number) ?? null;
    try {
      const events = decide(this.state, this.#withCounts(asking.request), by);
      for (const event of events) {
        const entry: SessionEntry = {seq: this.state.seq + 1, at: this.#options.at, by: actor ? by : null, event};
        const texts = this.#newTexts(asking, entry);
        this.state = applySessionEntry(this.state, entry);
        this.entries.push(entry);
        this.texts.push(...texts);
        this.acts.push(actFrom(this.#session, entry, actor, texts));
      }
      const counted = this.#count(asking.request, by);
      const {seq} = this.state;
      // A key beside an answer that must stay nobody's would make it somebody's.
      if (actor && asking.key !== null && counted === null) {
        this.keys.push({member: actor.member, key: asking.key, seq});
        this.#options.known.set(`${actor.member} ${asking.key}`, seq);
      }
      const entry = events.length > 0 ? (this.entries.at(-1) ?? null) : null;
      return {done: {seq, entry, counted: counted === true}};
    } catch (error) {
      if (error instanceof Refusal) return {refusal: error};
      throw error;
    }
  }

  counted(): {poll: PollId; choice: string; count: number}[] {
    return [...this.#counted].flatMap(([poll, choices]) =>
      [...choices].map(([choice, count]) => ({poll, choice, count})),
    );
  }

  #newTexts({words}: Asking, {event}: SessionEntry): SessionText[] {
    return textsIn(event).flatMap(id => {
      const text = words.get(id);
      return text === undefined ? [] : [{id, salt: new Uint8Array(randomBytes(16)), words: text}];
    });
  }

  #withCounts(request: SessionRequest): SessionRequest {
    if (request.act === 'poll.close') return {...request, counts: this.#countsOf(request.poll)};
    if (request.act !== 'session.close') return request;
    return {...request, counts: Object.fromEntries(this.state.polls.map(({id}) => [id, this.#countsOf(id)]))};
  }

  #countsOf(poll: PollId): Counts {
    const counts: Record<string, number> = {...this.#options.counts.get(poll)};
    for (const [choice, count] of this.#counted.get(poll) ?? []) counts[choice] = (counts[choice] ?? 0) + count;
    return counts;
  }

  /** Null: not an answer that is counted and forgotten; false: they have answered already. */
  #count(request: SessionRequest, by: ParticipantNumber | null): boolean | null {
    if (request.act !== 'position.take' || by === null) return null;
    const kind = this.state.polls.find(({id}) => id === request.poll)?.kind;
    if (!kind || pollKinds[kind].keepsAnswers) return null;
    const who = `${request.poll} ${by}`;
    if (this.#answeredNow.has(who) || this.#options.hasAnswered(request.poll, by)) return false;
    this.#answeredNow.add(who);
    this.answered.push([request.poll, by]);
    const choices = this.#counted.get(request.poll) ?? new Map<string, number>();
    this.#counted.set(request.poll, choices.set(request.choice, (choices.get(request.choice) ?? 0) + 1));
    return true;
  }
}
