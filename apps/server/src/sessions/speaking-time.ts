import {z} from 'zod';
import {constituencies} from '@plenary/domain/organisations/organisation';
import type {ParticipantNumber} from '@plenary/domain/sessions/session';
import {instant} from '../core/instant.ts';
import type {SpokenTimes} from './sessions.service.ts';

const sum = {spoken: z.number().int(), interventions: z.number().int()};
const constituency = z.enum(constituencies).nullable();
const name = z.string().nullable();

const schema = z.object({
  session: z.string(),
  /** Of the state that was added up, and when: who has the floor is counted up to then. */
  seq: z.number().int(),
  at: z.string(),
  /** Milliseconds; the three lists add up to it. */
  total: z.number().int(),
  participants: z.array(
    z.object({participant: z.number().int(), handle: name, organisation: name, constituency, ...sum}),
  ),
  /** An organisation, or somebody who speaks for none, by the lowest number of its participants. */
  organisations: z.array(z.object({delegation: z.number().int(), organisation: name, constituency, ...sum})),
  constituencies: z.array(z.object({constituency, ...sum})),
});

export const speakingTimeJson = {
  schema,
  from({session, now, seq, times, ...spoken}: SpokenTimes): z.input<typeof schema> {
    return {
      session: session.id,
      seq,
      at: instant(now),
      total: times.total,
      participants: times.participants.map(({participant, spoken: ms, interventions}) => {
        const {handle, organisation, of} = named(spoken, participant);
        return {participant, handle, organisation, constituency: of, spoken: ms, interventions};
      }),
      organisations: times.delegations.map(({delegation, spoken: ms, interventions}) => {
        const {organisation, of} = named(spoken, delegation);
        return {delegation, organisation, constituency: of, spoken: ms, interventions};
      }),
      constituencies: [...times.constituencies],
    };
  },
};

function named({state, names}: Pick<SpokenTimes, 'state' | 'names'>, number: ParticipantNumber) {
  const {member = null, organisation = null, constituency: of = null} = state.participants[number - 1] ?? {};
  return {
    handle: member === null ? null : (names.members[member] ?? null),
    organisation: organisation === null ? null : (names.organisations[organisation]?.name ?? null),
    of,
  };
}

/** The same as one table (RFC 4180): each row says at which level it adds up. Names and codes as they are in the record. */
export function speakingTimeCsv(spoken: SpokenTimes): string {
  const {participants, organisations, constituencies: groups, total} = speakingTimeJson.from(spoken);
  const rows: (string | number | null)[][] = [
    ['level', 'participant', 'name', 'organisation', 'constituency', 'milliseconds', 'interventions'],
    ...participants.map(one => [
      'participant',
      one.participant,
      one.handle,
      one.organisation,
      one.constituency,
      one.spoken,
      one.interventions,
    ]),
    ...organisations.map(one => [
      'organisation',
      one.delegation,
      null,
      one.organisation,
      one.constituency,
      one.spoken,
      one.interventions,
    ]),
    ...groups.map(one => ['constituency', null, null, null, one.constituency, one.spoken, one.interventions]),
    ['total', null, null, null, null, total, groups.reduce((all, one) => all + one.interventions, 0)],
  ];
  return rows.map(row => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  // A spreadsheet would run what begins like a formula.
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
