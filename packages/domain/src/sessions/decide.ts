import {Refusal} from '../refusal.ts';
import type {SessionEvent, PlannedItem} from './events.ts';
import {orderOf} from './order.ts';
import {countAnswers, pollKinds} from './polls/kinds.ts';
import type {Counts, Poll} from './polls/poll.ts';
import type {Attending, NewSession, SessionRequest} from './requests.ts';
import {itemOnFloor, participantNumbered, participantOf} from './session.ts';
import type {Participant, ParticipantNumber, SessionState, Speaking, TextId, Waiting} from './session.ts';

/** Right of reply: ten minutes the first time, five the second (GA decision 34/401, paragraphs 8 to 10). */
const replyLimits = [10 * 60_000, 5 * 60_000] as const;

/** Refuses `input.invalid` when it would end before it begins, or an item stands twice. */
export function createSession(wanted: NewSession): Extract<SessionEvent, {type: 'session.created'}> {
  const {publication, ...rest} = wanted;
  requireTimes(wanted);
  requireAgenda(wanted.agenda);
  return {type: 'session.created', ...rest, ...publication};
}

/**
 * What an act does to a session: the events it becomes, in order; none when all is so already. `by` is the participant
 * who asks, null for somebody who leads the session without having joined it. Whether they hold the right to ask at all
 * (`sessionActs`) has been judged before. When it happens is the entry's affair: no rule here depends on the hour.
 */
