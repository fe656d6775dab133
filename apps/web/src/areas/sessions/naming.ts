import type {SessionView} from '@plenary/client/session-room';
import {participantNumbered} from '@plenary/domain/sessions/session';
import type {HidingReason, ParticipantNumber, SessionState} from '@plenary/domain/sessions/session';
import type {SessionNames} from '@plenary/protocol/api/sessions';
import type {Translate} from '@plenary/locales/message-id';

/** What things of a session are called for this reader, as far as they may know. */
export interface Naming {
  person(number: ParticipantNumber | null): string;
  /** Null for who speaks for none, and where it must not be known. */
  organisation(number: ParticipantNumber): string | null;
  /** The organisation, or the person who speaks for none. */
  delegation(number: ParticipantNumber): string;
  constituency(number: ParticipantNumber): string;
  /** Null where it was hidden or erased. */
  text(id: string): string | null;
  /** Why the chair hid it; null where they did not. */
  hidden(id: string): HidingReason | null;
  paper(id: string): SessionNames['papers'][string] | null;
}

export function namingOf(state: SessionState, names: SessionView['names'], t: Translate): Naming {
  function person(number: ParticipantNumber | null): string {
    if (number === null) return t('sessions.someone');
    const member = participantNumbered(state, number)?.member ?? null;
    if (member === null) return t('sessions.person.numbered', {number});
    return names.members[member] ?? t('sessions.person.erased');
  }
  function organisation(number: ParticipantNumber): string | null {
    const id = participantNumbered(state, number)?.organisation ?? null;
    return id === null ? null : (names.organisations[id]?.name ?? null);
  }
  const hidden = new Map<string, HidingReason>(state.hidden.map(({text, reason}) => [text, reason]));
  return {
    person,
    organisation,
    delegation: number => organisation(number) ?? person(number),
    constituency(number) {
      const constituency = participantNumbered(state, number)?.constituency ?? null;
      return constituency === null ? t('sessions.no-constituency') : t(`words.constituency.${constituency}`);
    },
    text: id => (hidden.has(id) ? null : (names.texts[id] ?? null)),
    hidden: id => hidden.get(id) ?? null,
    paper: id => names.papers[id] ?? null,
  };
}
