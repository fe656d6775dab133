import type {Paragraph} from '@plenary/paper/view';
import type {StoredPaperRow} from '@plenary/store/store';

/** The text of a paper at one place of its update log. */
export interface PaperText {
  readonly seq: number;
  readonly paragraphs: readonly Paragraph[];
}

/** What followers need of the rooms: the durable text and its changes. */
export interface PaperTexts {
  read(paper: StoredPaperRow): Promise<PaperText>;
  /** Calls back, coalesced, whenever the durable text has changed. Returns the end of it. */
  follow(paper: StoredPaperRow, hear: (text: PaperText) => void): () => void;
}
