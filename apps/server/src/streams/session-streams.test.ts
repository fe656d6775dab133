import {gzipSync} from 'node:zlib';
import {WebSocket} from 'ws';
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import {directionOf, languages} from '@plenary/domain/languages';
import {translatorFor} from '@plenary/locales/translate';
import {readPaper} from '@plenary/paper/read';
import {textOf} from '@plenary/paper/view';
import {deleteRange, insertText, splitParagraph} from '@plenary/paper/write';
import type {SessionSummary} from '@plenary/protocol/api/sessions';
import {openStore} from '@plenary/store/open-store';
import {seatCast, startInstance, type TestInstance} from '../testing/instance.ts';
import {OwnClient} from '../papers/rooms/testing/own-client.ts';
import {parseHtml} from './testing/parse-html.ts';
import {SectionsReader} from './testing/sections-reader.ts';

type Name = 'ana' | 'ben' | 'cho' | 'dina';

let instance: TestInstance;
const cookies = {} as Record<Name, string>;
const ends: (() => void)[] = [];
const text = 'Recalling the Charter,\n\nCall upon all conveners to publish every draft;';

beforeAll(async () => {
  instance = await startInstance();
  await seatCast(instance);
  for (const name of ['ana', 'ben', 'cho', 'dina'] as const) cookies[name] = await instance.signIn(name);
  await aPaper('statement');
}, 120_000);
afterEach(() => {
  for (const end of ends.splice(0)) end();
});
afterAll(() => instance.close());

async function aPaper(slug: string, given: Record<string, unknown> = {}): Promise<string[]> {
  const made = await instance.call<{id: string}>('POST', '/api/papers', {
    as: cookies.dina,
    body: {consultation: 'copenhagen', slug, title: 'Joint statement', text, language: 'en', ...given},
  });
  expect(made.status).toBe(201);
  const paper = await instance.store.papers.find(slug);
  if (!paper) throw new Error('It is not there.');
  return (await instance.app.rooms.read(paper)).paragraphs.map(({name}) => name);
}

async function namesIn(slug: string): Promise<string[]> {
  const paper = await instance.store.papers.find(slug);
  return paper ? (await instance.app.rooms.read(paper)).paragraphs.map(({name}) => name) : [];
}

async function aSession(given: Record<string, unknown> = {}): Promise<string> {
  const {status, body} = await instance.call<SessionSummary>('POST', '/api/sessions', {
    as: cookies.dina,
    body: {
      consultation: 'copenhagen',
      title: 'Second reading',
      startsAt: '2026-11-25T09:00:00Z',
      endsAt: '2026-11-25T12:00:00Z',
      zone: 'Africa/Nairobi',
      agenda: [{title: 'Welcome'}, {title: 'Joint text', papers: ['statement']}],
      ...given,
    },
  });
  expect(status).toBe(201);
  return body.slug;
}

async function act(session: string, as: Name, name: string, body: Record<string, unknown> = {}) {
  const answer = await instance.call<{value: Record<string, never>}>('POST', `/api/sessions/${session}/${name}`, {
    as: cookies[as],
    body,
  });
  expect([name, answer.status, answer.status === 200 ? '' : answer.body]).toEqual([name, 200, '']);
  return answer.body.value;
}

/** Dina has opened it; Dina, Ana, Ben and Cho are 1, 2, 3 and 4. */
async function inSession(given: Record<string, unknown> = {}): Promise<string> {
  const session = await aSession(given);
  for (const name of ['dina', 'ana', 'ben', 'cho'] as const) await act(session, name, 'session.join');
  await act(session, 'dina', 'session.open');
  await act(session, 'dina', 'list.open');
  return session;
}

async function itemOf(session: string, place: number): Promise<string> {
  const {body} = await instance.call<{snapshot: {state: {agenda: {id: string}[]}}}>('GET', `/api/sessions/${session}`, {
    as: cookies.dina,
  });
  return body.snapshot.state.agenda[place]?.id ?? '';
}

async function get(path: string, asked: {as?: Name; headers?: Record<string, string>} = {}) {
  const {status, body, headers} = await instance.call<string>('GET', path, {
    as: asked.as && cookies[asked.as],
    headers: {'accept-encoding': 'identity', ...asked.headers},
  });
  return {status, body, headers, page: parseHtml(body)};
}

