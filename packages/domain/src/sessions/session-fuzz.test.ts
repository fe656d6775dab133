import {describe, expect, test} from 'vitest';
import type {MemberId, OrganisationId} from '../ids.ts';
import {constituencies} from '../organisations/organisation.ts';
import {applySessionEntry} from './apply.ts';
import {timeSpoken} from './clock.ts';
import {orderOf} from './order.ts';
import {pollKinds} from './polls/kinds.ts';
import {pollKindNames} from './polls/poll.ts';
import {stateWithoutNames, withoutNames} from './publication.ts';
import type {SessionRequest} from './requests.ts';
import {hidingReasons, turns} from './session.ts';
import type {PollId, SessionState} from './session.ts';
import {speakingTimes} from './speaking-time.ts';
import {item, Played, resolution, statement, text} from './testing/played.ts';

/** mulberry32. */
function chance(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function play(seed: number, acts: number): Played {
  const random = chance(seed);
  const below = (n: number) => Math.floor(random() * n);
  const pick = <One>(list: readonly One[]): One => list[below(list.length)] as One;
  const session = new Played();
  const yes = () => random() < 0.5;
  session.join('dina', null, null, 'chair');
  session.ask(1, {act: 'session.open'});
  session.ask(1, {act: 'list.open'});
  let made = 0;
  const request = (participant: number): SessionRequest => {
    const poll = (session.state.polls.at(-1)?.id ?? 'none') as PollId;
    const kind = pick(pollKindNames);
    const members = ['ana', 'ben', 'cho', 'eva', 'fay', 'gus', 'hal', 'ida'];
    const member = below(members.length);
    return pick<() => SessionRequest>([
      () => ({
        act: 'session.join',
        member: members[member] as MemberId,
        organisation: (member % 4 === 3 ? null : `o${member % 5}`) as OrganisationId | null,
        constituency: member % 4 === 3 ? null : pick(constituencies),
        role: yes() ? 'delegate' : 'observer',
      }),
      () => ({act: 'session.leave'}),
      () => ({act: 'floor.ask', group: yes()}),
      () => ({act: 'floor.ask', group: yes()}),
      () => ({act: 'floor.withdraw'}),
      () => ({act: 'order.raise'}),
      () => ({act: 'floor.give', participant, turn: pick(turns)}),
      () => ({act: 'floor.give', participant, turn: 'speech'}),
      () => ({act: 'floor.pause'}),
      () => ({act: 'floor.resume'}),
      () => ({act: 'floor.extend', more: 30_000}),
      () => ({act: 'floor.end', how: yes() ? 'finished' : 'cut'}),
      () => ({act: 'floor.absent', participant}),
      () => ({act: 'list.move', participant, to: random() < 0.2 ? null : below(5)}),
      () => ({act: 'list.add', participant, group: yes()}),
      () => ({act: random() < 0.2 ? 'list.close' : 'list.open'}),
      () => ({act: random() < 0.2 ? 'session.suspend' : 'session.open'}),
      () => ({act: 'item.take-up', item: item(pick(['one', 'two', 'three', 'no']))}),
      () => ({act: 'floor.show', paper: pick([statement, resolution, null]), paragraph: pick(['a', 'b', null])}),
      () => ({act: 'participant.mute', participant, writing: yes(), asking: random() < 0.2}),
      () => ({act: 'participant.remove', participant, reason: pick(hidingReasons)}),
      () => ({act: 'participant.readmit', participant}),
      () => ({act: 'announcement.make', text: text(`a${made++}`)}),
      () => ({
        act: 'poll.open',
        poll: `p${made++}` as PollId,
        kind,
        question: text(`q${made}`),
        paper: null,
        paragraph: null,
        located: null,
      }),
      () => ({act: 'poll.close', poll, counts: {warm: below(9)}}),
      () => ({
        act: 'position.take',
        poll,
        choice: pick(pollKinds[kind].choices),
        reason: yes() ? text(`r${made++}`) : null,
      }),
      () => ({act: 'contribution.hide', text: text(`a${below(made + 1)}`), reason: pick(hidingReasons)}),
    ])();
  };
  for (let act = 0; act < acts; act++) {
    session.wait(below(40_000));
    session.ask(pick([null, 1, 1, below(9) + 1]), request(below(9) + 1));
    holds(session.state, session.now);
  }
  return session;
}

/** What is true of a session at every moment. */
function holds(state: SessionState, now: number): void {
  const {waiting, speaking, interrupted} = state.list;
  const names = waiting.map(({participant}) => participant);
  expect(new Set(names).size).toBe(names.length);
  expect(names).not.toContain(speaking?.participant);
  expect(
    orderOf(state)
      .map(({participant}) => participant)
      .sort(),
  ).toEqual([...names].sort());
  expect(orderOf(state).every(({why}) => why.length > 0)).toBe(true);
  if (interrupted) expect(speaking?.turn).toBe('point-of-order');
  if (speaking && state.life.is !== 'open') expect(speaking.runningSince).toBeNull();
  for (const {from, to, spoken} of state.interventions) {
    expect(spoken).toBeGreaterThanOrEqual(0);
    expect(spoken).toBeLessThanOrEqual(to - from);
  }
  expect(state.agenda.filter(one => one.state.is === 'on-floor').length).toBeLessThanOrEqual(1);
  expect(state.polls.filter(one => one.state.is === 'open').length).toBeLessThanOrEqual(1);
  expect(state.participants.map(({number}) => number)).toEqual(state.participants.map((_, index) => index + 1));
  const times = speakingTimes(state, now);
  const sum = (list: readonly {spoken: number}[]) => list.reduce((total, {spoken}) => total + spoken, 0);
  const expected =
    sum(state.interventions) + (speaking ? timeSpoken(speaking, now) : 0) + (interrupted ? interrupted.spent : 0);
  for (const list of [times.participants, times.delegations, times.constituencies]) expect(sum(list)).toBe(expected);
  expect(times.total).toBe(expected);
}

describe('R45: whatever happens in a session', () => {
  test.each(Array.from({length: 120}, (_, seed) => seed))('its list, clock and sums hold (seed %i)', seed => {
    const session = play(seed, 150);
    // Everybody who hears the same entries has the same session, whether or not they know who is who.
    const travelled = JSON.parse(JSON.stringify(session.entries)) as typeof session.entries;
    expect(travelled.reduce<SessionState | null>(applySessionEntry, null)).toEqual(session.state);
    const nameless = travelled.map(withoutNames).reduce<SessionState | null>(applySessionEntry, null);
    expect(nameless).toEqual(stateWithoutNames(session.state));
    expect(JSON.stringify(nameless)).not.toMatch(/"(?:member|organisation)":"/);
  });
});
