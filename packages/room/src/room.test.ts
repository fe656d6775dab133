import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import {describe, expect, test} from 'vitest';
import * as Y from 'yjs';
import {readPaper} from '@plenary/paper/read';
import {schemaVersion} from '@plenary/paper/schema-version';
import {textOf} from '@plenary/paper/view';
import {writeContent} from '@plenary/paper/write';
import {
  encodeHello,
  encodeNumbered,
  encodeSync,
  frameType,
  readAcknowledged,
  readRefused,
  syncType,
  type ClientHello,
  type PresenceState,
  type ServerHello,
} from '@plenary/protocol/frames';
import {limits} from './limits.ts';
import type {RoomActor, RoomStore} from './ports.ts';
import {Room} from './room.ts';
import {updateBy} from './testing/forgery.ts';
import {MemoryStore} from './testing/memory-store.ts';
import {seeded} from './testing/seeded.ts';

const ana: RoomActor = {number: 1, id: 'ana', handle: 'Ana', organisation: 'Harbour Watch', refuseWriting: null};
const ben: RoomActor = {number: 2, id: 'ben', handle: 'Ben', organisation: null, refuseWriting: null};
const cho: RoomActor = {number: 3, id: 'cho', handle: 'Cho', organisation: null, refuseWriting: 'not-permitted'};

/** A room with its connections in hand; nothing happens but what a test does. */
class Hall {
  readonly room: Room;
  readonly sent = new Map<number, Uint8Array[]>();
  readonly closed = new Map<number, {code: number; reason: string}>();
  readonly troubles: string[] = [];
  now = 1_000;
  #clients = 900;

  constructor(store: RoomStore) {
    this.room = new Room({
      store,
      clock: {now: () => this.now},
      ownConnection: 77,
      newClient: () => ++this.#clients,
      newName: () => `made${++this.#clients}--------`,
      sentence: (code, language) => `${code} in ${language}`,
      trouble: what => this.troubles.push(what),
      net: {
        send: (connection, bytes) => this.sent.get(connection)?.push(bytes),
        close: (connection, code, reason) => this.closed.set(connection, {code, reason}),
      },
    });
  }

  static async open(store: RoomStore = new MemoryStore()): Promise<Hall> {
    const hall = new Hall(store);
    await hall.room.whenReady();
    return hall;
  }

  connect(number: number, actor: RoomActor): void {
    this.sent.set(number, []);
    this.room.connect(number, actor);
  }

  /** Joins as our own client does, and as a stock one without a hello. */
  join(number: number, actor: RoomActor, hello: Partial<ClientHello> | null = {}): void {
    this.connect(number, actor);
    if (hello)
      this.say(
        number,
        encodeHello({schema: schemaVersion, epoch: null, clientId: 1_000 + number, language: 'fr', ...hello}),
      );
    this.say(number, encodeSync(syncType.step1, new Uint8Array([0])));
  }

  say(number: number, frame: Uint8Array): void {
    this.room.receive(number, frame);
  }

  update(number: number, n: number, bytes: Uint8Array): void {
    this.say(number, encodeNumbered(n, encodeSync(syncType.update, bytes).subarray(1)));
  }

  async settle(): Promise<void> {
    for (let turn = 0; turn < 5; turn++) await new Promise(resolve => setImmediate(resolve));
  }

  async pass(duration: number): Promise<void> {
    for (const end = this.now + duration; this.now < end;) {
      this.now += 100;
      this.room.tick();
      await this.settle();
    }
  }

  frames(number: number, type: number): decoding.Decoder[] {
    return (this.sent.get(number) ?? []).flatMap(bytes => {
      const decoder = decoding.createDecoder(bytes);
      return decoding.readVarUint(decoder) === type ? [decoder] : [];
    });
  }

  hellos(number: number): ServerHello[] {
    return this.frames(number, frameType.hello).map(frame => JSON.parse(decoding.readVarString(frame)) as ServerHello);
  }

  refused(number: number): {n: number; code: string; sentence: string}[] {
    return this.frames(number, frameType.refused).map(readRefused);
  }

  acknowledged(number: number): number[] {
    return this.frames(number, frameType.acknowledged).map(frame => readAcknowledged(frame).n);
  }

  /** What a connection has been told of the text. */
  doc(number: number): Y.Doc {
    const doc = new Y.Doc();
    for (const frame of this.frames(number, frameType.sync)) {
      const isState = decoding.readVarUint(frame) === syncType.step1;
      const bytes = decoding.readVarUint8Array(frame);
      if (!isState) Y.applyUpdate(doc, bytes);
    }
    return doc;
  }

