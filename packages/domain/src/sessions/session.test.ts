import {describe, expect, test} from 'vitest';
import {sessionActNames, sessionActs} from './acts.ts';
import {countAnswers, pollKinds} from './polls/kinds.ts';
import type {PollId} from './session.ts';
import {aSession, item, minute, opening, Played, resolution, statement, text} from './testing/played.ts';

const poll = 'seven' as PollId;
const asked = {
  act: 'poll.open',
  poll,
  kind: 'positions',
  question: text('q'),
  paper: statement,
  paragraph: 'p2',
  located: null,
} as const;

describe('R45: the life of a session', () => {
  test('is planned, opened, suspended, resumed and closed, and the sittings are kept', () => {
    const {session, dina} = aSession();
    session.wait(30 * minute).ask(dina, {act: 'session.suspend'});
    expect(session.ask(dina, {act: 'session.suspend'})).toEqual([]);
    session.wait(15 * minute).ask(dina, {act: 'session.open'});
    expect(session.ask(dina, {act: 'session.open'})).toEqual([]);
    session.wait(60 * minute).ask(dina, {act: 'session.close', counts: {}});
    expect(session.state.sittings).toEqual([
      {from: opening, to: opening + 30 * minute},
      {from: opening + 45 * minute, to: opening + 105 * minute},
    ]);
    expect(session.ask(dina, {act: 'session.open'})).toBe('session.over');
  });

  test('cannot be closed before it was opened, or end before it begins', () => {
    expect(new Played().ask(null, {act: 'session.close', counts: {}})).toBe('session.not-open');
    const change = {act: 'session.change', title: text('t'), startsAt: opening, endsAt: opening, zone: 'UTC'} as const;
    expect(new Played().ask(null, change)).toBe('input.invalid');
  });

  test('closing ends the speech, the open question and the item, and keeps who was not reached', () => {
    const {session, dina, ana, ben} = aSession();
    session.ask(dina, {act: 'item.take-up', item: item('two')});
    session.ask(dina, asked);
    session.ask(ana, {act: 'position.take', poll, choice: 'support', reason: null});
    session.ask(ben, {act: 'floor.ask', group: false});
    session.ask(dina, {act: 'floor.give', participant: ana, turn: 'speech'});
    expect(session.wait(minute).ask(dina, {act: 'session.close', counts: {}})).toEqual([
      'poll.closed',
      'session.closed',
    ]);
    const {state} = session;
    expect(state.interventions).toMatchObject([{participant: ana, spoken: minute, ended: 'session-ended'}]);
    expect(state.polls[0]?.state).toMatchObject({is: 'closed', counts: {support: 1, oppose: 0}});
    expect(state.agenda.map(one => one.state.is)).toEqual(['waiting', 'closed', 'waiting']);
    expect(state.list.waiting.map(({participant}) => participant)).toEqual([ben]);
  });
});

describe('R46: the agenda and what is on the floor', () => {
  test('one item is on the floor at a time, with papers of its own', () => {
    const {session, dina} = aSession();
    session.ask(dina, {act: 'item.take-up', item: item('two')});
    expect(session.ask(dina, {act: 'floor.show', paper: statement, paragraph: 'p2'})).toEqual(['floor.shown']);
    expect(session.ask(dina, {act: 'floor.show', paper: statement, paragraph: 'p2'})).toEqual([]);
    expect(session.ask(dina, {act: 'floor.show', paper: resolution, paragraph: null})).toBe('agenda.paper-elsewhere');
    session.ask(dina, {act: 'item.take-up', item: item('three')});
    expect(session.state.agenda.map(one => one.state.is)).toEqual(['waiting', 'closed', 'on-floor']);
    expect(session.state.shown).toBeNull();
  });

  test('changes while the session goes on, but keeps what was taken up', () => {
    const {session, dina} = aSession();
    session.ask(dina, {act: 'item.take-up', item: item('one')});
    const [one, two] = session.state.agenda;
    if (!one || !two) throw new Error('no agenda');
    expect(session.ask(dina, {act: 'agenda.set', agenda: [two]})).toBe('agenda.item-used');
    expect(session.ask(dina, {act: 'agenda.set', agenda: [two, one]})).toEqual(['agenda.set']);
    expect(session.state.agenda.map(({id, state}) => [id, state.is])).toEqual([
      ['two', 'waiting'],
      ['one', 'on-floor'],
    ]);
  });
});

