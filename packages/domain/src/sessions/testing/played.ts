import type {ConsultationId, MemberId, OrganisationId, PaperId} from '../../ids.ts';
import type {Constituency} from '../../organisations/organisation.ts';
import type {MandateRole} from '../../rights/roles.ts';
import {Refusal} from '../../refusal.ts';
import {applySessionEntry} from '../apply.ts';
import {createSession, decide} from '../decide.ts';
import type {SessionEntry} from '../events.ts';
import type {NewSession, SessionRequest} from '../requests.ts';
import {participantOf, usualLimits} from '../session.ts';
import type {ItemId, SessionState, TextId} from '../session.ts';

export const minute = 60_000;
/** 24 November 2026, 14:00 UTC. */
export const opening = Date.UTC(2026, 10, 24, 14);
export const statement = 'joint-statement' as PaperId;
export const resolution = 'draft-resolution' as PaperId;

export function text(name: string): TextId {
  return name as TextId;
}

export function item(name: string): ItemId {
  return name as ItemId;
}

const usual: NewSession = {
  consultation: 'copenhagen' as ConsultationId,
  title: text('title'),
  startsAt: opening,
  endsAt: opening + 180 * minute,
  zone: 'Europe/Copenhagen',
  publication: {policy: 'public', embargoUntil: null},
  agenda: [
    {id: item('one'), title: text('t1'), papers: [], minutes: 10},
    {id: item('two'), title: text('t2'), papers: [statement], minutes: 60},
    {id: item('three'), title: text('t3'), papers: [resolution], minutes: null},
  ],
  limits: usualLimits,
};

/** A session that is played in a test, with a clock that goes when told. */
export class Played {
  now = opening;
  state: SessionState;
  readonly entries: SessionEntry[] = [];

  constructor(wanted: Partial<NewSession> = {}) {
    this.state = this.write({seq: 1, at: this.now, by: null, event: createSession({...usual, ...wanted})}, null);
  }

  private write(entry: SessionEntry, before: SessionState | null): SessionState {
    this.entries.push(entry);
    return applySessionEntry(before, entry);
  }

  /** Answers with the events' types, or with the code of the refusal. */
  ask(by: number | null, request: SessionRequest): string[] | string {
    try {
      const events = decide(this.state, request, by);
      for (const event of events) {
        this.state = this.write({seq: this.state.seq + 1, at: this.now, by, event}, this.state);
      }
      return events.map(({type}) => type);
    } catch (error) {
      if (error instanceof Refusal) return error.code;
      throw error;
    }
  }

  /** Lets somebody in; returns their number. */
  join(
    member: string,
    organisation: string | null,
    constituency: Constituency | null,
    role: MandateRole = 'delegate',
  ): number {
    this.ask(null, {
      act: 'session.join',
      member: member as MemberId,
      organisation: organisation as OrganisationId | null,
      constituency,
      role,
    });
    return participantOf(this.state, member as MemberId)?.number ?? 0;
  }

  wait(ms: number): this {
    this.now += ms;
    return this;
  }
}

/** Dina chairs; Ana, Ben and Cho are there; the session and the list are open. */
export function aSession(wanted: Partial<NewSession> = {}) {
  const session = new Played(wanted);
  const dina = session.join('dina', null, null, 'chair');
  const ana = session.join('ana', 'coalition', 'civil-society');
  const ben = session.join('ben', 'meridian', 'private-sector');
  const cho = session.join('cho', 'valmora', 'government');
  session.ask(dina, {act: 'session.open'});
  session.ask(dina, {act: 'list.open'});
  return {session, dina, ana, ben, cho};
}
