import {describe, expect, test} from 'vitest';
import type {MemberId} from '../ids.ts';
import {chairsOf, minutesOf} from './minutes.ts';
import {withoutNames} from './publication.ts';
import type {PollId} from './session.ts';
import {aSession, item, minute, opening, resolution, statement, text} from './testing/played.ts';

const poll = 'poll' as PollId;

describe('R59: the minutes of a session', () => {
  test('say when each was there, also who left, came back, or was removed', () => {
    const {session, dina, ana, ben} = aSession();
    session.wait(10 * minute).ask(ana, {act: 'session.leave'});
    session.wait(5 * minute).join('ana', 'coalition', 'civil-society');
    session.wait(minute).ask(dina, {act: 'participant.remove', participant: ben, reason: 'spam'});
    session.wait(minute).ask(dina, {act: 'session.close', counts: {}});
    const minutes = minutesOf(session.entries);
    const there = (number: number) =>
      minutes.attendance[number - 1]?.there.map(({from, to}) => [
        (from - opening) / minute,
        to === null ? null : (to - opening) / minute,
      ]);
    expect(there(ana)).toEqual([
      [0, 10],
      [15, 17],
    ]);
    expect(there(ben)).toEqual([[0, 16]]);
    expect(minutes.removed).toBe(1);
    expect(chairsOf(minutes).map(({number}) => number)).toEqual([dina]);
    expect(minutes.asOf).toBe(opening + 17 * minute);
    expect(minutes.sat).toBe(17 * minute);
  });

  test('keep every time that an item was on the floor, also when it was taken up twice', () => {
    const {session, dina} = aSession();
    session.ask(dina, {act: 'item.take-up', item: item('one')});
    session.wait(2 * minute).ask(dina, {act: 'item.take-up', item: item('two')});
    session.wait(3 * minute).ask(dina, {act: 'item.take-up', item: item('one')});
    session.wait(minute).ask(dina, {act: 'item.close', item: item('one')});
    const [one, two, three] = minutesOf(session.entries).items.map(({onFloor}) =>
      onFloor.map(({from, to}) => [from - opening, (to ?? 0) - opening]),
    );
    expect(one).toEqual([
      [0, 2 * minute],
      [5 * minute, 6 * minute],
    ]);
    expect(two).toEqual([[2 * minute, 5 * minute]]);
    expect(three).toEqual([]);
  });

  test('name what the chair ruled, in the order in which it was ruled', () => {
    const {session, dina, ana, ben, cho} = aSession();
    for (const one of [ana, ben, cho]) session.ask(one, {act: 'floor.ask', group: false});
    session.ask(dina, {act: 'list.move', participant: cho, to: 0});
    session.ask(dina, {act: 'floor.give', participant: cho, turn: 'speech'});
    session.ask(dina, {act: 'floor.extend', more: minute});
    session.ask(dina, {act: 'floor.absent', participant: ben});
    session.ask(dina, {act: 'limits.set', limits: {group: 4 * minute, individual: 2 * minute}});
    session.ask(dina, {act: 'list.close'});
    session.ask(dina, {act: 'session.publish', publication: {policy: 'public-text', embargoUntil: null}});
    expect(minutesOf(session.entries).rulings.map(({at: _at, ...ruling}) => ruling)).toEqual([
      {is: 'list-opened'},
      {is: 'placed', participant: cho, place: 1},
      {is: 'extended', participant: cho, more: minute},
      {is: 'absent', participant: ben},
      {is: 'limits', limits: {group: 4 * minute, individual: 2 * minute}},
      {is: 'list-closed'},
      {is: 'publication', policy: 'public-text', embargoUntil: null},
    ]);
  });

  test('tell interventions in the order in which they began, also of whom a point of order interrupted', () => {
    const {session, dina, ana, ben} = aSession();
    session.ask(ana, {act: 'floor.ask', group: false});
    session.ask(dina, {act: 'floor.give', participant: ana, turn: 'speech'});
    session.wait(minute).ask(ben, {act: 'order.raise'});
    session.wait(minute).ask(dina, {act: 'floor.end', how: 'finished'});
    session.wait(minute).ask(dina, {act: 'floor.end', how: 'finished'});
    expect(minutesOf(session.entries).interventions.map(({participant, spoken}) => [participant, spoken])).toEqual([
      [ana, 2 * minute],
      [ben, minute],
    ]);
  });

  test('count what was answered, and who waited still when the session closed', () => {
    const {session, dina, ana, ben, cho} = aSession();
    session.ask(dina, {
      act: 'poll.open',
      poll,
      kind: 'positions',
      question: text('q'),
      paper: statement,
      paragraph: null,
      located: null,
    });
    session.ask(ana, {act: 'position.take', poll, choice: 'oppose', reason: null});
    session.ask(ben, {act: 'position.take', poll, choice: 'support', reason: text('why')});
    session.ask(ana, {act: 'position.take', poll, choice: 'support', reason: null});
    session.ask(cho, {act: 'floor.ask', group: false});
    expect(minutesOf(session.entries).notReached).toEqual([]);
    session.ask(dina, {act: 'contribution.hide', text: text('why'), reason: 'personal-data'});
    session.ask(dina, {act: 'session.close', counts: {}});
    const minutes = minutesOf(session.entries);
    expect(minutes.polls[0]?.counts).toEqual({support: 2, reserve: 0, oppose: 0, abstain: 0});
    expect(minutes.polls[0]?.choices[0]?.answers.map(({participant}) => participant)).toEqual([ana, ben]);
    expect(minutes.notReached).toEqual([cho]);
    expect(minutes.hidden).toEqual([{reason: 'personal-data', count: 1}]);
  });

  test('are the same whenever they are made, and without names for those who must not know who is who', () => {
    const {session, dina} = aSession({agenda: [{id: item('x'), title: text('t'), papers: [resolution], minutes: 5}]});
    session.ask(dina, {act: 'item.take-up', item: item('x')});
    expect(JSON.stringify(minutesOf(session.entries))).toBe(
      JSON.stringify(minutesOf(structuredClone(session.entries))),
    );
    const members = (entries: typeof session.entries) =>
      minutesOf(entries).attendance.map(({participant}) => participant.member);
    expect(members(session.entries)).toContain('dina' as MemberId);
    expect(new Set(members(session.entries.map(withoutNames)))).toEqual(new Set([null]));
  });

  test('need the whole record', () => {
    const {session} = aSession();
    expect(() => minutesOf([])).toThrow('created it');
    expect(() => minutesOf(session.entries.slice(1))).toThrow('does not follow');
    expect(() => minutesOf(session.entries.toSpliced(2, 1))).toThrow('does not follow');
  });
});