export function decide(
  state: SessionState,
  request: SessionRequest,
  by: ParticipantNumber | null,
): readonly SessionEvent[] {
  if (state.life.is === 'closed' && !afterwards.has(request.act)) throw new Refusal('session.over');
  switch (request.act) {
    case 'session.change': {
      requireTimes(request);
      const {title, startsAt, endsAt, zone} = request;
      return [{type: 'session.changed', title, startsAt, endsAt, zone}];
    }
    case 'session.publish': {
      const {policy, embargoUntil} = request.publication;
      const {publication} = state;
      if (policy === publication.policy && embargoUntil === publication.embargoUntil) return [];
      return [{type: 'session.publication-set', policy, embargoUntil}];
    }
    case 'session.open':
      return state.life.is === 'open' ? [] : [{type: 'session.opened'}];
    case 'session.suspend':
      if (state.life.is === 'suspended') return [];
      requireOpen(state);
      return [{type: 'session.suspended'}];
    case 'session.close':
      if (state.life.is === 'planned') throw new Refusal('session.not-open');
      return [
        ...state.polls.filter(isOpen).map(poll => closing(poll, request.counts[poll.id] ?? null)),
        {type: 'session.closed'},
      ];
    case 'agenda.set':
      return agendaSet(state, request.agenda);
    case 'item.take-up': {
      requireOpen(state);
      const item = state.agenda.find(one => one.id === request.item);
      if (!item) throw new Refusal('agenda.item-unknown');
      return item.state.is === 'on-floor' ? [] : [{type: 'item.taken-up', item: item.id}];
    }
    case 'item.close': {
      const item = state.agenda.find(one => one.id === request.item);
      if (!item) throw new Refusal('agenda.item-unknown');
      return item.state.is === 'on-floor' ? [{type: 'item.closed', item: item.id}] : [];
    }
    case 'floor.show': {
      requireOpen(state);
      const {paper, paragraph} = request;
      if (paper !== null && !itemOnFloor(state)?.papers.includes(paper)) throw new Refusal('agenda.paper-elsewhere');
      if (paper === (state.shown?.paper ?? null) && paragraph === (state.shown?.paragraph ?? null)) return [];
      return [{type: 'floor.shown', paper, paragraph: paper === null ? null : paragraph}];
    }
    case 'limits.set': {
      const {limits} = request;
      if (limits.group === state.limits.group && limits.individual === state.limits.individual) return [];
      return [{type: 'limits.set', limits}];
    }
    case 'list.open':
      return state.list.open ? [] : [{type: 'list.opened'}];
    case 'list.close':
      return state.list.open ? [{type: 'list.closed'}] : [];
    case 'list.move':
      return listMoved(state, request.participant, request.to);
    case 'list.add':
      requireOpen(state);
      return asking(state, present(state, request.participant), request.group);
    case 'floor.give':
      return floorGiven(state, request.participant, request.turn);
    case 'floor.pause':
      return speakingNow(state).runningSince === null ? [] : [{type: 'floor.paused'}];
    case 'floor.resume':
      requireOpen(state);
      return speakingNow(state).runningSince === null ? [{type: 'floor.resumed'}] : [];
    case 'floor.extend':
      speakingNow(state);
      return [{type: 'floor.extended', more: request.more}];
    case 'floor.end':
      speakingNow(state);
      return [{type: 'floor.ended', how: request.how}];
    case 'floor.absent': {
      const {participant} = request;
      const speaks = state.list.speaking?.participant === participant;
      if (!speaks && !waitingOf(state, participant)) throw new Refusal('floor.not-waiting');
      return [{type: 'floor.absent', participant}];
    }
    case 'announcement.make':
      return [{type: 'announcement.made', text: request.text}];
    case 'poll.open': {
      requireOpen(state);
      if (state.polls.some(isOpen)) throw new Refusal('poll.other-open');
      const {poll, kind, question, paper, paragraph, located} = request;
      return [{type: 'poll.opened', poll, kind, question, paper, paragraph, located}];
    }
    case 'poll.close': {
      const poll = pollNamed(state, request.poll);
      return isOpen(poll) ? [closing(poll, request.counts)] : [];
    }
    case 'participant.mute':
      return muted(state, request);
    case 'participant.remove':
      return removed(state, request, by);
    case 'participant.readmit': {
      const {participant} = request;
      const {presence} = participantKnown(state, participant);
      return presence === 'removed' ? [{type: 'participant.readmitted', participant}] : [];
    }
    case 'contribution.hide': {
      if (!contributions(state).includes(request.text)) throw new Refusal('contribution.unknown');
      if (state.hidden.some(({text}) => text === request.text)) return [];
      return [{type: 'contribution.hidden', text: request.text, reason: request.reason}];
    }
    case 'session.join':
      return joined(state, request);
    case 'session.leave': {
      const participant = by === null ? undefined : participantNumbered(state, by);
      return participant?.presence === 'present' ? [{type: 'participant.left', participant: participant.number}] : [];
    }
    case 'floor.ask': {
      const participant = attending(state, by);
      requireOpen(state);
      if (!state.list.open) throw new Refusal('list.closed');
      if (participant.muted.asking) throw new Refusal('participant.muted');
      return asking(state, participant, request.group);
    }
    case 'floor.withdraw': {
      const {number: participant} = attending(state, by);
      if (waitingOf(state, participant)) return [{type: 'floor.withdrawn', participant}];
      if (state.list.speaking?.participant === participant) return [{type: 'floor.ended', how: 'finished'}];
      throw new Refusal('floor.not-waiting');
    }
    case 'order.raise': {
      const {number: participant, muted: mute} = attending(state, by);
      requireOpen(state);
      if (mute.asking) throw new Refusal('participant.muted');
      return pointOfOrder(state, participant);
    }
    case 'position.take':
      return positionTaken(state, attending(state, by), request);
  }
}

/** What the chair may still do when the session is over. */
const afterwards: ReadonlySet<SessionRequest['act']> = new Set<SessionRequest['act']>([
  'session.publish',
  'contribution.hide',
  'session.leave',
]);

function requireTimes({startsAt, endsAt}: {startsAt: number; endsAt: number}): void {
  if (endsAt <= startsAt) throw new Refusal('input.invalid', {fields: ['endsAt']});
}

function requireAgenda(agenda: readonly PlannedItem[]): void {
  if (new Set(agenda.map(({id}) => id)).size < agenda.length) throw new Refusal('input.invalid', {fields: ['agenda']});
}

function requireOpen(state: SessionState): void {
  if (state.life.is !== 'open') throw new Refusal(state.life.is === 'closed' ? 'session.over' : 'session.not-open');
}

