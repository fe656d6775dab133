import {createHash} from 'node:crypto';
import {WebSocket} from 'ws';
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import {sessionActNames} from '@plenary/domain/sessions/acts';
import type {SessionId} from '@plenary/domain/sessions/session';
import type {SessionSnapshot, SessionStanding, SessionSummary} from '@plenary/protocol/api/sessions';
import type {ActAnswer} from '@plenary/protocol/rt';
import {OwnClient} from '../papers/rooms/testing/own-client.ts';
import {eraseMember} from '../people/erasure.service.ts';
import {grantMandate} from '../people/mandates.service.ts';
import {seatCast, startInstance, type TestInstance} from '../testing/instance.ts';
import {Attendee} from './testing/hall.ts';

type Name = 'ana' | 'ben' | 'cho' | 'dina';

let instance: TestInstance;
const cookies = {} as Record<Name, string>;
const ended: (() => void)[] = [];

/** The machine may be busy; what must be fast is measured. */
function soon<Value>(get: () => Value) {
  return expect.poll(get, {timeout: 15_000});
}

beforeAll(async () => {
  instance = await startInstance();
  await seatCast(instance);
  for (const name of ['ana', 'ben', 'cho', 'dina'] as const) cookies[name] = await instance.signIn(name);
  const made = await instance.call('POST', '/api/papers', {
    as: cookies.ana,
    body: {consultation: 'copenhagen', slug: 'statement', title: 'Statement', text: 'One.\n\nTwo.'},
  });
  expect(made.status).toBe(201);
}, 120_000);
afterEach(() => {
  for (const end of ended.splice(0)) end();
});
afterAll(() => instance.close());

interface Read {
  summary: SessionSummary;
  you: SessionStanding;
  snapshot: SessionSnapshot;
}

function read(session: string, as?: Name) {
  return instance.call<Read>('GET', `/api/sessions/${session}`, {as: as && cookies[as]});
}

/** A planned session with two items, the second with a paper. */
async function aSession(given: Record<string, unknown> = {}): Promise<SessionSummary> {
  const {status, body} = await instance.call<SessionSummary>('POST', '/api/sessions', {
    as: cookies.dina,
    body: {
      consultation: 'copenhagen',
      title: 'Opening',
      startsAt: '2026-11-25T09:00:00Z',
      endsAt: '2026-11-25T12:00:00Z',
      zone: 'Europe/Copenhagen',
      agenda: [
        {title: 'Welcome', minutes: 10},
        {title: 'Joint text', papers: ['statement']},
      ],
      ...given,
    },
  });
  expect(status).toBe(201);
  return body;
}

function attendee(session: string, who?: Name): Attendee {
  const made = new Attendee(instance.url, session, who && cookies[who]);
  ended.push(() => made.socket.disconnect());
  return made;
}

async function enter(session: string, who?: Name): Promise<Attendee> {
  const one = attendee(session, who);
  expect(await one.watch()).toMatchObject({ok: true});
  return one;
}

/** Dina has opened it and Ana, Ben and Cho have joined: they are 1, 2, 3 and 4. */
async function inSession(given: Record<string, unknown> = {}) {
  const session = await aSession(given);
  const dina = await enter(session.slug, 'dina');
  const ana = await enter(session.slug, 'ana');
  const ben = await enter(session.slug, 'ben');
  const cho = await enter(session.slug, 'cho');
  for (const one of [dina, ana, ben, cho]) expect(await one.act('session.join', {})).toMatchObject({ok: true});
  expect(await dina.tries('session.open', {})).toBeNull();
  return {session, dina, ana, ben, cho};
}

async function record(session: SessionSummary) {
  return instance.store.ledger.read(`session:${session.id}`, 0, 1000);
}

describe('R45: a session', () => {
  test('is created by the chair or the secretariat of its consultation, listed and read by slug and id', async () => {
    const session = await aSession();
    expect(session).toMatchObject({
      title: 'Opening',
      life: 'planned',
      publication: 'public',
      consultation: {slug: 'copenhagen'},
      startsAt: '2026-11-25T09:00:00.000Z',
      seq: 1,
    });
    const {body} = await instance.call<{sessions: SessionSummary[]}>('GET', '/api/sessions?consultation=copenhagen');
    expect(body.sessions.find(({id}) => id === session.id)).toEqual(session);
    const bySlug = await read(session.slug, 'ana');
    const {snapshot, you, summary} = (await read(session.id, 'ana')).body;
    expect(bySlug.body.snapshot.state).toEqual(snapshot.state);
    expect(summary).toEqual(session);
    expect(you).toEqual({participant: null, mayAttend: true, maySpeak: true, mayPreside: false, mayPrepare: false});
    const {agenda, title} = snapshot.state;
    expect(snapshot.names.texts[title]).toBe('Opening');
    expect(agenda.map(item => snapshot.names.texts[item.title])).toEqual(['Welcome', 'Joint text']);
    expect(Object.values(snapshot.names.papers)).toMatchObject([{slug: 'statement', title: 'Statement'}]);
  });

  test('is refused to others, and when it makes no sense', async () => {
    const sensible = {
      consultation: 'copenhagen',
      title: 'Opening',
      startsAt: '2026-11-25T09:00:00Z',
      endsAt: '2026-11-25T12:00:00Z',
      zone: 'Europe/Copenhagen',
    };
    const tried = async (as: Name | undefined, body: object) => {
      const {status, body: answer} = await instance.call('POST', '/api/sessions', {as: as && cookies[as], body});
      return `${status} ${String(answer.refusal)}`;
    };
    expect(await tried(undefined, sensible)).toBe('401 sign-in.required');
    expect(await tried('ana', sensible)).toBe('403 not-permitted');
    expect(await tried('dina', {...sensible, endsAt: '2026-11-25T08:00:00Z'})).toBe('400 input.invalid');
    expect(await tried('dina', {...sensible, zone: 'Europe/Nowhere'})).toBe('400 input.invalid');
    expect(await tried('dina', {...sensible, title: ' '})).toBe('400 input.invalid');
    expect(await tried('dina', {...sensible, publication: 'embargo'})).toBe('400 input.invalid');
    expect(await tried('dina', {...sensible, consultation: 'nowhere'})).toBe('404 not-found');
    expect(await tried('dina', {...sensible, agenda: [{title: 'A', papers: ['nothing']}]})).toBe('404 not-found');
    const {slug} = await aSession();
    expect(await tried('dina', {...sensible, slug})).toBe('409 slug.taken');
  });
});

