import {describe, expect, test} from 'vitest';
import {timeLeft} from './clock.ts';
import {orderOf} from './order.ts';
import {speakingTimes} from './speaking-time.ts';
import {aSession, minute, type Played} from './testing/played.ts';

function names(session: Played): number[] {
  return orderOf(session.state).map(({participant}) => participant);
}

function whyOf(session: Played, participant: number): string[] {
  return (
    orderOf(session.state)
      .find(one => one.participant === participant)
      ?.why.map(({is}) => is) ?? []
  );
}

describe('R47: asking for the floor', () => {
  test('is possible while the list is open, once, and can be taken back', () => {
    const {session, dina, ana} = aSession();
    expect(session.ask(ana, {act: 'floor.ask', group: false})).toEqual(['floor.asked']);
    expect(session.ask(ana, {act: 'floor.ask', group: false})).toBe('floor.already-waiting');
    expect(session.ask(ana, {act: 'floor.withdraw'})).toEqual(['floor.withdrawn']);
    expect(session.ask(ana, {act: 'floor.withdraw'})).toBe('floor.not-waiting');
    session.ask(dina, {act: 'list.close'});
    expect(session.ask(ana, {act: 'floor.ask', group: false})).toBe('list.closed');
    expect(session.ask(dina, {act: 'list.add', participant: ana, group: false})).toEqual(['floor.asked']);
  });

  test('needs a session that is open and somebody who is there', () => {
    const {session, dina, ana, ben} = aSession();
    session.ask(ben, {act: 'session.leave'});
    expect(session.ask(ben, {act: 'floor.ask', group: false})).toBe('session.join-first');
    session.ask(dina, {act: 'session.suspend'});
    expect(session.ask(ana, {act: 'floor.ask', group: false})).toBe('session.not-open');
    session.ask(dina, {act: 'session.close', counts: {}});
    expect(session.ask(ana, {act: 'floor.ask', group: false})).toBe('session.over');
  });
});

describe('R48: the order of the list', () => {
  test('groups come before individuals, whoever asked first', () => {
    const {session, ana, ben, cho} = aSession();
    session.ask(ana, {act: 'floor.ask', group: false});
    session.wait(1000).ask(ben, {act: 'floor.ask', group: false});
    session.wait(1000).ask(cho, {act: 'floor.ask', group: true});
    expect(names(session)).toEqual([cho, ana, ben]);
    expect(whyOf(session, cho)).toContain('group');
  });

  test('constituencies alternate', () => {
    const {session, ana, ben} = aSession();
    const eva = session.join('eva', 'young-voices', 'civil-society');
    for (const one of [ana, eva, ben]) session.wait(1000).ask(one, {act: 'floor.ask', group: false});
    expect(names(session)).toEqual([ana, ben, eva]);
    expect(whyOf(session, ben)).toContain('alternates');
  });

  test('who has not spoken comes first, then who has spoken least', () => {
    const {session, dina, ana, ben, cho} = aSession();
    session.ask(dina, {act: 'floor.give', participant: ana, turn: 'speech'});
    session.wait(2 * minute).ask(dina, {act: 'floor.give', participant: ben, turn: 'speech'});
    session.wait(minute).ask(dina, {act: 'floor.end', how: 'finished'});
    const gus = session.join('gus', 'institute', 'academia');
    for (const one of [ana, ben, gus, cho]) session.wait(1000).ask(one, {act: 'floor.ask', group: false});
    expect(names(session)).toEqual([gus, cho, ben, ana]);
    expect(whyOf(session, gus)).toEqual(['alternates', 'first-time', 'asked-first']);
    expect(whyOf(session, ben)).toContain('least-time');
  });

  test('the chair’s own order stands, on the record, while others come and go', () => {
    const {session, dina, ana, ben, cho} = aSession();
    for (const one of [ana, ben, cho]) session.wait(1000).ask(one, {act: 'floor.ask', group: false});
    expect(session.ask(dina, {act: 'list.move', participant: cho, to: 0})).toEqual(['list.moved']);
    expect(session.ask(dina, {act: 'list.move', participant: cho, to: 0})).toEqual([]);
    expect(names(session)).toEqual([cho, ana, ben]);
    expect(whyOf(session, cho)).toEqual(['placed-by-chair']);
    session.ask(dina, {act: 'list.move', participant: ben, to: 0});
    expect(names(session)).toEqual([ben, cho, ana]);
    session.ask(ben, {act: 'floor.withdraw'});
    expect(names(session)).toEqual([cho, ana]);
    session.ask(dina, {act: 'list.move', participant: cho, to: null});
    expect(names(session)).toEqual([ana, cho]);
  });

  test('a speaker who is absent goes to the end of the list', () => {
    const {session, dina, ana, ben, cho} = aSession();
    for (const one of [ana, ben, cho]) session.wait(1000).ask(one, {act: 'floor.ask', group: false});
    session.ask(dina, {act: 'floor.absent', participant: ana});
    expect(names(session)).toEqual([ben, cho, ana]);
    session.ask(dina, {act: 'floor.give', participant: ben, turn: 'speech'});
    session.ask(dina, {act: 'floor.absent', participant: ben});
    expect(session.state.list.speaking).toBeNull();
    expect(session.state.interventions).toEqual([]);
    expect(names(session)).toEqual([cho, ana, ben]);
  });
});

