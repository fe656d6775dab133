import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {canonicalText} from '@plenary/paper/canonical';
import {deleteRange, insertText} from '@plenary/paper/write';
import {readPaper} from '@plenary/paper/read';
import type {ParagraphContent} from '@plenary/paper/view';
import {openStore} from '@plenary/store/open-store';
import type {Store, StoredPaperRow} from '@plenary/store/store';
import {aConsultation, aMember, aPaper} from '@plenary/store/testing/builders';
import type {ConsultationId} from '@plenary/domain/ids';
import type {MandateRole} from '@plenary/domain/rights/roles';
import type {Change} from './change.ts';
import {tickOf} from './events.ts';
import {randomEdit, seededChance} from './testing/random-edits.ts';
import {startReading} from './testing/reading-server.ts';
import type {ReadingServer} from './testing/reading-server.ts';
import {StreamReader} from './testing/stream-reader.ts';

let store: Store;
let server: ReadingServer;
const readers: StreamReader[] = [];

beforeAll(async () => {
  store = await openStore({memory: true});
  server = await startReading(store);
});
afterAll(async () => {
  for (const reader of readers) reader.cut();
  await server.stop();
  expect(server.errors).toEqual([]);
  await store.close();
});

const start: ParagraphContent[] = [
  {kind: 'preambular', level: 0, dir: null, lang: null, runs: [{text: 'Recalling the Charter,', marks: {}}]},
  {kind: 'operative', level: 0, dir: null, lang: null, runs: [{text: 'Calls upon all to read;', marks: {}}]},
  {kind: 'operative', level: 0, dir: null, lang: null, runs: [{text: 'Decides to go on.', marks: {}}]},
];

async function paperWithText(given: Parameters<typeof aPaper>[1] = {}, at = server): Promise<StoredPaperRow> {
  const paper = await aPaper(store, given);
  await at.texts.begin(paper, start);
  return paper;
}

function follow(
  paper: StoredPaperRow,
  query = 'tick=250',
  options: ConstructorParameters<typeof StreamReader>[1] = {},
  at = server,
) {
  const reader = new StreamReader(`${at.url}/read/${paper.slug}/events?${query}`, options);
  readers.push(reader);
  return reader;
}

async function textNow(paper: StoredPaperRow, at = server): Promise<string> {
  return canonicalText((await at.texts.read(paper)).paragraphs);
}

async function same(reader: StreamReader, paper: StoredPaperRow, at = server): Promise<void> {
  const expected = await textNow(paper, at);
  await expect.poll(() => reader.text, {timeout: 5000}).toBe(expected);
  expect(reader.wrongDigests).toBe(0);
}

async function edits(paper: StoredPaperRow, count: number, chance: () => number, at = server): Promise<void> {
  for (let n = 0; n < count; n++) await at.texts.edit(paper, doc => randomEdit(doc, chance, at.texts.newName));
}

async function memberOf(consultation: ConsultationId, role: MandateRole) {
  const member = await aMember(store);
  await store.members.grant({member: member.id, consultation, role, organisation: null, from: 0, to: null});
  return member;
}