/** Longer than anything takes where many things run. */
const eventually = <Value>(read: () => Value, options: {timeout?: number; interval?: number} = {}) =>
  expect.poll(read, {timeout: 15_000, interval: 20, ...options});

/** HTML as a document gives it back. */
function asParsed(html: string): string {
  return parseHtml(`<main>${html}</main>`).querySelector('main')?.innerHTML ?? '';
}

function follow(session: string, query = 'tick=250', options: ConstructorParameters<typeof SectionsReader>[1] = {}) {
  const reader = new SectionsReader(`${instance.url}/follow/${session}/events?${query}`, options);
  ends.push(() => reader.cut());
  return reader;
}

/** Ana types into the second paragraph of the paper; resolves when it is on disk. */
async function writer(paper: string): Promise<(words: string) => Promise<void>> {
  const url = `${instance.url.replace('http', 'ws')}/rooms/${paper}`;
  const client = new OwnClient(new WebSocket(url, {headers: {cookie: cookies.ana}}));
  ends.push(() => client.socket.close());
  await client.whenSynced();
  const [, paragraph = ''] = await namesIn(paper);
  return async words => {
    insertText(client.doc, {paragraph, offset: 10}, words);
    await eventually(() => client.acknowledged).toBe(client.sent);
  };
}

/** A session in full swing: somebody speaks, others wait, a paragraph is on the floor and a question is open. */
async function busySession(given: Record<string, unknown> = {}): Promise<string> {
  const session = await inSession(given);
  const [, second] = await namesIn('statement');
  await act(session, 'dina', 'item.take-up', {item: await itemOf(session, 1)});
  await act(session, 'dina', 'floor.show', {paper: 'statement', paragraph: second});
  for (const name of ['ana', 'ben', 'cho'] as const) await act(session, name, 'floor.ask');
  await act(session, 'dina', 'floor.give', {participant: 2});
  await act(session, 'dina', 'announcement.make', {text: 'Quorum is reached.'});
  await act(session, 'dina', 'poll.open', {kind: 'positions', question: 'Publish every draft', paper: 'statement'});
  const {body} = await instance.call<{snapshot: {state: {polls: {id: string}[]}}}>('GET', `/api/sessions/${session}`, {
    as: cookies.ben,
  });
  await act(session, 'ben', 'position.take', {poll: body.snapshot.state.polls[0]?.id, choice: 'support'});
  return session;
}

