import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import type {WebSocket} from 'ws';
import * as encoding from 'lib0/encoding';
import type {ParagraphContent} from '@plenary/paper/view';
import type {PresenceState} from '@plenary/protocol/frames';
import type {StoredPaperRow, UpdateLog} from '@plenary/store/store';
import {closeStore, House, ownOrigin, textOfDoc, until, type Way} from './testing/house.ts';

function says(text: string): ParagraphContent {
  return {kind: 'text', level: 0, dir: null, lang: null, runs: [{text, marks: {}}]};
}

function awarenessOf(client: number, state: unknown): Uint8Array {
  const states = encoding.createEncoder();
  for (const number of [1, client, 1]) encoding.writeVarUint(states, number);
  encoding.writeVarString(states, JSON.stringify(state));
  const frame = encoding.createEncoder();
  encoding.writeVarUint(frame, 1);
  encoding.writeVarUint8Array(frame, encoding.toUint8Array(states));
  return encoding.toUint8Array(frame);
}

/** Holds back or fails appends. */
class Tap {
  isFailing = false;
  appends = 0;
  #held: (() => void)[] | null = null;

  around = (updates: UpdateLog): UpdateLog => ({
    ...updates,
    append: async (paper, rows) => {
      this.appends += 1;
      if (this.#held) await new Promise<void>(go => this.#held?.push(go));
      if (this.isFailing) throw new Error('The disk is full.');
      return updates.append(paper, rows);
    },
  });

  hold(): void {
    this.#held = [];
  }

  release(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const go of held) go();
  }
}

afterAll(closeStore);

