import {countAnswers, pollKinds} from '@plenary/domain/sessions/polls/kinds';
import type {Counts, Poll} from '@plenary/domain/sessions/polls/poll';
import type {Language} from '@plenary/domain/languages';
import type {Translate} from '@plenary/locales/message-id';

type Choice = (typeof pollKinds)[keyof typeof pollKinds]['choices'][number];

/** In the order in which they are shown. */
export function choicesOf({kind}: Pick<Poll, 'kind'>): readonly Choice[] {
  return pollKinds[kind].choices;
}

/** How many gave each choice by now. */
export function countsOf(poll: Poll, tallies: Readonly<Record<string, Counts>>): Counts {
  if (poll.state.is === 'closed') return poll.state.counts;
  return {...countAnswers(poll), ...tallies[poll.id]};
}

export function totalOf(counts: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** What the chair reads out. */
export function resultWords(poll: Poll, counts: Counts, language: Language, t: Translate): string {
  if (poll.kind === 'temperature') {
    const {warm = 0, lukewarm = 0, cold = 0} = counts;
    return t('sessions.tell.temperature', {warm, lukewarm, cold});
  }
  const total = totalOf(counts);
  if (total === 0) return t('sessions.tell.none');
  const number = (count: number) => t('sessions.number', {count});
  const clauses = pollKinds.positions.choices.flatMap(choice => {
    const count = counts[choice] ?? 0;
    return count === 0 ? [] : [t(`sessions.tell.${choice}`, {count, number: number(count)})];
  });
  return t('sessions.tell.positions', {
    of: t('sessions.tell.of', {count: total, number: number(total)}),
    clauses: new Intl.ListFormat(language === 'en' ? 'en-GB' : language, {type: 'conjunction'}).format(clauses),
  });
}
