import {z} from 'zod';
import {draftingModes, publicationPolicies} from '@plenary/domain/papers/paper';
import {refusalCodes} from '@plenary/domain/refusal';
import {slugMaxLength, slugPattern} from '@plenary/domain/ids';
import {mandateRoles} from '@plenary/domain/rights/roles';

export const slug = z.string().max(slugMaxLength).regex(slugPattern);
export const languageTag = z
  .string()
  .regex(/^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/)
  .max(16);
export const instant = z.iso.datetime();

export const createPaper = z.object({
  /** Slug or id. */
  consultation: z.string().min(1).max(80),
  slug: slug.optional(),
  title: z.string().trim().min(1).max(300),
  symbol: z.string().trim().max(60).optional(),
  /** That of the text when it can be told, else English, unless said. */
  language: languageTag.optional(),
  mode: z.enum(draftingModes).default('open'),
  publication: z.enum(publicationPolicies).default('public'),
  embargoUntil: instant.optional(),
  /** Markdown or plain text that the paper begins with. */
  text: z.string().max(2_000_000).optional(),
});
export type CreatePaper = z.infer<typeof createPaper>;

export const changePaper = z
  .object({
    mode: z.enum(draftingModes),
    publication: z.enum(publicationPolicies),
    embargoUntil: instant.nullable(),
  })
  .partial();
export type ChangePaper = z.infer<typeof changePaper>;

/** What an import could not carry over, by kind, with how often and where (1-based line of the source). */
export const importReport = z.object({
  format: z.string(),
  paragraphs: z.number().int(),
  words: z.number().int(),
  left: z.array(z.object({what: z.string(), count: z.number().int(), lines: z.array(z.number().int())})),
});
export type ImportReport = z.infer<typeof importReport>;

export const paperCreated = z.object({
  id: z.string(),
  slug: z.string(),
  /** Path of the room on this server, `/rooms/<id>`. */
  room: z.string(),
  report: importReport,
});
export type PaperCreated = z.infer<typeof paperCreated>;

export const paperSummary = z.object({
  id: z.string(),
  slug: z.string(),
  symbol: z.string(),
  title: z.string(),
  language: z.string(),
  consultation: z.object({id: z.string(), slug: z.string(), title: z.string()}),
  mode: z.enum(draftingModes),
  publication: z.enum(publicationPolicies),
  embargoUntil: instant.nullable(),
  /** Milliseconds precision, UTC. */
  createdAt: instant,
  changedAt: instant,
});
export type PaperSummary = z.infer<typeof paperSummary>;

export const paperDetails = paperSummary.extend({
  room: z.string(),
  /** Of the room's log: how many updates the paper holds. 0 when the reader may not see the text. */
  seq: z.number().int(),
  epoch: z.number().int(),
  schema: z.number().int(),
  /** The reader's own standing here. */
  you: z.object({
    role: z.enum([...mandateRoles, 'follower']),
    organisation: z.string().nullable(),
    /** False when only title and policy are shown. */
    mayRead: z.boolean(),
    mayWrite: z.boolean(),
    /** Why not. */
    refusal: z.enum(refusalCodes).nullable(),
    mayPreside: z.boolean(),
  }),
  /** How many contributions the chair has hidden among the comments; 0 where the text is not shown. */
  hiddenComments: z.number().int(),
  /** Who set mode and policy last, and when; null before the first change, and where the text is read without names. */
  presided: z.object({handle: z.string(), at: instant}).nullable(),
});
export type PaperDetails = z.infer<typeof paperDetails>;

/** Moves a paragraph behind another (`after: null`: to the front). */
export const moveParagraph = z.object({paragraph: z.string().max(64), after: z.string().max(64).nullable()});
/** Joins a paragraph to the one shown before it where a move stands between them. */
export const joinParagraph = z.object({paragraph: z.string().max(64)});

export const recordEntry = z.object({
  /** Place in the ledger of the whole instance, from 0. */
  index: z.number().int(),
  seq: z.number().int(),
  act: z.string(),
  at: instant,
  by: z.object({handle: z.string(), organisation: z.string().nullable(), role: z.string()}).nullable(),
  event: z.record(z.string(), z.unknown()),
});
export type RecordEntry = z.infer<typeof recordEntry>;