describe.each<Way>(['a WebSocket', 'requests'])('Rooms over %s', way => {
  const tap = new Tap();
  let house: House;
  beforeAll(async () => {
    house = await House.open({}, tap.around);
    house.way = way;
  });
  afterEach(() => {
    tap.isFailing = false;
    tap.release();
  });
  afterAll(() => house.close());

  async function seeded(text = 'We agree', given: Partial<StoredPaperRow> = {}): Promise<StoredPaperRow> {
    const paper = await house.paper(given);
    await house.rooms.seed(paper, [says(text)], house.cast.ana.number);
    return paper;
  }

  test('let two stock providers, unmodified, write together.', async () => {
    const paper = await seeded('We, the people');
    const ana = house.stock(paper, 'ana');
    const ben = house.stock(paper, 'ben');
    await until(() => ana.synced && ben.synced);
    expect(textOfDoc(ana.doc)).toBe('¶We, the people');
    ana.doc.getText('body').insert(15, ', agree', {});
    ben.doc.getText('body').insert(1, 'Today: ', {});
    await until(() => textOfDoc(ana.doc) === '¶Today: We, the people, agree');
    await until(() => textOfDoc(ben.doc) === textOfDoc(ana.doc));
    expect((await house.stored(paper)).text).toBe('Today: We, the people, agree');
  });

  test('acknowledge and broadcast only what is durable.', async () => {
    const paper = await seeded();
    const ana = house.own(paper, 'ana');
    const ben = house.own(paper, 'ben');
    await ana.whenSynced();
    await ben.whenSynced();
    await until(() => ana.acknowledged === ana.sent);
    const before = ana.acknowledged;
    const appends = tap.appends;
    tap.hold();
    ana.doc.getText('body').insert(9, '!', {});
    await until(() => tap.appends > appends);
    const late = house.own(paper, 'dina');
    await until(() => late.hellos.length > 0);
    expect([ana.acknowledged, textOfDoc(ben.doc), textOfDoc(late.doc)]).toEqual([before, '¶We agree', '']);
    expect((await house.stored(paper)).text).toBe('We agree');
    tap.release();
    await until(() => ana.acknowledged === ana.sent);
    await until(() => textOfDoc(ben.doc) === '¶We agree!' && textOfDoc(late.doc) === '¶We agree!');
    expect((await house.stored(paper)).text).toBe('We agree!');
  });

  test('lose nothing when the store fails in the middle, and show nobody what failed.', async () => {
    const paper = await seeded();
    const ana = house.stock(paper, 'ana');
    const ben = house.stock(paper, 'ben');
    await until(() => ana.synced && ben.synced);
    tap.isFailing = true;
    ana.doc.getText('body').insert(9, ' on paper', {});
    await until(() => !ana.wsconnected, 10_000);
    expect(textOfDoc(ben.doc)).toBe('¶We agree');
    tap.isFailing = false;
    await until(() => textOfDoc(ben.doc) === '¶We agree on paper', 10_000);
    expect((await house.stored(paper)).text).toBe('We agree on paper');
  });

  test('let a change of rights reach open connections within a second.', async () => {
    const paper = await seeded();
    const ana = house.own(paper, 'ana');
    const ben = house.stock(paper, 'ben');
    await ana.whenSynced();
    await until(() => ben.synced && ana.hellos.length > 0);
    expect(ana.hellos.at(-1)?.rights).toEqual({write: true, why: null});
    const started = performance.now();
    await house.store.papers.setMode(paper.id, 'frozen', Date.now());
    house.rooms.rejudge(paper.id);
    await until(() => ana.hellos.length > 1 && house.rooms.count(paper.id).writing === 0);
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(ana.hellos.at(-1)?.rights).toEqual({write: false, why: 'paper.frozen'});

    ana.doc.getText('body').insert(1, 'X', {});
    await until(() => ana.refused.length > 0);
    expect(ana.refused).toEqual([{n: ana.sent, code: 'paper.frozen', sentence: 'paper.frozen in fr'}]);
    const dismissed = new Promise<{code: number}>(resolve => ben.on('closed', resolve));
    ben.doc.getText('body').insert(1, 'Y', {});
    expect((await dismissed).code).toBe(4403);
    expect((await house.stored(paper)).text).toBe('We agree');
  });

  test('close to whom a paper becomes hidden.', async () => {
    const paper = await seeded('Secret', {publication: {policy: 'participants', embargoUntil: null}});
    const cho = house.own(paper, 'cho');
    await cho.whenSynced();
    await house.store.papers.setPublication(paper.id, {policy: 'closed', embargoUntil: null}, Date.now());
    house.rooms.rejudge(paper.id);
    await until(() => cho.closed !== null);
    expect(cho.closed?.code).toBe(4404);
  });

  test('serve readers, and take nothing from them but what adds nothing.', async () => {
    const paper = await seeded();
    const cho = house.stock(paper, 'cho');
    await until(() => cho.synced && textOfDoc(cho.doc) === '¶We agree');
    expect(house.rooms.count(paper.id)).toEqual({writing: 0, reading: 1});
    const dismissed = new Promise<{code: number; reason: string}>(resolve => cho.on('closed', resolve));
    cho.doc.getText('body').insert(1, 'I object', {});
    expect(await dismissed).toMatchObject({code: 4403, reason: 'not-permitted'});
    expect((await house.stored(paper)).text).toBe('We agree');
  });

  test('show who is there under the names that the server knows.', async () => {
    const paper = await seeded();
    const ana = house.stock(paper, 'ana');
    const ben = house.stock(paper, 'ben');
    ana.awareness.setLocalState({cursor: {at: 3}, member: {id: 'x', handle: 'The Chair'}, user: {name: 'Mallory'}});
    const seen = (): PresenceState | undefined =>
      ben.awareness.getStates().get(ana.doc.clientID) as PresenceState | undefined;
    await until(() => seen() !== undefined);
    const {id, handle} = house.cast.ana;
    expect(seen()).toEqual({
      member: {id, handle, organisation: 'Harbour Watch'},
      colour: seen()?.colour,
      cursor: {at: 3},
    });
    ana.destroy();
    await until(() => seen() === undefined);
    expect(ben.awareness.getStates().has(ben.doc.clientID)).toBe(true);
  });

  test('cost no false trouble in all of the above.', () => {
    const unexpected = house.troubles.filter(trouble => !JSON.stringify(trouble).includes('start again'));
    expect(unexpected).toEqual([]);
  });
});