  text(number: number): string {
    return readPaper(this.doc(number)).map(textOf).join('|');
  }

  async seed(...texts: string[]): Promise<void> {
    const content = texts.map(text => ({
      kind: 'text' as const,
      level: 0,
      dir: null,
      lang: null,
      runs: [{text, marks: {}}],
    }));
    let names = 0;
    await this.room.edit(0, doc => writeContent(doc, content, () => `p${++names}`.padEnd(12, '-')));
  }

  presence(number: number): Map<number, PresenceState | null> {
    const states = new Map<number, PresenceState | null>();
    for (const frame of this.frames(number, frameType.awareness)) {
      const inner = decoding.createDecoder(decoding.readVarUint8Array(frame));
      for (let left = decoding.readVarUint(inner); left > 0; left--) {
        const client = decoding.readVarUint(inner);
        decoding.readVarUint(inner);
        states.set(client, JSON.parse(decoding.readVarString(inner)) as PresenceState | null);
      }
    }
    return states;
  }
}

function awareness(client: number, state: string): Uint8Array {
  const inner = encoding.createEncoder();
  for (const number of [1, client, 1]) encoding.writeVarUint(inner, number);
  encoding.writeVarString(inner, state);
  const frame = encoding.createEncoder();
  encoding.writeVarUint(frame, frameType.awareness);
  encoding.writeVarUint8Array(frame, encoding.toUint8Array(inner));
  return encoding.toUint8Array(frame);
}

