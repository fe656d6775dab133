import type {Language} from '@plenary/domain/languages';
import {timeLeft} from '@plenary/domain/sessions/clock';
import {itemOnFloor, type SessionState} from '@plenary/domain/sessions/session';
import type {Translate} from '@plenary/locales/message-id';
import type {Naming} from './naming.ts';
import {countsOf, resultWords, totalOf} from './positions.ts';

export interface News {
  readonly level: 'important' | 'all';
  readonly words: string;
}

/** What changed from one state to the next, for those who do not see it; announcements are told as notices. */
export function newsBetween(
  before: SessionState,
  after: SessionState,
  naming: Naming,
  language: Language,
  t: Translate,
): readonly News[] {
  const news: News[] = [];
  const important = (words: string) => news.push({level: 'important', words});
  const minor = (words: string) => news.push({level: 'all', words});
  if (before.life.is !== after.life.is) {
    if (after.life.is === 'open') important(t('sessions.hear.opened'));
    if (after.life.is === 'suspended') important(t('sessions.hear.suspended'));
    if (after.life.is === 'closed') important(t('sessions.hear.closed'));
  }
  const item = itemOnFloor(after);
  if (item && itemOnFloor(before)?.id !== item.id) {
    important(t('sessions.hear.item', {number: after.agenda.indexOf(item) + 1, title: naming.text(item.title) ?? ''}));
  }
  const [was, is] = [before.list.speaking, after.list.speaking];
  if (is && (is.participant !== was?.participant || is.turn !== was.turn)) {
    const name = naming.person(is.participant);
    important(t(is.turn === 'point-of-order' ? 'sessions.hear.order' : 'sessions.hear.speaks', {name}));
  }
  if (was && !is && after.life.is !== 'closed') minor(t('sessions.hear.no-one'));
  if (before.list.open !== after.list.open && after.life.is !== 'closed')
    important(t(after.list.open ? 'sessions.hear.list-opened' : 'sessions.hear.list-closed'));
  for (const poll of after.polls) {
    const known = before.polls.find(({id}) => id === poll.id);
    if (!known) important(t('sessions.hear.question', {question: naming.text(poll.question) ?? ''}));
    else if (known.state.is === 'open' && poll.state.is === 'closed') {
      important(t('sessions.hear.result', {result: resultWords(poll, poll.state.counts, language, t)}));
    } else if (poll.answers !== known.answers) {
      minor(t('sessions.hear.answers', {count: totalOf(countsOf(poll, {}))}));
    }
  }
  const knownWaiting = new Set(before.list.waiting.map(({participant}) => participant));
  for (const {participant} of after.list.waiting) {
    if (!knownWaiting.has(participant)) minor(t('sessions.hear.asked', {name: naming.person(participant)}));
  }
  for (const {number, presence} of after.participants) {
    if (presence === 'present' && before.participants[number - 1]?.presence !== 'present')
      minor(t('sessions.hear.joined', {name: naming.person(number)}));
  }
  return news;
}

/** The marks that a clock passed between two moments: one minute, half a minute, the end. */
export function marksBetween(state: SessionState, from: number, to: number, t: Translate): readonly News[] {
  const {speaking} = state.list;
  if (!speaking || speaking.runningSince === null) return [];
  const start = Math.max(from, speaking.runningSince);
  const passed = (mark: number) => timeLeft(speaking, start) > mark && timeLeft(speaking, to) <= mark;
  const words = [
    ...(passed(60_000) ? [t('sessions.hear.one-minute')] : []),
    ...(passed(30_000) ? [t('sessions.hear.half-minute')] : []),
    ...(passed(0) ? [t('sessions.hear.time-up')] : []),
  ];
  return words.map(one => ({level: 'important', words: one}));
}
