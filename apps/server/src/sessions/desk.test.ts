import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {MemberId} from '@plenary/domain/ids';
import {Refusal} from '@plenary/domain/refusal';
import type {SessionRequest} from '@plenary/domain/sessions/requests';
import {participantOf} from '@plenary/domain/sessions/session';
import type {PollId, SessionId} from '@plenary/domain/sessions/session';
import {openStore} from '@plenary/store/open-store';
import type {Store} from '@plenary/store/store';
import {aMember, newId, newSlug} from '@plenary/store/testing/builders';
import {aStoredSession} from './testing/a-stored-session.ts';
import {answerTokensFrom} from './answered-polls.ts';
import {Desk, type Asking, type Hint, type Moved} from './desk.ts';

const tokens = answerTokensFrom('a secret that only this test knows');

let store: Store;
beforeAll(async () => {
  store = await openStore({memory: true});
}, 60_000);
afterAll(() => store.close());

interface Watched {
  readonly desk: Desk;
  readonly hints: Hint[];
  readonly moved: Moved[];
  /** Transactions that were begun. */
  transactions: number;
  /** The next one fails after its work. */
  breaks: boolean;
}

async function aDesk(session: SessionId, clock = {now: () => Date.now()}): Promise<Watched> {
  const hints: Hint[] = [];
  const moved: Moved[] = [];
  const watched: Watched = {
    hints,
    moved,
    transactions: 0,
    breaks: false,
    desk: await Desk.open(session, {
      store: {
        ...store,
        transaction: work => {
          watched.transactions += 1;
          return store.transaction(async tx => {
            const value = await work(tx);
            if (!watched.breaks) return value;
            watched.breaks = false;
            throw new Error('The power went.');
          });
        },
      },
      clock,
      onError: error => {
        throw error;
      },
      tokens,
      tell: hint => hints.push(hint),
      moved: one => moved.push(one),
    }),
  };
  return watched;
}

const chair = newId<'member'>();

function asking(member: MemberId, request: SessionRequest, key: string | null = null): Asking {
  return {actor: {member, organisation: null, role: 'delegate'}, request, words: new Map(), key};
}

function joining(member: MemberId): Asking {
  const request = {act: 'session.join', member, organisation: null, constituency: null, role: 'delegate'} as const;
  return asking(member, request);
}

async function refusalOf(work: Promise<unknown>): Promise<string | null> {
  return work.then(
    () => null,
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  );
}

