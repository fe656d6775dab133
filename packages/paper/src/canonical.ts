import {textOf} from './view.ts';
import type {Paragraph} from './view.ts';

/** Every kind of line end inside a paragraph: what would otherwise look like a new paragraph in the text form. */
const lineEnds = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/g;

/**
 * The text that is hashed and exported as `.txt`: NFC, LF, one paragraph a line in order of showing, a line end after each.
 * No computed numbers. What was written into a deleted paragraph is shown to everyone and therefore part of it.
 */
export function canonicalText(paragraphs: readonly Pick<Paragraph, 'runs'>[]): string {
  return paragraphs.map(paragraph => `${canonicalLine(textOf(paragraph))}\n`).join('');
}

/** One paragraph's text as it stands in the canonical form, without its line end. */
export function canonicalLine(text: string): string {
  return text.replace(lineEnds, ' ').normalize('NFC');
}