/** Somebody who acts for themselves. */
function attending(state: SessionState, by: ParticipantNumber | null): Participant {
  const participant = by === null ? undefined : participantNumbered(state, by);
  if (!participant || participant.presence === 'left') throw new Refusal('session.join-first');
  if (participant.presence === 'removed') throw new Refusal('participant.removed');
  return participant;
}

function participantKnown(state: SessionState, number: ParticipantNumber): Participant {
  const participant = participantNumbered(state, number);
  if (!participant) throw new Refusal('participant.unknown');
  return participant;
}

/** Somebody whom the chair calls. */
function present(state: SessionState, number: ParticipantNumber): Participant {
  const participant = participantKnown(state, number);
  if (participant.presence === 'removed') throw new Refusal('participant.removed');
  return participant;
}

function waitingOf(state: SessionState, participant: ParticipantNumber): Waiting | undefined {
  return state.list.waiting.find(one => one.participant === participant);
}

function speakingNow(state: SessionState): Speaking {
  if (!state.list.speaking) throw new Refusal('floor.nobody-speaks');
  return state.list.speaking;
}

/** Free text that people contributed and the chair can hide. */
function contributions(state: SessionState): readonly TextId[] {
  return [
    ...state.announcements.map(({text}) => text),
    ...state.polls.flatMap(({question, answers}) => [
      question,
      ...answers.flatMap(({reason}) => (reason === null ? [] : [reason])),
    ]),
  ];
}

function joined(state: SessionState, {member, organisation, constituency, role}: Attending): readonly SessionEvent[] {
  const known = participantOf(state, member);
  if (known?.presence === 'removed') throw new Refusal('participant.removed');
  const participant = known?.number ?? state.participants.length + 1;
  const delegation =
    (organisation !== null && state.participants.find(one => one.organisation === organisation)?.number) || participant;
  if (!known) {
    return [{type: 'participant.joined', participant, member, organisation, constituency, delegation, role}];
  }
  const same = known.organisation === organisation && known.role === role && known.constituency === constituency;
  if (known.presence === 'present' && same) return [];
  return [{type: 'participant.returned', participant, organisation, constituency, delegation, role}];
}

function agendaSet(state: SessionState, agenda: readonly PlannedItem[]): readonly SessionEvent[] {
  requireAgenda(agenda);
  const dropped = state.agenda.find(
    item => item.state.is !== 'waiting' && !agenda.some(planned => planned.id === item.id),
  );
  if (dropped) throw new Refusal('agenda.item-used');
  return [{type: 'agenda.set', agenda}];
}

function asking(state: SessionState, participant: Participant, group: boolean): readonly SessionEvent[] {
  const {number} = participant;
  if (waitingOf(state, number)) throw new Refusal('floor.already-waiting');
  if (state.list.speaking?.participant === number) throw new Refusal('floor.already-speaking');
  return [{type: 'floor.asked', participant: number, group}];
}

function listMoved(state: SessionState, participant: ParticipantNumber, to: number | null): readonly SessionEvent[] {
  const waiting = waitingOf(state, participant);
  if (!waiting) throw new Refusal('floor.not-waiting');
  if (to === null) return waiting.placed === null ? [] : [{type: 'list.moved', participant, to}];
  const place = Math.min(to, state.list.waiting.length - 1);
  const order = orderOf(state);
  if (order[place]?.participant === participant) return [];
  return [{type: 'list.moved', participant, to: place}];
}

function floorGiven(state: SessionState, number: ParticipantNumber, turn: Speaking['turn']): readonly SessionEvent[] {
  requireOpen(state);
  const {number: participant} = present(state, number);
  const {speaking} = state.list;
  if (turn === 'point-of-order') return pointOfOrder(state, participant);
  if (speaking?.participant === participant) throw new Refusal('floor.already-speaking');
  const group = waitingOf(state, participant)?.group ?? false;
  const replies = state.interventions.filter(one => one.participant === participant && one.turn === 'right-of-reply');
  const limit =
    turn === 'right-of-reply'
      ? replyLimits[replies.length === 0 ? 0 : 1]
      : state.limits[group ? 'group' : 'individual'];
  const given: SessionEvent = {type: 'floor.given', participant, turn, group, limit};
  // A point of order that is being heard ends first, so that whom it interrupted ends in their own name.
  return state.list.interrupted ? [{type: 'floor.ended', how: 'finished'}, given] : [given];
}

