import type {CommentAnchor, ParagraphRef, RelativePlace} from '@plenary/domain/comments/anchor';
import type {ParagraphName} from '@plenary/domain/ids';
import {findItem} from '../editor/anchors.ts';
import type {Spot} from '../operations.ts';
import type {PaperIndex, Segment} from '../paper-index.ts';
import {ShownText} from './shown-text.ts';

/** Units of one shown paragraph. */
export interface Piece {
  readonly paragraph: ParagraphName;
  readonly from: number;
  readonly to: number;
}

/** Where an anchor stands now. `by` says what found it; whatever is found by nothing is detached. */
export type Placement =
  | {readonly at: 'words'; readonly by: 'positions' | 'paragraph' | 'paper'; readonly pieces: readonly Piece[]}
  | {readonly at: 'paragraph'; readonly paragraph: ParagraphName}
  /** Behind this paragraph; null: before the first one. */
  | {readonly at: 'gap'; readonly after: ParagraphName | null}
  | {readonly at: 'text'}
  | {readonly at: 'detached'};

const detached: Placement = {at: 'detached'};

/** Context that a short quote needs to be taken for the one that was meant, in UTF-16 units. */
const inItsParagraph = 4;
const inThePaper = 12;

/** Finds anchors in a paper as it is now; to be made anew when the paper has changed. */
export class Placer {
  readonly #index: PaperIndex;
  #text: ShownText | null = null;

  constructor(index: PaperIndex) {
    this.#index = index;
  }

  place(anchor: CommentAnchor): Placement {
    switch (anchor.on) {
      case 'words':
        return this.#words(anchor);
      case 'paragraph': {
        const segment = this.#paragraph(anchor.paragraph, 'start');
        return segment ? {at: 'paragraph', paragraph: segment.name} : detached;
      }
      case 'gap':
        return this.#gap(anchor);
      case 'text':
        return {at: 'text'};
    }
  }

  get #shownText(): ShownText {
    return (this.#text ??= new ShownText(this.#index));
  }

  #words({start, end, quote, paragraph}: CommentAnchor & {on: 'words'}): Placement {
    const text = this.#shownText;
    const pieces = this.#between(start, end);
    if (pieces.length > 0) {
      // What an undo brought back stands beside the unit that it replaces: the quote still says how far the words reach.
      const again = text.find(quote, text.around(pieces, quote.exact.length), 0);
      const words = again ? this.#piecesOf(again) : [];
      return {at: 'words', by: 'positions', pieces: covers(words, pieces) ? words : pieces};
    }
    const own = this.#index.byName(paragraph);
    const inside = own && own.shown >= 0 ? text.find(quote, text.rangeOf(own), inItsParagraph) : null;
    if (inside) return {at: 'words', by: 'paragraph', pieces: this.#piecesOf(inside)};
    const anywhere = text.find(quote, text.all, inThePaper);
    return anywhere ? {at: 'words', by: 'paper', pieces: this.#piecesOf(anywhere)} : detached;
  }

  /** Living units from the first to the last, in the order in which they are stored: a move takes none in and leaves none out. */
  #between(start: RelativePlace, end: RelativePlace): Piece[] {
    const from = this.#spot(start);
    const to = this.#spot(end);
    if (!from || !to) return [];
    return this.#index.stored.slice(from.segment.stored, to.segment.stored + 1).flatMap(segment => {
      const first = segment === from.segment ? from.offset : 0;
      const last = segment === to.segment ? to.offset : segment.length;
      return segment.shown >= 0 && first < last ? [{paragraph: segment.name, from: first, to: last}] : [];
    });
  }

  /** Where a unit stands or stood. Never by what an undo has put in its place: only the replica that undid knows that. */
  #spot({item: id, assoc}: RelativePlace): Spot | null {
    const found = id && findItem(this.#index.doc, id.client, id.clock);
    if (!found || (found.item.parent as unknown) !== this.#index.body) return null;
    const {segment, offset} = this.#index.locate(found.item);
    return {segment, offset: found.item.deleted ? offset : offset + found.ahead + (assoc < 0 ? 1 : 0)};
  }

  #piecesOf({from, to}: {readonly from: number; readonly to: number}): Piece[] {
    const first = this.#shownText.spotAt(from);
    const last = this.#shownText.spotAt(to);
    return this.#index.shown.slice(first.segment.shown, last.segment.shown + 1).flatMap(segment => {
      const begins = segment === first.segment ? first.offset : 0;
      const ends = segment === last.segment ? last.offset : segment.length;
      return begins < ends ? [{paragraph: segment.name, from: begins, to: ends}] : [];
    });
  }

  /** By its unit, its name, or its words: those of a paragraph that was joined to another are in that one now. */
  #paragraph({name, place, quote}: ParagraphRef, edge: 'start' | 'end'): Segment | null {
    const found = place.item && findItem(this.#index.doc, place.item.client, place.item.clock);
    if (found && !found.item.deleted && (found.item.parent as unknown) === this.#index.body) {
      const segment = this.#index.byOpener(found.item) ?? this.#index.locate(found.item).segment;
      if (segment.shown >= 0) return segment;
    }
    const named = this.#index.byName(name);
    if (named && named.shown >= 0) return named;
    const text = this.#shownText;
    const words = text.find(quote, text.all, inThePaper);
    return words && text.spotAt(edge === 'start' ? words.from : words.to).segment;
  }

  #gap({above, below}: CommentAnchor & {on: 'gap'}): Placement {
    const {shown} = this.#index;
    const upper = above && this.#paragraph(above, 'end');
    const lower = below && this.#paragraph(below, 'start');
    if (upper) return {at: 'gap', after: upper.name};
    if (!above) return {at: 'gap', after: null};
    if (lower) return {at: 'gap', after: shown[lower.shown - 1]?.name ?? null};
    return below ? detached : {at: 'gap', after: shown.at(-1)?.name ?? null};
  }
}

function covers(words: readonly Piece[], pieces: readonly Piece[]): boolean {
  return pieces.every(({paragraph, from, to}) =>
    words.some(word => word.paragraph === paragraph && word.from <= from && word.to >= to),
  );
}