describe('R16: a reader of the stream', () => {
  test.each([1, 2, 3, 4])('has the text of the server after hundreds of edits of every kind (seed %i)', async seed => {
    const chance = seededChance(seed);
    const paper = await paperWithText();
    const fast = follow(paper);
    const slow = follow(paper, 'tick=1000');
    await expect.poll(() => fast.events.length).toBeGreaterThan(0);
    for (let round = 0; round < 8; round++) {
      await edits(paper, 40, chance);
      if (round % 3 === 0) await same(fast, paper);
    }
    await same(fast, paper);
    await same(slow, paper);
    expect(fast.named('state')).toHaveLength(1);
  });

  test('goes on where it was after a cut, with the changes it missed and no whole text', async () => {
    const chance = seededChance(11);
    const paper = await paperWithText();
    const stays = follow(paper);
    const first = follow(paper);
    await edits(paper, 30, chance);
    await same(first, paper);
    first.cut();
    for (let round = 0; round < 4; round++) {
      await edits(paper, 20, chance);
      await same(stays, paper);
    }
    const back = follow(paper, 'tick=250', {lastId: first.lastId, texts: first.texts});
    await same(back, paper);
    expect(back.named('state')).toHaveLength(0);
    expect(back.named('change').length).toBeGreaterThan(1);
    // Byte for byte what the other reader was sent for the same changes.
    const missed = stays.raw.slice(stays.raw.indexOf(`id:${back.named('change')[0]?.id}\n`));
    const shared = (raw: string) => raw.match(/id:.*\nevent:change\ndata:.*\n\n/g) ?? [];
    expect(shared(back.raw).slice(0, 3)).toEqual(shared(missed).slice(0, 3));
  });

  test('gets a whole text when what it holds is no longer known', async () => {
    const paper = await paperWithText();
    const reader = follow(paper, 'tick=250', {lastId: '1.999999', texts: ['something else']});
    await same(reader, paper);
    expect(reader.named('state')).toHaveLength(1);
  });

  test('gets nothing but what changed since the page was served', async () => {
    const paper = await paperWithText();
    const page = await (await fetch(`${server.url}/read/${paper.slug}`)).text();
    const id = /data-state="([\d.]+)"/.exec(page)?.[1] ?? '';
    const texts = (await server.texts.read(paper)).paragraphs.map(({runs}) => runs.map(run => run.text).join(''));
    await server.texts.edit(paper, doc =>
      insertText(doc, {paragraph: readPaper(doc)[0]?.name ?? '', offset: 22}, ' and more'),
    );
    const reader = follow(paper, `tick=250&from=${id}`, {texts});
    await same(reader, paper);
    expect(reader.named('state')).toHaveLength(0);
    expect(reader.named('change').map(({data}) => data)).toEqual([{text: [[0, 22, 0, ' and more']]}]);
  });

  test('goes on after a restart: with nothing when nothing changed, else with the whole text', async () => {
    const chance = seededChance(12);
    const first = await startReading(store);
    const paper = await paperWithText({}, first);
    const before = follow(paper, 'tick=250', {}, first);
    await edits(paper, 30, chance, first);
    await same(before, paper, first);
    await first.stop();

    const second = await startReading(store);
    const unchanged = follow(paper, 'tick=250', {lastId: before.lastId, texts: before.texts}, second);
    await expect.poll(() => unchanged.named('paper').length).toBe(1);
    await same(unchanged, paper, second);
    expect(unchanged.named('state')).toHaveLength(0);
    await edits(paper, 30, chance, second);
    await same(unchanged, paper, second);
    expect(unchanged.named('state')).toHaveLength(0);
    await second.stop();

    const third = await startReading(store);
    const changed = follow(paper, 'tick=250', {lastId: before.lastId, texts: before.texts}, third);
    await same(changed, paper, third);
    expect(changed.named('state')).toHaveLength(1);
    await third.stop();
  });

  test('is told to come back when the server goes, at a moment of its own', async () => {
    const going = await startReading(store);
    const paper = await paperWithText({}, going);
    const reader = follow(paper, 'tick=250', {}, going);
    await expect.poll(() => reader.named('paper').length).toBe(1);
    expect(reader.raw).toMatch(/^retry:\d+\n\n/);
    await going.stop();
    await expect.poll(() => reader.ended).toBe(true);
    expect(reader.raw).toMatch(/retry:\d+\n\n$/);
  });
});

describe('a compressed stream', () => {
  test('brings the same text to those who come early and late, through notices, and ends whole', async () => {
    const own = await startReading(store, {heartbeatEvery: 90});
    const paper = await paperWithText({}, own);
    const chance = seededChance(41);
    const plain = follow(paper, 'tick=250', {}, own);
    const packed: StreamReader[] = [];
    for (let round = 0; round < 8; round++) {
      packed.push(follow(paper, 'tick=250', {gzip: true}, own));
      await edits(paper, 10, chance, own);
      if (round % 3 === 2) await own.setMode(paper, round % 2 ? 'open' : 'frozen');
      await same(plain, paper, own);
    }
    for (const reader of packed) await same(reader, paper, own);
    const first = packed[0] as StreamReader;
    expect(first.named('change').map(({data}) => data)).toEqual(plain.named('change').map(({data}) => data));
    await own.publish(paper, {policy: 'closed', embargoUntil: null});
    await expect.poll(() => packed.every(reader => reader.ended)).toBe(true);
    expect(packed.map(reader => reader.events.at(-1)?.name)).toEqual(packed.map(() => 'closed'));
    expect(packed.map(reader => reader.broken)).toEqual(packed.map(() => null));
    expect(first.bytes).toBeLessThan(plain.raw.length);
    await own.stop();
  });
});