describe('R51: a show of positions', () => {
  test('counts one answer an organisation, the last one', () => {
    const {session, dina, ana, ben} = aSession();
    const zoe = session.join('zoe', 'coalition', 'civil-society');
    session.ask(dina, asked);
    session.ask(ana, {act: 'position.take', poll, choice: 'support', reason: null});
    session.ask(ben, {act: 'position.take', poll, choice: 'oppose', reason: text('why')});
    expect(session.ask(zoe, {act: 'position.take', poll, choice: 'reserve', reason: null})).toEqual(['position.taken']);
    expect(session.ask(zoe, {act: 'position.take', poll, choice: 'reserve', reason: null})).toEqual([]);
    session.ask(dina, {act: 'poll.close', poll, counts: null});
    expect(session.state.polls[0]?.state).toMatchObject({
      counts: {support: 0, reserve: 1, oppose: 1, abstain: 0},
    });
    expect(session.ask(ana, {act: 'position.take', poll, choice: 'support', reason: null})).toBe('poll.over');
  });

  test('takes the answers of its kind only, and one question is open at a time', () => {
    const {session, dina, ana} = aSession();
    session.ask(dina, asked);
    expect(session.ask(dina, {...asked, poll: 'other' as PollId})).toBe('poll.other-open');
    expect(session.ask(ana, {act: 'position.take', poll, choice: 'warm', reason: null})).toBe('poll.choice');
    expect(session.ask(ana, {act: 'position.take', poll: 'no' as PollId, choice: 'support', reason: null})).toBe(
      'poll.unknown',
    );
  });

  test('a temperature check leaves no entry of any answer, only how many there were', () => {
    const {session, dina, ana} = aSession();
    session.ask(dina, {...asked, kind: 'temperature'});
    expect(session.ask(ana, {act: 'position.take', poll, choice: 'warm', reason: null})).toEqual([]);
    session.ask(dina, {act: 'poll.close', poll, counts: {warm: 1}});
    expect(session.state.polls[0]).toMatchObject({answers: [], state: {counts: {warm: 1, lukewarm: 0, cold: 0}}});
    expect(JSON.stringify(session.entries)).not.toContain('position.taken');
  });

  test('every kind names its answers, and counts each of them', () => {
    for (const [kind, {choices}] of Object.entries(pollKinds)) {
      expect(new Set(choices).size).toBe(choices.length);
      const counts = countAnswers({kind: kind as keyof typeof pollKinds, answers: []});
      expect(Object.keys(counts)).toEqual([...choices]);
    }
  });
});

describe('R52: moderation', () => {
  test('whoever is muted does not ask, and leaves the list', () => {
    const {session, dina, ana} = aSession();
    session.ask(ana, {act: 'floor.ask', group: false});
    expect(session.ask(dina, {act: 'participant.mute', participant: ana, writing: false, asking: true})).toEqual([
      'participant.muted',
      'floor.withdrawn',
    ]);
    expect(session.ask(ana, {act: 'floor.ask', group: false})).toBe('participant.muted');
    expect(session.ask(ana, {act: 'order.raise'})).toBe('participant.muted');
    session.ask(dina, {act: 'participant.mute', participant: ana, writing: false, asking: false});
    expect(session.ask(ana, {act: 'floor.ask', group: false})).toEqual(['floor.asked']);
  });

  test('whoever is removed loses the floor and does not come back unless let in', () => {
    const {session, dina, ana, ben} = aSession();
    session.ask(dina, {act: 'floor.give', participant: ana, turn: 'speech'});
    session.ask(ben, {act: 'order.raise'});
    session.ask(dina, {act: 'participant.remove', participant: ana, reason: 'personal-attack'});
    expect(session.state.list).toMatchObject({speaking: null, interrupted: null});
    expect(session.state.interventions.map(one => [one.participant, one.ended])).toEqual([
      [ben, 'finished'],
      [ana, 'cut'],
    ]);
    session.join('ana', 'coalition', 'civil-society');
    expect(session.state.participants[ana - 1]?.presence).toBe('removed');
    session.ask(dina, {act: 'participant.readmit', participant: ana});
    session.join('ana', 'coalition', 'civil-society');
    expect(session.state.participants[ana - 1]?.presence).toBe('present');
  });

  test('whoever leads the session is neither muted nor removed', () => {
    const {session, dina} = aSession();
    expect(session.ask(dina, {act: 'participant.mute', participant: dina, writing: true, asking: true})).toBe(
      'participant.chair',
    );
    expect(session.ask(dina, {act: 'participant.remove', participant: dina, reason: 'other'})).toBe(
      'participant.chair',
    );
  });

  test('announcements, questions and reasons can be hidden, also afterwards, and are counted by reason', () => {
    const {session, dina, ana} = aSession();
    session.ask(dina, asked);
    session.ask(ana, {act: 'position.take', poll, choice: 'oppose', reason: text('why')});
    session.ask(dina, {act: 'session.close', counts: {}});
    expect(session.ask(dina, {act: 'contribution.hide', text: text('title'), reason: 'spam'})).toBe(
      'contribution.unknown',
    );
    expect(session.ask(dina, {act: 'contribution.hide', text: text('why'), reason: 'spam'})).toEqual([
      'contribution.hidden',
    ]);
    expect(session.ask(dina, {act: 'contribution.hide', text: text('why'), reason: 'other'})).toEqual([]);
    expect(session.state.hidden).toMatchObject([{text: 'why', reason: 'spam'}]);
  });
});

test('R45: every act takes a right, and only those of delegates and attendance are not the chair’s', () => {
  const others = sessionActNames.filter(act => sessionActs[act] === 'speak' || sessionActs[act] === 'attend');
  expect(others).toEqual([
    'session.join',
    'session.leave',
    'floor.ask',
    'floor.withdraw',
    'order.raise',
    'position.take',
  ]);
});