function pointOfOrder(state: SessionState, participant: ParticipantNumber): readonly SessionEvent[] {
  const {speaking} = state.list;
  if (speaking?.turn === 'point-of-order') throw new Refusal('order.pending');
  if (speaking?.participant === participant) throw new Refusal('floor.already-speaking');
  const limit = state.limits.individual;
  return [{type: 'floor.given', participant, turn: 'point-of-order', group: false, limit}];
}

function isOpen(poll: Poll): boolean {
  return poll.state.is === 'open';
}

function pollNamed(state: SessionState, id: string): Poll {
  const poll = state.polls.find(one => one.id === id);
  if (!poll) throw new Refusal('poll.unknown');
  return poll;
}

function closing(poll: Poll, counts: Counts | null): SessionEvent {
  const none = countAnswers({kind: poll.kind, answers: []});
  return {
    type: 'poll.closed',
    poll: poll.id,
    counts: pollKinds[poll.kind].keepsAnswers ? countAnswers(poll) : {...none, ...counts},
  };
}

/** Also asked before an answer is counted that leaves no entry behind. Refuses `poll.unknown`, `poll.over`, `poll.choice`. */
export function requireAnswerable(state: SessionState, id: string, choice: string): Poll {
  const poll = pollNamed(state, id);
  if (!isOpen(poll)) throw new Refusal('poll.over');
  requireOpen(state);
  if (!(pollKinds[poll.kind].choices as readonly string[]).includes(choice)) throw new Refusal('poll.choice');
  return poll;
}

function positionTaken(
  state: SessionState,
  {number: participant}: Participant,
  {poll: id, choice, reason}: Extract<SessionRequest, {act: 'position.take'}>,
): readonly SessionEvent[] {
  const poll = requireAnswerable(state, id, choice);
  // Counted elsewhere, and forgotten.
  if (!pollKinds[poll.kind].keepsAnswers) return [];
  const known = poll.answers.find(one => one.participant === participant);
  if (known?.choice === choice && known.reason === reason) return [];
  return [{type: 'position.taken', poll: poll.id, participant, choice, reason}];
}

function muted(
  state: SessionState,
  {participant, writing, asking: noAsking}: Extract<SessionRequest, {act: 'participant.mute'}>,
): readonly SessionEvent[] {
  const known = participantKnown(state, participant);
  if (known.role === 'chair') throw new Refusal('participant.chair');
  const events: SessionEvent[] = [];
  if (known.muted.writing !== writing || known.muted.asking !== noAsking) {
    events.push({type: 'participant.muted', participant, muted: {writing, asking: noAsking}});
  }
  if (noAsking && waitingOf(state, participant)) events.push({type: 'floor.withdrawn', participant});
  return events;
}

function removed(
  state: SessionState,
  {participant, reason}: Extract<SessionRequest, {act: 'participant.remove'}>,
  by: ParticipantNumber | null,
): readonly SessionEvent[] {
  const known = participantKnown(state, participant);
  if (known.role === 'chair' || participant === by) throw new Refusal('participant.chair');
  if (known.presence === 'removed') return [];
  const {speaking, interrupted} = state.list;
  const gone: SessionEvent = {type: 'participant.removed', participant, reason};
  if (speaking?.participant === participant) return [{type: 'floor.ended', how: 'cut'}, gone];
  // Whom a point of order interrupted does not get the floor back.
  if (interrupted?.participant === participant) {
    return [{type: 'floor.ended', how: 'finished'}, {type: 'floor.ended', how: 'cut'}, gone];
  }
  return [gone];
}
