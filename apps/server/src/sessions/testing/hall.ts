import {io, type Socket} from 'socket.io-client';
import {applySessionEntry} from '@plenary/domain/sessions/apply';
import type {SessionActName} from '@plenary/domain/sessions/acts';
import type {SessionEntry} from '@plenary/domain/sessions/events';
import type {PollId, SessionState} from '@plenary/domain/sessions/session';
import type {SessionActBody, SessionFrame, SessionStanding, SessionTally} from '@plenary/protocol/api/sessions';
import type {ActAnswer, Answer, ClientToServer, ServerToClient, WatchedSession} from '@plenary/protocol/rt';

/** A plain client of `/rt`, which keeps all bytes that it was given and what it makes of them. */
export class Attendee {
  readonly socket: Socket<ServerToClient, ClientToServer>;
  readonly session: string;
  readonly frames: SessionFrame[] = [];
  readonly tallies: {at: number; tally: SessionTally}[] = [];
  readonly standings: SessionStanding[] = [];
  readonly entries: SessionEntry[] = [];
  state: SessionState | null = null;
  gone = 0;
  following: number | null = null;
  /** Everything that came, as text. */
  heard = '';

  constructor(url: string, session: string, cookie?: string) {
    this.session = session;
    this.socket = io(url, {
      path: '/rt',
      transports: ['websocket'],
      forceNew: true,
      ...(cookie === undefined ? {} : {extraHeaders: {cookie}}),
    });
    this.socket.onAny((event, message) => (this.heard += `${event} ${JSON.stringify(message)}\n`));
    this.socket.on('session.frame', frame => {
      this.frames.push(frame);
      this.#take(frame);
    });
    this.socket.on('session.tally', tally => this.tallies.push({at: performance.now(), tally}));
    this.socket.on('session.standing', ({you}) => this.standings.push(you));
    this.socket.on('session.following', ({following}) => (this.following = following));
    this.socket.on('session.gone', () => (this.gone += 1));
  }

  async watch(since?: number): Promise<Answer<WatchedSession>> {
    const answer = await this.socket.emitWithAck('session.watch', {
      session: this.session,
      ...(since === undefined ? {} : {since}),
    });
    this.heard += `${JSON.stringify(answer)}\n`;
    if (answer.ok) this.following = answer.value.following;
    if (answer.ok && 'snapshot' in answer.value) this.state = answer.value.snapshot.state;
    if (answer.ok && 'missed' in answer.value) this.#take(answer.value.missed);
    return answer;
  }

  async act<Name extends SessionActName>(name: Name, body: SessionActBody<Name>, key?: string): Promise<ActAnswer> {
    const message = {session: this.session, ...body, ...(key === undefined ? {} : {key})};
    const send = this.socket as unknown as {emitWithAck(name: string, message: object): Promise<ActAnswer>};
    return send.emitWithAck(name, message);
  }

  /** The code of its refusal, or null. */
  async tries<Name extends SessionActName>(name: Name, body: SessionActBody<Name>): Promise<string | null> {
    const answer = await this.act(name, body);
    return answer.ok ? null : answer.refusal;
  }

  #take(frame: SessionFrame): void {
    for (const entry of frame.entries.flatMap(unpacked)) {
      if (!this.state || entry.seq <= this.state.seq) continue;
      this.entries.push(entry);
      this.state = applySessionEntry(this.state, entry);
    }
  }
}

function unpacked(entry: SessionFrame['entries'][number]): SessionEntry[] {
  if ('event' in entry) return [entry];
  return entry.answers.map(([participant, choice, later], place) => ({
    seq: entry.seq + place,
    at: entry.at + later,
    by: participant,
    event: {type: 'position.taken', poll: entry.poll as PollId, participant, choice, reason: null},
  }));
}
