import type {Paragraph} from '@plenary/paper/view';

/** What an export is made of. */
export interface Exported {
  readonly paragraphs: readonly Paragraph[];
  readonly title: string;
  /** Its citation code, '' when it has none. */
  readonly symbol: string;
  /** BCP 47 tag of the text. */
  readonly language: string;
}