describe('what the stream costs', () => {
  test('200 followers of a paper get the very same frames, each made once', async () => {
    const own = await startReading(store);
    const paper = await paperWithText({}, own);
    const many = Array.from({length: 200}, () => follow(paper, 'tick=250', {}, own));
    await expect.poll(() => many.every(reader => reader.named('paper').length === 1), {timeout: 10_000}).toBe(true);
    expect(own.streams.following(paper.id)).toBe(200);
    const before = own.streams.stats().framesMade;
    const chance = seededChance(21);
    for (let round = 0; round < 5; round++) {
      await edits(paper, 10, chance, own);
      await same(many[0] as StreamReader, paper, own);
    }
    for (const reader of many) await same(reader, paper, own);
    const frames = many.map(reader => (reader.raw.match(/id:.*\nevent:change\ndata:.*\n\n/g) ?? []).join(''));
    expect(new Set(frames).size).toBe(1);
    expect(many[0]?.named('change')).toHaveLength(own.streams.stats().framesMade - before);
    for (const reader of many) reader.cut();
    await expect.poll(() => own.streams.following(paper.id)).toBe(0);
    await own.stop();
  });

  test('a change of some letters is some letters, and deleted words are only counted', async () => {
    const paper = await paperWithText();
    const reader = follow(paper);
    await expect.poll(() => reader.named('paper').length).toBe(1);
    await server.texts.edit(paper, doc =>
      insertText(doc, {paragraph: readPaper(doc)[2]?.name ?? '', offset: 17}, 'SECRET'),
    );
    await same(reader, paper);
    await server.texts.edit(paper, doc => {
      const paragraph = readPaper(doc)[2]?.name ?? '';
      deleteRange(doc, {paragraph, offset: 17}, {paragraph, offset: 23});
    });
    await same(reader, paper);
    const late = follow(paper);
    await same(late, paper);
    expect(late.raw).not.toContain('SECRET');
    expect(reader.named('change').map(({data}) => (data as Change).text)).toEqual([
      [[2, 17, 0, 'SECRET']],
      [[2, 17, 6, '']],
    ]);
  });

  test('who reads too slowly is let go, and others notice nothing', async () => {
    const own = await startReading(store, {mostWaiting: 100_000});
    const paper = await paperWithText({}, own);
    const slow = follow(paper, 'tick=250', {pause: true}, own);
    const good = follow(paper, 'tick=250', {}, own);
    await expect.poll(() => own.streams.following(paper.id)).toBe(2);
    let flip = false;
    await expect
      .poll(
        async () => {
          flip = !flip;
          const big = (flip ? 'x' : 'y').repeat(1_000_000);
          await own.texts.edit(paper, doc =>
            insertText(doc, {paragraph: readPaper(doc)[0]?.name ?? '', offset: 0}, big),
          );
          return own.streams.stats().slowOnesDropped;
        },
        {timeout: 20_000, interval: 260},
      )
      .toBe(1);
    await same(good, paper, own);
    expect(own.streams.following(paper.id)).toBe(1);
    slow.cut();
    await own.stop();
  });

  test('no more follow than one process can bear', async () => {
    const own = await startReading(store, {mostFollowers: 2});
    const paper = await paperWithText({}, own);
    const inside = [follow(paper, '', {}, own), follow(paper, '', {}, own)];
    await expect.poll(() => inside.every(reader => reader.named('paper').length === 1)).toBe(true);
    const answer = await fetch(`${own.url}/read/${paper.slug}/events`);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30']);
    await own.stop();
  });

  test('a silent stream gives a sign of life', async () => {
    const own = await startReading(store, {heartbeatEvery: 50});
    const paper = await paperWithText({}, own);
    const reader = follow(paper, '', {}, own);
    await expect.poll(() => reader.raw.endsWith(':\n\n:\n\n')).toBe(true);
    await own.stop();
  });

  test('ticks are few, so that followers share their frames', () => {
    expect(['1', '250', '251', '1000', '4000', '5000', '999999', 'x', undefined, '-5'].map(tickOf)).toEqual([
      250, 250, 500, 1000, 5000, 5000, 60_000, 1000, 1000, 1000,
    ]);
  });
});