describe('R46: the desk of a session', () => {
  test('writes two thousand positions that come at once in some ten transactions, loses none and doubles none', async () => {
    const {desk, ...watched} = await withCrowd(2000);
    const poll = newId<'poll'>();
    await desk.ask(
      asking(chair, {
        act: 'poll.open',
        poll,
        kind: 'positions',
        question: newId(),
        paper: null,
        paragraph: null,
        located: null,
      }),
    );
    const before = watched.count();
    const from = performance.now();
    const take = (member: MemberId) => asking(member, {act: 'position.take', poll, choice: 'support', reason: null});
    const done = await Promise.all(watched.members.map(member => desk.ask(take(member))));
    process.stderr.write(
      `2000 positions: ${Math.round(performance.now() - from)} ms, ${watched.count() - before} transactions\n`,
    );
    expect(watched.count() - before).toBeLessThanOrEqual(11);
    expect(new Set(done.map(({seq}) => seq)).size).toBe(2000);
    expect(desk.state.polls[0]?.answers).toHaveLength(2000);
    const again = await aDesk(desk.session);
    expect(again.desk.state).toEqual(desk.state);
  }, 120_000);

  async function withCrowd(size: number) {
    const session = await aStoredSession(store);
    const watched = await aDesk(session);
    const members = Array.from({length: size}, () => newId<'member'>());
    await Promise.all(members.map(member => watched.desk.ask(joining(member))));
    await watched.desk.ask(asking(chair, {act: 'session.open'}));
    return {desk: watched.desk, members, count: () => watched.transactions};
  }

  test('refuses each act by itself, in the order in which they came', async () => {
    const {desk} = await aDesk(await aStoredSession(store));
    const [ana, ben] = [newId<'member'>(), newId<'member'>()];
    const asked = [
      desk.ask(asking(ana, {act: 'floor.ask', group: false})),
      desk.ask(joining(ana)),
      desk.ask(asking(chair, {act: 'session.open'})),
      desk.ask(asking(ana, {act: 'floor.ask', group: false})),
      desk.ask(asking(chair, {act: 'list.open'})),
      desk.ask(asking(ana, {act: 'floor.ask', group: false})),
      desk.ask(asking(ana, {act: 'floor.ask', group: false})),
      desk.ask(asking(ben, {act: 'floor.ask', group: false})),
    ];
    const outcomes = await Promise.all(asked.map(refusalOf));
    expect(outcomes).toEqual([
      'session.join-first',
      null,
      null,
      'list.closed',
      null,
      null,
      'floor.already-waiting',
      'session.join-first',
    ]);
    expect(desk.state.list.waiting).toHaveLength(1);
  });

  test('tells nobody of what did not reach the disk, and goes on', async () => {
    const watched = await aDesk(await aStoredSession(store));
    const {desk} = watched;
    const {id: ana} = await aMember(store);
    watched.breaks = true;
    const before = desk.state;
    const failed = await Promise.all([joining(ana), joining(newId())].map(one => refusalOf(desk.ask(one))));
    expect(failed).toEqual(['Error: The power went.', 'Error: The power went.']);
    expect([desk.state, watched.moved, watched.hints]).toEqual([before, [], []]);
    const {seq} = await desk.ask({...joining(ana), key: 'a-key-of-ana'});
    expect(seq).toBe(2);
    expect(await desk.ask({...joining(ana), key: 'a-key-of-ana'})).toMatchObject({seq: 2, entry: {seq: 2}});
    expect((await aDesk(desk.session)).desk.state).toEqual(desk.state);
  });

  test('works with the desks of other processes on one record', async () => {
    const session = await aStoredSession(store);
    const [one, two] = [await aDesk(session), await aDesk(session)];
    const members = Array.from({length: 40}, () => newId<'member'>());
    await Promise.all(members.map((member, n) => (n % 2 ? one : two).desk.ask(joining(member))));
    await Promise.all([one.desk.catchUp(), two.desk.catchUp()]);
    expect(one.desk.state).toEqual(two.desk.state);
    expect(one.desk.state.participants.map(({number}) => number)).toEqual(members.map((_, n) => n + 1));
    for (const {moved} of [one, two]) {
      expect(moved.flatMap(({entries}) => entries.map(({seq}) => seq))).toEqual(members.map((_, n) => n + 2));
    }
    const {id: ana} = await aMember(store);
    const keyed = {...joining(ana), key: 'once-only-key'};
    const [here, there] = [await one.desk.ask(keyed), await two.desk.ask(keyed)];
    expect(here.seq).toBe(there.seq);
    expect(await one.desk.read(1, 5)).toEqual(await two.desk.read(1, 5));
  });

  test('lets time never go back, whichever clock is behind', async () => {
    const session = await aStoredSession(store);
    const [ahead, behind] = [await aDesk(session, {now: () => 9_000}), await aDesk(session, {now: () => 5_000})];
    await ahead.desk.ask(joining(newId()));
    await behind.desk.ask(joining(newId()));
    await behind.desk.ask(joining(newId()));
    expect(behind.desk.state.participants.map(({joinedAt}) => joinedAt)).toEqual([9_000, 9_000, 9_000]);
  });
});

