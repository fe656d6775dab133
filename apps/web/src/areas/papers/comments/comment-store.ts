import type {CommentJson, CommentList, MakeComment} from '@plenary/protocol/api/comments';
import {ask, Refused} from '../../../lib/http.ts';

export interface CommentsState {
  readonly comments: readonly CommentJson[];
  readonly you: CommentList['you'];
  /** How many contributions the chair has hidden. */
  readonly hidden: number;
  readonly isLoaded: boolean;
  /** The last attempt to fetch what is new did not reach the server. */
  readonly isStale: boolean;
}

export type CommentAct =
  | {readonly act: 'resolve' | 'reopen'}
  | {readonly act: 'reattach'; readonly anchor: CommentJson['anchor']}
  | {readonly act: 'hide'; readonly entry: string; readonly reason: string}
  | {readonly act: 'edit'; readonly entry: string; readonly text: string}
  | {readonly act: 'withdraw'; readonly entry: string};

const retryAfter = 5000;

/** The comments on one paper as this page knows them; what changed is fetched by the count that it has seen. */
export class CommentStore {
  readonly #path: string;
  readonly #listeners = new Set<() => void>();
  readonly #known = new Map<string, CommentJson>();
  #state: CommentsState = {
    comments: [],
    you: {mayComment: false, mayHide: false, looksAfterAll: false},
    hidden: 0,
    isLoaded: false,
    isStale: false,
  };
  #seq = 0;
  #isFetching = false;
  #again = false;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;

  constructor(paper: string) {
    this.#path = `/api/papers/${paper}/comments`;
  }

  readonly getSnapshot = (): CommentsState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Fetches what changed; while it is at it, once more. */
  refresh(): void {
    this.#again = true;
    if (this.#isFetching) return;
    this.#isFetching = true;
    void this.#fetch().finally(() => (this.#isFetching = false));
  }

  async #fetch(): Promise<void> {
    clearTimeout(this.#retry);
    while (this.#again && !this.#isClosed) {
      this.#again = false;
      try {
        const answer = await ask<CommentList>('GET', `${this.#path}?since=${this.#seq}`);
        this.#seq = Math.max(this.#seq, answer.seq);
        for (const comment of answer.comments) this.#take(comment);
        this.#show({you: answer.you, hidden: answer.hidden, isLoaded: true, isStale: false});
      } catch (error) {
        if (error instanceof Refused) return;
        this.#show({isStale: true});
        this.#retry = setTimeout(() => this.refresh(), retryAfter);
        return;
      }
    }
  }

  #take(comment: CommentJson): void {
    const known = this.#known.get(comment.id);
    if (!known || known.change <= comment.change) this.#known.set(comment.id, comment);
  }

  #show(change: Partial<CommentsState>): void {
    if (this.#isClosed) return;
    this.#state = {...this.#state, ...change, comments: [...this.#known.values()]};
    for (const listener of this.#listeners) listener();
  }

  make(comment: MakeComment): Promise<CommentJson> {
    return this.#post(this.#path, comment);
  }

  reply(comment: string, key: string, text: string): Promise<CommentJson> {
    return this.#post(`${this.#path}/${comment}/replies`, {key, text});
  }

  act(comment: string, {act, ...body}: CommentAct): Promise<CommentJson> {
    return this.#post(`${this.#path}/${comment}/${act}`, body);
  }

  async #post(path: string, body: object): Promise<CommentJson> {
    const {comment} = await ask<{comment: CommentJson}>('POST', path, body);
    this.#take(comment);
    this.#show({});
    return comment;
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#retry);
  }
}
