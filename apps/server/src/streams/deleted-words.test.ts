import {inflateRawSync} from 'node:zlib';
import {WebSocket} from 'ws';
import {afterAll, beforeAll, expect, test} from 'vitest';
import type {SessionSummary} from '@plenary/protocol/api/sessions';
import {deleteRange, insertText} from '@plenary/paper/write';
import {OwnClient} from '../papers/rooms/testing/own-client.ts';
import {Attendee} from '../sessions/testing/hall.ts';
import {seatCast, startInstance, type TestInstance} from '../testing/instance.ts';
import {SectionsReader} from './testing/sections-reader.ts';
import {StreamReader} from './testing/stream-reader.ts';

let instance: TestInstance;
const ends: (() => void)[] = [];

beforeAll(async () => {
  instance = await startInstance();
  await seatCast(instance);
}, 120_000);
afterAll(async () => {
  for (const end of ends) end();
  await instance.close();
});

const secret = 'Zweifelsohne';
const eventually = <Value>(read: () => Value) => expect.poll(read, {timeout: 15_000, interval: 20});

/** A body as it is, and what is packed in it where it is a Word file. */
function unpacked(body: Buffer): string {
  let text = body.toString('latin1');
  for (let at = body.indexOf('PK\x03\x04'); at >= 0; at = body.indexOf('PK\x03\x04', at + 4)) {
    const begins = at + 30 + body.readUInt16LE(at + 26) + body.readUInt16LE(at + 28);
    const packed = body.subarray(begins, begins + body.readUInt32LE(at + 18));
    text += body.readUInt16LE(at + 8) === 8 ? inflateRawSync(packed).toString('latin1') : packed.toString('latin1');
  }
  return text;
}

test('R57: words that are deleted from the paper on the floor are in no later byte for anybody who follows', async () => {
  const [dina, ana] = [await instance.signIn('dina'), await instance.signIn('ana')];
  const text = 'Recalling the Charter,\n\nCalls upon all conveners to publish every draft;';
  const made = {consultation: 'copenhagen', slug: 'statement', title: 'Joint statement', text, language: 'en'};
  await instance.call('POST', '/api/papers', {as: dina, body: made});
  const planned = {
    consultation: 'copenhagen',
    slug: 'reading',
    title: 'Second reading',
    startsAt: '2026-11-25T09:00:00Z',
    endsAt: '2026-11-25T12:00:00Z',
    zone: 'UTC',
    agenda: [{title: 'Text', papers: ['statement']}],
  };
  expect((await instance.call<SessionSummary>('POST', '/api/sessions', {as: dina, body: planned})).status).toBe(201);
  const act = async (name: string, body: object = {}) =>
    expect([name, (await instance.call('POST', `/api/sessions/reading/${name}`, {as: dina, body})).status]).toEqual([
      name,
      200,
    ]);
  const {body} = await instance.call<{snapshot: {state: {agenda: {id: string}[]}}}>('GET', '/api/sessions/reading');
  const paper = await instance.store.papers.find('statement');
  if (!paper) throw new Error('It is not there.');
  const [, second] = (await instance.app.rooms.read(paper)).paragraphs;
  const paragraph = second?.name ?? '';
  await act('session.join');
  await act('session.open');
  await act('item.take-up', {item: body.snapshot.state.agenda[0]?.id});
  await act('floor.show', {paper: 'statement', paragraph});

  const rooms = instance.url.replace('http', 'ws');
  const room = new OwnClient(new WebSocket(`${rooms}/rooms/statement`, {headers: {cookie: ana}}));
  const live = new Attendee(instance.url, 'reading');
  const streams = {
    page: new SectionsReader(`${instance.url}/follow/reading/events?tick=250`),
    hall: new SectionsReader(`${instance.url}/project/reading/events?tick=250&view=hall`),
    paper: new StreamReader(`${instance.url}/read/statement/events?tick=250`),
  };
  ends.push(
    () => room.socket.close(),
    () => live.socket.disconnect(),
    ...Object.values(streams).map(one => () => one.cut()),
  );
  await room.whenSynced();
  await live.watch();
  const acknowledged = () => eventually(() => room.acknowledged).toBe(room.sent);
  const at = 'Calls upon'.length;
  insertText(room.doc, {paragraph, offset: at}, ` ${secret}`);
  await acknowledged();
  // It was there to be read; what follows would prove nothing otherwise.
  for (const stream of Object.values(streams)) await eventually(() => stream.raw).toContain(secret);
  await eventually(() => streams.page.section('changed')).toContain(secret);
  const held = Object.fromEntries(Object.entries(streams).map(([name, {lastId}]) => [name, lastId]));

  deleteRange(room.doc, {paragraph, offset: at}, {paragraph, offset: at + 1 + secret.length});
  await acknowledged();
  await eventually(() => streams.page.section('changed')).not.toContain(secret);
  await eventually(() => streams.hall.section('floor')).not.toContain(secret);
  await eventually(() => streams.paper.text).not.toContain(secret);
  const since = Object.fromEntries(Object.entries(streams).map(([name, {raw}]) => [name, raw.length]));
  const heard = live.heard.length;

  insertText(room.doc, {paragraph, offset: at}, ' gladly');
  await acknowledged();
  await act('announcement.make', {text: 'We go on.'});
  const issued = await instance.call('POST', '/api/papers/statement/revisions', {as: dina, body: {}});
  expect(issued.status).toBe(201);
  for (const stream of Object.values(streams)) await eventually(() => stream.raw).toContain('gladly');
  await eventually(() => live.heard).toContain('We go on.');
  for (const [name, {raw}] of Object.entries(streams)) expect(raw.slice(since[name]), name).not.toContain(secret);
  expect(live.heard.slice(heard)).not.toContain(secret);

  // Whoever comes back from before, from in between, or for the first time.
  const paths = {
    page: '/follow/reading/events?',
    hall: '/project/reading/events?view=hall&',
    paper: '/read/statement/events?',
  };
  for (const [name, path] of Object.entries(paths)) {
    for (const lastId of [held[name] ?? '', '']) {
      const Reader = name === 'paper' ? StreamReader : SectionsReader;
      const later = new Reader(`${instance.url}${path}tick=250`, {lastId});
      ends.push(() => later.cut());
      await eventually(() => later.raw).toMatch(/event:(now|paper)\n/);
      expect(later.raw, `${name} from ${lastId}`).not.toContain(secret);
    }
  }

  const places = [
    '/follow/reading',
    '/follow/reading?lang=ar',
    '/follow/reading.txt',
    '/project/reading',
    '/read/statement',
    '/read/statement.txt',
    '/read/statement/paragraphs',
    '/sessions/reading/minutes',
    '/api/sessions/reading',
    '/api/sessions/reading/minutes?format=docx',
    '/api/papers/statement',
    '/api/papers/statement/revisions',
    '/api/ledger/log',
    ...['docx', 'markdown', 'text', 'html'].map(format => `/api/papers/statement/export?format=${format}`),
  ];
  for (const place of places) {
    const response = await fetch(instance.url + place, {headers: {'accept-encoding': 'identity'}});
    expect([place, response.status]).toEqual([place, 200]);
    const words = unpacked(Buffer.from(await response.arrayBuffer()));
    expect(words.length, place).toBeGreaterThan(20);
    expect(words, place).not.toContain(secret);
  }
}, 60_000);
