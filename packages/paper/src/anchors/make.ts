import type {CommentAnchor, ParagraphRef, RelativePlace} from '@plenary/domain/comments/anchor';
import {anchorAt, type Anchor} from '../editor/anchors.ts';
import type {Spot} from '../operations.ts';
import type {PaperIndex, Segment} from '../paper-index.ts';
import {textOf} from '../view.ts';
import {ShownText} from './shown-text.ts';

/** As much of a paragraph is quoted to know it again by. */
const paragraphQuote = 120;

/** On the words between two shown places, in reading order; null where there are none. */
export function anchorOnWords(index: PaperIndex, begin: Spot, end: Spot): CommentAnchor | null {
  const range = trimmed(index, begin, end);
  if (!range) return null;
  const text = new ShownText(index);
  const [from, to] = [text.placeOf(range.from), text.placeOf(range.to)];
  if (text.text.slice(from, to).trim() === '') return null;
  return {
    on: 'words',
    paragraph: range.from.segment.name,
    start: relative(anchorAt(range.from, index, 'right')),
    end: relative(anchorAt(range.to, index, 'left')),
    quote: text.quote(from, to),
    revision: null,
  };
}

export function anchorOnParagraph(index: PaperIndex, segment: Segment): CommentAnchor {
  return {on: 'paragraph', paragraph: refToStart(index, segment), revision: null};
}

/** On what is missing behind a paragraph, or before the first one. */
export function anchorOnGap(index: PaperIndex, after: Segment | null): CommentAnchor {
  const below = index.shown[after ? after.shown + 1 : 0];
  return {
    on: 'gap',
    above: after && refToEnd(index, after),
    below: below ? refToStart(index, below) : null,
    revision: null,
  };
}

export const anchorOnText: CommentAnchor = {on: 'text', revision: null};

function refToStart(index: PaperIndex, segment: Segment): ParagraphRef {
  const text = new ShownText(index);
  const from = text.placeOf({segment, offset: 0});
  const {exact, after} = text.quote(from, from + Math.min(segment.length, paragraphQuote));
  return {
    name: segment.name,
    place: relative(anchorAt({segment, offset: 0}, index)),
    quote: {before: '', exact, after},
  };
}

function refToEnd(index: PaperIndex, segment: Segment): ParagraphRef {
  const text = new ShownText(index);
  const to = text.placeOf({segment, offset: segment.length});
  const {exact, before} = text.quote(to - Math.min(segment.length, paragraphQuote), to);
  return {
    name: segment.name,
    place: relative(anchorAt({segment, offset: segment.length}, index)),
    quote: {before, exact, after: ''},
  };
}

/**
 * The edges moved in to the first and last unit. Paragraphs that a move has brought together are apart in the text as it is
 * stored: of those only the first part is taken, so that no place in between is taken in.
 */
function trimmed(index: PaperIndex, begin: Spot, end: Spot): {from: Spot; to: Spot} | null {
  let from = begin;
  let to = end;
  while (from.offset >= from.segment.length && from.segment !== to.segment) {
    const next = index.shown[from.segment.shown + 1];
    if (!next) return null;
    from = {segment: next, offset: 0};
  }
  while (to.offset === 0 && from.segment !== to.segment) {
    const previous = index.shown[to.segment.shown - 1];
    if (!previous) return null;
    to = {segment: previous, offset: previous.length};
  }
  if (from.segment !== to.segment && !storedAsShown(index, from.segment, to.segment)) {
    to = {segment: from.segment, offset: from.segment.length};
  }
  // A space that was selected with the words is none of them.
  while (from.offset < from.segment.length && isSpace(from)) from = {...from, offset: from.offset + 1};
  while (to.offset > 0 && isSpace({...to, offset: to.offset - 1})) to = {...to, offset: to.offset - 1};
  if (from.segment === to.segment && from.offset >= to.offset) return null;
  return {from, to};
}

function isSpace({segment, offset}: Spot): boolean {
  return /^\s$/.test(textOf(segment).charAt(offset));
}

function storedAsShown(index: PaperIndex, first: Segment, last: Segment): boolean {
  const stored = index.stored.slice(first.stored, last.stored + 1).filter(segment => segment.shown >= 0);
  const shown = index.shown.slice(first.shown, last.shown + 1);
  return stored.length === shown.length && stored.every((segment, i) => segment === shown[i]);
}

function relative({item, assoc}: Anchor): RelativePlace {
  return {tname: 'body', ...(item && {item: {client: item.client, clock: item.clock}}), assoc};
}