describe('R46: an act of a session', () => {
  test('is one row or more of its stream in the ledger, without a gap, and what all see is their sum', async () => {
    const {session, dina, ana, ben, cho} = await inSession();
    const agenda = (await read(session.id)).body.snapshot.state.agenda;
    const second = agenda[1]?.id ?? '';
    const done = async (one: Attendee, ...[name, body]: Parameters<Attendee['act']>) => {
      const answer = await one.act(name, body);
      expect(answer, name).toMatchObject({ok: true});
      return answer.ok ? (answer.value as Record<string, unknown>) : {};
    };
    await done(dina, 'list.open', {});
    await done(dina, 'item.take-up', {item: second});
    const text = await instance.app.rooms.read((await instance.store.papers.find('statement'))!);
    await done(dina, 'floor.show', {paper: 'statement', paragraph: text.paragraphs[1]?.name ?? null});
    expect(await done(ana, 'floor.ask', {})).toEqual({participant: 2, place: 1});
    expect(await done(ben, 'floor.ask', {group: true})).toEqual({participant: 3, place: 1});
    await done(dina, 'list.move', {participant: 2, to: 0});
    await done(dina, 'floor.give', {participant: 2});
    await done(dina, 'floor.pause', {});
    await done(dina, 'floor.resume', {});
    await done(dina, 'floor.extend', {seconds: 60});
    await done(cho, 'order.raise', {});
    await done(dina, 'floor.end', {});
    await done(dina, 'floor.end', {how: 'cut'});
    await done(dina, 'floor.absent', {participant: 3});
    await done(ben, 'floor.withdraw', {});
    await done(dina, 'list.add', {participant: 4});
    await done(dina, 'list.close', {});
    await done(dina, 'limits.set', {group: 120, individual: 60});
    const {poll} = await done(dina, 'poll.open', {kind: 'positions', question: 'As it stands?', paper: 'statement'});
    await done(ana, 'position.take', {poll: String(poll), choice: 'oppose', reason: 'Too short.'});
    await done(ana, 'position.take', {poll: String(poll), choice: 'support'});
    await done(dina, 'poll.close', {poll: String(poll)});
    await done(dina, 'announcement.make', {text: 'Lunch.'});
    await done(dina, 'item.close', {item: second});
    await done(dina, 'agenda.set', {
      agenda: [
        {...planned(agenda[0], 'Welcome')},
        {...planned(agenda[1], 'Joint statement'), papers: ['statement']},
        {title: 'Other'},
      ],
    });
    await done(dina, 'session.change', {
      title: 'Opening',
      startsAt: '2026-11-25T09:30:00Z',
      endsAt: '2026-11-25T12:00:00Z',
      zone: 'Africa/Nairobi',
    });
    await done(dina, 'session.suspend', {});
    await done(dina, 'session.open', {});
    await done(ben, 'session.leave', {});
    await done(dina, 'session.close', {});

    const rows = await record(session);
    expect(rows.map(({seq}) => seq)).toEqual(rows.map((_, place) => place + 1));
    const {snapshot, summary} = (await read(session.id, 'ben')).body;
    expect(snapshot.state.seq).toBe(rows.length);
    for (const one of [dina, ana, ben, cho]) await soon(() => one.state).toEqual(snapshot.state);
    expect(summary).toMatchObject({life: 'closed', zone: 'Africa/Nairobi', seq: rows.length});
    expect(snapshot.state.title).toBe((await rowOf(session))?.title);
    expect(snapshot.state.agenda.map(({title}) => snapshot.names.texts[title])).toEqual([
      'Welcome',
      'Joint statement',
      'Other',
    ]);
    // What is the same keeps its text.
    expect(snapshot.state.agenda[0]?.title).toBe(agenda[0]?.title);
    expect(snapshot.state.polls[0]?.state).toMatchObject({counts: {support: 1, reserve: 0, oppose: 0, abstain: 0}});
  });

  function planned(item: SessionSnapshot['state']['agenda'][number] | undefined, title: string) {
    return {...(item && {id: item.id}), title, papers: [...(item?.papers ?? [])], minutes: item?.minutes ?? null};
  }

  async function rowOf({id}: SessionSummary) {
    return instance.store.sessions.find(id);
  }

  test('counts once however often it is sent under one key, over either way in', async () => {
    const {session, dina, ana} = await inSession();
    await dina.act('list.open', {});
    const key = 'of-ana-00001';
    const [first, second] = await Promise.all([ana.act('floor.ask', {}, key), ana.act('floor.ask', {}, key)]);
    const third = await ana.act('floor.ask', {}, key);
    const fourth = await instance.call<ActAnswer>('POST', `/api/sessions/${session.id}/floor.ask`, {
      as: cookies.ana,
      body: {key},
    });
    expect(first).toMatchObject({ok: true, value: {participant: 2, place: 1}});
    expect([second, third, fourth.body]).toEqual([first, first, first]);
    expect((await record(session)).filter(({act}) => act === 'floor.asked')).toHaveLength(1);
    // The same key in another's hand is another key.
    const ofDina = await dina.act('announcement.make', {text: 'One'}, key);
    expect(ofDina.seq).toBeGreaterThan(first.seq);
    expect(await dina.act('announcement.make', {text: 'One'}, key)).toEqual(ofDina);
  });

  test('is refused with the sentence of its refusal, the same over HTTP and live', async () => {
    const {session, dina, ana} = await inSession();
    const live = await ana.act('floor.ask', {});
    expect(live).toMatchObject({ok: false, refusal: 'list.closed', seq: (await rowOf(session))?.seq});
    const over = await instance.call<ActAnswer>('POST', `/api/sessions/${session.slug}/floor.ask`, {as: cookies.ana});
    expect(over.status).toBe(409);
    expect(over.body).toEqual(live);
    const tried: [string | null, string][] = [
      [await ana.tries('session.close', {}), 'not-permitted'],
      [await dina.tries('floor.ask', {}), 'not-permitted'],
      [await dina.tries('item.take-up', {item: 'nothing'}), 'agenda.item-unknown'],
      [await dina.tries('floor.show', {paper: 'statement'}), 'agenda.paper-elsewhere'],
      [await dina.tries('floor.show', {paper: 'statement', paragraph: 'none'}), 'paragraph.unknown'],
      [await dina.tries('floor.show', {paper: 'none'}), 'not-found'],
      [await dina.tries('floor.give', {participant: 99}), 'participant.unknown'],
      [await dina.tries('floor.end', {}), 'floor.nobody-speaks'],
      [await dina.tries('list.move', {participant: 2, to: 0}), 'floor.not-waiting'],
      [await dina.tries('participant.mute', {participant: 1, writing: true, asking: true}), 'participant.chair'],
      [await dina.tries('contribution.hide', {text: 'none', reason: 'spam'}), 'contribution.unknown'],
      [await ana.tries('position.take', {poll: 'none', choice: 'support'}), 'poll.unknown'],
      [await dina.tries('agenda.set', {agenda: [{id: 'none', title: 'A'}]}), 'agenda.item-unknown'],
      [await attendee(session.id).tries('session.join', {}), 'sign-in.required'],
    ];
    for (const [got, wanted] of tried) expect(got).toBe(wanted);
    expect(await dina.tries('session.close', {})).toBeNull();
    expect(await ana.tries('session.join', {})).toBe('session.over');
    expect(await dina.tries('announcement.make', {text: 'Late'})).toBe('session.over');
  });

  test('that asks for nothing new leaves no row', async () => {
    const {session, dina} = await inSession();
    const before = (await record(session)).length;
    expect(await dina.act('session.open', {}, 'again-and-again')).toMatchObject({ok: true, seq: before});
    expect(await dina.tries('session.join', {})).toBeNull();
    expect(await record(session)).toHaveLength(before);
  });

  test('that is nonsense, huge or for a session that is not there is refused, and nothing else happens', async () => {
    const {session, dina} = await inSession();
    const before = (await record(session)).length;
    const send = dina.socket as unknown as {emitWithAck(name: string, message: unknown): Promise<ActAnswer>};
    const polluting = JSON.parse(`{"session":"${session.id}","__proto__":{"text":"x"},"text":7}`) as object;
    const nonsense: unknown[] = [null, 7, 'x', [], {}, {session: 7}, {session: session.id}, polluting];
    for (const message of [
      ...nonsense,
      {session: session.id, text: 'x'.repeat(1001)},
      {session: session.id, text: ['x']},
    ]) {
      const answer = await send.emitWithAck('announcement.make', message);
      expect(answer).toMatchObject({ok: false, refusal: 'input.invalid', sentence: expect.stringMatching(/.{10}/)});
    }
    const choice = {session: session.id, poll: '__proto__', choice: 'constructor'};
    expect(await send.emitWithAck('position.take', choice)).toMatchObject({ok: false, refusal: 'not-permitted'});
    const unknown = await send.emitWithAck('announcement.make', {session: 'nothing', text: 'x'});
    expect(unknown).toMatchObject({ok: false, refusal: 'not-found', seq: 0});
    expect(({} as {text?: string}).text).toBeUndefined();
    expect(
      await instance.call('POST', `/api/sessions/${session.id}/floor.give`, {as: cookies.dina, text: '{'}),
    ).toMatchObject({status: 400, body: {refusal: 'input.unreadable'}});
    for (const name of sessionActNames) {
      const answer = await instance.call<ActAnswer>('POST', `/api/sessions/nothing/${name}`, {
        as: cookies.dina,
        body: {participant: -1, agenda: 'x', to: {}},
      });
      expect(answer.status, name).toBeGreaterThanOrEqual(400);
      expect(answer.status, name).toBeLessThan(500);
    }
    expect(await record(session)).toHaveLength(before);
    expect(instance.log()).not.toContain('A request failed');
  });

  test('brings its words to erasable rows alone: the ledger holds a commitment to them', async () => {
    const {session, dina} = await inSession();
    await dina.act('announcement.make', {text: 'Seven words that nobody else would say.'});
    const rows = await record(session);
    expect(JSON.stringify(rows)).not.toContain('Seven words');
    const {event} = rows.at(-1)!;
    const kept = await instance.store.sessions.texts(session.id as SessionId, [event.text as never]);
    expect([...kept.values()]).toEqual(['Seven words that nobody else would say.']);
    const commitments = Object.entries(event.commitments as Record<string, string>);
    expect(commitments).toEqual([[event.text, expect.stringMatching(/^[0-9a-f]{64}$/)]]);
    expect(commitments[0]?.[1]).not.toBe(
      createHash('sha256').update('Seven words that nobody else would say.').digest('hex'),
    );
  });
});

