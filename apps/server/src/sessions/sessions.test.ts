import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import type {SessionSnapshot, SessionStanding, SessionSummary} from '@plenary/protocol/api/sessions';
import {seatCast, startInstance, type TestInstance} from '../testing/instance.ts';
import {Attendee, minute} from './testing/hall.ts';

let instance: TestInstance;
const cookies: Record<string, string> = {};
const open: Attendee[] = [];

beforeAll(async () => {
  instance = await startInstance();
  await seatCast(instance);
  for (const name of ['ana', 'ben', 'cho', 'dina']) cookies[name] = await instance.signIn(name);
  const made = await instance.call('POST', '/api/papers', {
    as: cookies['ana'],
    body: {consultation: 'copenhagen', slug: 'statement', title: 'Statement', text: 'One.\n\nTwo.'},
  });
  expect(made.status).toBe(201);
});
afterEach(() => {
  for (const {socket} of open.splice(0)) socket.disconnect();
});
afterAll(() => instance.close());

interface Read {
  summary: SessionSummary;
  you: SessionStanding;
  snapshot: SessionSnapshot;
}

/** A planned session with two items, the second with a paper. */
async function aSession(given: Record<string, unknown> = {}): Promise<SessionSummary> {
  const {status, body} = await instance.call<SessionSummary>('POST', '/api/sessions', {
    as: cookies['dina'],
    body: {
      consultation: 'copenhagen',
      title: 'Opening',
      startsAt: '2026-11-25T09:00:00Z',
      endsAt: '2026-11-25T12:00:00Z',
      zone: 'Europe/Copenhagen',
      agenda: [
        {title: 'Welcome', minutes: 10},
        {title: 'Statement', papers: ['statement']},
      ],
      ...given,
    },
  });
  expect(status).toBe(201);
  return body;
}

async function enter(session: string, who?: string): Promise<Attendee> {
  const attendee = new Attendee(instance.url, session, who && cookies[who]);
  open.push(attendee);
  const answer = await attendee.watch();
  expect(answer).toMatchObject({ok: true});
  return attendee;
}

/** Dina has opened it and Ana, Ben and Cho have joined: their numbers are 2, 3 and 4. */
async function inSession(given: Record<string, unknown> = {}) {
  const session = await aSession(given);
  const [dina, ana, ben, cho] = [
    await enter(session.slug, 'dina'),
    await enter(session.slug, 'ana'),
    await enter(session.slug, 'ben'),
    await enter(session.slug, 'cho'),
  ];
  for (const one of [dina, ana, ben, cho]) expect(await one.act('session.join', {})).toMatchObject({ok: true});
  expect(await dina.tries('session.open', {})).toBeNull();
  return {session, dina, ana, ben, cho};
}

describe('R45: a session', () => {
  test('is created, listed, read, opened and joined, and every frame follows on the last', async () => {
    const {session, dina, ana, cho} = await inSession();
    expect(session).toMatchObject({title: 'Opening', life: 'planned', consultation: {slug: 'copenhagen'}, seq: 1});
    const listed = await instance.call<{sessions: SessionSummary[]}>('GET', '/api/sessions?consultation=copenhagen');
    expect(listed.body.sessions.find(({id}) => id === session.id)).toMatchObject({life: 'open', slug: session.slug});
    expect(await dina.tries('list.open', {})).toBeNull();
    expect(await ana.act('floor.ask', {})).toMatchObject({ok: true, value: {participant: 2, place: 1}});
    expect(await cho.act('floor.ask', {})).toMatchObject({ok: true, value: {participant: 4, place: 2}});
    await expect.poll(() => ana.state?.list.waiting.map(({participant}) => participant)).toEqual([2, 4]);
    const {body} = await instance.call<Read>('GET', `/api/sessions/${session.slug}`, {as: cookies['ana']});
    expect(body.snapshot.state).toEqual(ana.state);
    expect(body.you).toEqual({participant: 2, mayAttend: true, maySpeak: true, mayPreside: false, mayPrepare: false});
    expect(body.snapshot.names.texts[body.snapshot.state.title]).toBe('Opening');
    expect(Object.values(body.snapshot.names.papers)).toMatchObject([{slug: 'statement', title: 'Statement'}]);
    expect(minute).toBe(60_000);
  });
});