describe('A room', () => {
  test('answers nothing before the paper is loaded, and everything after.', async () => {
    let open = (): void => undefined;
    const store = new MemoryStore();
    const load = store.load.bind(store);
    store.load = () => new Promise<void>(resolve => (open = resolve)).then(load);
    const hall = new Hall(store);
    hall.join(1, ana);
    await hall.settle();
    expect(hall.sent.get(1)).toEqual([]);
    open();
    await hall.settle();
    expect(hall.hellos(1)).toHaveLength(1);
  });

  test('says hello with epoch, member and rights, and numbers what it acknowledges.', async () => {
    const store = new MemoryStore();
    store.epoch = 4;
    const hall = await Hall.open(store);
    await hall.seed('We agree');
    hall.join(1, ana);
    expect(hall.hellos(1)).toEqual([
      {schema: schemaVersion, epoch: 4, seq: 1, connection: 1_001, member: 'ana', rights: {write: true, why: null}},
    ]);
    hall.update(
      1,
      1,
      updateBy(1_001, hall.doc(1), body => body.insert(9, '!', {})),
    );
    hall.update(1, 2, new Uint8Array([0, 0]));
    await hall.settle();
    expect(hall.acknowledged(1).at(-1)).toBe(2);
    expect(store.rows.map(({seq, actor, n}) => [seq, actor, n])).toEqual([
      [1, 0, 1],
      [2, 1, 1],
    ]);
  });

  test('broadcasts the received bytes to all but the sender, and to nobody who has not the text yet.', async () => {
    const hall = await Hall.open();
    await hall.seed('We agree');
    hall.join(1, ana);
    hall.join(2, ben, null);
    hall.connect(3, cho);
    const update = updateBy(1_001, hall.doc(1), body => body.insert(9, '!', {}));
    const before = hall.sent.get(1)!.length;
    hall.update(1, 1, update);
    await hall.settle();
    expect(hall.sent.get(2)!.at(-1)).toEqual(encodeSync(syncType.update, update));
    expect(
      hall.sent
        .get(1)!
        .slice(before)
        .map(frame => frame[0]),
    ).toEqual([frameType.acknowledged]);
    expect(hall.sent.get(3)).toEqual([]);
  });

  test('judges an update against what is still on its way to the log.', async () => {
    const hall = await Hall.open();
    await hall.seed('We agree');
    hall.join(1, ana);
    const doc = hall.doc(1);
    const first = updateBy(1_001, doc, body => body.insert(9, '!', {}));
    Y.applyUpdate(doc, first);
    hall.update(1, 1, first);
    hall.update(
      1,
      2,
      updateBy(1_001, doc, body => body.insert(10, '?', {})),
    );
    await hall.settle();
    expect(hall.refused(1)).toEqual([]);
    hall.join(2, ben);
    expect(hall.text(2)).toBe('We agree!?');
  });

  test('tells our own client why it refuses, and takes nothing that builds on it; a stock client is closed.', async () => {
    const hall = await Hall.open();
    await hall.seed('We agree');
    hall.join(1, ana);
    hall.join(2, ben, null);
    const forged = updateBy(4_711, hall.doc(1), body => body.format(1, 2, {link: 'javascript:alert(1)'}));
    hall.update(1, 1, forged);
    hall.update(
      1,
      2,
      updateBy(1_001, hall.doc(1), body => body.insert(1, 'x', {})),
    );
    expect(hall.refused(1)).toEqual([{n: 1, code: 'room.link', sentence: 'room.link in fr'}]);
    hall.say(2, encodeSync(syncType.update, forged));
    expect(hall.closed.get(2)).toEqual({code: 4403, reason: 'room.link'});
    await hall.settle();
    expect(hall.acknowledged(1)).toEqual([]);
    hall.join(3, cho);
    expect(hall.text(3)).toBe('We agree');
  });

  test('closes who says what is no message, numbers without a hello, or sends more than an update may hold.', async () => {
    const hall = await Hall.open();
    const cases: [Uint8Array, string][] = [
      [new Uint8Array([9]), 'room.unknown-message'],
      [new Uint8Array(), 'room.malformed'],
      [encodeSync(7, new Uint8Array()), 'room.unknown-message'],
      [encodeNumbered(1, encodeSync(syncType.update, new Uint8Array([0, 0])).subarray(1)), 'room.unknown-message'],
      [encodeSync(syncType.update, new Uint8Array(limits.update + 1)), 'room.too-large'],
      [encodeSync(syncType.step2, new Uint8Array(limits.firstSync + 1)), 'room.too-large'],
      [encodeSync(syncType.step1, new Uint8Array([5, 1])), 'room.malformed'],
    ];
    for (const [at, [frame, reason]] of cases.entries()) {
      hall.connect(at, ana);
      hall.say(at, frame);
      expect(hall.closed.get(at), reason).toEqual({code: 4403, reason});
    }
  });

  test('closes who skips a number.', async () => {
    const hall = await Hall.open();
    hall.join(1, ana);
    hall.say(1, encodeNumbered(2, encodeSync(syncType.update, new Uint8Array([0, 0])).subarray(1)));
    expect(hall.closed.get(1)).toEqual({code: 4403, reason: 'room.malformed'});
  });

  test('lets a reader say what adds nothing, and tidy marks that nobody needs.', async () => {
    const hall = await Hall.open();
    await hall.seed('We agree');
    hall.join(1, ana);
    hall.join(3, cho, null);
    hall.update(
      1,
      1,
      updateBy(1_001, hall.doc(1), body => body.format(1, 2, {b: true})),
    );
    await hall.settle();
    const doc = hall.doc(3);
    hall.say(3, encodeSync(syncType.step2, Y.encodeStateAsUpdate(doc)));
    let format = doc.getText('body')._start;
    while (format !== null && !(format.content instanceof Y.ContentFormat)) format = format.right;
    const tidying = encoding.createEncoder();
    for (const number of [0, 1, format!.id.client, 1, format!.id.clock, 1]) encoding.writeVarUint(tidying, number);
    hall.say(3, encodeSync(syncType.update, encoding.toUint8Array(tidying)));
    expect(hall.closed.get(3)).toBeUndefined();
    hall.say(
      3,
      encodeSync(
        syncType.update,
        updateBy(1_003, doc, body => body.insert(1, 'No', {})),
      ),
    );
    expect(hall.closed.get(3)).toEqual({code: 4403, reason: 'not-permitted'});
  });

  test('lets clients of another schema read only, and discards replicas of another epoch.', async () => {
    const hall = await Hall.open();
    await hall.seed('We agree');
    hall.join(1, ana, {schema: 99});
    hall.join(2, ben, {epoch: 7});
    expect(hall.hellos(1)[0]?.rights).toEqual({write: false, why: 'paper.other-schema'});
    expect(hall.text(1)).toBe('We agree');
    expect(hall.hellos(2)[0]).toMatchObject({epoch: 1, rights: {write: false, why: 'paper.other-epoch'}});
    expect(hall.frames(2, frameType.sync)).toEqual([]);
    hall.update(
      2,
      1,
      updateBy(1_002, hall.doc(1), body => body.insert(1, 'x', {})),
    );
    expect(hall.refused(2)[0]?.code).toBe('paper.other-epoch');
  });

  test('lets nobody write under a client that belongs to somebody else.', async () => {
    const hall = await Hall.open();
    hall.join(1, ana, {clientId: 5_000});
    hall.join(2, ben, {clientId: 5_000});
    expect(hall.refused(2)).toEqual([{n: 0, code: 'room.identity-taken', sentence: 'room.identity-taken in fr'}]);
    expect(hall.closed.get(2)?.code).toBe(4403);
  });

  test('sends a stored snapshot as it is, without reading it, when nothing came after it.', async () => {
    const store = new MemoryStore();
    const first = await Hall.open(store);
    await first.seed('We agree');
    await first.pass(500);
    expect(store.snapshotSeq).toBe(1);
    expect(first.room.isAtRest).toBe(true);
    const bytes = store.snapshot!;
    const hall = await Hall.open(store);
    hall.join(1, ana);
    expect(hall.sent.get(1)!.at(-1)).toEqual(encodeSync(syncType.step2, bytes));
    const wrong = new MemoryStore();
    wrong.snapshot = new Uint8Array([1, 2, 3]);
    wrong.snapshotSeq = 1;
    const unread = await Hall.open(wrong);
    expect(unread.room.isDamaged).toBe(false);
  });

  test('is closed to everybody when its log does not replay.', async () => {
    const store = new MemoryStore();
    store.rows.push({seq: 1, actor: 1, connection: 1, n: 1, bytes: new Uint8Array([1, 2, 3]), binds: []});
    const hall = new Hall(store);
    hall.connect(1, ana);
    await hall.settle();
    hall.connect(2, ben);
    expect(hall.room.isDamaged).toBe(true);
    expect([hall.closed.get(1), hall.closed.get(2)]).toEqual([
      {code: 4502, reason: 'paper.damaged'},
      {code: 4502, reason: 'paper.damaged'},
    ]);
    await expect(hall.room.edit(0, () => undefined)).rejects.toMatchObject({code: 'paper.damaged'});
  });

  test('ends only the one whose update turns out to have no place, and forgets it.', async () => {
    const store = new MemoryStore();
    const hall = await Hall.open(store);
    await hall.seed('We agree');
    hall.join(1, ana);
    hall.join(2, ben);
    // The second letter leans on the first, which comes with it, and on something left of that.
    const [opener] = store.rows;
    const seedClient = Y.decodeUpdate(opener!.bytes).structs[0]!.id.client;
    const encoder = encoding.createEncoder();
    for (const number of [1, 2, 1_001, 0]) encoding.writeVarUint(encoder, number);
    const letter = (origin: [number, number], right: [number, number]): void => {
      encoding.writeUint8(encoder, 4 | 128 | 64);
      for (const number of [...origin, ...right]) encoding.writeVarUint(encoder, number);
      encoding.writeVarString(encoder, 'x');
    };
    const body = hall.doc(1).getText('body');
    const first = body._start!.right!.id.clock;
    letter([seedClient, first + 4], [seedClient, first + 5]);
    letter([1_001, 0], [seedClient, first + 2]);
    encoding.writeVarUint(encoder, 0);
    hall.update(1, 1, encoding.toUint8Array(encoder));
    expect(hall.refused(1)[0]?.code).toBe('room.place');
    expect(hall.closed.get(1)?.code).toBe(4403);
    hall.update(
      2,
      1,
      updateBy(1_002, hall.doc(2), text => text.insert(9, '!', {})),
    );
    await hall.settle();
    expect(hall.closed.has(2)).toBe(false);
    expect(hall.acknowledged(2)).toEqual([1]);
    hall.join(3, cho);
    expect(hall.text(3)).toBe('We agree!');
  });

  test('gives words before the first opener a paragraph of their own.', async () => {
    const hall = await Hall.open();
    await hall.seed('We agree');
    hall.join(1, ana);
    hall.update(
      1,
      1,
      updateBy(1_001, hall.doc(1), body => body.insert(0, 'Preface', {})),
    );
    await hall.pass(300);
    hall.join(2, ben);
    const paragraphs = readPaper(hall.doc(2));
    expect(paragraphs.map(({name}) => name.replace(/\d+/, '#'))).toEqual(['made#--------', 'p#----------']);
    expect(hall.text(2)).toBe('Preface|We agree');
  });
});

