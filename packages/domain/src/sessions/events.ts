import type {ConsultationId, MemberId, OrganisationId, PaperId, ParagraphName} from '../ids.ts';
import type {Constituency} from '../organisations/organisation.ts';
import type {PublicationPolicy} from '../papers/paper.ts';
import type {MandateRole} from '../rights/roles.ts';
import type {Counts, LocatedParagraph, PollKindName} from './polls/poll.ts';
import type {HidingReason, ItemId, Muted, ParticipantNumber, PollId, SpeakingLimits, TextId, Turn} from './session.ts';

export interface PlannedItem {
  readonly id: ItemId;
  readonly title: TextId;
  readonly papers: readonly PaperId[];
  readonly minutes: number | null;
}

/**
 * What can happen in a session. Each is one row of the ledger in the stream `session:<id>`: `act` is its type, `event`
 * all else with `by`. Nothing in it is free text or says who somebody is outside this instance.
 */
export type SessionEvent =
  | {
      readonly type: 'session.created';
      readonly consultation: ConsultationId;
      readonly title: TextId;
      readonly startsAt: number;
      readonly endsAt: number;
      readonly zone: string;
      readonly policy: PublicationPolicy;
      readonly embargoUntil: number | null;
      readonly agenda: readonly PlannedItem[];
      readonly limits: SpeakingLimits;
    }
  | {
      readonly type: 'session.changed';
      readonly title: TextId;
      readonly startsAt: number;
      readonly endsAt: number;
      readonly zone: string;
    }
  | {
      readonly type: 'session.publication-set';
      readonly policy: PublicationPolicy;
      readonly embargoUntil: number | null;
    }
  | {readonly type: 'session.opened'}
  | {readonly type: 'session.suspended'}
  | {readonly type: 'session.closed'}
  /** Items that were there keep their state. */
  | {readonly type: 'agenda.set'; readonly agenda: readonly PlannedItem[]}
  | {readonly type: 'item.taken-up'; readonly item: ItemId}
  | {readonly type: 'item.closed'; readonly item: ItemId}
  /** A paper, and a paragraph of it, is on the floor; `paper: null` takes it away. */
  | {readonly type: 'floor.shown'; readonly paper: PaperId | null; readonly paragraph: ParagraphName | null}
  | {
      readonly type: 'participant.joined';
      readonly participant: ParticipantNumber;
      readonly member: MemberId | null;
      readonly organisation: OrganisationId | null;
      readonly constituency: Constituency | null;
      readonly delegation: ParticipantNumber;
      readonly role: MandateRole;
    }
  | {readonly type: 'participant.left'; readonly participant: ParticipantNumber}
  /** Came back, or was let back in; the mandate may have changed. */
  | {
      readonly type: 'participant.returned';
      readonly participant: ParticipantNumber;
      readonly organisation: OrganisationId | null;
      readonly constituency: Constituency | null;
      readonly delegation: ParticipantNumber;
      readonly role: MandateRole;
    }
  | {readonly type: 'participant.removed'; readonly participant: ParticipantNumber; readonly reason: HidingReason}
  | {readonly type: 'participant.readmitted'; readonly participant: ParticipantNumber}
  | {readonly type: 'participant.muted'; readonly participant: ParticipantNumber; readonly muted: Muted}
  | {readonly type: 'limits.set'; readonly limits: SpeakingLimits}
  | {readonly type: 'list.opened'}
  | {readonly type: 'list.closed'}
  | {readonly type: 'floor.asked'; readonly participant: ParticipantNumber; readonly group: boolean}
  | {readonly type: 'floor.withdrawn'; readonly participant: ParticipantNumber}
  /** `limit` in milliseconds. Whoever spoke before has finished. */
  | {
      readonly type: 'floor.given';
      readonly participant: ParticipantNumber;
      readonly turn: Turn;
      readonly group: boolean;
      readonly limit: number;
    }
  | {readonly type: 'floor.paused'}
  | {readonly type: 'floor.resumed'}
  /** Milliseconds more. */
  | {readonly type: 'floor.extended'; readonly more: number}
  | {readonly type: 'floor.ended'; readonly how: 'finished' | 'cut'}
  | {readonly type: 'floor.absent'; readonly participant: ParticipantNumber}
  /** The chair's own order: `to` is a 0-based place; `to: null` gives the place back to the rules. */
  | {readonly type: 'list.moved'; readonly participant: ParticipantNumber; readonly to: number | null}
  | {readonly type: 'announcement.made'; readonly text: TextId}
  | {
      readonly type: 'poll.opened';
      readonly poll: PollId;
      readonly kind: PollKindName;
      readonly question: TextId;
      readonly paper: PaperId | null;
      readonly paragraph: ParagraphName | null;
      /** Absent in records of before it was noted. */
      readonly located?: LocatedParagraph | null;
    }
  | {
      readonly type: 'position.taken';
      readonly poll: PollId;
      readonly participant: ParticipantNumber;
      readonly choice: string;
      readonly reason: TextId | null;
    }
  | {readonly type: 'poll.closed'; readonly poll: PollId; readonly counts: Counts}
  | {readonly type: 'contribution.hidden'; readonly text: TextId; readonly reason: HidingReason};

export type SessionEventType = SessionEvent['type'];

/** One event in its place. */
export interface SessionEntry {
  /** From 1, without a gap. */
  readonly seq: number;
  /** Milliseconds since 1970, UTC. */
  readonly at: number;
  /** The participant who acted; null where they are none (the session was created) or nobody did. */
  readonly by: ParticipantNumber | null;
  readonly event: SessionEvent;
}
