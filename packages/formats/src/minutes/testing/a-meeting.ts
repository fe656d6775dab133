import {minutesOf} from '@plenary/domain/sessions/minutes';
import {stateWithoutNames, withoutNames} from '@plenary/domain/sessions/publication';
import type {PollId} from '@plenary/domain/sessions/session';
import {aSession, item, minute, opening, resolution, statement, text} from '@plenary/domain/sessions/testing/played';
import type {NamedMinutes} from '../named-minutes.ts';

/** A session in which everything happens once; closed after 63 minutes. */
export function playedMeeting() {
  const {session, dina, ana, ben, cho} = aSession();
  const positions = 'positions' as PollId;
  const temperature = 'temperature' as PollId;
  session.ask(dina, {act: 'item.take-up', item: item('one')});
  session.wait(3 * minute).ask(dina, {act: 'announcement.make', text: text('welcome')});
  session.wait(minute).ask(dina, {act: 'item.take-up', item: item('two')});
  session.ask(ana, {act: 'floor.ask', group: true});
  session.wait(1500).ask(ben, {act: 'floor.ask', group: false});
  session.ask(cho, {act: 'floor.ask', group: false});
  session.ask(dina, {act: 'list.move', participant: cho, to: 0});
  session.wait(minute).ask(dina, {act: 'floor.give', participant: cho, turn: 'speech'});
  session.wait(65_300).ask(ben, {act: 'order.raise'});
  session.wait(20_000).ask(ben, {act: 'floor.withdraw'});
  session.wait(100_000).ask(dina, {act: 'floor.extend', more: minute});
  session.wait(minute).ask(dina, {act: 'floor.end', how: 'cut'});
  session.ask(dina, {act: 'floor.give', participant: ana, turn: 'speech'});
  session.wait(4 * minute).ask(dina, {act: 'floor.end', how: 'finished'});
  session.ask(cho, {act: 'floor.ask', group: false});
  session.wait(minute).ask(dina, {act: 'floor.absent', participant: cho});
  session.ask(dina, {
    act: 'poll.open',
    poll: positions,
    kind: 'positions',
    question: text('q1'),
    paper: statement,
    paragraph: null,
    located: null,
  });
  session.wait(10_000).ask(ana, {act: 'position.take', poll: positions, choice: 'support', reason: null});
  session.wait(2000).ask(ben, {act: 'position.take', poll: positions, choice: 'reserve', reason: text('reason')});
  session.wait(2000).ask(cho, {act: 'position.take', poll: positions, choice: 'support', reason: text('insult')});
  session.wait(30_000).ask(dina, {act: 'poll.close', poll: positions, counts: null});
  session.ask(dina, {act: 'contribution.hide', text: text('insult'), reason: 'personal-attack'});
  session.ask(dina, {
    act: 'poll.open',
    poll: temperature,
    kind: 'temperature',
    question: text('q2'),
    paper: null,
    paragraph: null,
    located: null,
  });
  session.wait(minute).ask(dina, {act: 'poll.close', poll: temperature, counts: {warm: 41, lukewarm: 7, cold: 0}});
  const eve = session.join('eve', null, null, 'observer');
  session.wait(minute).ask(dina, {act: 'participant.remove', participant: eve, reason: 'spam'});
  session.ask(dina, {act: 'session.suspend'});
  session.wait(15 * minute).ask(dina, {act: 'session.open'});
  session.ask(dina, {act: 'limits.set', limits: {group: 3 * minute, individual: 2 * minute}});
  session.wait(30 * minute).ask(dina, {act: 'session.close', counts: {}});
  return session;
}

const words: Record<string, string | null> = {
  title: 'First reading of the joint statement',
  t1: 'Opening of the session',
  t2: 'Joint statement: القراءة الأولى',
  t3: 'Draft resolution',
  welcome: 'Interpretation is available in all six languages <today>.',
  q1: 'Is OP 2 acceptable as it stands?',
  reason: 'We wait for our capital, and reserve until Friday.',
  insult: null,
  q2: 'Is the room ready to move on to the resolution?',
};

/** The minutes of what was played, as a reader with or without the right to names gets them. */
export function meetingMinutes(attributions = true): NamedMinutes {
  const {entries} = playedMeeting();
  const minutes = minutesOf(attributions ? entries : entries.map(withoutNames));
  if (!attributions && JSON.stringify(minutes.state) !== JSON.stringify(stateWithoutNames(minutes.state))) {
    throw new Error('The entries without names still have names in them.');
  }
  return {
    minutes,
    session: {id: 'session-opening', slug: 'opening'},
    consultation: {slug: 'copenhagen', title: 'Civic participation in digital governance'},
    attributions,
    texts: new Map(Object.entries(words)),
    members: new Map(
      attributions
        ? [
            ['ana', 'Ana'],
            ['ben', 'Ben'],
            ['cho', 'تشو'],
            ['dina', 'Dina'],
            ['eve', null],
          ]
        : [],
    ),
    organisations: new Map(
      attributions
        ? [
            ['coalition', {name: 'Open Assemblies Coalition', constituency: 'civil-society'}],
            ['meridian', {name: 'Meridian Cloud, Inc.', constituency: 'private-sector'}],
            ['valmora', {name: 'Republic of Valmora', constituency: 'government'}],
          ]
        : [],
    ),
    papers: new Map([
      [
        'joint-statement',
        {slug: 'joint-statement', title: 'Joint statement on civic participation', symbol: 'CPH/2026/L.1'},
      ],
      ['draft-resolution', {slug: 'draft-resolution', title: 'Draft resolution', symbol: 'CPH/2026/L.2'}],
    ]),
    revisions: [
      {paper: statement, symbol: 'CPH/2026/L.1/Rev.1', sha256: 'a3f5'.repeat(16), issuedAt: opening + 62 * minute},
      {paper: resolution, symbol: 'CPH/2026/L.2', sha256: '0b1c'.repeat(16), issuedAt: opening + 62.5 * minute},
    ],
    record: {lastSeq: entries.length, index: 411, leafHash: '7e'.repeat(32)},
  };
}
