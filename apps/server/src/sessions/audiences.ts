import {Refusal} from '@plenary/domain/refusal';
import type {SessionId} from '@plenary/domain/sessions/session';
import type {WatchedSession} from '@plenary/protocol/rt';
import type {StoredSession} from '@plenary/store/store';
import type {App} from '../app.ts';
import type {LiveServer, LiveSocket} from '../core/live.ts';
import {createPresence} from '../core/live-presence.ts';
import type {Presence} from '../core/live-presence.ts';
import {SessionAudience} from './audience.ts';
import type {Judge} from './audience.ts';

const mostWatched = 20;

/** Everyone who watches sessions over this process. */
export class SessionAudiences {
  readonly #app: () => App;
  readonly #io: LiveServer;
  readonly #identify: Judge;
  readonly #open = new Map<SessionId, SessionAudience>();
  readonly #opening = new Map<SessionId, Promise<SessionAudience>>();
  #presence: Presence<SessionId> | null = null;

  constructor(app: () => App, io: LiveServer, identify: Judge) {
    this.#app = app;
    this.#io = io;
    this.#identify = identify;
  }

  get watched(): number {
    return this.#open.size;
  }

  async watch(socket: LiveSocket, key: string, since: number | null): Promise<WatchedSession> {
    const session = await this.#app().store.sessions.find(key);
    if (!session) throw new Refusal('not-found');
    const watching = [...this.#open.values()].filter(one => one.has(socket));
    if (watching.length >= mostWatched && !this.#open.get(session.id)?.has(socket)) throw new Refusal('rate.limited');
    let audience;
    // It may have been given up while we waited for it.
    do audience = await this.#at(session);
    while (this.#open.get(session.id) !== audience);
    try {
      return await audience.watch(socket, since);
    } finally {
      this.#dropIfIdle(session.id);
    }
  }

  /** They joined by this connection: it holds their place, also when it does not watch. */
  async attends(socket: LiveSocket, key: string): Promise<void> {
    const {desks, attendances} = this.#app();
    const desk = await desks.named(key);
    const {member} = socket.data;
    if (member && socket.connected) attendances.of(desk).came(socket, member);
  }

  leave(socket: LiveSocket, session: SessionId): void {
    this.#open.get(session)?.leave(socket);
    this.#dropIfIdle(session);
  }

  disconnected(socket: LiveSocket): void {
    for (const session of this.#open.keys()) this.leave(socket, session);
    this.#app().attendances.went(socket);
  }

  rejudge(isTheirs: (socket: LiveSocket) => boolean): void {
    for (const audience of this.#open.values()) audience.rejudge(isTheirs);
  }

  /** Followers over all processes: those of the streams, and who watches without an account. */
  get #counted(): Presence<SessionId> {
    const {bus, clock, sessionStreams} = this.#app();
    return (this.#presence ??= createPresence<SessionId>({
      topic: 'session-presence',
      bus,
      clock,
      count: () => ({writing: 0, reading: 0}),
      following: session => sessionStreams.following(session) + (this.#open.get(session)?.strangers ?? 0),
    }));
  }

  close(): void {
    this.#presence?.close();
    for (const audience of this.#open.values()) audience.end();
    this.#open.clear();
  }

  async #at(session: StoredSession): Promise<SessionAudience> {
    const known = this.#open.get(session.id);
    if (known) return known;
    let opening = this.#opening.get(session.id);
    if (!opening) {
      opening = this.#make(session).finally(() => this.#opening.delete(session.id));
      this.#opening.set(session.id, opening);
    }
    return opening;
  }

  async #make(session: StoredSession): Promise<SessionAudience> {
    const desk = await this.#app().desks.at(session.id);
    if (desk.state.seq < session.seq) await desk.catchUp();
    const audience = new SessionAudience(this.#app(), this.#io, this.#identify, session, desk, this.#counted);
    this.#open.set(session.id, audience);
    return audience;
  }

  #dropIfIdle(session: SessionId): void {
    const audience = this.#open.get(session);
    if (!audience?.isIdle) return;
    audience.end();
    this.#open.delete(session);
  }
}
