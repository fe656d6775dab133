import {createServer, type Server as HttpServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {Server, type Socket} from 'socket.io';
import {afterEach, beforeEach, expect, it} from 'vitest';
import type {ConsultationId, MemberId} from '@plenary/domain/ids';
import {applySessionEntry} from '@plenary/domain/sessions/apply';
import {createSession, decide} from '@plenary/domain/sessions/decide';
import type {SessionEntry, SessionEvent} from '@plenary/domain/sessions/events';
import type {SessionRequest} from '@plenary/domain/sessions/requests';
import {usualLimits} from '@plenary/domain/sessions/session';
import type {PollId, SessionState, TextId} from '@plenary/domain/sessions/session';
import type {SessionFrame, SessionStanding} from '@plenary/protocol/api/sessions';
import type {ClientToServer, ServerToClient} from '@plenary/protocol/rt';
import {SessionRoom, type ActOutcome, type SessionView} from './session-room.ts';

const stranger: SessionStanding = {
  participant: null,
  mayAttend: false,
  maySpeak: false,
  mayPreside: false,
  mayPrepare: false,
};

/** Keeps the record of one session and tells of it, or loses what it should have told. */
class Desk {
  readonly entries: SessionEntry[] = [];
  state: SessionState | null = null;
  you: SessionStanding = stranger;
  asked: (number | undefined)[] = [];
  keys: string[] = [];
  /** Lets so many acts happen without answering them. */
  silent = 0;
  refuses = false;
  private readonly answered = new Map<string, number>();
  private sockets: Socket<ClientToServer, ServerToClient>[] = [];
  private http: HttpServer | null = null;
  private io: Server<ClientToServer, ServerToClient> | null = null;
  private port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async listen(): Promise<void> {
    this.http = createServer();
    this.io = new Server(this.http, {path: '/rt'});
    this.io.on('connection', socket => {
      this.sockets.push(socket);
      socket.on('disconnect', () => (this.sockets = this.sockets.filter(other => other !== socket)));
      socket.on('session.watch', ({since}, answer) => {
        this.asked.push(since);
        if (this.refuses) answer({ok: false, refusal: 'not-found', sentence: 'There is nothing here.'});
        else if (since === undefined)
          answer({ok: true, value: {you: this.you, following: 3, snapshot: this.snapshot()}});
        else answer({ok: true, value: {you: this.you, following: 3, missed: this.frame(since + 1)}});
      });
      socket.on('list.open', ({key = ''}, answer) => {
        this.keys.push(key);
        if (!this.answered.has(key)) this.answered.set(key, this.act({act: 'list.open'}));
        if (this.silent-- > 0) return;
        answer({ok: true, value: {}, seq: this.answered.get(key) ?? 0});
      });
      socket.on('floor.ask', (_message, answer) =>
        answer({ok: false, refusal: 'list.closed', sentence: 'The list is closed.', seq: this.entries.length}),
      );
    });
    await new Promise<void>(resolve => this.http?.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.http.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    await this.io?.close();
  }

  write(events: readonly SessionEvent[], by: number | null = null): void {
    for (const event of events) {
      const entry = {seq: this.entries.length + 1, at: 1000 * this.entries.length, by, event};
      this.state = applySessionEntry(this.state, entry);
      this.entries.push(entry);
    }
  }

  /** Returns the seq of what came of it. */
  act(request: SessionRequest, by: number | null = null, tell = true): number {
    if (!this.state) throw new Error('There is no session.');
    const from = this.entries.length + 1;
    this.write(decide(this.state, request, by), by);
    if (tell && this.entries.length >= from) this.tell(this.frame(from));
    return this.entries.length;
  }

  frame(from: number, names: SessionFrame['names'] = {}): SessionFrame {
    const entries = this.entries.slice(from - 1);
    return {session: 'session-id', from, to: this.entries.length, now: Date.now(), entries, names};
  }

  tell(frame: SessionFrame): void {
    for (const socket of this.sockets) socket.emit('session.frame', frame);
  }

  emit<Name extends 'session.tally' | 'session.standing' | 'session.following' | 'session.gone'>(
    name: Name,
    ...message: Parameters<ServerToClient[Name]>
  ): void {
    for (const socket of this.sockets) socket.emit(name, ...message);
  }

  cut(): void {
    for (const socket of this.sockets) socket.conn.close();
  }

  private snapshot() {
    if (!this.state) throw new Error('There is no session.');
    const names = {texts: {}, members: {}, organisations: {}, papers: {}};
    return {id: 'session-id', slug: 'opening', now: Date.now(), state: this.state, names, tallies: {}};
  }
}

let desk: Desk;
let room: SessionRoom;

beforeEach(async () => {
  desk = new Desk();
  await desk.listen();
  const created = createSession({
    consultation: 'consultation' as ConsultationId,
    title: 'title' as TextId,
    startsAt: 0,
    endsAt: 60_000,
    zone: 'UTC',
    publication: {policy: 'public', embargoUntil: null},
    agenda: [],
    limits: usualLimits,
  });
  desk.write([created, {type: 'session.opened'}]);
  room = enter();
});

afterEach(async () => {
  room.close();
  await desk.close();
});

function enter(patience = 10_000): SessionRoom {
  return new SessionRoom('opening', desk.url, {reconnectionDelay: 10, reconnectionDelayMax: 20, patience});
}

function until(isSo: (view: SessionView) => boolean): Promise<void> {
  return new Promise(resolve => {
    const end = room.subscribe(check);
    function check(): void {
      if (!isSo(room.getView())) return;
      end();
      resolve();
    }
    check();
  });
}

function join(handle: string): void {
  desk.act({
    act: 'session.join',
    member: handle as MemberId,
    organisation: null,
    constituency: 'civil-society',
    role: 'delegate',
  });
}

it('begins with the whole state and follows what comes, to the same state as the server’s', async () => {
  await until(({state}) => state?.seq === 2);
  join('ana');
  desk.act({act: 'list.open'});
  desk.act({act: 'floor.ask', group: false}, 1);
  await until(({state}) => state?.seq === 5);
  expect(room.getView().state).toEqual(desk.state);
  expect(room.getView().connection).toBe('open');
});

it('asks for what is missing when it sees a gap, and applies each entry once', async () => {
  await until(({state}) => state?.seq === 2);
  desk.act({act: 'list.open'}, null, false);
  desk.act({act: 'list.close'}, null, false);
  desk.act({act: 'list.open'});
  await until(({state}) => state?.seq === 5);
  desk.tell(desk.frame(3));
  join('ana');
  await until(({state}) => state?.seq === 6);
  expect(desk.asked).toEqual([undefined, 2]);
  expect(room.getView().state).toEqual(desk.state);
});

it('makes good for what happened while it was cut off', async () => {
  await until(({state}) => state?.seq === 2);
  desk.cut();
  await until(({connection}) => connection === 'lost');
  join('ana');
  desk.act({act: 'list.open'});
  await until(({state, connection}) => state?.seq === 4 && connection === 'open');
  expect(room.getView().state).toEqual(desk.state);
});

it('unpacks positions that travelled together', async () => {
  await until(({state}) => state?.seq === 2);
  join('ana');
  join('ben');
  const poll = 'poll' as PollId;
  desk.act({
    act: 'poll.open',
    poll,
    kind: 'positions',
    question: 'question' as TextId,
    paper: null,
    paragraph: null,
    located: null,
  });
  await until(({state}) => state?.seq === 5);
  const answers = [
    [1, 'support', 0],
    [2, 'oppose', 1000],
  ] as const;
  for (const [by, choice] of answers) desk.act({act: 'position.take', poll, choice, reason: null}, by, false);
  desk.tell({...desk.frame(6), entries: [{seq: 6, poll, at: 5000, answers}]});
  await until(({state}) => state?.seq === 7);
  expect(room.getView().state).toEqual(desk.state);
});

it('sends an act again after a broken connection, and it counts once', async () => {
  await until(({state}) => state?.seq === 2);
  desk.silent = 1;
  const done = room.act('list.open', {});
  expect(room.getView().pending).toEqual(['list.open']);
  await until(({state}) => state?.seq === 3);
  desk.cut();
  expect(await done).toEqual({ok: true, value: {}, seq: 3} satisfies ActOutcome);
  expect(room.getView().pending).toEqual([]);
  expect(new Set(desk.keys).size).toBe(1);
  expect(desk.keys).toHaveLength(2);
  expect(desk.state?.seq).toBe(3);
});

it('sends an act again when the answer takes too long', async () => {
  room.close();
  room = enter(100);
  await until(({state}) => state?.seq === 2);
  desk.silent = 1;
  expect(await room.act('list.open', {})).toMatchObject({ok: true, seq: 3});
  expect(desk.keys).toHaveLength(2);
});

it('tells a refusal in the words of the server', async () => {
  await until(({state}) => state?.seq === 2);
  expect(await room.act('floor.ask', {group: true})).toEqual({
    ok: false,
    refusal: 'list.closed',
    sentence: 'The list is closed.',
  });
});

it('asks for names anew when the reader’s standing changes who they see', async () => {
  await until(({state}) => state?.seq === 2);
  desk.emit('session.standing', {session: 'session-id', you: {...stranger, mayAttend: true}});
  await until(({you}) => you?.mayAttend === true);
  join('ana');
  await until(({state}) => state?.seq === 3);
  expect(desk.asked).toEqual([undefined, undefined]);
});

it('keeps counts of an open temperature check, and forgets them when it is closed', async () => {
  await until(({state}) => state?.seq === 2);
  const poll = 'poll' as PollId;
  const question = 'question' as TextId;
  desk.act({act: 'poll.open', poll, kind: 'temperature', question, paper: null, paragraph: null, located: null});
  desk.emit('session.tally', {session: 'session-id', poll, counts: {warm: 3}});
  await until(({tallies}) => tallies[poll]?.warm === 3);
  desk.act({act: 'poll.close', poll, counts: {warm: 4}});
  await until(({state}) => state?.seq === 4);
  expect(room.getView().tallies).toEqual({});
});

it('forgets the session when it may no longer be followed, and says when it never could', async () => {
  await until(({state}) => state?.seq === 2);
  desk.emit('session.gone', {session: 'session-id'});
  await until(({connection}) => connection === 'gone');
  expect(room.getView().state).toBeNull();
  room.close();
  desk.refuses = true;
  room = enter();
  await until(({connection}) => connection === 'refused');
  expect(room.getView().refusal).toEqual({code: 'not-found', sentence: 'There is nothing here.'});
});

it('knows how many follow from the first answer on, and anew when it changes', async () => {
  await until(({following}) => following === 3);
  desk.emit('session.following', {session: 'another', following: 9});
  desk.emit('session.following', {session: 'session-id', following: 4});
  await until(({following}) => following !== 3);
  expect(room.getView().following).toBe(4);
});