describe('R47: who watches a session', () => {
  test('is given the state, then every entry once and in order, in frames that follow on each other', async () => {
    const {session, dina} = await inSession();
    const eve = await enter(session.slug);
    const from = eve.state?.seq ?? 0;
    let last = 0;
    for (let n = 1; n <= 30; n++) ({seq: last} = await dina.act('announcement.make', {text: `Announcement ${n}`}));
    await soon(() => eve.state?.seq).toBe(last);
    expect(eve.entries.map(({seq}) => seq)).toEqual(Array.from({length: last - from}, (_, n) => from + 1 + n));
    for (const [place, frame] of eve.frames.entries()) {
      expect(frame.from).toBe(place === 0 ? from + 1 : (eve.frames[place - 1]?.to ?? 0) + 1);
    }
    const told = Object.assign({}, ...eve.frames.map(({names}) => names.texts)) as Record<string, string>;
    expect(Object.values(told)).toEqual(Array.from({length: 30}, (_, n) => `Announcement ${n + 1}`));
  });

  test('comes back with the last seq that they know, and is given what was missed', async () => {
    const {session, dina, ana} = await inSession();
    await soon(() => ana.state?.life.is).toBe('open');
    const before = ana.state;
    ana.socket.disconnect();
    for (let n = 0; n < 5; n++) await dina.act('announcement.make', {text: `While away ${n}`});
    const again = attendee(session.slug, 'ana');
    again.state = before;
    const answer = await again.watch(before?.seq);
    expect(answer.ok && 'missed' in answer.value && answer.value.missed.from).toBe((before?.seq ?? 0) + 1);
    await soon(() => again.state).toEqual(dina.state);
    const ahead = await attendee(session.slug, 'ana').watch(10_000);
    expect(ahead.ok && 'snapshot' in ahead.value).toBe(true);
  });

  test('is told how many follow without an account, over the stream and live, and never who', async () => {
    const {session, dina} = await inSession();
    await soon(() => dina.following).toBe(0);
    const eve = await enter(session.slug);
    await soon(() => dina.following).toBe(1);
    const reading = new AbortController();
    ended.push(() => reading.abort());
    await fetch(`${instance.url}/follow/${session.slug}/events`, {signal: reading.signal});
    await soon(() => [dina.following, eve.following]).toEqual([2, 2]);
    expect(dina.heard).toContain(`session.following ${JSON.stringify({session: session.id, following: 2})}`);
    reading.abort();
    eve.socket.disconnect();
    await soon(() => dina.following).toBe(0);
    await dina.act('session.close', {});
  });

  test('hears nothing more after unwatching', async () => {
    const {session, dina} = await inSession();
    const [stays, leaves] = [await enter(session.slug), await enter(session.slug)];
    expect(await leaves.socket.emitWithAck('session.unwatch', {session: session.id})).toEqual({ok: true, value: null});
    const {length} = leaves.frames;
    await dina.act('announcement.make', {text: 'Still there?'});
    await soon(() => stays.heard).toContain('Still there?');
    expect(leaves.frames).toHaveLength(length);
  });

  test('takes positions in a crowd packed into few frames', async () => {
    const {session, dina, ana, ben, cho} = await inSession();
    const {poll} = value(await dina.act('poll.open', {kind: 'positions', question: 'All?'}));
    const eve = await enter(session.slug);
    await Promise.all([ana, ben, cho].map(one => one.act('position.take', {poll, choice: 'support'})));
    await soon(() => eve.state?.polls[0]?.answers.length).toBe(3);
    const packs = eve.frames.flatMap(({entries}) => entries.filter(entry => 'answers' in entry));
    expect(packs.flatMap(({answers}) => answers.map(([number]) => number)).toSorted()).toEqual([2, 3, 4]);
    expect(eve.state).toEqual((await read(session.id)).body.snapshot.state);
  });
});