describe('R55: the page that follows a session', () => {
  test('is whole without JavaScript: policy, speaker, floor, positions, agenda and announcements', async () => {
    const session = await busySession();
    const {status, page, body} = await get(`/follow/${session}`);
    expect(status).toBe(200);
    for (const script of page.querySelectorAll('script')) script.remove();
    const main = page.querySelector('main')?.textContent ?? '';
    for (const words of [
      'Second reading',
      'Public with attributions',
      'You need no account',
      'In session since',
      'ana, The open-assemblies',
      'Then: The ',
      'Item 2, ',
      'Call upon all conveners to publish every draft;',
      'The paper was last changed',
      'Show of positions: Publish every draft',
      '1 of 3 organisations has answered; still open.',
      'The meridian-cloud',
      '1. Welcome',
      '2. Joint text now',
      'Quorum is reached.',
      'Record and verification',
      'As plain text',
    ]) {
      expect(main.replace(/\s+/g, ' ')).toContain(words);
    }
    expect(main).toMatch(/3:00, until \d\d:\d\d:\d\d UTC/);
    expect(page.querySelector('.asof')?.textContent).toMatch(/State \d+, as of \d\d:\d\d:\d\d UTC/);
    expect(page.querySelector('meta[http-equiv=refresh]')).toBe(null);
    expect(body).not.toMatch(/undefined|\[object|follow\.|style=/);
    const links = [...page.querySelectorAll('main a')].map(link => link.getAttribute('href'));
    expect(links).toEqual(
      expect.arrayContaining(['/ledger', '/read/statement', `/follow/${session}.txt`, '?saver=1', '?reload=60']),
    );
    const plain = await get(`/follow/${session}.txt`);
    expect(plain.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(plain.body).toContain('\nCall upon all conveners to publish every draft;\n');
    expect(plain.body).not.toMatch(/[<>]|&\w+;/);
  });

  test('speaks the six languages and weighs ≤ 10 kB with style and script, in three requests', async () => {
    const session = await busySession();
    const pages = new Set<string>();
    for (const language of languages) {
      const {body, page} = await get(`/follow/${session}?lang=${language}`);
      pages.add(body);
      expect([page.documentElement.lang, page.documentElement.dir]).toEqual([language, directionOf(language)]);
      expect(page.querySelector('#speaking h2')?.textContent).toBe(translatorFor(language)('follow.speaking'));
      const loaded = [...body.matchAll(/(?:src|href)="(\/read-assets\/[^"]+)"/g)].map(match => match[1] ?? '');
      expect(loaded).toHaveLength(2);
      const weigh = (content: string) => gzipSync(content, {level: 9}).length;
      const files = await Promise.all(loaded.map(async path => ({path, size: weigh((await get(path)).body)})));
      const script = files.find(({path}) => path.endsWith('.js'))?.size ?? Infinity;
      const whole = weigh(body) + files.reduce((sum, {size}) => sum + size, 0);
      // oxlint-disable-next-line no-console -- a figure of the product
      console.log(`${language}: page ${weigh(body)}, script ${script}, with style ${whole} bytes of gzip`);
      expect(script).toBeLessThanOrEqual(3000);
      expect(whole).toBeLessThanOrEqual(10_000);
    }
    expect(pages.size).toBe(6);
  });

  test('is not sent again while nothing has changed, by whichever clock', async () => {
    const session = await busySession();
    const first = await get(`/follow/${session}`);
    const etag = first.headers.get('etag') ?? '';
    expect((await get(`/follow/${session}`, {headers: {'if-none-match': etag}})).status).toBe(304);
    await act(session, 'dina', 'floor.pause');
    const again = await get(`/follow/${session}`, {headers: {'if-none-match': etag}});
    expect(again.status).toBe(200);
    expect(again.page.querySelector('#speaking')?.textContent).toContain('The clock stands.');
    const type = await writer('statement');
    const held = again.headers.get('etag') ?? '';
    await type('solemnly ');
    await eventually(async () => (await get(`/follow/${session}`, {headers: {'if-none-match': held}})).status).toBe(
      200,
    );
  });

  test('says of a planned session when it begins, in UTC and where it meets; of others since when they stand as they do', async () => {
    const session = await aSession();
    const planned = await get(`/follow/${session}`);
    expect(planned.page.querySelector('#life')?.textContent).toMatch(
      /Begins .*25 November 2026.*09:00 UTC; in Africa\/Nairobi that is .*12:00\./,
    );
    await act(session, 'dina', 'session.join');
    await act(session, 'dina', 'session.open');
    await act(session, 'dina', 'session.suspend');
    expect((await get(`/follow/${session}`)).page.querySelector('#life')?.textContent).toContain('Suspended since');
    await act(session, 'dina', 'session.close');
    const closed = await get(`/follow/${session}`);
    expect(closed.page.querySelector('#life')?.textContent).toContain('Closed at');
    const links = [...closed.page.querySelectorAll('.last a')].map(link => link.getAttribute('href'));
    expect(links).toEqual(expect.arrayContaining([`/sessions/${session}/minutes`, '/ledger']));
  });

  test('gives names, title alone or nothing, as the policy says', async () => {
    const nameless = await busySession({publication: 'public-text'});
    const page = (await get(`/follow/${nameless}`)).body;
    expect(page).toContain('A delegate of civil society');
    expect(page).not.toMatch(/>ana<|open-assemblies|meridian|valmora/);
    expect((await get(`/follow/${nameless}`, {as: 'ben'})).body).toContain('>ana<');
    const closed = await aSession({publication: 'closed', title: 'Behind doors'});
    const shut = await get(`/follow/${closed}`);
    expect([shut.status, shut.body.includes('Behind doors'), shut.body.includes('Welcome')]).toEqual([
      403,
      true,
      false,
    ]);
    expect((await get(`/follow/${closed}.txt`)).body).toMatch(/^Behind doors\nClosed /);
    expect((await get(`/follow/${closed}`, {as: 'ana'})).status).toBe(200);
    const unlisted = await aSession({publication: 'unlisted', title: 'Nowhere'});
    const nothing = await get(`/follow/${unlisted}`);
    const never = await get('/follow/never-was');
    expect([nothing.status, nothing.body]).toEqual([404, never.body.replaceAll('never-was', unlisted)]);
    expect((await get(`/follow/${unlisted}/events`)).status).toBe(404);
    expect((await get(`/follow/${closed}/events`)).status).toBe(403);
    expect((await get(`/project/${unlisted}`)).status).toBe(404);
  });

  test('shows no words of a paper that its own policy closes', async () => {
    const [, second] = await aPaper('kept', {publication: 'participants'});
    const session = await inSession({agenda: [{title: 'Kept text', papers: ['kept']}]});
    await act(session, 'dina', 'item.take-up', {item: await itemOf(session, 0)});
    await act(session, 'dina', 'floor.show', {paper: 'kept', paragraph: second});
    const {body, page} = await get(`/follow/${session}`);
    expect(page.querySelector('#floor')?.textContent).toContain('not open to you');
    expect(body).not.toContain('conveners');
    expect((await get(`/follow/${session}`, {as: 'cho'})).body).toContain('conveners');
  });
});

describe('R56: the stream of a session', () => {
  test('brings a served page to where a page served later stands, section by section', async () => {
    const session = await inSession();
    const reader = follow(session);
    await eventually(() => reader.named('now').length).toBe(1);
    const [first, second] = await namesIn('statement');
    const type = await writer('statement');
    await act(session, 'dina', 'item.take-up', {item: await itemOf(session, 1)});
    await act(session, 'dina', 'floor.show', {paper: 'statement', paragraph: second});
    await act(session, 'ana', 'floor.ask');
    await act(session, 'dina', 'floor.give', {participant: 2});
    for (const word of ['fully ', 'and ', 'always ']) {
      await type(word);
      await eventually(() => reader.article).toContain(word.trim());
    }
    await act(session, 'dina', 'announcement.make', {text: 'Coffee is served.'});
    await act(session, 'dina', 'floor.show', {paper: 'statement', paragraph: first});
    const {body, page} = await get(`/follow/${session}`);
    const sections = ['title', 'policy', 'asof', 'life', 'speaking', 'floor', 'changed', 'poll', 'agenda', 'announced'];
    const shown = () => Object.fromEntries(sections.map(name => [name, asParsed(reader.section(name))]));
    const served = Object.fromEntries(sections.map(name => [name, page.querySelector(`#${name}`)?.innerHTML ?? '']));
    await eventually(shown).toEqual(served);
    expect(body).toContain(reader.lastId);
    // Typing alone travels as what was typed.
    const typed = reader.named('change').flatMap(({data}) => (data as {text?: {text?: unknown[]}}).text?.text ?? []);
    expect(typed.length).toBeGreaterThanOrEqual(2);
    const said = reader.named('change').map(({data}) => (data as {say?: string}).say ?? '');
    expect(said.join(' ')).toContain('ana, The open-assemblies has the floor.');
    expect(said.join(' ')).toContain('Announced: Coffee is served.');
  });

  test('is one frame a tick, the same bytes for all of one language, plain or in gzip', async () => {
    const session = await inSession();
    const readers = Array.from({length: 20}, (_, turn) => follow(session, 'tick=500', {gzip: turn % 2 === 0}));
    const arabic = follow(session, 'tick=500&lang=ar');
    await eventually(() => [...readers, arabic].every(reader => reader.named('now').length === 1)).toBe(true);
    const made = instance.app.sessionStreams.stats().framesMade;
    for (const name of ['ana', 'ben', 'cho'] as const) await act(session, name, 'floor.ask');
    await Promise.all(
      Array.from({length: 12}, (_, turn) => act(session, 'dina', 'announcement.make', {text: `Number ${turn}`})),
    );
    const asOf = (await get(`/follow/${session}`)).page.querySelector('#asof')?.innerHTML;
    await eventually(() => readers.every(reader => reader.section('asof') === asOf)).toBe(true);
    const frames = (reader: SectionsReader) => reader.named('change').map(({data, id}) => JSON.stringify([id, data]));
    for (const reader of readers) expect(frames(reader)).toEqual(frames(readers[0] ?? reader));
    const count = frames(readers[0] ?? arabic).length;
    // Fifteen acts in far fewer frames.
    expect(count).toBeLessThan(12);
    await eventually(() => arabic.section('announced').match(/<li>/g)?.length).toBe(10);
    expect(arabic.section('announced')).toContain(translatorFor('ar')('follow.announced'));
    expect(instance.app.sessionStreams.stats().framesMade - made).toBeLessThanOrEqual(2 * count + 2);
    expect(readers.every(({broken}) => broken === null)).toBe(true);
  });

  test('goes on from the last event, by one change that brings all of what was missed', async () => {
    const session = await inSession();
    const first = follow(session);
    await act(session, 'ana', 'floor.ask');
    await eventually(() => first.section('speaking')).toContain('open-assemblies');
    const {lastId} = first;
    first.cut();
    for (let turn = 0; turn < 5; turn++) await act(session, 'dina', 'announcement.make', {text: `While away ${turn}`});
    await act(session, 'dina', 'floor.give', {participant: 2});
    const back = follow(session, 'tick=250', {lastId, sections: first.sections});
    await eventually(() => back.section('speaking')).toContain('data-until');
    expect([back.named('state').length, back.named('change').length]).toEqual([0, 1]);
    const page = (await get(`/follow/${session}`)).page;
    for (const name of ['speaking', 'announced', 'asof']) {
      expect(asParsed(back.section(name))).toBe(page.querySelector(`#${name}`)?.innerHTML);
    }
    const nothingMissed = follow(session, 'tick=250', {lastId: back.lastId, sections: back.sections});
    await eventually(() => nothingMissed.named('now').length).toBe(1);
    expect(nothingMissed.events).toHaveLength(1);
    const stranger = follow(session, 'tick=250', {lastId: '1.AAAAAAAA'});
    await eventually(() => stranger.named('state').length).toBe(1);
    expect(stranger.section('announced')).toBe(back.section('announced'));
  });

  test('after ten minutes, and after a restart of the server, ends byte for byte where a page served then stands', async () => {
    const opened = await openStore({memory: true});
    ends.push(() => void opened.close());
    const store = {...opened, close: async () => undefined};
    const first = await startInstance({}, {store});
    await seatCast(first);
    const dina = await first.signIn('dina');
    const call = (at: TestInstance, path: string, body: object) => at.call('POST', path, {as: dina, body});
    await call(first, '/api/papers', {consultation: 'copenhagen', slug: 'kept-on', title: 'Kept on', text});
    await call(first, '/api/sessions', {
      consultation: 'copenhagen',
      slug: 'long',
      title: 'Long',
      startsAt: '2026-11-25T09:00:00Z',
      endsAt: '2026-11-25T12:00:00Z',
      zone: 'UTC',
      agenda: [{title: 'Text', papers: ['kept-on']}],
    });
    const doAt = async (at: TestInstance, name: string, body: object = {}) =>
      expect([name, (await call(at, `/api/sessions/long/${name}`, body)).status]).toEqual([name, 200]);
    const say = (at: TestInstance, words: string) => doAt(at, 'announcement.make', {text: words});
    const sections = ['title', 'policy', 'asof', 'life', 'speaking', 'floor', 'changed', 'agenda', 'announced'];
    const served = async (at: TestInstance) => {
      const {body} = await at.call<string>('GET', '/follow/long', {headers: {'accept-encoding': 'identity'}});
      const page = parseHtml(body);
      return Object.fromEntries(sections.map(name => [name, page.querySelector(`#${name}`)?.innerHTML ?? '']));
    };
    const standing = (reader: SectionsReader) =>
      Object.fromEntries(sections.map(name => [name, asParsed(reader.section(name))]));
    const reading = (at: TestInstance, held?: SectionsReader) => {
      const from = held ? {lastId: held.lastId, sections: held.sections} : {};
      const reader = new SectionsReader(`${at.url}/follow/long/events?tick=250`, from);
      ends.push(() => reader.cut());
      return reader;
    };

    await doAt(first, 'session.join');
    await doAt(first, 'session.open');
    const shown = await store.papers.find('kept-on');
    const [, paragraph] = shown ? (await first.app.rooms.read(shown)).paragraphs : [];
    const {body} = await first.call<{snapshot: {state: {agenda: {id: string}[]}}}>('GET', '/api/sessions/long');
    await doAt(first, 'item.take-up', {item: body.snapshot.state.agenda[0]?.id});
    await doAt(first, 'floor.show', {paper: 'kept-on', paragraph: paragraph?.name});
    const early = reading(first);
    await eventually(() => early.article).toContain('conveners');
    early.cut();
    first.pass(10 * 60_000);
    for (let turn = 0; turn < 30; turn++) await say(first, `While away ${turn}`);
    const back = reading(first, early);
    await eventually(async () => standing(back)).toEqual(await served(first));
    expect(back.events.filter(({name}) => name === 'change' || name === 'state')).toHaveLength(1);

    back.cut();
    await say(first, 'Just before');
    await first.close();
    const second = await startInstance({}, {store});
    const after = reading(second, back);
    await eventually(async () => standing(after)).toEqual(await served(second));
    expect([after.named('state').length, after.named('change').length]).toEqual([1, 0]);
    // Who missed nothing is sent nothing, by the new process too.
    const same = reading(second, after);
    await eventually(() => same.named('now').length).toBe(1);
    expect(same.events).toHaveLength(1);
    await say(second, 'Just after');
    await eventually(() => same.section('announced')).toContain('Just after');
    await eventually(async () => standing(same)).toEqual(await served(second));
    await second.close();
  }, 60_000);

  test('shows with a paragraph what belongs to it, and follows it as it is written, comes and goes', async () => {
    await aPaper('nested');
    const made = await instance.store.papers.find('nested');
    if (!made) throw new Error('It is not there.');
    const room = new OwnClient(
      new WebSocket(`${instance.url.replace('http', 'ws')}/rooms/nested`, {headers: {cookie: cookies.ana}}),
    );
    ends.push(() => room.socket.close());
    await room.whenSynced();
    const [, second = ''] = await namesIn('nested');
    const add = async (after: string, words: string, level: number) => {
      const name = instance.app.newId();
      const before = readPaper(room.doc).find(one => one.name === after);
      const end = {paragraph: after, offset: before ? textOf(before).length : 0};
      splitParagraph(room.doc, end, name, null, {kind: 'operative', level});
      insertText(room.doc, {paragraph: name, offset: 0}, words);
      await eventually(() => room.acknowledged).toBe(room.sent);
      return name;
    };
    const third = await add(second, 'In every language', 1);
    await add(third, 'Another paragraph', 0);
    const session = await inSession({agenda: [{title: 'Nested text', papers: ['nested']}]});
    await act(session, 'dina', 'item.take-up', {item: await itemOf(session, 0)});
    await act(session, 'dina', 'floor.show', {paper: 'nested', paragraph: second});
    const reader = follow(session);
    const hall = new SectionsReader(`${instance.url}/project/${session}/events?tick=250&view=hall`);
    ends.push(() => hall.cut());
    const articles = () => [reader, hall].map(one => asParsed(one.section('floor')));
    for (const one of [reader, hall]) await eventually(() => one.section('floor')).toContain('In every language');
    expect(articles().join()).not.toContain('Another paragraph');
    await add(third, 'In plain words', 1);
    for (const one of [reader, hall]) await eventually(() => one.section('floor')).toContain('In plain words');
    insertText(room.doc, {paragraph: third, offset: 'In every'.length}, ' official');
    for (const one of [reader, hall]) await eventually(() => one.section('floor')).toContain('every official language');
    const [page, wall] = await Promise.all([get(`/follow/${session}`), get(`/project/${session}`)]);
    await eventually(articles).toEqual([page, wall].map(one => one.page.querySelector('#floor')?.innerHTML ?? ''));
  });

  test('says which words were added, how many were deleted, and where', async () => {
    await aPaper('changing');
    const [first, second] = await namesIn('changing');
    const session = await inSession({agenda: [{title: 'Changing', papers: ['changing']}]});
    await act(session, 'dina', 'item.take-up', {item: await itemOf(session, 0)});
    await act(session, 'dina', 'floor.show', {paper: 'changing', paragraph: second});
    const reader = follow(session);
    await eventually(() => reader.section('changed')).toContain('The paper was last changed');
    const room = new OwnClient(
      new WebSocket(`${instance.url.replace('http', 'ws')}/rooms/changing`, {headers: {cookie: cookies.ana}}),
    );
    ends.push(() => room.socket.close());
    await room.whenSynced();
    insertText(room.doc, {paragraph: second ?? '', offset: 'Call upon'.length}, ' nearly');
    const changed = () => parseHtml(`<main>${reader.section('changed')}</main>`).querySelector('main')?.textContent;
    await eventually(changed).toMatch(/^Changed at \d\d:\d\d:\d\d UTC: “nearly” added\.$/);
    deleteRange(
      room.doc,
      {paragraph: second ?? '', offset: 'Call upon'.length},
      {paragraph: second ?? '', offset: 'Call upon nearly all'.length},
    );
    await eventually(changed).toMatch(/: 1 word deleted\.$/);
    const until = reader.raw.length;
    insertText(room.doc, {paragraph: first ?? '', offset: 0}, 'Also ');
    await act(session, 'dina', 'floor.show', {paper: 'changing', paragraph: first});
    await eventually(changed).toMatch(/: “Also” added\.$/);
    expect(reader.raw.slice(until)).not.toContain('nearly');
    expect((await get(`/follow/${session}.txt`)).body).toContain(': “Also” added.');
    const metrics = (await get('/metrics')).body;
    expect(metrics).toMatch(/^plenary_followers\{of="sessions"\} [1-9]/m);
    expect(metrics).toMatch(/^plenary_frames_total\{of="sessions"\} [1-9]/m);
  });

  test('tells the clock of the server, and until when the speaker has the floor', async () => {
    const session = await busySession();
    const reader = follow(session);
    await eventually(() => reader.named('now').length).toBe(1);
    const [{now}] = reader.named('now').map(({data}) => data as {now: number}) as [{now: number}];
    expect(Math.abs(now - Date.now())).toBeLessThan(1000);
    const until = Number(/data-until="(\d+)"/.exec(reader.section('speaking'))?.[1]);
    expect(until - Date.now()).toBeGreaterThan(150_000);
    expect(until - Date.now()).toBeLessThanOrEqual(180_000);
  });
});

describe('R57: what may no longer be followed', () => {
  test('ends the streams within a second, before anything else is told', async () => {
    const session = await inSession();
    const reader = follow(session);
    const member = follow(session, 'tick=250', {cookie: cookies.ana});
    await eventually(() => [reader, member].every(one => one.named('now').length === 1)).toBe(true);
    const at = Date.now();
    await act(session, 'dina', 'session.publish', {publication: 'participants'});
    await act(session, 'dina', 'announcement.make', {text: 'For members alone'});
    await eventually(() => reader.ended, {interval: 10}).toBe(true);
    expect(Date.now() - at).toBeLessThan(1000);
    expect(reader.named('closed').map(({data}) => data)).toEqual([{sees: 'title'}]);
    await eventually(() => member.section('announced')).toContain('For members alone');
    expect(reader.raw).not.toContain('For members alone');
    expect(member.section('policy')).toContain('Participants');
  });

  test('takes the names from every later frame when only the text stays public', async () => {
    const session = await busySession();
    const reader = follow(session);
    await eventually(() => reader.section('speaking')).toContain('ana');
    const until = reader.raw.length;
    await act(session, 'dina', 'session.publish', {publication: 'public-text'});
    await act(session, 'dina', 'floor.give', {participant: 3});
    await eventually(() => reader.section('speaking')).toContain('A delegate of the private sector');
    expect(reader.raw.slice(until)).not.toMatch(/\bana\b|\bben\b|open-assemblies|meridian|valmora/);
  });

  test('leaves nothing of hidden words in any later byte, nor of deleted ones', async () => {
    const session = await inSession();
    const secret = 'Zweifelsohne';
    const reader = follow(session);
    await eventually(() => reader.named('now').length).toBe(1);
    const held = reader.lastId;
    await act(session, 'dina', 'announcement.make', {text: `Somebody is a ${secret}`});
    await eventually(() => reader.section('announced')).toContain(secret);
    const between = reader.lastId;
    const {body} = await instance.call<{snapshot: {state: {announcements: {text: string}[]}}}>(
      'GET',
      `/api/sessions/${session}`,
      {as: cookies.dina},
    );
    const hidden = body.snapshot.state.announcements[0]?.text;
    const until = reader.raw.length;
    await act(session, 'dina', 'contribution.hide', {text: hidden, reason: 'personal-attack'});
    await eventually(() => reader.section('announced')).toContain('Hidden by the chair');
    expect(reader.raw.slice(until)).not.toContain(secret);
    for (const lastId of [held, between, '', '1.AAAAAAAA']) {
      const later = follow(session, 'tick=250', {lastId});
      await eventually(() => later.named('now').length).toBe(1);
      expect(later.raw).not.toContain(secret);
    }
    expect((await get(`/follow/${session}`)).body).not.toContain(secret);
    expect((await get(`/project/${session}`)).body).not.toContain(secret);
  });

  test('does not let words of a paper out after its own policy has closed it', async () => {
    const [, second] = await aPaper('closing');
    const session = await inSession({agenda: [{title: 'Closing', papers: ['closing']}]});
    await act(session, 'dina', 'item.take-up', {item: await itemOf(session, 0)});
    await act(session, 'dina', 'floor.show', {paper: 'closing', paragraph: second});
    const reader = follow(session);
    await eventually(() => reader.article).toContain('conveners');
    await instance.call('PATCH', '/api/papers/closing', {as: cookies.dina, body: {publication: 'participants'}});
    await eventually(() => reader.section('floor')).toContain('not open to you');
    const until = reader.raw.length;
    const type = await writer('closing');
    await type('quietly ');
    await act(session, 'dina', 'announcement.make', {text: 'Go on.'});
    await eventually(() => reader.section('announced')).toContain('Go on.');
    expect(reader.raw.slice(until)).not.toContain('quietly');
  });

  test('judges a member anew whose mandate has changed', async () => {
    const session = await aSession({publication: 'participants'});
    const cookie = await instance.signIn('w9', 'observer');
    const reader = follow(session, 'tick=250', {cookie});
    await eventually(() => reader.named('now').length).toBe(1);
    const me = await instance.call<{member: {id: string}}>('GET', '/api/me', {as: cookie});
    instance.app.bus.publish('members', {member: me.body.member.id});
    await eventually(() => reader.ended).toBe(true);
    expect(reader.raw).toMatch(/retry:\d+\n\n$/);
  });
});

describe('R58: the hall', () => {
  test('shows the paragraph, the speaker, who is next and the clock, without controls and without JavaScript', async () => {
    const session = await busySession();
    const {page, body, status} = await get(`/project/${session}`);
    expect(status).toBe(200);
    const main = page.querySelector('main')?.textContent ?? '';
    for (const words of ['Item 2', 'conveners to publish', 'ana', 'The open-assemblies', 'Next', 'until, UTC']) {
      expect(main).toContain(words);
    }
    // The question is newer than the speaker.
    expect(page.querySelector('#foot')?.textContent).toMatch(/Publish every draft.*Support 1.*Oppose 0/s);
    expect(page.querySelectorAll('button, a, input')).toHaveLength(0);
    expect(page.documentElement.getAttribute('data-theme')).toBe(null);
    expect(body).not.toMatch(/undefined|\[object|follow\./);
    const dark = await get(`/project/${session}?theme=dark&lang=ar`);
    expect(dark.page.documentElement.getAttribute('data-theme')).toBe('dark');
    expect(dark.page.documentElement.dir).toBe('rtl');
    await act(session, 'dina', 'floor.give', {participant: 3});
    expect((await get(`/project/${session}`)).page.querySelector('#foot')?.textContent).toMatch(/Publish every draft/);
  });

  test('follows by a stream of its own', async () => {
    const session = await inSession();
    const reader = new SectionsReader(`${instance.url}/project/${session}/events?tick=250&view=hall`);
    ends.push(() => reader.cut());
    await act(session, 'ana', 'floor.ask');
    await act(session, 'dina', 'floor.give', {participant: 2});
    await eventually(() => reader.section('speaking')).toContain('ana');
    await act(session, 'dina', 'announcement.make', {text: 'Ten minutes more.'});
    await eventually(() => reader.section('foot')).toContain('Ten minutes more.');
    const page = (await get(`/project/${session}`)).page;
    for (const name of ['speaking', 'next', 'clock', 'foot']) {
      await eventually(() => asParsed(reader.section(name))).toBe(page.querySelector(`#${name}`)?.innerHTML ?? '');
    }
  });
});
