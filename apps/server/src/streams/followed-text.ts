import {labelInMargin, numberParagraphs} from '@plenary/paper/numbering';
import {openerLength} from '@plenary/paper/openers';
import {renderParagraph} from '@plenary/paper/render-html';
import type {Paragraph} from '@plenary/paper/view';
import {textOf} from '@plenary/paper/view';
import type {StoredPaperRow} from '@plenary/store/store';
import type {PaperText} from './ports.ts';

/** A stretch of a paragraph's words that stands in one text node of the page. */
export interface Stretch {
  /** Whether it belongs to the opening, and its marks. */
  readonly look: string;
  readonly length: number;
}

/** A paragraph as followers get it. Language of the interface plays no part, so that one frame serves everyone. */
export interface FollowedParagraph {
  readonly source: Paragraph;
  readonly label: string;
  readonly text: string;
  /** Element, class and attributes depend on this; when it changes, the whole paragraph is sent. */
  readonly frame: string;
  readonly stretches: readonly Stretch[];
}

/** The text of a paper at one state. */
export interface FollowedText {
  /** `<epoch>.<seq>`; one id is one text, on every process and after every restart. */
  readonly id: string;
  readonly seq: number;
  readonly paragraphs: readonly FollowedParagraph[];
}

/** Takes paragraphs that did not change over from `before`, so that what is not touched costs a comparison. */
export function followedText(paper: StoredPaperRow, now: PaperText, before: FollowedText | null): FollowedText {
  const known = new Map(before?.paragraphs.map(paragraph => [paragraph.source.name, paragraph]));
  const labels = numberParagraphs(now.paragraphs, paper.language);
  const paragraphs = now.paragraphs.map((source, index) => {
    const label = labels[index] ?? '';
    const same = known.get(source.name);
    if (same && isSame(same.source, source)) return same.label === label ? same : {...same, label};
    return followedParagraph(source, label, paper.language);
  });
  return {id: `${paper.epoch}.${now.seq}`, seq: now.seq, paragraphs};
}

function followedParagraph(source: Paragraph, label: string, language: string): FollowedParagraph {
  const {kind, level, dir, lang, gone} = source;
  const stretches: Stretch[] = [];
  let left = openerLength(source, language);
  for (const {text, marks} of source.runs) {
    const look = JSON.stringify(Object.entries(marks).sort(([a], [b]) => (a < b ? -1 : 1)));
    const opening = Math.min(left, text.length);
    if (opening > 0) stretches.push({look: `opening ${look}`, length: opening});
    if (opening < text.length) stretches.push({look, length: text.length - opening});
    left -= opening;
  }
  const frame = JSON.stringify([kind, level, dir, lang, gone]);
  return {source, label, text: textOf(source), frame, stretches: joinAlike(stretches)};
}

/** Neighbours that look alike count as one. */
export function joinAlike(stretches: readonly Stretch[]): Stretch[] {
  const joined: Stretch[] = [];
  for (const stretch of stretches) {
    const last = joined.at(-1);
    if (stretch.length === 0) continue;
    if (last?.look === stretch.look) joined[joined.length - 1] = {...last, length: last.length + stretch.length};
    else joined.push(stretch);
  }
  return joined;
}

function isSame(a: Paragraph, b: Paragraph): boolean {
  return (
    a.kind === b.kind &&
    a.level === b.level &&
    a.dir === b.dir &&
    a.lang === b.lang &&
    a.gone === b.gone &&
    a.runs.length === b.runs.length &&
    a.runs.every((run, index) => {
      const other = b.runs[index];
      return (
        other !== undefined && run.text === other.text && JSON.stringify(run.marks) === JSON.stringify(other.marks)
      );
    })
  );
}

/**
 * A paragraph's HTML for followers. Without its name, since they address paragraphs by place and 16 random letters each
 * would be a fifth of a page, and without what their page does not use. A carriage return and a null would reach the page
 * as something else.
 */
export function paragraphHtml(paragraph: FollowedParagraph, language: string, goneNote?: string): string {
  const html = renderParagraph(paragraph.source, paragraph.label, goneNote ? {language, goneNote} : {language});
  return html
    .replace(/ data-p="[^"]*"/, '')
    .replace(/ kind-\w+/, '')
    .replace('<span class="pn"></span>', '')
    .replaceAll('\r', '&#13;')
    .replaceAll('\0', '\uFFFD');
}

/** Whether a label can be changed without sending the paragraph again. */
export function hasSameLabelPlace(a: FollowedParagraph, b: FollowedParagraph): boolean {
  return labelInMargin(a.source) === labelInMargin(b.source) && (a.label === '') === (b.label === '');
}

/**
 * A number that tells two texts apart: FNV-1a, 32 bits, over the UTF-16 units of all paragraphs, each ended by a line feed.
 * The page's script computes the same.
 */
export function digestOf(text: {readonly paragraphs: readonly {readonly text: string}[]}): number {
  let hash = 0x811c9dc5;
  for (const paragraph of text.paragraphs) {
    for (let i = 0; i <= paragraph.text.length; i++) {
      const unit = i < paragraph.text.length ? paragraph.text.charCodeAt(i) : 10;
      hash = Math.imul(hash ^ unit, 0x01000193);
    }
  }
  return hash >>> 0;
}