function value(answer: ActAnswer): {poll: string; text: string; participant: number} {
  if (!answer.ok) throw new Error(answer.refusal);
  return answer.value as {poll: string; text: string; participant: number};
}

describe('R48: the publication policy of a session', () => {
  test('listed and closed answers with title and policy; unlisted as if it were not there', async () => {
    const closed = await aSession({publication: 'closed', title: 'Behind doors'});
    const unlisted = await aSession({publication: 'unlisted'});
    const refused = await read(closed.slug);
    expect(refused).toMatchObject({
      status: 403,
      body: {refusal: 'session.closed', details: {title: 'Behind doors', publication: 'closed'}},
    });
    expect(await attendee(closed.slug).watch()).toMatchObject({ok: false, refusal: 'session.closed'});
    expect((await read(unlisted.slug)).body).toEqual((await read('nothing-here')).body);
    expect(await attendee(unlisted.slug).watch()).toEqual(await attendee('nothing-here').watch());
    expect(await attendee(unlisted.slug).act('session.join', {})).toEqual(
      await attendee('nothing-here').act('session.join', {}),
    );
    const {body} = await instance.call<{sessions: SessionSummary[]}>('GET', '/api/sessions');
    const ids = body.sessions.map(({id}) => id);
    expect([ids.includes(closed.id), ids.includes(unlisted.id)]).toEqual([true, false]);
    expect((await read(unlisted.slug, 'ana')).status).toBe(200);
  });

  test('without names gives no byte of who anybody is, to anyone outside', async () => {
    const {session, dina, ana, cho} = await inSession({publication: 'public-text'});
    const eve = await enter(session.slug);
    await dina.act('list.open', {});
    await ana.act('floor.ask', {});
    await ana.act('session.leave', {});
    await ana.act('session.join', {});
    const {poll} = value(await dina.act('poll.open', {kind: 'positions', question: 'Agreed?'}));
    await cho.act('position.take', {poll, choice: 'support', reason: 'Because.'});
    await dina.act('participant.mute', {participant: 2, writing: false, asking: true});
    const late = await enter(session.slug);
    const back = attendee(session.slug);
    back.state = late.state;
    await back.watch(2);
    await soon(() => eve.state?.seq).toBe((await record(session)).length);
    const csv = await instance.call<string>('GET', `/api/sessions/${session.id}/speaking-time.csv`);
    const json = await instance.call('GET', `/api/sessions/${session.id}/speaking-time`);
    const heard = [eve.heard, late.heard, back.heard, csv.body, json.body, (await read(session.id)).body]
      .map(one => (typeof one === 'string' ? one : JSON.stringify(one)))
      .join('\n');
    const whoIsWho: string[] = [];
    for (const slug of ['open-assemblies', 'meridian-cloud', 'valmora']) {
      const organisation = await instance.store.organisations.find(slug);
      whoIsWho.push(organisation?.id ?? '?', organisation?.name ?? '?');
    }
    for (const name of ['ana', 'ben', 'cho', 'dina']) {
      const member = await instance.store.members.findByCastName(name);
      whoIsWho.push(member?.id ?? '?', `"${member?.handle}"`);
    }
    for (const known of whoIsWho) expect(heard).not.toContain(known);
    expect(heard).toContain('civil-society');
    // Inside, everybody is there by name.
    for (const known of whoIsWho) expect(`${ana.heard}${JSON.stringify(ana.state)}`).toContain(known);
    expect(eve.state).toEqual((await read(session.id)).body.snapshot.state);
  });

  test('bites within a second: who may not hear more is told of it, and hears nothing after', async () => {
    const {session, dina, ana} = await inSession();
    const eve = await enter(session.slug);
    expect(await dina.tries('session.publish', {publication: 'closed'})).toBeNull();
    const from = performance.now();
    await soon(() => eve.gone).toBe(1);
    expect(performance.now() - from).toBeLessThan(1000);
    expect(eve.entries.at(-1)?.event).toMatchObject({type: 'session.publication-set', policy: 'closed'});
    await dina.act('announcement.make', {text: 'Among ourselves'});
    await soon(() => ana.heard).toContain('Among ourselves');
    expect(eve.heard).not.toContain('Among ourselves');
    expect((await read(session.id)).status).toBe(403);

    const hidden = await inSession();
    const frank = await enter(hidden.session.slug);
    await hidden.dina.act('session.publish', {publication: 'unlisted'});
    await soon(() => frank.gone).toBe(1);
    expect(frank.heard).not.toContain('unlisted');
    expect(hidden.ana.gone + ana.gone).toBe(0);
  });

  test('an embargo ends by itself', async () => {
    const session = await aSession({
      publication: 'embargo',
      embargoUntil: new Date(Date.now() + 3_600_000).toISOString(),
    });
    expect((await read(session.id)).status).toBe(403);
    const passed = await aSession({publication: 'embargo', embargoUntil: new Date(Date.now() - 1000).toISOString()});
    expect((await read(passed.id)).status).toBe(200);
    expect(await attendee(passed.id).watch()).toMatchObject({ok: true});
  });
});