describe('R13: who may read', () => {
  test('a policy that no longer lets the public read ends their streams within a second, and not those of participants', async () => {
    const consultation = (await aConsultation(store)).id;
    const dina = await memberOf(consultation, 'chair');
    const observer = await memberOf(consultation, 'observer');
    const paper = await paperWithText({consultation});
    const eve = follow(paper);
    const chair = follow(paper, 'tick=250', {cookie: `as=${dina.id}`});
    const watcher = follow(paper, 'tick=250', {cookie: `as=${observer.id}`});
    await expect.poll(() => [eve, chair, watcher].every(one => one.named('paper').length === 1)).toBe(true);
    const from = performance.now();
    await server.publish(paper, {policy: 'closed', embargoUntil: null}, dina.id);
    await expect.poll(() => eve.ended && watcher.ended, {interval: 10}).toBe(true);
    expect(performance.now() - from).toBeLessThan(1000);
    expect(eve.events.at(-1)).toMatchObject({name: 'closed', data: {sees: 'title'}});
    await server.texts.edit(paper, doc =>
      insertText(doc, {paragraph: readPaper(doc)[0]?.name ?? '', offset: 0}, 'BEHIND CLOSED DOORS '),
    );
    await same(chair, paper);
    expect(chair.named('notice').map(({data}) => data)).toMatchObject([
      {act: 'paper.publication-set', publication: 'closed', by: {handle: dina.handle}},
    ]);
    expect(eve.raw + watcher.raw).not.toContain('BEHIND');
    const again = await fetch(`${server.url}/read/${paper.slug}/events`);
    expect(again.status).toBe(403);
  });

  test('an unlisted paper is told to nobody outside', async () => {
    const paper = await paperWithText();
    const eve = follow(paper);
    await expect.poll(() => eve.named('paper').length).toBe(1);
    await server.publish(paper, {policy: 'unlisted', embargoUntil: null});
    await expect.poll(() => eve.ended).toBe(true);
    expect(eve.events.at(-1)).toMatchObject({name: 'closed', data: {sees: 'nothing'}});
    expect(eve.named('notice')).toEqual([]);
    expect((await fetch(`${server.url}/read/${paper.slug}/events`)).status).toBe(404);
  });

  test('names are shown to participants and, under public text, to nobody else', async () => {
    const consultation = (await aConsultation(store)).id;
    const dina = await memberOf(consultation, 'chair');
    const paper = await paperWithText({consultation, publication: {policy: 'public-text', embargoUntil: null}});
    const eve = follow(paper);
    const ana = follow(paper, 'tick=250', {cookie: `as=${(await memberOf(consultation, 'delegate')).id}`});
    await expect.poll(() => [eve, ana].every(one => one.named('paper').length === 1)).toBe(true);
    await server.setMode(paper, 'frozen', dina.id);
    await expect.poll(() => eve.named('notice').length + ana.named('notice').length).toBe(2);
    expect(eve.named('notice')[0]?.data).toMatchObject({act: 'paper.mode-set', mode: 'frozen', by: null});
    expect(ana.named('notice')[0]?.data).toMatchObject({by: {handle: dina.handle}});
    expect(eve.raw).not.toContain(dina.handle);
  });

  test('a mandate that ends closes the stream it opened', async () => {
    const consultation = (await aConsultation(store)).id;
    let now = Date.now();
    const own = await startReading(store, {clock: {now: () => now}});
    const paper = await paperWithText({consultation, publication: {policy: 'participants', embargoUntil: null}}, own);
    const ana = await aMember(store);
    const to = now + 1000;
    await store.members.grant({member: ana.id, consultation, role: 'delegate', organisation: null, from: 0, to});
    const reader = follow(paper, '', {cookie: `as=${ana.id}`}, own);
    await expect.poll(() => reader.named('paper').length).toBe(1);
    now = to + 1;
    own.streams.rejudgeMember(ana.id);
    await expect.poll(() => reader.ended).toBe(true);
    await own.stop();
  });
});
