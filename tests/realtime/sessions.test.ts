import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {startServer, until, type TestServer} from '../support/server.ts';
import {call, signIn} from '../support/members.ts';
import {cookiesOf, liveThroughSession, recordOf} from '../support/session-life.ts';
import {actOver, createSession, entriesOf, rawSocket, type Acted} from '../support/sessions.ts';

let server: TestServer;
let cookies: readonly string[];

beforeAll(async () => {
  server = await startServer({LIMITS: 'off'});
  cookies = await cookiesOf(server.url);
});
afterAll(() => server?.remove());

describe('forty people in one session', () => {
  /** More of them are lived in `npm run test:all`. */
  const seeds: Record<string, number> = {'killed in the middle': 1, 'drained in the middle': 4};

  test.each(Object.entries(seeds))(
    'R53: know the same at the end, over broken connections and a server that was %s',
    async (_name, seed) => {
      const life = await liveThroughSession(server, cookies, seed);
      console.log(
        `seed ${seed}: ${life.acknowledged} acts acknowledged, ${life.refused} refused, ${life.brokenConnections} connections broken, ${life.entries.length} entries`,
      );
      expect(life.wrong).toEqual([]);
      expect(life.acknowledged).toBeGreaterThan(60);
      expect(life.brokenConnections).toBeGreaterThan(5);
    },
  );
});

describe('an act that is asked for again', () => {
  test('R53: counts once under its key, whichever way it comes, also after the server was killed', async () => {
    const [chair = ''] = cookies;
    const ana = await signIn(server.url, 'ana');
    const {slug} = await createSession(server.url, chair, `again-${server.port}`);
    for (const [who, name] of [
      [chair, 'session.join'],
      [chair, 'session.open'],
      [chair, 'list.open'],
      [ana, 'session.join'],
    ] as const) {
      expect((await actOver(server.url, who, slug, name)).ok).toBe(true);
    }
    const [one, other] = [rawSocket(server.url, ana), rawSocket(server.url, ana)];
    const message = {session: slug, key: 'the-same-key', group: false};
    const overSockets = [one, other, one].map(socket => socket.timeout(10_000).emitWithAck('floor.ask', message));
    const overHttp = [1, 2].map(() => actOver(server.url, ana, slug, 'floor.ask', {key: 'the-same-key', group: false}));
    const answers = (await Promise.all([...overSockets, ...overHttp])) as Acted[];
    expect(new Set(answers.map(({ok, seq}) => `${ok} ${seq}`)).size).toBe(1);
    expect(answers[0]?.ok).toBe(true);
    for (const socket of [one, other]) socket.disconnect();
    await server.crash();
    await server.start();
    expect(await actOver(server.url, ana, slug, 'floor.ask', {key: 'the-same-key', group: false})).toEqual(answers[0]);
    const asked = (await recordOf(server.url, ana, slug)).filter(({event}) => event.type === 'floor.asked');
    expect(asked.map(({seq}) => seq)).toEqual([answers[0]?.seq]);
    // Under another key it is another act, and the rules say no.
    expect(await actOver(server.url, ana, slug, 'floor.ask', {key: 'another-key'})).toMatchObject({
      ok: false,
      refusal: 'floor.already-waiting',
    });
  });

  test('R53: who comes back with the last seq they know gets what they missed, in order and once', async () => {
    const [chair = ''] = cookies;
    const {slug} = await createSession(server.url, chair, `missed-${server.port}`);
    const follower = rawSocket(server.url, null);
    const known = await follower.timeout(10_000).emitWithAck('session.watch', {session: slug});
    if (!known.ok || !('snapshot' in known.value)) throw new Error('The session is public.');
    const {seq} = known.value.snapshot.state;
    follower.disconnect();
    await actOver(server.url, chair, slug, 'session.join');
    await actOver(server.url, chair, slug, 'session.open');
    for (let turn = 0; turn < 20; turn++) {
      await actOver(server.url, chair, slug, 'announcement.make', {text: `Announcement ${turn}`});
    }
    const entries = await entriesOf(server.url, chair, slug);
    expect(entries.map(one => one.seq)).toEqual(Array.from({length: 22}, (_nothing, place) => seq + 1 + place));
    expect(entries.slice(2).every(({event}) => event.type === 'announcement.made')).toBe(true);
    const {body} = await call<{snapshot: {state: {announcements: unknown[]}}}>(
      server.url,
      null,
      'GET',
      `/api/sessions/${slug}`,
    );
    expect(body.snapshot.state.announcements).toHaveLength(20);
  });
});

