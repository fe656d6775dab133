import {io} from 'socket.io-client';
import type {LiveSocket} from '@plenary/client/live-socket';
import {applySessionEntry} from '@plenary/domain/sessions/apply';
import type {SessionActName} from '@plenary/domain/sessions/acts';
import type {SessionEntry} from '@plenary/domain/sessions/events';
import type {PollId, SessionState} from '@plenary/domain/sessions/session';
import type {PackedPositions} from '@plenary/protocol/api/sessions';
import type {ActAnswer} from '@plenary/protocol/rt';
import {call} from './members.ts';

export interface MadeSession {
  readonly id: string;
  readonly slug: string;
}

/** A planned session in the consultation of the scene, with its two papers on the agenda. */
export async function createSession(url: string, chair: string, slug: string): Promise<MadeSession> {
  const startsAt = new Date().toISOString();
  const endsAt = new Date(Date.now() + 3 * 3_600_000).toISOString();
  const {status, body} = await call<MadeSession>(url, chair, 'POST', '/api/sessions', {
    consultation: 'copenhagen',
    slug,
    title: `Session ${slug}`,
    startsAt,
    endsAt,
    zone: 'Europe/Copenhagen',
    agenda: [
      {title: 'Opening', minutes: 5},
      {title: 'Joint statement', papers: ['joint-statement'], minutes: 60},
      {title: 'Draft resolution', papers: ['draft-resolution'], minutes: 60},
    ],
  });
  if (status !== 201) throw new Error(`The session was not created: ${status} ${JSON.stringify(body)}`);
  return body;
}

export interface Acted {
  readonly ok: boolean;
  readonly seq: number;
  readonly refusal?: string;
  readonly sentence?: string;
  readonly value?: Record<string, unknown>;
}

export async function actOver(url: string, cookie: string, session: string, name: string, body: object = {}) {
  return (await call<Acted>(url, cookie, 'POST', `/api/sessions/${session}/${name}`, body)).body;
}

/** A connection to `/rt` by hand, with nothing that comes back by itself. */
export function rawSocket(url: string, cookie: string | null): LiveSocket {
  return io(url, {
    path: '/rt',
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    ...(cookie !== null && {extraHeaders: {cookie}}),
  });
}

/** Every act is an event of its name. */
export function actOnSocket(
  socket: LiveSocket,
  name: SessionActName,
  message: object,
  ms = 10_000,
): Promise<ActAnswer> {
  const waiting = socket.timeout(ms) as unknown as {emitWithAck(name: string, message: object): Promise<ActAnswer>};
  return waiting.emitWithAck(name, message);
}

/** Everything that stands in the session's record, oldest first, as a reader from its first entry on gets it. */
export async function entriesOf(url: string, cookie: string, session: string): Promise<SessionEntry[]> {
  const socket = rawSocket(url, cookie);
  try {
    const entries: SessionEntry[] = [];
    for (let since = 1; ;) {
      const answer = await socket.timeout(10_000).emitWithAck('session.watch', {session, since});
      if (!answer.ok) throw new Error(answer.sentence);
      if (!('missed' in answer.value)) throw new Error('The whole state was given in place of what was missed.');
      const {missed} = answer.value;
      entries.push(...missed.entries.flatMap(unpacked));
      since = missed.to;
      if (missed.entries.length === 0) return entries;
    }
  } finally {
    socket.disconnect();
  }
}

export function unpacked(entry: SessionEntry | PackedPositions): SessionEntry[] {
  if ('event' in entry) return [entry];
  return entry.answers.map(([participant, choice, later], place) => ({
    seq: entry.seq + place,
    at: entry.at + later,
    by: participant,
    event: {type: 'position.taken', poll: entry.poll as PollId, participant, choice, reason: null},
  }));
}

/** The state that entries make of the state before them. */
export function after(state: SessionState, entries: readonly SessionEntry[]): SessionState {
  return entries.reduce(applySessionEntry, state);
}
