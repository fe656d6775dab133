import type {Direction} from '@plenary/domain/languages';
import type {ParagraphName} from '@plenary/domain/ids';

export const paragraphKinds = [
  'title',
  'organ',
  'heading',
  'preambular',
  'operative',
  'text',
  'item',
  'quote',
] as const;
export type ParagraphKind = (typeof paragraphKinds)[number];

/** Inline marks, as they are named in the shared text. A new one is a line here and one in the guard. */
export interface Marks {
  readonly b?: true;
  readonly i?: true;
  readonly u?: true;
  readonly s?: true;
  /** http, https or mailto. */
  readonly link?: string;
}

/** A run of text under the same marks; never empty. */
export interface Run {
  readonly text: string;
  readonly marks: Marks;
}

/** What a paragraph says, apart from its place and name: the common coin of imports, exports, clipboard and seeds. */
export interface ParagraphContent {
  readonly kind: ParagraphKind;
  /** Nesting from 0 to 8. */
  readonly level: number;
  readonly dir: Direction | null;
  readonly lang: string | null;
  readonly runs: readonly Run[];
}

/** A paragraph as it is shown, in order of showing. */
export interface Paragraph extends ParagraphContent {
  readonly name: ParagraphName;
  /** Deleted by someone while another wrote in it: shown with an offer to restore or remove. */
  readonly gone: boolean;
}

export function textOf(paragraph: {readonly runs: readonly Run[]}): string {
  return paragraph.runs.map(run => run.text).join('');
}
