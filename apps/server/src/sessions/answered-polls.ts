import {createHmac, hkdfSync} from 'node:crypto';
import type {ParticipantNumber, PollId, SessionId} from '@plenary/domain/sessions/session';
import type {SessionStore} from '@plenary/store/store';

/** What stands for *that* a participant has answered a poll, see decision 0005. */
export type AnswerTokens = (poll: PollId, participant: ParticipantNumber) => Buffer;

const tokenLength = 16;

/** Keyed with what the database does not hold: without the secret a token is nobody's. */
export function answerTokensFrom(secret: string): AnswerTokens {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'plenary tokens of who answered 1', 32));
  return (poll, participant) =>
    createHmac('sha256', key).update(`${poll} ${participant}`).digest().subarray(0, tokenLength);
}

/** Who has answered some polls that keep no answers, as it is read and written while the session is locked. */
export class AnsweredPolls {
  readonly #tokenOf: AnswerTokens;
  readonly #known: Map<PollId, Set<string>>;
  readonly #changed = new Set<PollId>();

  private constructor(tokenOf: AnswerTokens, known: Map<PollId, Set<string>>) {
    this.#tokenOf = tokenOf;
    this.#known = known;
  }

  static async read(
    store: Pick<SessionStore, 'answered'>,
    tokenOf: AnswerTokens,
    polls: readonly PollId[],
  ): Promise<AnsweredPolls> {
    const rows = await store.answered(polls);
    return new AnsweredPolls(tokenOf, new Map([...rows].map(([poll, tokens]) => [poll, new Set(cut(tokens))])));
  }

  has(poll: PollId, participant: ParticipantNumber): boolean {
    return this.#known.get(poll)?.has(this.#tokenOf(poll, participant).toString('hex')) ?? false;
  }

  add(poll: PollId, participant: ParticipantNumber): void {
    const tokens = this.#known.get(poll) ?? new Set();
    this.#known.set(poll, tokens.add(this.#tokenOf(poll, participant).toString('hex')));
    this.#changed.add(poll);
  }

  async write(store: Pick<SessionStore, 'setAnswered'>, session: SessionId): Promise<void> {
    for (const poll of this.#changed) {
      // Sorted: where a token stands says nothing of when it came.
      const tokens = [...(this.#known.get(poll) ?? [])].toSorted().join('');
      await store.setAnswered(session, poll, new Uint8Array(Buffer.from(tokens, 'hex')));
    }
  }
}

function cut(tokens: Uint8Array): string[] {
  const hex = Buffer.from(tokens).toString('hex');
  return hex.match(new RegExp(`.{${2 * tokenLength}}`, 'g')) ?? [];
}
