import type {ParagraphName} from '../ids.ts';

/** UTF-16 units of context that a quote keeps on either side. */
export const quoteContext = 32;
/** The longest quote, in UTF-16 units; of more words the first are kept. */
export const longestQuote = 1000;

/** A Yjs relative position as JSON: a unit of the shared text, and on which side of it. */
export interface RelativePlace {
  readonly tname: 'body';
  readonly item?: {readonly client: number; readonly clock: number} | undefined;
  readonly assoc: number;
}

/** Words as they stood when they were quoted; a paragraph ends in `\n`. */
export interface Quote {
  readonly before: string;
  readonly exact: string;
  readonly after: string;
}

/** A paragraph by its name, by one unit of it, and by its words. */
export interface ParagraphRef {
  readonly name: ParagraphName;
  readonly place: RelativePlace;
  readonly quote: Quote;
}

/** What a comment stands on. `revision` is the issued revision that its author read; null while none is issued. */
export type CommentAnchor = {readonly revision: string | null} & (
  | {
      readonly on: 'words';
      readonly paragraph: ParagraphName;
      /** Of the first unit and of the last. */
      readonly start: RelativePlace;
      readonly end: RelativePlace;
      readonly quote: Quote;
    }
  | {readonly on: 'paragraph'; readonly paragraph: ParagraphRef}
  /** What is missing between two paragraphs; null at the edge of the text. */
  | {readonly on: 'gap'; readonly above: ParagraphRef | null; readonly below: ParagraphRef | null}
  | {readonly on: 'text'}
);
