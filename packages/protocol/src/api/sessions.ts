import {z} from 'zod';
import {publicationPolicies} from '@plenary/domain/papers/paper';
import type {constituencies} from '@plenary/domain/organisations/organisation';
import {pollKindNames} from '@plenary/domain/sessions/polls/poll';
import {hidingReasons, turns} from '@plenary/domain/sessions/session';
import type {SessionActName} from '@plenary/domain/sessions/acts';
import type {SessionEntry} from '@plenary/domain/sessions/events';
import type {SessionState} from '@plenary/domain/sessions/session';
import {instant, slug} from './papers.ts';

/** A name inside the instance: an id, or a slug where the thing has one. */
const key = z.string().min(1).max(80);
const participant = z.number().int().min(1).max(100_000);
const reason = z.enum(hidingReasons);
const title = z.string().trim().min(1).max(300);
const seconds = z.number().int().min(10).max(7200);

/** IANA name, as `Intl` knows it. */
export const zone = z
  .string()
  .max(60)
  .refine(name => {
    try {
      return new Intl.DateTimeFormat('en', {timeZone: name}).resolvedOptions().timeZone !== '';
    } catch {
      return false;
    }
  });

export const plannedItem = z.object({
  /** Of an item that is there already; a new one has none. */
  id: z.string().max(24).optional(),
  title,
  /** Slugs or ids of papers of the same consultation. */
  papers: z.array(key).max(20).default([]),
  minutes: z.number().int().min(1).max(1440).nullable().default(null),
});

export const createSession = z.object({
  /** Slug or id. */
  consultation: key,
  slug: slug.optional(),
  title,
  startsAt: instant,
  endsAt: instant,
  zone,
  publication: z.enum(publicationPolicies).default('public'),
  embargoUntil: instant.optional(),
  agenda: z.array(plannedItem).max(50).default([]),
  /** Seconds. */
  limits: z.object({group: seconds, individual: seconds}).default({group: 300, individual: 180}),
});
export type CreateSession = z.infer<typeof createSession>;

const nothing = z.object({});

/**
 * What travels with each act, by its name. `key`, made by the client, makes a retry count once; `session` is added by
 * the way it comes (the path of the request, or a field of the socket's message).
 */
export const sessionActBodies = {
  'session.change': z.object({title, startsAt: instant, endsAt: instant, zone}),
  'session.publish': z.object({
    publication: z.enum(publicationPolicies),
    embargoUntil: instant.nullable().default(null),
  }),
  'session.open': nothing,
  'session.suspend': nothing,
  'session.close': nothing,
  'agenda.set': z.object({agenda: z.array(plannedItem).max(50)}),
  'item.take-up': z.object({item: z.string().max(24)}),
  'item.close': z.object({item: z.string().max(24)}),
  'floor.show': z.object({paper: key.nullable(), paragraph: z.string().max(64).nullable().default(null)}),
  'limits.set': z.object({group: seconds, individual: seconds}),
  'list.open': nothing,
  'list.close': nothing,
  'list.move': z.object({participant, to: z.number().int().min(0).max(10_000).nullable()}),
  'list.add': z.object({participant, group: z.boolean().default(false)}),
  'floor.give': z.object({participant, turn: z.enum(turns).default('speech')}),
  'floor.pause': nothing,
  'floor.resume': nothing,
  'floor.extend': z.object({seconds: z.number().int().min(10).max(1800)}),
  'floor.end': z.object({how: z.enum(['finished', 'cut']).default('finished')}),
  'floor.absent': z.object({participant}),
  'announcement.make': z.object({text: z.string().trim().min(1).max(1000)}),
  'poll.open': z.object({
    kind: z.enum(pollKindNames),
    question: z.string().trim().min(1).max(500),
    paper: key.nullable().default(null),
    paragraph: z.string().max(64).nullable().default(null),
  }),
  'poll.close': z.object({poll: z.string().max(24)}),
  'participant.mute': z.object({participant, writing: z.boolean(), asking: z.boolean()}),
  'participant.remove': z.object({participant, reason}),
  'participant.readmit': z.object({participant}),
  'contribution.hide': z.object({text: z.string().max(24), reason}),
  'session.join': nothing,
  'session.leave': nothing,
  'floor.ask': z.object({group: z.boolean().default(false)}),
  'floor.withdraw': nothing,
  'order.raise': nothing,
  'position.take': z.object({
    poll: z.string().max(24),
    choice: z.string().max(40),
    reason: z.string().trim().max(500).default(''),
  }),
} as const satisfies Record<SessionActName, z.ZodType>;