describe('Rooms', () => {
  const tap = new Tap();
  let house: House;
  beforeAll(async () => {
    house = await House.open({}, tap.around);
  });
  afterEach(() => {
    tap.isFailing = false;
    tap.release();
  });
  afterAll(() => house.close());

  async function seeded(text = 'We agree', given: Partial<StoredPaperRow> = {}): Promise<StoredPaperRow> {
    const paper = await house.paper(given);
    await house.rooms.seed(paper, [says(text)], house.cast.ana.number);
    return paper;
  }

  test('refuse an upgrade with a status and a sentence.', async () => {
    const paper = await seeded();
    const closed = await seeded('Secret', {publication: {policy: 'closed', embargoUntil: null}});
    const ana = {'x-member': house.cast.ana.id};
    const eve = {'x-member': house.cast.eve.id};
    expect(await house.knock(`/${paper.slug}`, {})).toEqual({
      status: 401,
      body: {refusal: 'sign-in.required', sentence: 'sign-in.required in en'},
    });
    expect((await house.knock(`/${paper.slug}`, {...ana, origin: 'https://evil.test'})).body.refusal).toBe(
      'origin.refused',
    );
    expect((await house.knock(`/${paper.slug}`, {...ana, origin: ownOrigin})).status).toBe(101);
    expect((await house.knock(`/${paper.id}`, ana)).status).toBe(101);
    expect((await house.knock('/nowhere', ana)).status).toBe(404);
    expect((await house.knock('/../etc', ana)).status).toBe(404);
    expect((await house.knock(`/${closed.slug}`, eve)).body.refusal).toBe('paper.closed');
  });

  test('end a connection that sends a frame beyond all limits, text, or nonsense, and nobody else’s.', async () => {
    const paper = await seeded();
    const ben = house.stock(paper, 'ben');
    await until(() => ben.synced);
    const ends: number[] = [];
    for (const frame of [new Uint8Array(1_200_000), 'hello', new Uint8Array([9, 9]), new Uint8Array([0, 2, 200])]) {
      const socket = new (house.socketOf('ana'))(`${house.url}/${paper.slug}`);
      socket.on('error', () => undefined);
      socket.on('open', () => socket.send(frame));
      ends.push(await new Promise<number>(resolve => socket.on('close', resolve)));
    }
    expect(ends).toEqual([1009, 4403, 4403, 4403]);
    expect(ben.wsconnected).toBe(true);
  });

  test('give up a receiver that does not read.', async () => {
    const paper = await seeded();
    const slow = new (house.socketOf('cho'))(`${house.url}/${paper.slug}`);
    slow.on('error', () => undefined);
    await new Promise(resolve => slow.on('open', resolve));
    const step1 = encoding.createEncoder();
    for (const number of [0, 0, 1, 0]) encoding.writeVarUint(step1, number);
    slow.send(encoding.toUint8Array(step1));
    await new Promise(resolve => slow.once('message', resolve));
    slow.pause();
    const ana = house.stock(paper, 'ana');
    await until(() => ana.synced);
    const body = ana.doc.getText('body');
    const {connections} = house.rooms.stats();
    await until(() => {
      body.insert(1, 'x'.repeat(200_000), {});
      body.delete(1, 200_000);
      return house.rooms.stats().connections < connections;
    }, 20_000);
    expect(ana.wsconnected).toBe(true);
    slow.terminate();
  });

  test('do not let the late end of an old socket end its successor.', async () => {
    const paper = await seeded();
    const ben = house.stock(paper, 'ben');
    await until(() => ben.synced);
    const cursor = (): unknown => ben.awareness.getStates().get(4_242)?.['cursor'];
    const join = async (at: string): Promise<WebSocket> => {
      const socket = new (house.socketOf('ana'))(`${house.url}/${paper.slug}`);
      socket.on('error', () => undefined);
      await new Promise(resolve => socket.on('open', resolve));
      socket.send(awarenessOf(4_242, {cursor: at}));
      await until(() => cursor() === at);
      return socket;
    };
    // Half-open: the first one stays where it is while the page comes again under the same client.
    const old = await join('old');
    const successor = await join('new');
    const {connections} = house.rooms.stats();
    old.terminate();
    await until(() => house.rooms.stats().connections < connections);
    let told = 0;
    successor.on('message', () => {
      told += 1;
    });
    ben.awareness.setLocalStateField('cursor', 'there');
    await until(() => told > 0);
    expect(cursor()).toBe('new');
    successor.terminate();
  });

  test('move and join paragraphs as the server, in the name of who asked.', async () => {
    const paper = await house.paper();
    await house.rooms.seed(paper, [says('One'), says('Two'), says('Three')], house.cast.ana.number);
    const [one, , three] = (await house.rooms.read(paper)).paragraphs;
    const ben = house.stock(paper, 'ben');
    await until(() => ben.synced);
    await house.rooms.move(paper, three!.name, null, house.cast.dina.number);
    expect((await house.stored(paper)).text).toBe('Three\nOne\nTwo');
    await house.rooms.join(paper, one!.name, house.cast.dina.number);
    expect((await house.stored(paper)).text).toBe('ThreeOne\nTwo');
    await expect(house.rooms.move(paper, 'nobody', null, 1)).rejects.toMatchObject({code: 'paragraph.unknown'});
    const rows = await house.store.updates.read(paper.number, 0, 100);
    expect(rows.at(-1)?.actor).toBe(house.cast.dina.number);
    await until(() => textOfDoc(ben.doc).includes('ThreeOne'));
  });

  test('tell followers of the durable text, coalesced, and keep the room only as long as they are there.', async () => {
    const paper = await seeded();
    const heard: string[] = [];
    const end = house.rooms.follow(paper, ({paragraphs}) => {
      heard.push(paragraphs.map(({runs}) => runs.map(run => run.text).join('')).join('|'));
    });
    await until(() => heard.length === 1);
    const ana = house.stock(paper, 'ana');
    await until(() => ana.synced);
    for (const letter of 'on words') ana.doc.getText('body').insert(textOfDoc(ana.doc).length, letter, {});
    await until(() => heard.at(-1) === 'We agreeon words');
    expect(heard.length).toBeLessThan(5);
    ana.destroy();
    end();
    const others = house.rooms.stats().rooms;
    await until(() => house.rooms.stats().rooms < others || others === 0);
  });

  test('cost no false trouble in all of the above.', () => {
    const unexpected = house.troubles.filter(trouble => !JSON.stringify(trouble).includes('start again'));
    expect(unexpected).toEqual([]);
  });
});

