import type {ConsultationId, MemberId, OrganisationId, PaperId, ParagraphName} from '../ids.ts';
import type {Constituency} from '../organisations/organisation.ts';
import type {Publication} from '../papers/paper.ts';
import type {MandateRole} from '../rights/roles.ts';
import type {SessionActName} from './acts.ts';
import type {PlannedItem} from './events.ts';
import type {Counts, LocatedParagraph, PollKindName} from './polls/poll.ts';
import type {HidingReason, ItemId, ParticipantNumber, PollId, SpeakingLimits, TextId, Turn} from './session.ts';

/** Who somebody is in this session: their mandate in its consultation. */
export interface Attending {
  readonly member: MemberId;
  readonly organisation: OrganisationId | null;
  readonly constituency: Constituency | null;
  readonly role: MandateRole;
}

export interface NewSession {
  readonly consultation: ConsultationId;
  readonly title: TextId;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly zone: string;
  readonly publication: Publication;
  readonly agenda: readonly PlannedItem[];
  readonly limits: SpeakingLimits;
}

interface Requests {
  'session.change': {title: TextId; startsAt: number; endsAt: number; zone: string};
  'session.publish': {publication: Publication};
  'session.open': object;
  'session.suspend': object;
  /** `counts` of the open polls that keep no rows, by poll. */
  'session.close': {counts: Readonly<Record<PollId, Counts>>};
  'agenda.set': {agenda: readonly PlannedItem[]};
  'item.take-up': {item: ItemId};
  'item.close': {item: ItemId};
  'floor.show': {paper: PaperId | null; paragraph: ParagraphName | null};
  'limits.set': {limits: SpeakingLimits};
  'list.open': object;
  'list.close': object;
  'list.move': {participant: ParticipantNumber; to: number | null};
  'list.add': {participant: ParticipantNumber; group: boolean};
  'floor.give': {participant: ParticipantNumber; turn: Turn};
  'floor.pause': object;
  'floor.resume': object;
  /** Milliseconds. */
  'floor.extend': {more: number};
  'floor.end': {how: 'finished' | 'cut'};
  'floor.absent': {participant: ParticipantNumber};
  'announcement.make': {text: TextId};
  'poll.open': {
    poll: PollId;
    kind: PollKindName;
    question: TextId;
    paper: PaperId | null;
    paragraph: ParagraphName | null;
    located: LocatedParagraph | null;
  };
  /** `counts` for a kind that keeps no rows; others are counted from their answers. */
  'poll.close': {poll: PollId; counts: Counts | null};
  'participant.mute': {participant: ParticipantNumber; writing: boolean; asking: boolean};
  'participant.remove': {participant: ParticipantNumber; reason: HidingReason};
  'participant.readmit': {participant: ParticipantNumber};
  'contribution.hide': {text: TextId; reason: HidingReason};
  'session.join': Attending;
  'session.leave': object;
  'floor.ask': {group: boolean};
  'floor.withdraw': object;
  'order.raise': object;
  'position.take': {poll: PollId; choice: string; reason: TextId | null};
}

/** An act as the rules take it: slugs and sentences have become ids. */
export type SessionRequest = {
  [Name in SessionActName]: {readonly act: Name} & Readonly<Requests[Name]>;
}[SessionActName];