describe('R49: the speaker’s clock', () => {
  test('gives a group five minutes and an individual three, as the session says', () => {
    const {session, dina, ana, ben} = aSession();
    session.ask(ana, {act: 'floor.ask', group: true});
    session.ask(dina, {act: 'floor.give', participant: ana, turn: 'speech'});
    expect(session.state.list.speaking?.limit).toBe(5 * minute);
    session.ask(dina, {act: 'limits.set', limits: {group: 4 * minute, individual: 2 * minute}});
    session.ask(dina, {act: 'floor.give', participant: ben, turn: 'speech'});
    expect(session.state.list.speaking?.limit).toBe(2 * minute);
  });

  test('stands while paused or suspended, and runs on when resumed', () => {
    const {session, dina, ana} = aSession();
    session.ask(dina, {act: 'floor.give', participant: ana, turn: 'speech'});
    session.wait(minute).ask(dina, {act: 'floor.pause'});
    session.wait(10 * minute).ask(dina, {act: 'floor.resume'});
    session.wait(30_000).ask(dina, {act: 'session.suspend'});
    session.wait(60 * minute).ask(dina, {act: 'session.open'});
    const {speaking} = session.state.list;
    expect(speaking && timeLeft(speaking, session.now)).toBe(90_000);
    session.ask(dina, {act: 'floor.extend', more: minute});
    session.ask(dina, {act: 'floor.resume'});
    session.wait(3 * minute).ask(dina, {act: 'floor.end', how: 'cut'});
    expect(session.state.interventions).toMatchObject([{spoken: 270_000, limit: 240_000, ended: 'cut'}]);
  });

  test('stands during a point of order, and whoever was interrupted gets the remaining time back', () => {
    const {session, dina, ana, ben, cho} = aSession();
    session.ask(dina, {act: 'floor.give', participant: ana, turn: 'speech'});
    session.wait(minute);
    expect(session.ask(ben, {act: 'order.raise'})).toEqual(['floor.given']);
    expect(session.ask(cho, {act: 'order.raise'})).toBe('order.pending');
    session.wait(2 * minute).ask(dina, {act: 'floor.end', how: 'finished'});
    expect(session.state.list.speaking?.participant).toBe(ana);
    session.wait(30_000);
    const {speaking} = session.state.list;
    expect(speaking && timeLeft(speaking, session.now)).toBe(90_000);
  });

  test('of a speaker who was paused when interrupted stands still afterwards', () => {
    const {session, dina, ana, ben} = aSession();
    session.ask(dina, {act: 'floor.give', participant: ana, turn: 'speech'});
    session.wait(minute).ask(dina, {act: 'floor.pause'});
    session.ask(ben, {act: 'order.raise'});
    session.wait(minute).ask(dina, {act: 'floor.end', how: 'finished'});
    expect(session.state.list.speaking).toMatchObject({participant: ana, runningSince: null, spent: minute});
  });

  test('gives ten minutes for a right of reply and five for the second', () => {
    const {session, dina, ana} = aSession();
    for (const expected of [10, 5, 5]) {
      session.ask(dina, {act: 'floor.give', participant: ana, turn: 'right-of-reply'});
      expect(session.state.list.speaking?.limit).toBe(expected * minute);
      session.ask(dina, {act: 'floor.end', how: 'finished'});
    }
  });
});

describe('R50: speaking time', () => {
  test('adds up alike by person, organisation and constituency, with whoever speaks now', () => {
    const {session, dina, ana, ben} = aSession();
    const zoe = session.join('zoe', 'coalition', 'civil-society');
    for (const [speaker, length] of [
      [ana, 2 * minute],
      [zoe, minute],
      [ben, 30_000],
    ] as const) {
      session.ask(dina, {act: 'floor.give', participant: speaker, turn: 'speech'});
      session.wait(length);
    }
    const times = speakingTimes(session.state, session.now);
    expect(times.total).toBe(210_000);
    expect(times.participants.map(({participant, spoken}) => [participant, spoken])).toEqual([
      [ana, 2 * minute],
      [zoe, minute],
      [ben, 30_000],
    ]);
    expect(times.delegations.map(({delegation, spoken}) => [delegation, spoken])).toEqual([
      [ana, 3 * minute],
      [ben, 30_000],
    ]);
    expect(times.constituencies).toEqual([
      {constituency: 'civil-society', spoken: 3 * minute, interventions: 2},
      {constituency: 'private-sector', spoken: 30_000, interventions: 1},
    ]);
  });
});