describe('R50: answers that are counted and forgotten', () => {
  test('count once over all processes, and are all in the result however they are spread', async () => {
    const session = await aStoredSession(store);
    const [one, two] = [await aDesk(session), await aDesk(session)];
    const members = Array.from({length: 60}, () => newId<'member'>());
    await Promise.all(members.map(member => one.desk.ask(joining(member))));
    await one.desk.ask(asking(chair, {act: 'session.open'}));
    const poll: PollId = newId();
    const question = newId<'session-text'>();
    await one.desk.ask(
      asking(chair, {
        act: 'poll.open',
        poll,
        kind: 'temperature',
        question,
        paper: null,
        paragraph: null,
        located: null,
      }),
    );
    await two.desk.catchUp();
    const before = await store.ledger.size();
    const answer = (member: MemberId, n: number) =>
      asking(member, {act: 'position.take', poll, choice: n % 3 ? 'warm' : 'cold', reason: null}, newSlug());
    const done = await Promise.all(members.map((member, n) => (n % 2 ? one : two).desk.ask(answer(member, n))));
    expect(done.every(({counted}) => counted)).toBe(true);
    // Each again by way of the other process, which no hint has reached.
    const again = await Promise.all(members.map((member, n) => (n % 2 ? two : one).desk.ask(answer(member, n + 1))));
    expect(again.some(({counted}) => counted)).toBe(false);
    for (const hint of one.hints.slice(-5)) two.desk.hear(hint);
    for (const hint of two.hints.slice(-5)) one.desk.hear(hint);
    await Promise.all([one.desk.catchUp(), two.desk.catchUp()]);
    const counts = {warm: 40, lukewarm: 0, cold: 20};
    expect([one.desk.tallies.get(poll), two.desk.tallies.get(poll)]).toEqual([counts, counts]);
    expect(await store.ledger.size()).toBe(before);
    await two.desk.ask(asking(chair, {act: 'session.close', counts: {}}));
    expect(two.desk.state.polls[0]?.state).toMatchObject({is: 'closed', counts});
    await one.desk.catchUp();
    expect(one.desk.state).toEqual(two.desk.state);
    expect(participantOf(one.desk.state, members[0]!)?.presence).toBe('present');
  });

  test('count once over a restart; what is kept of who answered is one sorted row, and none once it is closed', async () => {
    const session = await aStoredSession(store);
    const before = await aDesk(session);
    const members = Array.from({length: 9}, () => newId<'member'>());
    for (const member of members) await before.desk.ask(joining(member));
    await before.desk.ask(asking(chair, {act: 'session.open'}));
    const poll: PollId = newId();
    const about = {question: newId<'session-text'>(), paper: null, paragraph: null, located: null};
    await before.desk.ask(asking(chair, {act: 'poll.open', poll, kind: 'temperature', ...about}));
    const take = (desk: Desk, member: MemberId, choice: string) =>
      desk.ask(asking(member, {act: 'position.take', poll, choice, reason: null}));
    for (const member of members.slice(0, 5).toReversed()) await take(before.desk, member, 'warm');
    const row = Buffer.from((await store.sessions.answered([poll])).get(poll) ?? []).toString('hex');
    const kept = row.match(/.{32}/g) ?? [];
    expect(kept).toHaveLength(5);
    expect(kept).toEqual(kept.toSorted());
    const after = await aDesk(session);
    const again = await Promise.all(members.map(member => take(after.desk, member, 'cold')));
    expect(again.map(({counted}) => counted)).toEqual(members.map((_, place) => place >= 5));
    expect(after.desk.tallies.get(poll)).toEqual({warm: 5, lukewarm: 0, cold: 4});
    await after.desk.ask(asking(chair, {act: 'poll.close', poll, counts: null}));
    expect(await store.sessions.answered([poll])).toEqual(new Map());
  });

  test('a token is nobody’s without the secret, and another in every question', () => {
    const [one, other] = ['first', 'second'].map(answerTokensFrom);
    const [poll, next] = [newId<'poll'>(), newId<'poll'>()];
    const all = [one?.(poll, 1), one?.(poll, 2), one?.(next, 1), other?.(poll, 1)].map(token => token?.toString('hex'));
    expect(new Set(all).size).toBe(4);
    expect(one?.(poll, 1).toString('hex')).toBe(all[0]);
  });
});