describe('Mangled frames', () => {
  test('end their own connection at most, and change nothing for anybody else.', async () => {
    const hall = await Hall.open();
    const next = seeded(20_000);
    await hall.seed('We agree');
    hall.join(2, ben);
    const doc = hall.doc(2);
    const frames = [
      encodeHello({schema: schemaVersion, epoch: 1, clientId: 4_000, language: 'en'}),
      encodeSync(syncType.step1, Y.encodeStateVector(doc)),
      encodeSync(syncType.step2, Y.encodeStateAsUpdate(doc)),
      encodeSync(
        syncType.update,
        updateBy(4_000, doc, body => body.insert(3, 'words', {b: true})),
      ),
      encodeNumbered(
        1,
        encodeSync(
          syncType.update,
          updateBy(4_000, doc, body => body.delete(2, 3)),
        ).subarray(1),
      ),
      awareness(4_000, JSON.stringify({cursor: {anchor: 3}})),
    ];
    let slowest = 0;
    for (let round = 0; round < 20_000; round++) {
      hall.connect(1, ana);
      const frame = Uint8Array.from(frames[next(frames.length)]!);
      for (let left = next(4); left >= 0; left--) frame[next(frame.length)] = next(256);
      const started = performance.now();
      hall.say(1, next(8) ? frame : frame.subarray(0, next(frame.length)));
      slowest = Math.max(slowest, performance.now() - started);
      hall.room.disconnect(1);
      hall.sent.delete(1);
      if (round % 500 === 0) await hall.pass(100);
    }
    await hall.pass(500);
    expect(hall.closed.has(2)).toBe(false);
    hall.join(3, cho);
    expect(hall.text(3)).toBe(hall.text(2));
    const sent = hall.acknowledged(2).length;
    hall.update(
      2,
      1,
      updateBy(1_002, hall.doc(2), body => body.insert(1, 'Still: ', {})),
    );
    await hall.settle();
    expect(hall.acknowledged(2)).toHaveLength(sent + 1);
    expect(hall.troubles.filter(what => what !== 'start again')).toEqual([]);
    expect(slowest).toBeLessThan(250);
  });
});

