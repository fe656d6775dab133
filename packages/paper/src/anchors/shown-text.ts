import {longestQuote, quoteContext, type Quote} from '@plenary/domain/comments/anchor';
import type {Spot} from '../operations.ts';
import type {PaperIndex, Segment} from '../paper-index.ts';
import {textOf} from '../view.ts';

/** Where words stand in the text as a whole. */
export interface Found {
  readonly from: number;
  readonly to: number;
  /** UTF-16 units of the quote's context that are still beside them. */
  readonly context: number;
}

/** The shown paragraphs as one text, each ended by `\n`, with the way back to paragraphs. */
export class ShownText {
  readonly text: string;
  readonly #segments: readonly Segment[];
  readonly #starts: readonly number[];

  constructor(index: PaperIndex) {
    this.#segments = index.shown;
    const starts: number[] = [];
    let text = '';
    for (const segment of this.#segments) {
      starts.push(text.length);
      text += `${textOf(segment)}\n`;
    }
    this.text = text;
    this.#starts = starts;
  }

  /** -1 for a place in a paragraph that is not shown. */
  placeOf({segment, offset}: Spot): number {
    return segment.shown < 0 ? -1 : (this.#starts[segment.shown] ?? 0) + offset;
  }

  /** The paragraph in which a place stands, and where in it. */
  spotAt(place: number): Spot {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= place) low = middle;
      else high = middle - 1;
    }
    const segment = this.#segments[low];
    if (!segment) throw new Error('A paper shows at least one paragraph.');
    return {segment, offset: Math.min(place - (this.#starts[low] ?? 0), segment.length)};
  }

  /** Words with what stands beside them; of many words the first. */
  quote(from: number, to: number): Quote {
    const end = Math.min(to, from + longestQuote);
    return {
      before: whole(this.text.slice(Math.max(0, from - quoteContext), from)),
      exact: whole(this.text.slice(from, end)),
      after: whole(this.text.slice(end, end + quoteContext)),
    };
  }

  /** Where a quote fits best between two places; null where its words are not, or are too few to be sure by. */
  find(
    {before, exact, after}: Quote,
    range: {readonly from: number; readonly to: number},
    least: number,
  ): Found | null {
    if (exact === '') return null;
    const needed = exact.length >= 12 ? 0 : Math.min(least, before.length + after.length);
    let best: Found | null = null;
    for (
      let at = this.text.indexOf(exact, range.from);
      at >= 0 && at < range.to;
      at = this.text.indexOf(exact, at + 1)
    ) {
      const to = at + exact.length;
      const context =
        sameEnd(this.text.slice(Math.max(0, at - quoteContext), at), before) +
        sameStart(this.text.slice(to, to + quoteContext), after);
      if (context >= needed && (best === null || context > best.context)) best = {from: at, to, context};
    }
    return best;
  }

  rangeOf(segment: Segment): {readonly from: number; readonly to: number} {
    const from = this.placeOf({segment, offset: 0});
    return from < 0 ? {from: 0, to: 0} : {from, to: from + segment.length + 1};
  }

  /** Where a quote of this length could begin that takes these pieces in. */
  around(pieces: readonly {readonly paragraph: string; readonly from: number; readonly to: number}[], length: number) {
    const places = pieces.flatMap(({paragraph, from, to}) => {
      const segment = this.#segments.find(({name}) => name === paragraph);
      return segment ? [this.placeOf({segment, offset: from}), this.placeOf({segment, offset: to})] : [];
    });
    return {from: Math.max(0, Math.max(...places) - length), to: Math.min(...places) + 1};
  }

  get all(): {readonly from: number; readonly to: number} {
    return {from: 0, to: this.text.length};
  }
}

/** Without half characters at the edges, which nothing can store. */
function whole(text: string): string {
  return text.replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '').replace(/[\p{Surrogate}\0]/gu, '\uFFFD');
}

function sameEnd(text: string, context: string): number {
  let n = 0;
  while (n < context.length && text[text.length - 1 - n] === context[context.length - 1 - n]) n++;
  return n;
}

function sameStart(text: string, context: string): number {
  let n = 0;
  while (n < context.length && text[n] === context[n]) n++;
  return n;
}
