import {io} from 'socket.io-client';
import type {Socket} from 'socket.io-client';
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import type {ConsultationId, MemberId} from '@plenary/domain/ids';
import type {PublicationPolicy} from '@plenary/domain/papers/paper';
import {doors} from '@plenary/domain/rights/doors';
import type {MandateRole} from '@plenary/domain/rights/roles';
import type {Answer, ClientToServer, PaperNotice, PresenceCount, ServerToClient} from '@plenary/protocol/rt';
import {openStore} from '@plenary/store/open-store';
import type {Store, StoredPaperRow} from '@plenary/store/store';
import {aConsultation, aMember, aPaper} from '@plenary/store/testing/builders';
import {createMemoryBus} from '../adapters/bus.memory.ts';
import type {Bus} from '../adapters/bus.ts';
import {startReading} from '../streams/testing/reading-server.ts';
import type {ReadingServer} from '../streams/testing/reading-server.ts';
import {StreamReader} from '../streams/testing/stream-reader.ts';
import {liveDoors} from './live.ts';

let store: Store;
let server: ReadingServer;
const open: {end: () => unknown}[] = [];

beforeAll(async () => {
  store = await openStore({memory: true});
  server = await startReading(store);
});
afterEach(async () => {
  for (const {end} of open.splice(0)) await end();
});
afterAll(async () => {
  await server.stop();
  expect(server.errors).toEqual([]);
  await store.close();
});

type Client = Socket<ServerToClient, ClientToServer>;
interface Watcher {
  readonly socket: Client;
  readonly notices: PaperNotice[];
  readonly presence: PresenceCount[];
  readonly gone: string[];
  watch(paper: string, since?: number): Promise<Answer<{seq: number; missed: PaperNotice[]}>>;
}

function connect(options: {as?: MemberId; at?: ReadingServer; origin?: string; language?: string} = {}): Watcher {
  const socket: Client = io((options.at ?? server).url, {
    path: '/rt',
    transports: ['websocket'],
    forceNew: true,
    extraHeaders: {
      ...(options.as ? {cookie: `as=${options.as}`} : {}),
      ...(options.origin ? {origin: options.origin} : {}),
      ...(options.language ? {'accept-language': options.language} : {}),
    },
  });
  open.push({end: () => socket.disconnect()});
  const watcher: Watcher = {
    socket,
    notices: [],
    presence: [],
    gone: [],
    watch: (paper, since = 0) => socket.emitWithAck('watch', {paper, since}),
  };
  socket.on('notice', notice => watcher.notices.push(notice));
  socket.on('presence', count => watcher.presence.push(count));
  socket.on('gone', ({paper}) => watcher.gone.push(paper));
  return watcher;
}

async function memberOf(consultation: ConsultationId, role: MandateRole) {
  const member = await aMember(store);
  await store.members.grant({member: member.id, consultation, role, organisation: null, from: 0, to: null});
  return member;
}

async function scene(policy: PublicationPolicy = 'public', at = server) {
  const consultation = (await aConsultation(store)).id;
  const paper = await aPaper(store, {consultation, publication: {policy, embargoUntil: null}});
  await at.texts.begin(paper, []);
  return {paper, dina: await memberOf(consultation, 'chair'), ana: await memberOf(consultation, 'delegate')};
}

async function acts(paper: StoredPaperRow, count: number, by: MemberId, at = server): Promise<void> {
  for (let n = 0; n < count; n++) await at.setMode(paper, n % 2 === 0 ? 'frozen' : 'open', by);
}

const seqsOf = (notices: readonly PaperNotice[]) => notices.map(({seq}) => seq);
const upTo = (last: number, from = 1) => Array.from({length: last - from + 1}, (_value, index) => index + from);

