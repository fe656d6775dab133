import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {languages} from '@plenary/domain/languages';
import {seatCast, startInstance, type TestInstance} from '../testing/instance.ts';
import {minutesForOperator, writeMinutes} from './minutes.service.ts';

let instance: TestInstance;
let dina: string;
let ana: string;
let serial = 0;

beforeAll(async () => {
  instance = await startInstance();
  await seatCast(instance);
  dina = await instance.signIn('dina');
  ana = await instance.signIn('ana');
});
afterAll(() => instance.close());

interface Acted {
  ok: boolean;
  value: {participant?: number; poll?: string; text?: string};
}

async function act(as: string, session: string, name: string, body: object = {}): Promise<Acted['value']> {
  const answer = await instance.call<Acted>('POST', `/api/sessions/${session}/${name}`, {as, body});
  if (!answer.body.ok) throw new Error(`${name}: ${JSON.stringify(answer.body)}`);
  return answer.body.value;
}

async function aSession(more: object = {}): Promise<string> {
  const slug = `record-${++serial}`;
  const startsAt = new Date().toISOString();
  const endsAt = new Date(Date.now() + 3_600_000).toISOString();
  const created = await instance.call('POST', '/api/sessions', {
    as: dina,
    body: {
      consultation: 'copenhagen',
      slug,
      title: `الجلسة 第一次 reading ${serial}`,
      startsAt,
      endsAt,
      zone: 'Africa/Nairobi',
      agenda: [{title: 'Secret heading'}],
      ...more,
    },
  });
  expect(created.status).toBe(201);
  return slug;
}

/** Dina presides, Ana speaks and takes a position with a reason, which is hidden; then it closes. */
async function sitting(slug: string): Promise<void> {
  await act(dina, slug, 'session.join');
  const {participant} = await act(ana, slug, 'session.join');
  await act(dina, slug, 'session.open');
  await act(dina, slug, 'list.open');
  await act(ana, slug, 'floor.ask');
  await act(dina, slug, 'floor.give', {participant});
  instance.pass(65_000);
  await act(dina, slug, 'floor.end');
  const {poll} = await act(dina, slug, 'poll.open', {kind: 'positions', question: 'Is it acceptable?'});
  await act(ana, slug, 'position.take', {poll, choice: 'oppose', reason: 'UNSPEAKABLE words'});
  await act(dina, slug, 'poll.close', {poll});
  const {text} = await act(dina, slug, 'announcement.make', {text: 'Lunch is at one.'});
  expect(text).toBeTypeOf('string');
  const {body} = await instance.call<{snapshot: {state: {polls: {answers: {reason: string}[]}[]}}}>(
    'GET',
    `/api/sessions/${slug}`,
    {as: dina},
  );
  const reason = body.snapshot.state.polls[0]?.answers[0]?.reason;
  await act(dina, slug, 'contribution.hide', {text: reason, reason: 'personal-attack'});
  await act(dina, slug, 'session.close');
}

const minutes = (slug: string, query: string, as?: string) =>
  instance.call<string>('GET', `/api/sessions/${slug}/minutes?${query}`, {as});

