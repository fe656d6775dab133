import type {ConsultationId, Id, MemberId, OrganisationId, PaperId, ParagraphName} from '../ids.ts';
import type {Constituency} from '../organisations/organisation.ts';
import type {Publication} from '../papers/paper.ts';
import type {MandateRole} from '../rights/roles.ts';
import type {Poll} from './polls/poll.ts';

export type SessionId = Id<'session'>;
/** Names free text that is kept beside the record, where it can be erased or hidden: titles, announcements, questions, reasons. */
export type TextId = Id<'session-text'>;
export type PollId = Id<'poll'>;
/** Names an agenda item inside its session. */
export type ItemId = Id<'agenda-item'>;

/**
 * A participant's number in the session, from 1 in the order of arrival. Every event names people by it, and only
 * `participant.joined` says who that is: an audience that must not know who is who is given that event without names.
 */
export type ParticipantNumber = number;

/**
 * A session as all its events have made it; `applySessionEvent` is the only thing that makes one. Times are
 * milliseconds since 1970, UTC, on the server's clock.
 */
export interface SessionState {
  /** Of the last event that is in it; 0 before the first. */
  readonly seq: number;
  readonly consultation: ConsultationId;
  readonly title: TextId;
  readonly startsAt: number;
  /** As planned; the session ends when the chair closes it. */
  readonly endsAt: number;
  /** IANA time zone of the meeting, `Africa/Nairobi`. */
  readonly zone: string;
  readonly publication: Publication;
  readonly life: SessionLife;
  /** When it sat; the last one has no end while it is open. */
  readonly sittings: readonly Sitting[];
  readonly agenda: readonly AgendaItem[];
  readonly shown: Shown | null;
  readonly participants: readonly Participant[];
  readonly limits: SpeakingLimits;
  readonly list: SpeakersList;
  /** Interventions that have ended, oldest first. */
  readonly interventions: readonly Intervention[];
  readonly polls: readonly Poll[];
  readonly announcements: readonly Announcement[];
  /** Contributions hidden by the chair, by reason; anyone may know how many. */
  readonly hidden: readonly HiddenContribution[];
}

export type SessionLife =
  | {readonly is: 'planned'}
  | {readonly is: 'open'; readonly since: number}
  | {readonly is: 'suspended'; readonly since: number}
  | {readonly is: 'closed'; readonly since: number};

export interface Sitting {
  readonly from: number;
  readonly to: number | null;
}

export interface AgendaItem {
  readonly id: ItemId;
  readonly title: TextId;
  readonly papers: readonly PaperId[];
  /** Planned length. */
  readonly minutes: number | null;
  readonly state: ItemState;
}

export type ItemState =
  | {readonly is: 'waiting'}
  | {readonly is: 'on-floor'; readonly since: number}
  | {readonly is: 'closed'; readonly from: number; readonly to: number};

/** What everyone's page follows: a paper, and a paragraph of it. */
export interface Shown {
  readonly paper: PaperId;
  readonly paragraph: ParagraphName | null;
  readonly since: number;
}

export interface Participant {
  readonly number: ParticipantNumber;
  /** Null where the audience must not know. */
  readonly member: MemberId | null;
  /** Null for who speaks for no organisation, and where the audience must not know. */
  readonly organisation: OrganisationId | null;
  readonly constituency: Constituency | null;
  /**
   * Whom they answer together with in a show of positions: the lowest number of a participant of the same organisation,
   * their own number when they speak for none. Known to every audience.
   */
  readonly delegation: ParticipantNumber;
  readonly role: MandateRole;
  readonly joinedAt: number;
  readonly presence: 'present' | 'left' | 'removed';
  readonly muted: Muted;
}

export interface Muted {
  /** Writes no paper of this session while muted. */
  readonly writing: boolean;
  /** Does not ask for the floor. */
  readonly asking: boolean;
}

/** Milliseconds that a speaker gets. */
export interface SpeakingLimits {
  readonly group: number;
  readonly individual: number;
}

export interface SpeakersList {
  readonly open: boolean;
  /** In the order of asking; `orderOf` (order.ts) says in which order they get the floor. */
  readonly waiting: readonly Waiting[];
  readonly speaking: Speaking | null;
  /**
   * Whom a point of order interrupted; gets the floor back with the time that remained. `runningSince` tells here whether
   * the clock ran when it happened.
   */
  readonly interrupted: Speaking | null;
}

export interface Waiting {
  readonly participant: ParticipantNumber;
  /** Speaks for several organisations. */
  readonly group: boolean;
  readonly askedAt: number;
  /** Was called and did not answer: comes after all others. */
  readonly absent: boolean;
  /** Put at this place (0-based) by the chair, and stays there whatever the rules say. */
  readonly placed: number | null;
}

export const turns = ['speech', 'point-of-order', 'right-of-reply'] as const;
export type Turn = (typeof turns)[number];

/** Somebody has the floor. `timeLeft` (clock.ts) says how much of it is left. */
export interface Speaking {
  readonly participant: ParticipantNumber;
  readonly turn: Turn;
  readonly group: boolean;
  readonly item: ItemId | null;
  /** When the floor was given. */
  readonly from: number;
  /** Milliseconds in all. */
  readonly limit: number;
  /** Milliseconds spoken before the clock was started last. */
  readonly spent: number;
  /** When the clock was started last; null while it stands. */
  readonly runningSince: number | null;
}

export interface Intervention {
  readonly participant: ParticipantNumber;
  readonly turn: Turn;
  readonly group: boolean;
  readonly item: ItemId | null;
  readonly from: number;
  readonly to: number;
  /** Milliseconds spoken: pauses and interruptions do not count. */
  readonly spoken: number;
  readonly limit: number;
  readonly ended: 'finished' | 'cut' | 'session-ended';
}

export interface Announcement {
  readonly text: TextId;
  readonly at: number;
  readonly by: ParticipantNumber | null;
}

export const hidingReasons = ['off-topic', 'personal-attack', 'personal-data', 'spam', 'other'] as const;
export type HidingReason = (typeof hidingReasons)[number];

export interface HiddenContribution {
  readonly text: TextId;
  readonly reason: HidingReason;
  readonly at: number;
}

/** Five minutes for groups and three for individuals, as in UN practice. */
export const usualLimits: SpeakingLimits = {group: 5 * 60_000, individual: 3 * 60_000};

export function participantOf(state: SessionState, member: MemberId): Participant | undefined {
  return state.participants.find(one => one.member === member);
}

export function participantNumbered(state: SessionState, number: ParticipantNumber): Participant | undefined {
  return state.participants[number - 1];
}

export function itemOnFloor(state: SessionState): AgendaItem | undefined {
  return state.agenda.find(item => item.state.is === 'on-floor');
}
