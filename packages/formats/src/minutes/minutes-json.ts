import type {Ruling} from '@plenary/domain/sessions/minutes';
import type {Sitting} from '@plenary/domain/sessions/session';
import type {NamedMinutes} from './named-minutes.ts';

/** The same minutes for programs: codes in place of words, ISO 8601 in UTC, lengths in milliseconds, participants by number. */
export function minutesJson(named: NamedMinutes): string {
  const {minutes, session, consultation, attributions, record} = named;
  const {state} = minutes;
  const value = {
    format: 'plenary-minutes/1',
    session: {
      ...session,
      title: text(named, state.title),
      consultation,
      startsAt: instant(state.startsAt),
      endsAt: instant(state.endsAt),
      zone: state.zone,
      life: state.life.is,
      publication: state.publication.policy,
      embargoUntil: instant(state.publication.embargoUntil),
      limits: state.limits,
      sittings: state.sittings.map(period),
      sat: minutes.sat,
    },
    asOf: instant(minutes.asOf),
    attributions,
    attendance: minutes.attendance.map(({participant, there}) => ({
      participant: participant.number,
      handle: participant.member === null ? null : (named.members.get(participant.member) ?? null),
      organisation:
        participant.organisation === null ? null : (named.organisations.get(participant.organisation)?.name ?? null),
      delegation: participant.delegation,
      constituency: participant.constituency,
      role: participant.role,
      there: there.map(period),
      removed: participant.presence === 'removed',
    })),
    agenda: minutes.items.map(({item, onFloor}) => ({
      id: item.id,
      title: text(named, item.title),
      papers: item.papers.map(paper => paperOf(named, paper)),
      minutes: item.minutes,
      onFloor: onFloor.map(period),
    })),
    interventions: minutes.interventions.map(({from, to, ...one}) => ({...one, from: instant(from), to: instant(to)})),
    speakingTimes: minutes.speakingTimes,
    notReached: minutes.notReached,
    polls: minutes.polls.map(({poll, counts, choices}) => ({
      id: poll.id,
      kind: poll.kind,
      question: text(named, poll.question),
      paper: poll.paper === null ? null : paperOf(named, poll.paper),
      paragraph: poll.paragraph,
      located: poll.located,
      openedAt: instant(poll.openedAt),
      closedAt: poll.state.is === 'closed' ? instant(poll.state.at) : null,
      counts,
      answers: choices.flatMap(({choice, answers}) =>
        answers.map(({participant, delegation, reason, at}) => ({
          choice,
          participant,
          delegation,
          reason: reason === null ? null : text(named, reason),
          at: instant(at),
        })),
      ),
    })),
    announcements: state.announcements.map(({text: id, at, by}) => ({at: instant(at), by, text: text(named, id)})),
    rulings: minutes.rulings.map(rulingOf),
    revisions: named.revisions.map(({issuedAt, paper, ...one}) => ({
      ...one,
      paper: paperOf(named, paper),
      issuedAt: instant(issuedAt),
    })),
    hidden: minutes.hidden,
    removed: minutes.removed,
    record: {stream: `session:${session.id}`, firstSeq: 1, ...record},
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

function rulingOf(ruling: Ruling): object {
  const at = instant(ruling.at);
  switch (ruling.is) {
    case 'publication':
      return {...ruling, at, embargoUntil: instant(ruling.embargoUntil)};
    case 'rescheduled':
      return {...ruling, at, startsAt: instant(ruling.startsAt), endsAt: instant(ruling.endsAt)};
    default:
      return {...ruling, at};
  }
}

function text(named: NamedMinutes, id: string): string | null {
  return named.texts.get(id) ?? null;
}

function paperOf(
  named: NamedMinutes,
  id: string,
): {id: string; slug: string; symbol: string; title: string} | {id: string} {
  const paper = named.papers.get(id);
  return paper ? {id, slug: paper.slug, symbol: paper.symbol, title: paper.title} : {id};
}

function instant(at: number): string;
function instant(at: number | null): string | null;
function instant(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

function period({from, to}: Sitting): {from: string; to: string | null} {
  return {from: instant(from), to: instant(to)};
}