describe('R23: who watches a paper', () => {
  test('hears each act once and in order, what was before in the answer and what comes as notices', async () => {
    const {paper, dina} = await scene();
    await acts(paper, 3, dina.id);
    const eve = connect();
    const answer = await eve.watch(paper.slug);
    expect(answer).toMatchObject({ok: true, value: {seq: 3}});
    await acts(paper, 4, dina.id);
    await expect.poll(() => seqsOf(eve.notices)).toEqual([4, 5, 6, 7]);
    expect(answer.ok && seqsOf(answer.value.missed)).toEqual([1, 2, 3]);
    expect(eve.notices[0]).toEqual({
      paper: paper.id,
      seq: 4,
      at: expect.stringMatching(/Z$/),
      by: {handle: dina.handle, organisation: null},
      act: 'paper.mode-set',
      mode: 'frozen',
    });
  });

  test('misses nothing while acts fall thick and most hints are lost', async () => {
    const lossy: Bus = {...createMemoryBus(), publish() {}};
    const whole = createMemoryBus();
    let n = 0;
    lossy.subscribe = whole.subscribe;
    lossy.publish = (topic, message) => {
      if (n++ % 5 === 0) whole.publish(topic, message);
    };
    const own = await startReading(store, {bus: lossy, lookEvery: 100});
    open.push({end: () => own.stop()});
    const {paper, dina} = await scene('public', own);
    const writing = acts(paper, 60, dina.id, own);
    const watchers = await Promise.all(
      upTo(10).map(async number => {
        await new Promise(resolve => setTimeout(resolve, number * 10));
        const watcher = connect({at: own});
        const answer = await watcher.watch(paper.id, number % 3);
        return {watcher, answer, since: number % 3};
      }),
    );
    await writing;
    for (const {watcher, answer, since} of watchers) {
      const heard = () => [...(answer.ok ? seqsOf(answer.value.missed) : []), ...seqsOf(watcher.notices)];
      await expect.poll(heard, {timeout: 5000}).toEqual(upTo(60, Math.min(since, 60) + 1));
    }
  });

  test('who comes back says what they know, and gets a long absence in parts', async () => {
    const {paper, dina} = await scene();
    await acts(paper, 30, dina.id);
    const answer = await connect().watch(paper.slug, 28);
    expect(answer.ok && seqsOf(answer.value.missed)).toEqual([29, 30]);
    const ahead = await connect().watch(paper.slug, 99);
    expect(ahead).toMatchObject({ok: true, value: {seq: 30, missed: []}});
  });

  test('one row is one notice, for every reader of one class', async () => {
    const {paper, dina, ana} = await scene('public-text');
    const readers = [connect(), connect(), connect({as: ana.id}), connect({as: dina.id})];
    for (const reader of readers) await reader.watch(paper.slug);
    await acts(paper, 2, dina.id);
    await expect.poll(() => readers.every(({notices}) => notices.length === 2)).toBe(true);
    const [eve, eva, ofAna, ofDina] = readers.map(({notices}) => JSON.stringify(notices));
    expect([eve, ofAna]).toEqual([eva, ofDina]);
    expect(eve).not.toContain(dina.handle);
    expect(ofAna).toContain(dina.handle);
    const later = await connect().watch(paper.slug);
    expect(later.ok && JSON.stringify(later.value.missed)).toBe(eve);
  });

  test('hears nothing more after unwatching', async () => {
    const {paper, dina} = await scene();
    const [stays, leaves] = [connect(), connect()];
    await stays.watch(paper.slug);
    await leaves.watch(paper.slug);
    expect(await leaves.socket.emitWithAck('unwatch', {paper: paper.slug})).toEqual({ok: true, value: null});
    await acts(paper, 1, dina.id);
    await expect.poll(() => stays.notices.length).toBe(1);
    expect(leaves.notices).toEqual([]);
  });
});

describe('R13: who may not read', () => {
  test('is refused, as if nothing were there when it is unlisted', async () => {
    const closed = await scene('closed');
    const unlisted = await scene('unlisted');
    expect(await connect().watch(closed.paper.slug)).toMatchObject({ok: false, refusal: 'paper.closed'});
    const hidden = await connect().watch(unlisted.paper.slug);
    expect(hidden).toEqual(await connect().watch('nothing-here'));
    expect(hidden).toMatchObject({ok: false, refusal: 'not-found'});
    expect(await connect({as: unlisted.ana.id}).watch(unlisted.paper.slug)).toMatchObject({ok: true});
  });

  test('is told of the policy, where the paper is listed, and that it is gone; others stay', async () => {
    const {paper, dina, ana} = await scene();
    const [eve, chair, delegate] = [connect(), connect({as: dina.id}), connect({as: ana.id})];
    for (const reader of [eve, chair, delegate]) await reader.watch(paper.slug);
    await server.publish(paper, {policy: 'closed', embargoUntil: null}, dina.id);
    await expect.poll(() => eve.gone).toEqual([paper.id]);
    expect(eve.notices).toMatchObject([{act: 'paper.publication-set', publication: 'closed', by: null}]);
    await acts(paper, 1, dina.id);
    await expect.poll(() => chair.notices.length + delegate.notices.length).toBe(4);
    expect([eve.notices.length, chair.gone, delegate.gone]).toEqual([1, [], []]);
  });

  test('hears no word of a policy that hides the paper', async () => {
    const {paper, dina} = await scene();
    const eve = connect();
    await eve.watch(paper.slug);
    await server.publish(paper, {policy: 'unlisted', embargoUntil: null}, dina.id);
    await expect.poll(() => eve.gone).toEqual([paper.id]);
    expect(eve.notices).toEqual([]);
  });

  test('gets names from when an embargo ends, without any act', async () => {
    const {paper, ana} = await scene();
    const until = Date.now() + 400;
    await store.papers.setPublication(paper.id, {policy: 'embargo', embargoUntil: until}, 1);
    const early = connect();
    expect(await early.watch(paper.slug)).toMatchObject({ok: false, refusal: 'paper.closed'});
    const delegate = connect({as: ana.id});
    expect(await delegate.watch(paper.slug)).toMatchObject({ok: true});
    await expect.poll(() => early.watch(paper.slug), {timeout: 3000}).toMatchObject({ok: true});
  });

  test('a mandate that is over is felt at once', async () => {
    let now = Date.now();
    const own = await startReading(store, {clock: {now: () => now}});
    open.push({end: () => own.stop()});
    const {paper} = await scene('participants', own);
    const member = await aMember(store);
    const to = now + 1000;
    const {consultation} = paper;
    await store.members.grant({member: member.id, consultation, role: 'observer', organisation: null, from: 0, to});
    const watcher = connect({as: member.id, at: own});
    expect(await watcher.watch(paper.slug)).toMatchObject({ok: true});
    now = to + 1;
    own.live.rejudgeMember(member.id);
    await expect.poll(() => watcher.gone).toEqual([paper.id]);
  });
});