describe('Presence in a room', () => {
  test('names who is there as the server knows them, with their cursor and nothing else of their own.', async () => {
    const hall = await Hall.open();
    hall.join(1, ana);
    hall.join(2, ben, null);
    hall.say(1, awareness(1_001, JSON.stringify({cursor: [3], member: 'The Chair', colour: 9, script: 'x'})));
    await hall.pass(100);
    const member = {id: 'ana', handle: 'Ana', organisation: 'Harbour Watch'};
    expect(hall.presence(2).get(1_001)).toEqual({member, colour: 1, cursor: [3]});
    expect(hall.presence(1).has(1_001)).toBe(false);
    hall.room.disconnect(1);
    await hall.pass(100);
    expect(hall.presence(2).get(1_001)).toBeNull();
  });

  test('lets nobody speak for another: foreign clients are ignored, large cursors dropped.', async () => {
    const hall = await Hall.open();
    hall.join(1, ana);
    hall.join(2, ben);
    hall.say(2, awareness(1_001, JSON.stringify({cursor: 'forged'})));
    hall.say(1, awareness(1_001, JSON.stringify({cursor: 'x'.repeat(2_000)})));
    await hall.pass(100);
    expect(hall.presence(2).get(1_001)).toMatchObject({cursor: null, member: {handle: 'Ana'}});
    expect(hall.presence(1).size).toBe(0);
  });

  test('is told in one frame a tick, however much the cursors move, and never less than every 15 seconds.', async () => {
    const hall = await Hall.open();
    hall.join(1, ana);
    hall.join(2, ben);
    const frames = (): number => hall.frames(2, frameType.awareness).length;
    for (let at = 0; at < 200; at++) hall.say(1, awareness(1_001, JSON.stringify({cursor: at})));
    await hall.pass(100);
    expect(frames()).toBe(1);
    await hall.pass(60_000);
    expect(frames()).toBeGreaterThanOrEqual(5);
    const alone = await Hall.open();
    alone.join(1, ana);
    const before = alone.sent.get(1)!.length;
    await alone.pass(15_000);
    expect(alone.sent.get(1)!.length).toBeGreaterThan(before);
  });
});

describe('Those who follow a room', () => {
  test('hear what is there, then what is durable, coalesced.', async () => {
    const hall = await Hall.open();
    await hall.seed('We agree');
    const heard: [number, string][] = [];
    const end = hall.room.follow(({seq, paragraphs}) => heard.push([seq, paragraphs.map(textOf).join('|')]));
    await hall.pass(300);
    expect(heard).toEqual([[1, 'We agree']]);
    hall.join(1, ana);
    const doc = hall.doc(1);
    for (let n = 1; n <= 20; n++) {
      const update = updateBy(1_001, doc, body => body.insert(9, '!', {}));
      Y.applyUpdate(doc, update);
      hall.update(1, n, update);
    }
    await hall.pass(600);
    expect(heard).toHaveLength(2);
    expect(heard[1]).toEqual([21, `We agree${'!'.repeat(20)}`]);
    end();
    hall.room.disconnect(1);
    await hall.pass(500);
    expect(hall.room.isAtRest).toBe(true);
  });
});