describe('a server that is killed in mid-session', () => {
  test('R54: goes on with the clock of the speaker, and loses nothing that was acknowledged', async () => {
    const [chair = ''] = cookies;
    const ana = await signIn(server.url, 'ana');
    const {slug} = await createSession(server.url, chair, `clock-${server.port}`);
    const dina = await actOver(server.url, chair, slug, 'session.join');
    expect(dina.ok).toBe(true);
    for (const name of ['session.open', 'list.open']) await actOver(server.url, chair, slug, name);
    const joined = await actOver(server.url, ana, slug, 'session.join');
    await actOver(server.url, ana, slug, 'floor.ask');
    await actOver(server.url, chair, slug, 'floor.give', {participant: joined.value?.participant});
    const given = Date.now();
    const spoken = async () => {
      const {body} = await call<{total: number}>(server.url, chair, 'GET', `/api/sessions/${slug}/speaking-time`);
      return body.total;
    };
    await new Promise(resolve => setTimeout(resolve, 1200));
    await server.crash();
    await server.start();
    // The server's clock runs while nobody serves it: the speaker spoke on.
    const after = await spoken();
    expect(Math.abs(after - (Date.now() - given))).toBeLessThan(1000);
    expect((await actOver(server.url, chair, slug, 'floor.pause')).ok).toBe(true);
    const paused = await spoken();
    await server.crash();
    await server.start();
    expect(await spoken()).toBe(paused);
    expect((await actOver(server.url, chair, slug, 'floor.end')).ok).toBe(true);
    const [intervention] = (
      await call<{snapshot: {state: {interventions: {spoken: number}[]}}}>(
        server.url,
        chair,
        'GET',
        `/api/sessions/${slug}`,
      )
    ).body.snapshot.state.interventions;
    expect(intervention?.spoken).toBe(paused);
  });

  test('R54: keeps positions that were acknowledged while it died, each once', async () => {
    const [chair = '', ...others] = cookies;
    const {slug} = await createSession(server.url, chair, `positions-${server.port}`);
    await actOver(server.url, chair, slug, 'session.join');
    await actOver(server.url, chair, slug, 'session.open');
    const delegates = others.filter((_cookie, index) => index % 8 !== 6).slice(0, 12);
    for (const cookie of delegates) expect((await actOver(server.url, cookie, slug, 'session.join')).ok).toBe(true);
    const opened = await actOver(server.url, chair, slug, 'poll.open', {kind: 'positions', question: 'Agreed?'});
    const poll = opened.value?.poll;
    const acknowledged = new Map<number, string>();
    const taking = delegates.map(async (cookie, index) => {
      for (let turn = 0; turn < 200; turn++) {
        const choice = turn % 2 ? 'support' : 'oppose';
        const answer = await actOver(server.url, cookie, slug, 'position.take', {poll, choice}).catch(() => null);
        if (!answer) return;
        if (answer.ok) acknowledged.set(answer.seq, `${index} ${choice}`);
      }
    });
    await until(() => acknowledged.size > 60, 20_000, 'positions');
    await server.crash();
    await Promise.all(taking);
    await server.start();
    const entries = await recordOf(server.url, chair, slug);
    expect(entries.map(({seq}) => seq)).toEqual(entries.map((_entry, place) => place + 1));
    const lost = [...acknowledged].filter(([seq, what]) => {
      const event = entries[seq - 1]?.event;
      return event?.type !== 'position.taken' || !what.endsWith(event.choice);
    });
    expect(lost).toEqual([]);
  });
});
