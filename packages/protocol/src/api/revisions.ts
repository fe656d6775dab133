import {z} from 'zod';
import {revisionKinds, revisionTitleMaxLength} from '@plenary/domain/papers/revision';
import {instant} from './papers.ts';

export const issueRevision = z.object({
  /** It goes by its number without one: "Zero draft", "Rev.1". */
  title: z.string().trim().max(revisionTitleMaxLength).optional(),
});
export type IssueRevision = z.infer<typeof issueRevision>;

export const revisionSummary = z.object({
  id: z.string(),
  kind: z.enum(revisionKinds),
  number: z.number().int(),
  symbol: z.string(),
  /** In the reader's language unless the chair gave one. */
  title: z.string(),
  /** Of the bytes at `/read/<paper>.txt?revision=<id>`, in hex. */
  sha256: z.string(),
  issuedAt: instant,
  /** Null where the text is read without names, and for who is no longer known. */
  issuedBy: z.string().nullable(),
});
export type RevisionSummary = z.infer<typeof revisionSummary>;

/** What a paper is cited by, on the pages about it. */
export const citedPaper = z.object({
  id: z.string(),
  slug: z.string(),
  symbol: z.string(),
  title: z.string(),
  language: z.string(),
  consultation: z.object({slug: z.string(), title: z.string()}),
});

export const revisionList = z.object({
  paper: citedPaper,
  you: z.object({mayIssue: z.boolean(), mayRestore: z.boolean(), mayWrite: z.boolean(), mayReadHistory: z.boolean()}),
  /** What the next one would be called. */
  next: z.object({symbol: z.string(), title: z.string()}),
  /** Newest first. */
  revisions: z.array(revisionSummary),
});
export type RevisionList = z.infer<typeof revisionList>;

export const frame = z.object({
  name: z.string(),
  kind: z.string(),
  level: z.number().int(),
  dir: z.enum(['ltr', 'rtl']).nullable(),
  lang: z.string().nullable(),
  gone: z.boolean(),
});
export const marks = z.object({
  b: z.literal(true).optional(),
  i: z.literal(true).optional(),
  u: z.literal(true).optional(),
  s: z.literal(true).optional(),
  link: z.string().optional(),
});

/** One paragraph of either text; see `@plenary/paper/compare/compare`. */
export const comparedParagraph = z.object({
  is: z.enum(['unchanged', 'changed', 'added', 'deleted']),
  moved: z.boolean(),
  from: z.number().int().nullable(),
  to: z.number().int().nullable(),
  before: frame.nullable(),
  after: frame.nullable(),
  pieces: z.array(z.object({is: z.enum(['same', 'deleted', 'added']), text: z.string(), marks, was: marks.optional()})),
  mergedInto: z.number().int().nullable(),
  splitFrom: z.number().int().nullable(),
});

export const comparison = z.object({
  /** BCP 47 tag of the text. */
  language: z.string(),
  from: revisionSummary,
  /** Null: the working text. */
  to: revisionSummary.nullable(),
  rows: z.array(comparedParagraph),
});
export type ComparisonAnswer = z.infer<typeof comparison>;

export const restored = z.object({
  /** The working text as it stood before, by which the restoration can be taken back. */
  kept: revisionSummary,
});
export type Restored = z.infer<typeof restored>;
