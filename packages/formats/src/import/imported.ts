import {textOf} from '@plenary/paper/view';
import type {ParagraphContent} from '@plenary/paper/view';
import type {ImportReport, LeftOvers} from './report.ts';
import {countWords} from './words.ts';

export interface ImportOptions {
  /** BCP 47 tag, when it is known; otherwise it is told from the text. */
  readonly language?: string | null;
}

export interface Imported {
  readonly content: ParagraphContent[];
  /** What the source calls itself, null when it does not say. */
  readonly title: string | null;
  /** BCP 47 tag, null when it could not be told. */
  readonly language: string | null;
  readonly report: ImportReport;
}

export function finish(
  format: string,
  content: ParagraphContent[],
  title: string | null,
  language: string | null,
  left: LeftOvers,
): Imported {
  const words = content.reduce((sum, paragraph) => sum + countWords(textOf(paragraph)), 0);
  return {content, title, language, report: {format, paragraphs: content.length, words, left: left.list()}};
}