export type SessionActBody<Name extends SessionActName> = z.input<(typeof sessionActBodies)[Name]>;
/** Bodies as they are once they have been read. */
export type SessionActBodies = {readonly [Name in SessionActName]: z.output<(typeof sessionActBodies)[Name]>};

/** Every act's envelope over a socket; over HTTP the session is in the path and the key in the body. */
export const sessionActEnvelope = z.object({session: key, key: z.string().min(8).max(64).optional()});

/** Names that complete a state or entries, as far as the audience may know them. */
export interface SessionNames {
  /** Free text by its id; null where it was hidden or erased. */
  readonly texts: Readonly<Record<string, string | null>>;
  /** Handles by member; null where the member was erased. */
  readonly members: Readonly<Record<string, string | null>>;
  readonly organisations: Readonly<
    Record<string, {readonly name: string; readonly constituency: (typeof constituencies)[number]}>
  >;
  readonly papers: Readonly<
    Record<string, {readonly slug: string; readonly title: string; readonly symbol: string; readonly language: string}>
  >;
}

/** Where a reader begins: the whole state, then frames from `state.seq + 1` on. */
export interface SessionSnapshot {
  readonly id: string;
  readonly slug: string;
  /** The server's clock when it was made, milliseconds since 1970, UTC. */
  readonly now: number;
  readonly state: SessionState;
  readonly names: SessionNames;
  /** Answers to open polls that keep no rows, by poll: how many gave each choice. */
  readonly tallies: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Positions taken one after another in one poll without reasons, packed: `[participant, choice, milliseconds after the frame's first]`. */
export interface PackedPositions {
  readonly seq: number;
  readonly poll: string;
  readonly at: number;
  readonly answers: readonly (readonly [participant: number, choice: string, later: number])[];
}

/** What happened since the last frame, made once for an audience: `from` is the seq of its first entry. */
export interface SessionFrame {
  readonly session: string;
  readonly from: number;
  /** Of its last entry. */
  readonly to: number;
  readonly now: number;
  readonly entries: readonly (SessionEntry | PackedPositions)[];
  /** Names that the entries need and that were not told before. */
  readonly names: Partial<SessionNames>;
}

/** The counts of a poll that keeps no rows, now and then while it is open; has no seq. */
export interface SessionTally {
  readonly session: string;
  readonly poll: string;
  readonly counts: Readonly<Record<string, number>>;
}

/** The reader's own standing. */
export interface SessionStanding {
  /** Null before they join. */
  readonly participant: number | null;
  readonly mayAttend: boolean;
  readonly maySpeak: boolean;
  readonly mayPreside: boolean;
  readonly mayPrepare: boolean;
}

export const sessionSummary = z.object({
  id: z.string(),
  slug: z.string(),
  title: z.string(),
  consultation: z.object({id: z.string(), slug: z.string(), title: z.string()}),
  startsAt: instant,
  endsAt: instant,
  zone: z.string(),
  life: z.enum(['planned', 'open', 'suspended', 'closed']),
  publication: z.enum(publicationPolicies),
  embargoUntil: instant.nullable(),
  /** Of its last event. */
  seq: z.number().int(),
});
export type SessionSummary = z.infer<typeof sessionSummary>;