describe('R49: speaking time', () => {
  test('adds up equally by participant, organisation and constituency, in the page’s state, the API and the table', async () => {
    const {session, dina} = await inSession();
    await dina.act('list.open', {});
    for (const [participant, ms] of [
      [2, 90_000],
      [3, 30_000],
      [2, 15_000],
    ] as const) {
      await dina.act('floor.give', {participant});
      instance.pass(ms);
      await dina.act('floor.end', {});
    }
    interface Times {
      total: number;
      participants: {participant: number; handle: string; organisation: string; spoken: number}[];
      organisations: {spoken: number}[];
      constituencies: {constituency: string; spoken: number; interventions: number}[];
    }
    const {body} = await instance.call<Times>('GET', `/api/sessions/${session.slug}/speaking-time`);
    const sum = (list: readonly {spoken: number}[]) => list.reduce((all, {spoken}) => all + spoken, 0);
    const {state} = (await read(session.id)).body.snapshot;
    const inState = state.interventions.reduce((all, {spoken}) => all + spoken, 0);
    expect([sum(body.participants), sum(body.organisations), sum(body.constituencies)]).toEqual(
      Array(3).fill(body.total),
    );
    expect(inState).toBe(body.total);
    expect(body.total).toBeGreaterThanOrEqual(135_000);
    expect(body.participants[0]).toMatchObject({participant: 2, handle: 'ana', organisation: 'The open-assemblies'});
    const csv = await instance.call<string>('GET', `/api/sessions/${session.slug}/speaking-time.csv`);
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const rows = csv.body
      .trimEnd()
      .split('\r\n')
      .map(row => row.split(','));
    for (const level of ['participant', 'organisation', 'constituency', 'total']) {
      const own = rows.filter(([first]) => first === level).map(row => Number(row[5]));
      expect(
        own.reduce((all, one) => all + one, 0),
        level,
      ).toBe(body.total);
    }
  });
});

