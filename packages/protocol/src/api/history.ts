import {z} from 'zod';
import {instant} from './papers.ts';
import {citedPaper, frame, marks, revisionSummary} from './revisions.ts';

export const author = z.object({
  /** Null: the server itself. */
  id: z.string().nullable(),
  /** Null also where the person was erased. */
  handle: z.string().nullable(),
  organisation: z.string().nullable(),
});
export type Author = z.infer<typeof author>;

/** One position of the slider: the entries of the paper's log after `after`, up to and including `until`. */
export const historyStep = z.object({
  after: z.number().int(),
  until: z.number().int(),
  /** When its last entry was written. */
  at: instant,
  /** Places in the list of authors. */
  by: z.array(z.number().int()),
});
export type HistoryStep = z.infer<typeof historyStep>;

export const history = z.object({
  paper: citedPaper,
  you: z.object({mayRestore: z.boolean()}),
  /** The last entry of the log. */
  seq: z.number().int(),
  /** Otherwise a part of it, asked for with `after` and `until`, has finer steps. */
  isFinest: z.boolean(),
  authors: z.array(author),
  /** Oldest first. */
  steps: z.array(historyStep),
  /** Oldest first; each holds everything up to `seq`. */
  revisions: z.array(revisionSummary.extend({seq: z.number().int()})),
});
export type History = z.infer<typeof history>;

/** A paragraph with what a step has made of it; see `@plenary/paper/history/marked-text`. */
export const markedParagraph = frame.extend({
  is: z.enum(['same', 'changed', 'added', 'deleted']),
  moved: z.boolean(),
  was: z.object({kind: z.string(), level: z.number().int()}).nullable(),
  by: z.number().int().nullable(),
  pieces: z.array(
    z.object({
      is: z.enum(['same', 'added', 'deleted']),
      text: z.string(),
      marks,
      was: marks.optional(),
      by: z.number().int().nullable(),
      isOpening: z.literal(true).optional(),
    }),
  ),
});

/** The text after entry `until`; `by` are places in the list of authors. */
export const moment = z.object({
  after: z.number().int(),
  until: z.number().int(),
  /** BCP 47 tag of the text. */
  language: z.string(),
  authors: z.array(author),
  paragraphs: z.array(markedParagraph),
});
export type Moment = z.infer<typeof moment>;

/** Who wrote what: the clientIDs that stand in the shared text, each with a place in the list of authors. */
export const authorship = z.object({
  authors: z.array(author),
  clients: z.array(z.tuple([z.number().int(), z.number().int()])),
});
export type Authorship = z.infer<typeof authorship>;