describe('R66: A room by requests', () => {
  let house: House;
  beforeAll(async () => {
    house = await House.open();
    house.way = 'requests';
  });
  afterAll(() => house.close());

  async function seeded(given: Partial<StoredPaperRow> = {}): Promise<StoredPaperRow> {
    const paper = await house.paper(given);
    await house.rooms.seed(paper, [says('We agree')], house.cast.ana.number);
    return paper;
  }

  test('is closed to whom the other way is closed, for the same reason.', async () => {
    const closed = await seeded({publication: {policy: 'closed', embargoUntil: null}});
    const open = await seeded();
    expect(await house.knockByRequests(closed.slug, {'x-member': house.cast.eve.id})).toEqual({
      code: 4403,
      reason: 'paper.closed',
    });
    expect(await house.knockByRequests(open.slug, {})).toEqual({code: 4401, reason: 'sign-in.required'});
    const ana = {'x-member': house.cast.ana.id};
    expect(await house.knockByRequests(open.slug, {...ana, origin: 'https://evil.test'})).toEqual({
      code: 4403,
      reason: 'origin.refused',
    });
    expect(await house.knockByRequests('nowhere', ana)).toEqual({code: 4404, reason: 'not-found'});
    expect(await house.knockByRequests('../etc', ana)).toEqual({code: 4404, reason: 'not-found'});
    expect(await house.knockByRequests(open.id, ana)).toEqual('open');
  });

  test('counts its connections with all others, and lets in no more of them.', async () => {
    const small = await House.open({connectionsOfActor: 1});
    const paper = await small.paper();
    await small.rooms.seed(paper, [says('We agree')], 1);
    const first = small.own(paper, 'ana');
    await first.whenSynced();
    expect(await small.knockByRequests(paper.slug, {'x-member': small.cast.ana.id})).toEqual({
      code: 4502,
      reason: 'room.too-many-connections',
    });
    await small.close();
  });

  test('hears nothing that comes with another sign-in, though it names the connection.', async () => {
    const paper = await seeded();
    const ana = house.own(paper, 'ana');
    await ana.whenSynced();
    const address = house.polledAddressOf(paper, 'ana');
    const asEve = await fetch(await address, {
      method: 'POST',
      headers: {'x-member': house.cast.eve.id, 'content-type': 'text/plain;charset=UTF-8'},
      body: '41',
    });
    expect(asEve.status).toBe(400);
  });

  test('ends a connection that sends a frame beyond all limits, text, or nonsense, and nobody else’s.', async () => {
    const paper = await seeded();
    const ben = house.stock(paper, 'ben');
    await until(() => ben.synced);
    const ends: number[] = [];
    for (const frame of [new Uint8Array(1_700_000), 'hello', new Uint8Array([9, 9]), new Uint8Array([0, 2, 200])]) {
      const socket = new (house.socketOnTheWay('ana'))(`${house.url}/${paper.slug}`);
      socket.onopen = () => socket.send(frame);
      ends.push(await new Promise<number>(resolve => (socket.onclose = ({code}) => resolve(code))));
    }
    expect(ends).toEqual([1006, 4403, 4403, 4403]);
    expect(ben.wsconnected).toBe(true);
  });

  test('is given up where nobody fetches what is said.', async () => {
    const paper = await seeded();
    const {connections} = house.rooms.stats();
    await house.polledAddressOf(paper, 'cho');
    await until(() => house.rooms.stats().connections === connections + 1);
    const ana = house.stock(paper, 'ana');
    await until(() => ana.synced);
    const body = ana.doc.getText('body');
    await until(() => {
      body.insert(1, 'x'.repeat(200_000), {});
      body.delete(1, 200_000);
      return house.rooms.stats().connections === connections + 1;
    }, 20_000);
    expect(ana.wsconnected).toBe(true);
  });
});