describe('R50: a temperature check', () => {
  test('counts each participant once and keeps nothing of who, nor in which order', async () => {
    const {session, dina, ana, ben, cho} = await inSession();
    const {poll} = value(await dina.act('poll.open', {kind: 'temperature', question: 'Warm?'}));
    const before = await record(session);
    const key = 'of-ben-answer';
    expect(await ana.act('position.take', {poll, choice: 'warm'})).toMatchObject({ok: true, value: {counted: true}});
    expect(await ben.act('position.take', {poll, choice: 'cold'}, key)).toMatchObject({ok: true});
    // Again, and another answer by the same participant: counted already.
    expect(value(await ben.act('position.take', {poll, choice: 'cold'}, key))).not.toHaveProperty('counted');
    expect(value(await ana.act('position.take', {poll, choice: 'cold'}))).not.toHaveProperty('counted');
    expect(await cho.tries('position.take', {poll, choice: 'boiling'})).toBe('poll.choice');
    await soon(() => cho.tallies.at(-1)?.tally.counts).toEqual({warm: 1, lukewarm: 0, cold: 1});
    expect((await read(session.id)).body.snapshot.tallies).toEqual({[poll]: {warm: 1, lukewarm: 0, cold: 1}});
    expect(await record(session)).toEqual(before);
    expect(await instance.store.sessions.keys(session.id as SessionId, [key])).toEqual([]);
    await dina.act('poll.close', {poll});
    expect((await record(session)).at(-1)).toMatchObject({
      act: 'poll.closed',
      event: {counts: {warm: 1, lukewarm: 0, cold: 1}},
    });
    expect(await cho.tries('position.take', {poll, choice: 'warm'})).toBe('poll.over');
    expect((await read(session.id)).body.snapshot.tallies).toEqual({});
  });

  test('is told at most four times a second', async () => {
    const {session, dina} = await inSession();
    const {poll} = value(await dina.act('poll.open', {kind: 'temperature', question: 'Warm?'}));
    const eve = await enter(session.slug);
    const crowd = await Promise.all(
      Array.from({length: 12}, async (_, n) => {
        const cookie = await instance.signIn(
          `w${session.id
            .slice(0, 4)
            .toLowerCase()
            .replace(/[^a-z]/g, 'x')}${n}`,
          'delegate',
          'valmora',
        );
        const one = new Attendee(instance.url, session.id, cookie);
        ended.push(() => one.socket.disconnect());
        return one;
      }),
    );
    for (const one of crowd) {
      await one.act('session.join', {});
      await one.act('position.take', {poll, choice: 'lukewarm'});
    }
    await soon(() => eve.tallies.at(-1)?.tally.counts).toEqual({warm: 0, lukewarm: 12, cold: 0});
    for (const [place, {at}] of eve.tallies.entries()) {
      if (place > 3) expect(at - (eve.tallies[place - 4]?.at ?? 0)).toBeGreaterThan(900);
    }
    await dina.act('session.close', {});
    expect((await read(session.id)).body.snapshot.state.polls[0]?.state).toMatchObject({counts: {lukewarm: 12}});
  });
});

