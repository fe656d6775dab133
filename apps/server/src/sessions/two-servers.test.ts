import {randomUUID} from 'node:crypto';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {SessionSnapshot, SessionSummary} from '@plenary/protocol/api/sessions';
import {postgresDatabases, type TestDatabase} from '@plenary/store/testing/test-databases';
import {createRedisBus} from '../adapters/bus.redis.ts';
import {seatCast, startInstance, type TestInstance} from '../testing/instance.ts';
import {Attendee} from './testing/hall.ts';

const redis = process.env['TEST_REDIS_URL'];
const [database] = postgresDatabases();

describe.skipIf(!redis || !database)('R47: two servers on one PostgreSQL and one Redis', () => {
  const servers: TestInstance[] = [];
  const attendees: Attendee[] = [];
  const cookies: Record<string, string> = {};

  beforeAll(async () => {
    const prefix = `test:${randomUUID()}:`;
    for (let n = 0; n < 2; n++) {
      const bus = await createRedisBus({url: redis ?? '', prefix});
      servers.push(await startInstance({}, {store: await (database as TestDatabase).open(), bus}));
    }
    const [one] = servers as [TestInstance];
    await seatCast(one);
    for (const name of ['ana', 'ben', 'cho', 'dina']) cookies[name] = await one.signIn(name);
  }, 120_000);
  afterAll(async () => {
    for (const {socket} of attendees) socket.disconnect();
    for (const server of servers) await server.close();
    await database?.drop();
  });

  function at(server: number, session: string, who?: string): Attendee {
    const one = new Attendee(servers[server]?.url ?? '', session, who && cookies[who]);
    attendees.push(one);
    return one;
  }

  test('show everybody the same session, count a retry at the other one once, and bite there too', async () => {
    const [one, two] = servers as [TestInstance, TestInstance];
    const {body: session} = await one.call<SessionSummary>('POST', '/api/sessions', {
      as: cookies['dina'],
      body: {
        consultation: 'copenhagen',
        title: 'Opening',
        startsAt: '2026-11-25T09:00:00Z',
        endsAt: '2026-11-25T12:00:00Z',
        zone: 'UTC',
      },
    });
    const [dina, ana, ben, eve] = [
      at(0, session.slug, 'dina'),
      at(0, session.slug, 'ana'),
      at(1, session.slug, 'ben'),
      at(1, session.id),
    ];
    for (const each of [dina, ana, ben, eve]) expect(await each.watch()).toMatchObject({ok: true});
    for (const each of [dina, ana, ben]) expect(await each.act('session.join', {})).toMatchObject({ok: true});
    await dina.act('session.open', {});
    await dina.act('list.open', {});
    const [first, second] = await Promise.all([
      ana.act('floor.ask', {}, 'ana-asks-once'),
      at(1, session.slug, 'ana').act('floor.ask', {}, 'ana-asks-once'),
    ]);
    expect(first).toEqual(second);
    const poll = await dina.act('poll.open', {kind: 'temperature', question: 'Warm?'});
    const {poll: id} = (poll.ok ? poll.value : {}) as {poll: string};
    await ana.act('position.take', {poll: id, choice: 'warm'});
    await ben.act('position.take', {poll: id, choice: 'cold'});
    for (const each of [ana, ben]) {
      await expect.poll(() => each.tallies.at(-1)?.tally.counts, {timeout: 8000}).toMatchObject({warm: 1, cold: 1});
    }
    await Promise.all(
      Array.from({length: 20}, (_, n) =>
        (n % 2 ? dina : at(1, session.id, 'dina')).act('announcement.make', {text: `No. ${n}`}),
      ),
    );
    await dina.act('poll.close', {poll: id});
    const {body} = await two.call<{snapshot: SessionSnapshot}>('GET', `/api/sessions/${session.slug}`);
    const {state} = body.snapshot;
    expect(state.announcements).toHaveLength(20);
    expect(state.polls[0]?.state).toMatchObject({counts: {warm: 1, cold: 1}});
    for (const each of [dina, ana, ben, eve]) {
      await expect.poll(() => each.state, {timeout: 8000}).toEqual(state);
      expect(each.entries.map(({seq}) => seq)).toEqual(each.entries.map((_, n) => (each.entries[0]?.seq ?? 0) + n));
    }
    const rows = await one.store.ledger.read(`session:${session.id}`, 0, 1000);
    expect(rows.map(({seq}) => seq)).toEqual(rows.map((_, place) => place + 1));
    expect(rows).toHaveLength(state.seq);
    await dina.act('session.publish', {publication: 'participants'});
    await expect.poll(() => eve.gone, {timeout: 1000}).toBe(1);
  });
});