describe.each<Way>(['a WebSocket', 'requests'])('A server that goes, over %s,', way => {
  test('stores and acknowledges all, then tells when to come back.', async () => {
    const house = await House.open();
    house.way = way;
    const paper = await house.paper();
    await house.rooms.seed(paper, [says('We agree')], 1);
    const ana = house.own(paper, 'ana');
    const ben = house.stock(paper, 'ben');
    await ana.whenSynced();
    await until(() => ben.synced);
    ana.doc.getText('body').insert(9, '!', {});
    await until(() => textOfDoc(ben.doc) === '¶We agree!');
    await house.rooms.drain();
    await until(() => ana.closed !== null);
    expect(ana.acknowledged).toBe(ana.sent);
    expect(ana.drainWithin).toBeGreaterThan(0);
    expect(ana.closed?.code).toBe(4501);
    expect(house.rooms.stats()).toEqual({rooms: 0, connections: 0});
    expect(await house.knock(`/${paper.slug}`, {'x-member': house.cast.ana.id})).toMatchObject({status: 503});
    await house.close();
  });
});

describe('A crowded room', () => {
  test('writes to each receiver in bundles, and everybody reads the same.', async () => {
    const house = await House.open({coalesceFrom: 8, connectionsOfActor: 10});
    const paper = await house.paper();
    await house.rooms.seed(paper, [says('We agree')], 1);
    const clients = Array.from({length: 20}, (_, at) => house.own(paper, at % 2 ? 'ana' : 'ben'));
    await Promise.all(clients.map(client => client.whenSynced()));
    const cast = {'x-member': house.cast.ana.id};
    expect(await house.knock(`/${paper.slug}`, cast)).toMatchObject({status: 429});
    for (const client of clients) client.doc.getText('body').insert(1, 'x', {});
    await until(() => clients.every(client => client.acknowledged === client.sent));
    const text = `¶${'x'.repeat(20)}We agree`;
    await until(() => clients.every(client => textOfDoc(client.doc) === text));
    expect((await house.stored(paper)).text).toBe(text.slice(1));
    await house.close();
  });

  test.each<Way>(['a WebSocket', 'requests'])(
    'loses nothing of those who send faster than they may, over %s.',
    async way => {
      const house = await House.open({connectionRate: {perSecond: 400, burst: 20}});
      house.way = way;
      const paper = await house.paper();
      await house.rooms.seed(paper, [says('We agree')], 1);
      const ana = house.own(paper, 'ana');
      await ana.whenSynced();
      for (let at = 0; at < 300; at++) ana.doc.getText('body').insert(1, 'x', {});
      await until(() => ana.acknowledged === ana.sent, 10_000);
      expect((await house.stored(paper)).text).toBe(`${'x'.repeat(300)}We agree`);
      await house.close();
    },
  );
});