describe('R51: moderation', () => {
  function inRoom(who: Name): OwnClient {
    const url = `${instance.url.replace('http', 'ws')}/rooms/statement`;
    const client = new OwnClient(new WebSocket(url, {headers: {cookie: cookies[who]}}));
    ended.push(() => client.socket.close());
    return client;
  }
  const mayWrite = (client: OwnClient) => client.hellos.at(-1)?.rights;

  test('who is muted writes no paper of the sitting, in its room or over the API, until they are let or it ends', async () => {
    const {dina, ana} = await inSession();
    const room = inRoom('ana');
    await room.whenSynced();
    expect(mayWrite(room)).toMatchObject({write: true});
    await dina.act('participant.mute', {participant: 2, writing: true, asking: false});
    const from = performance.now();
    await soon(() => mayWrite(room)).toMatchObject({write: false, why: 'participant.muted'});
    expect(performance.now() - from).toBeLessThan(1000);
    const moved = () =>
      instance.call('POST', '/api/papers/statement/moves', {as: cookies.ana, body: {paragraph: 'x', after: null}});
    expect(await moved()).toMatchObject({status: 403, body: {refusal: 'participant.muted'}});
    const {body} = await instance.call<{you: object}>('GET', '/api/papers/statement', {as: cookies.ana});
    expect(body.you).toMatchObject({mayWrite: false, refusal: 'participant.muted'});
    expect(await dina.tries('list.open', {})).toBeNull();
    expect(await ana.tries('floor.ask', {})).toBeNull();
    await dina.act('participant.mute', {participant: 2, writing: false, asking: false});
    await soon(() => mayWrite(room)).toMatchObject({write: true});
    await dina.act('participant.mute', {participant: 2, writing: true, asking: true});
    await soon(() => mayWrite(room)).toMatchObject({write: false});
    expect(await ana.tries('floor.ask', {})).toBe('participant.muted');
    await dina.act('session.close', {});
    await soon(() => mayWrite(room)).toMatchObject({write: true});
    expect((await moved()).body).not.toMatchObject({refusal: 'participant.muted'});
  });

  test('who is removed is a follower there until they are readmitted', async () => {
    const {session, dina, ben} = await inSession({publication: 'participants'});
    const room = inRoom('ben');
    await room.whenSynced();
    await dina.act('participant.remove', {participant: 3, reason: 'spam'});
    await soon(() => ben.gone).toBe(1);
    await soon(() => mayWrite(room)).toMatchObject({write: false, why: 'participant.removed'});
    expect((await read(session.id, 'ben')).status).toBe(403);
    expect(await ben.tries('session.join', {})).toBe('participant.removed');
    await dina.act('participant.readmit', {participant: 3});
    await soon(() => mayWrite(room)).toMatchObject({write: true});
    expect(await ben.watch()).toMatchObject({ok: true, value: {you: {participant: 3, mayAttend: true}}});
    expect(await ben.act('session.join', {})).toMatchObject({ok: true, value: {participant: 3}});
    await dina.act('session.close', {});
  });

  test('who is let in may follow from the moment in which that is acknowledged, though others hear of it a little later', async () => {
    const {session, dina, ben} = await inSession({publication: 'participants'});
    await dina.act('participant.remove', {participant: 3, reason: 'other'});
    await soon(() => ben.gone).toBe(1);
    await dina.act('participant.readmit', {participant: 3});
    expect(await ben.watch()).toMatchObject({ok: true, value: {you: {participant: 3, mayAttend: true}}});
    const eve = attendee(session.slug);
    expect(await eve.watch()).toMatchObject({ok: false, refusal: 'session.closed'});
    await dina.act('session.publish', {publication: 'public'});
    expect(await eve.watch()).toMatchObject({ok: true});
    await dina.act('session.close', {});
  });

  test('where the policy is public, who is removed hears on as anyone does, and learns what they may do', async () => {
    const {dina, ben} = await inSession();
    await dina.act('participant.remove', {participant: 3, reason: 'other'});
    await soon(() => ben.standings.at(-1)).toMatchObject({participant: 3, mayAttend: false, maySpeak: false});
    await dina.act('announcement.make', {text: 'For everyone'});
    await soon(() => ben.heard).toContain('For everyone');
    expect(ben.gone).toBe(0);
    await dina.act('session.close', {});
  });

  test('hidden words are in no later frame, snapshot or answer, for nobody; anyone may know how many there are', async () => {
    const {session, dina, ana, ben} = await inSession();
    const {text} = value(await dina.act('announcement.make', {text: 'Words to be hidden'}));
    const {poll} = value(await dina.act('poll.open', {kind: 'positions', question: 'Agreed?'}));
    await ana.act('position.take', {poll, choice: 'oppose', reason: 'An attack on a person'});
    await soon(() => ben.heard).toContain('An attack on a person');
    const reason = ben.state?.polls[0]?.answers[0]?.reason ?? '';
    const known = ben.state?.seq ?? 0;
    expect(await dina.tries('contribution.hide', {text, reason: 'off-topic'})).toBeNull();
    expect(await dina.tries('contribution.hide', {text: reason, reason: 'personal-attack'})).toBeNull();
    await soon(() => ben.state?.hidden.length).toBe(2);
    expect(ben.frames.at(-1)?.names.texts?.[reason]).toBeNull();
    const late = [await enter(session.slug), await enter(session.slug, 'dina'), attendee(session.slug, 'ana')];
    late[2]!.state = ben.state;
    await late[2]?.watch(2);
    const again = attendee(session.slug, 'ben');
    await again.watch(known);
    await dina.act('announcement.make', {text: 'After'});
    await soon(() => late.every(({heard}) => heard.includes('After'))).toBe(true);
    const all = [...late, again].map(({heard}) => heard);
    for (const as of [undefined, 'ana', 'dina'] as const) all.push(JSON.stringify((await read(session.id, as)).body));
    const told = all.join('\n');
    expect(told).toContain('Agreed?');
    expect(told).not.toContain('Words to be hidden');
    expect(told).not.toContain('An attack on a person');
    expect((await read(session.id)).body.snapshot.state.hidden).toMatchObject([
      {text, reason: 'off-topic'},
      {text: reason, reason: 'personal-attack'},
    ]);
    await dina.act('session.close', {});
  });
});