describe('counts of who is there', () => {
  test('come with the answer, and when they change, at most once a second', async () => {
    const {paper} = await scene();
    const watcher = connect();
    await watcher.watch(paper.slug);
    const none = {paper: paper.id, writing: 0, reading: 0, following: 0};
    await expect.poll(() => watcher.presence).toEqual([none]);
    const from = performance.now();
    const readers = upTo(5).map(() => new StreamReader(`${server.url}/read/${paper.slug}/events`));
    open.push({end: () => readers.forEach(reader => reader.cut())});
    await expect.poll(() => watcher.presence.at(-1), {timeout: 4000}).toEqual({...none, following: 5});
    expect(watcher.presence.length - 1).toBeLessThanOrEqual(Math.ceil((performance.now() - from) / 1000) + 1);
  });

  test('add up over processes', async () => {
    const bus = createMemoryBus();
    const shared = {...bus, close: async () => {}};
    const [one, two] = [await startReading(store, {bus: shared}), await startReading(store, {bus: shared})];
    open.push({end: () => one.stop()}, {end: () => two.stop()});
    const {paper} = await scene('public', one);
    const readers = [one, two].map(at => new StreamReader(`${at.url}/read/${paper.slug}/events`));
    open.push({end: () => readers.forEach(reader => reader.cut())});
    const watcher = connect({at: one});
    await watcher.watch(paper.slug);
    await expect.poll(() => watcher.presence.at(-1)?.following, {timeout: 6000}).toBe(2);
    await two.setMode(paper, 'frozen');
    await expect.poll(() => watcher.notices.length).toBe(1);
  });
});

describe('a stranger at the door', () => {
  test('R4: finds only the events of the permission table', () => {
    const listed = Object.keys(doors).filter(door => door.startsWith('rt '));
    expect([...liveDoors].toSorted()).toEqual(listed.toSorted());
  });

  test('R7: does not come in from another site’s page', async () => {
    const foreign = connect({origin: 'https://evil.example'});
    await expect(
      new Promise((resolve, reject) => foreign.socket.on('connect', () => resolve(0)).on('connect_error', reject)),
    ).rejects.toThrow(/error/);
    const own = connect({origin: 'http://localhost'});
    await expect.poll(() => own.socket.connected).toBe(true);
  });

  test('R14: is refused politely, in their language, whatever they send', async () => {
    const stranger = connect({language: 'fr'});
    const send = stranger.socket as unknown as {
      emitWithAck(event: string, ...message: unknown[]): Promise<Answer<null>>;
    };
    const nonsense: unknown[] = [
      null,
      7,
      'x',
      [],
      {},
      {paper: 7},
      {paper: ''},
      {paper: 'x'.repeat(81)},
      {paper: 'x', since: -1},
    ];
    for (const message of nonsense) {
      const answer = await send.emitWithAck('watch', message);
      expect(answer).toMatchObject({ok: false, refusal: 'input.invalid'});
      expect(!answer.ok && answer.sentence).toContain('Ce qui');
    }
    expect(await send.emitWithAck('drop.tables', {})).toMatchObject({ok: false, refusal: 'input.invalid'});
    (stranger.socket as unknown as Socket).emit('watch', {paper: 'x'});
    (stranger.socket as unknown as Socket).emit('watch');
    expect(await stranger.watch('nothing-here')).toMatchObject({ok: false, refusal: 'not-found'});
  });

  test('is slowed down, and let go when they do not listen', async () => {
    const hasty = connect();
    await expect.poll(() => hasty.socket.connected).toBe(true);
    const refusals: string[] = [];
    const ended = new Promise(resolve => hasty.socket.on('disconnect', resolve));
    for (let n = 0; n < 400; n++) {
      hasty.socket.emit('unwatch', {paper: 'nothing'}, answer => answer.ok || refusals.push(answer.refusal));
    }
    await ended;
    expect(new Set(refusals)).toEqual(new Set(['rate.limited']));
  });

  test('comes back by itself when the server was drained', async () => {
    const own = await startReading(store);
    const watcher = connect({at: own});
    await expect.poll(() => watcher.socket.connected).toBe(true);
    await own.stop();
    await expect.poll(() => watcher.socket.connected).toBe(false);
    expect(watcher.socket.active).toBe(true);
  });
});