describe('minutes over HTTP', () => {
  test('R59: say what happened, in three formats, without what was hidden', async () => {
    const slug = await aSession();
    await sitting(slug);
    const html = await minutes(slug, 'lang=en');
    expect(html.status).toBe(200);
    expect(html.headers.get('content-security-policy')).toContain("default-src 'none'; style-src 'sha256-");
    for (const words of ['The open-assemblies', 'Ana', '1:05', 'Oppose', 'Lunch is at one.', 'Hidden by the chair']) {
      expect(html.body.toLowerCase()).toContain(words.toLowerCase());
    }
    expect(html.body).not.toContain('UNSPEAKABLE');
    const json = await instance.call<{interventions: {spoken: number}[]; record: {lastSeq: number; leafHash: string}}>(
      'GET',
      `/api/sessions/${slug}/minutes?format=json`,
    );
    expect(json.body.interventions.map(({spoken}) => Math.round(spoken / 1000))).toEqual([65]);
    const entries = await instance.store.ledger.read(
      `session:${(await instance.store.sessions.find(slug))?.id}`,
      0,
      100,
    );
    expect(json.body.record).toMatchObject({
      lastSeq: entries.length,
      leafHash: Buffer.from(entries.at(-1)?.leafHash ?? []).toString('hex'),
    });
    const docx = await fetch(`${instance.url}/api/sessions/${slug}/minutes?format=docx&lang=en`);
    expect(docx.headers.get('content-disposition')).toBe(`attachment; filename="minutes-${slug}.docx"`);
    const bytes = Buffer.from(await docx.arrayBuffer());
    expect(bytes.subarray(0, 2).toString()).toBe('PK');
    // What a thread of its own made is what the command line makes.
    const byOperator = await writeMinutes(await minutesForOperator(instance.app, slug, 'inside'), 'docx', 'en');
    expect(bytes.equals(Buffer.from(byOperator))).toBe(true);
  });

  test('R59: name the paper and the paragraph of a question, as it was numbered when it was put', async () => {
    const text = 'Recalling the Charter,\n\nCalls upon all conveners;\n\nDecides to meet again.';
    const given = {consultation: 'copenhagen', slug: 'asked-about', title: 'Asked about', text, language: 'en'};
    expect((await instance.call('POST', '/api/papers', {as: dina, body: given})).status).toBe(201);
    const paper = await instance.store.papers.find('asked-about');
    if (!paper) throw new Error('It is not there.');
    const [, second] = (await instance.app.rooms.read(paper)).paragraphs;
    const slug = await aSession({agenda: [{title: 'Text', papers: ['asked-about']}]});
    await act(dina, slug, 'session.join');
    await act(dina, slug, 'session.open');
    const question = {kind: 'positions', question: 'Like this?', paper: 'asked-about', paragraph: second?.name};
    await act(dina, slug, 'poll.open', question);
    await act(dina, slug, 'session.close');
    const before = (await minutes(slug, 'lang=en')).body;
    const said = before.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ');
    expect(said).toMatch(/On Asked about \((OP|paragraph) \d\)\./);
    const removed = {
      as: dina,
      body: {paragraph: (await instance.app.rooms.read(paper)).paragraphs[0]?.name, after: second?.name},
    };
    await instance.call('POST', '/api/papers/asked-about/moves', removed);
    expect((await minutes(slug, 'lang=en')).body === before).toBe(true);
  });

  test('R61: are the same bytes whenever they are made, in each language, and then need not travel again', async () => {
    const slug = await aSession();
    await sitting(slug);
    for (const lang of languages) {
      const first = await minutes(slug, `lang=${lang}`);
      instance.pass(3_600_000);
      const again = await minutes(slug, `lang=${lang}`, ana);
      expect(again.body === first.body, lang).toBe(true);
      const known = {'if-none-match': first.headers.get('etag') ?? ''};
      const third = await instance.call('GET', `/api/sessions/${slug}/minutes?lang=${lang}`, {headers: known});
      expect(third.status).toBe(304);
      const byOperator = await writeMinutes(await minutesForOperator(instance.app, slug, 'inside'), 'html', lang);
      expect(Buffer.from(byOperator).toString() === first.body, lang).toBe(true);
    }
  });

  test('R60: give no name where the policy gives none, and nothing where it is closed', async () => {
    const nameless = await aSession({publication: 'public-text'});
    await sitting(nameless);
    for (const format of ['html', 'json']) {
      const {body} = await minutes(nameless, `format=${format}&lang=en`);
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      expect(text.match(/\bana\b|dina|open-assemblies/gi), format).toBeNull();
      const inside = await minutes(nameless, `format=${format}&lang=en`, ana);
      expect(typeof inside.body === 'string' ? inside.body : JSON.stringify(inside.body)).toMatch(/open-assemblies/);
    }
    const closed = await aSession({publication: 'closed'});
    expect(await minutes(closed, '')).toMatchObject({status: 403, body: {refusal: 'session.closed'}});
    expect((await minutes(closed, '', ana)).status).toBe(200);
    const unlisted = await aSession({publication: 'unlisted'});
    expect(await minutes(unlisted, '')).toMatchObject({status: 404, body: {refusal: 'not-found'}});
    for (const [slug, status] of [
      [closed, 403],
      [unlisted, 404],
      ['nothing-here', 404],
    ] as const) {
      const page = await instance.call<string>('GET', `/sessions/${slug}/minutes?lang=fr`);
      expect(page.status).toBe(status);
      expect(page.body).toContain('<html lang="fr"');
      expect(page.body).not.toContain('Secret heading');
    }
  });
});

describe('R62: calendars', () => {
  const calendar = async (path: string, as?: string) => (await instance.call<string>('GET', path, {as})).body;
  const unfolded = (file: string) => file.replaceAll('\r\n ', '');

  test('have one entry a session, whose sequence goes up when it is planned anew', async () => {
    const slug = await aSession();
    const path = `/api/sessions/${slug}.ics`;
    const before = unfolded(await calendar(path));
    expect(before).toContain(`SUMMARY:الجلسة 第一次 reading ${serial}`);
    expect(before).toContain('SEQUENCE:0\r\n');
    expect(before).toContain(`URL:${instance.app.address()}/follow/${slug}`);
    expect(before).toContain('1. Secret heading');
    expect(await calendar(path)).toBe(await calendar(path));
    const startsAt = '2027-01-15T09:00:00.000Z';
    const endsAt = '2027-01-15T12:00:00.000Z';
    await act(dina, slug, 'session.change', {title: 'Moved; to January', startsAt, endsAt, zone: 'UTC'});
    const after = unfolded(await calendar(path));
    expect(after).toContain('DTSTART:20270115T090000Z\r\nDTEND:20270115T120000Z');
    expect(after).toContain('SEQUENCE:1\r\n');
    expect(after).toContain('SUMMARY:Moved\\; to January');
    const uid = /UID:\S+/.exec(before)?.[0];
    expect(after).toContain(uid);
    expect(await calendar('/api/consultations/copenhagen/calendar.ics')).toContain(uid);
  });

  test('tell a reader only what they may know', async () => {
    const closed = await aSession({publication: 'closed'});
    const unlisted = await aSession({publication: 'unlisted'});
    const forAll = await calendar('/api/consultations/copenhagen/calendar.ics');
    expect(forAll).toContain(`/follow/${closed}\r\n`);
    expect(forAll).not.toContain(`/follow/${unlisted}\r\n`);
    expect(await calendar('/api/consultations/copenhagen/calendar.ics', ana)).toContain(`/follow/${unlisted}\r\n`);
    expect(unfolded(await calendar(`/api/sessions/${closed}.ics`))).not.toContain('Secret heading');
    expect(unfolded(await calendar(`/api/sessions/${closed}.ics`, ana))).toContain('Secret heading');
    expect((await instance.call('GET', `/api/sessions/${unlisted}.ics`)).status).toBe(404);
  });
});