describe('R44: a member who is erased', () => {
  test('takes the reasons that they gave along, and their positions stand', async () => {
    const {session, dina} = await inSession();
    const {poll} = value(await dina.act('poll.open', {kind: 'positions', question: 'Agreed?'}));
    const cookie = await instance.signIn('gone-soon', 'delegate', 'valmora');
    const leaving = new Attendee(instance.url, session.id, cookie);
    ended.push(() => leaving.socket.disconnect());
    await leaving.act('session.join', {});
    await leaving.act('position.take', {poll, choice: 'oppose', reason: 'My own words'});
    expect(JSON.stringify((await read(session.id)).body)).toContain('My own words');
    const member = await instance.store.members.findByCastName('gone-soon');
    await eraseMember(instance.app, member!.id, null);
    const {snapshot} = (await read(session.id)).body;
    expect(JSON.stringify(snapshot)).not.toContain('My own words');
    expect(snapshot.names.members[member!.id]).toBeNull();
    expect(snapshot.state.polls[0]?.answers).toMatchObject([{choice: 'oppose'}]);
    const again = await enter(session.slug);
    expect(again.heard).not.toContain('My own words');
  });
});

describe('R52: attendance', () => {
  test('is felt at once: who joins learns their number, and a new mandate what they may do', async () => {
    const session = await aSession();
    const ana = await enter(session.slug, 'ana');
    const other = await enter(session.slug, 'ana');
    await ana.act('session.join', {});
    await soon(() => [ana, other].map(({standings}) => standings.at(-1)?.participant)).toEqual([1, 1]);
    const name = `w${Date.now() % 100_000}`;
    const cookie = await instance.signIn(name, 'observer', 'valmora');
    const observer = new Attendee(instance.url, session.slug, cookie);
    ended.push(() => observer.socket.disconnect());
    expect(await observer.watch()).toMatchObject({ok: true, value: {you: {mayAttend: true, maySpeak: false}}});
    const member = await instance.store.members.findByCastName(name);
    const {consultation} = (await instance.store.sessions.find(session.id))!;
    await grantMandate(instance.app, {
      member: member!.id,
      consultation,
      role: 'delegate',
      organisation: null,
      by: null,
    });
    await soon(() => observer.standings.at(-1)).toMatchObject({maySpeak: true});
  });

  test('ends when the last connection is gone for half a minute, and goes on when they come back', async () => {
    const {session, dina, ana, ben} = await inSession();
    const second = await enter(session.slug, 'ana');
    const presence = (number: number) => dina.state?.participants[number - 1]?.presence;
    ben.socket.disconnect();
    ana.socket.disconnect();
    const desk = await instance.app.desks.at(session.id as SessionId);
    const isHere = (number: number) =>
      instance.app.attendances.of(desk).isHere(desk.state.participants[number - 1]!.member!);
    await soon(() => isHere(3)).toBe(false);
    instance.pass(31_000);
    await soon(() => presence(3)).toBe('left');
    expect(presence(2)).toBe('present');
    expect((await record(session)).at(-1)).toMatchObject({act: 'participant.left', actor: null, event: {by: null}});
    const back = await enter(session.slug, 'ben');
    expect(await back.act('session.join', {})).toMatchObject({ok: true, value: {participant: 3}});
    await soon(() => presence(3)).toBe('present');
    second.socket.disconnect();
    await soon(() => isHere(2)).toBe(false);
    instance.pass(31_000);
    await soon(() => presence(2)).toBe('left');
  });

  test('by a request alone lasts until they leave', async () => {
    const session = await aSession();
    const join = await instance.call<ActAnswer>('POST', `/api/sessions/${session.id}/session.join`, {as: cookies.cho});
    expect(join.body).toMatchObject({ok: true, value: {participant: 1}});
    const dina = await enter(session.slug, 'dina');
    instance.pass(200_000);
    await new Promise(resolve => setTimeout(resolve, 8_000));
    expect(dina.state?.participants[0]?.presence).toBe('present');
    await instance.call('POST', `/api/sessions/${session.id}/session.leave`, {as: cookies.cho});
    await soon(() => dina.state?.participants[0]?.presence).toBe('left');
  });
});
