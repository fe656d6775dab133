import {z} from 'zod';
import {longestQuote, quoteContext} from '@plenary/domain/comments/anchor';
import {hidingReasons, longestComment} from '@plenary/domain/comments/comment';
import {mandateRoles} from '@plenary/domain/rights/roles';
import {instant} from './papers.ts';

/** Half a character or a NUL can be kept by no database. */
function wellFormed(longest: number) {
  return z
    .string()
    .max(longest)
    .refine(text => !/[\p{Surrogate}\0]/u.test(text));
}

const paragraphName = z.string().min(1).max(80);

const relativePlace = z.object({
  tname: z.literal('body'),
  item: z.object({client: z.number().int().min(0), clock: z.number().int().min(0)}).optional(),
  assoc: z.number().int().min(-1).max(0),
});

const quote = z.object({
  before: wellFormed(quoteContext),
  exact: wellFormed(longestQuote),
  after: wellFormed(quoteContext),
});

const paragraphRef = z.object({name: paragraphName, place: relativePlace, quote});
const revision = z.string().max(40).nullable().default(null);

export const commentAnchor = z.discriminatedUnion('on', [
  z.object({
    on: z.literal('words'),
    paragraph: paragraphName,
    start: relativePlace,
    end: relativePlace,
    quote: quote.refine(({exact}) => exact.trim() !== ''),
    revision,
  }),
  z.object({on: z.literal('paragraph'), paragraph: paragraphRef, revision}),
  z.object({on: z.literal('gap'), above: paragraphRef.nullable(), below: paragraphRef.nullable(), revision}),
  z.object({on: z.literal('text'), revision}),
]);

const text = wellFormed(longestComment).trim().min(1);
/** Made by the client, fresh for every comment and reply: what is sent again under it is the same one. */
const key = z.string().regex(/^[\w-]{12,64}$/);

export const makeComment = z.object({key, anchor: commentAnchor, text});
export type MakeComment = z.input<typeof makeComment>;

export const replyToComment = z.object({key, text});
export const reattachComment = z.object({anchor: commentAnchor});
/** Without an entry the comment itself is meant. */
export const hideComment = z.object({
  entry: z.string().max(40).nullable().default(null),
  reason: z.enum(hidingReasons),
});
/** Without an entry the comment itself is meant. */
export const editComment = z.object({entry: z.string().max(40).nullable().default(null), text});
export const withdrawComment = z.object({entry: z.string().max(40).nullable().default(null)});

const person = z.object({id: z.string(), handle: z.string()});

export const commentEntryJson = z.object({
  id: z.string(),
  by: z.object({
    id: z.string(),
    handle: z.string(),
    organisation: z.object({id: z.string(), name: z.string()}).nullable(),
    role: z.enum(mandateRoles),
  }),
  at: instant,
  /** Null where it was withdrawn or hidden. */
  text: z.string().nullable(),
  /** When its author last put other words in its place. */
  edited: instant.nullable(),
  withdrawn: z.boolean(),
  hidden: z.enum(hidingReasons).nullable(),
  mentions: z.array(person),
});
export type CommentEntryJson = z.infer<typeof commentEntryJson>;

export const commentJson = z.object({
  id: z.string(),
  anchor: commentAnchor,
  resolved: z.object({by: person, at: instant}).nullable(),
  change: z.number().int(),
  entries: z.array(commentEntryJson),
});
export type CommentJson = z.infer<typeof commentJson>;

export const commentList = z.object({
  comments: z.array(commentJson),
  /** To be given as `since` next time. */
  seq: z.number().int(),
  /** How many contributions the chair has hidden on this paper. */
  hidden: z.number().int(),
  you: z.object({mayComment: z.boolean(), mayHide: z.boolean(), looksAfterAll: z.boolean()}),
});
export type CommentList = z.infer<typeof commentList>;

export const commentDone = z.object({comment: commentJson});

export const mentionable = z.object({
  people: z.array(person.extend({organisation: z.string().nullable()})),
});
export type Mentionable = z.infer<typeof mentionable>;

export type CommentAnchorJson = z.infer<typeof commentAnchor>;
