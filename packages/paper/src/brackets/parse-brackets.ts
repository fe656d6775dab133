/** A bracket as it was typed: which paragraph (0-based) and where in its text (UTF-16 units). */
export interface BracketPlace {
  readonly paragraph: number;
  readonly offset: number;
}

/** Text that is not agreed, from its opening to its closing bracket, which may stand in a later paragraph. */
export interface BracketPair {
  readonly open: BracketPlace;
  readonly close: BracketPlace;
  /** 1 for one that stands in no other. */
  readonly depth: number;
  /**
   * Pairs that follow each other with nothing or one space between are alternatives: `[shall][should]`. They share the
   * number of the first of them; a pair that stands alone has its own.
   */
  readonly group: number;
}

export interface Brackets {
  /** In the order of their opening brackets. */
  readonly pairs: readonly BracketPair[];
  /** Opened and never closed, closed and never opened: shown as they are, never repaired. */
  readonly unclosed: readonly BracketPlace[];
  readonly unopened: readonly BracketPlace[];
  /** Paragraphs in which not as many are closed as are opened. */
  readonly unbalanced: readonly number[];
  readonly deepest: number;
}

interface Opened {
  readonly place: BracketPlace;
  readonly depth: number;
  readonly at: number;
}

/**
 * Reads the square brackets of a paper as people really type them. Pairs are found over the whole text, since a bracket
 * opened in one paragraph is often closed in another; what stands alone is told and spoils nothing else.
 */
export function parseBrackets(paragraphs: readonly string[]): Brackets {
  const opened: Opened[] = [];
  const unopened: BracketPlace[] = [];
  const unbalanced: number[] = [];
  const pairs: (BracketPair | null)[] = [];
  /** Place in `pairs` by where the pair was closed, for the one that may follow it. */
  let closedLast: {readonly place: BracketPlace; readonly pair: number} | null = null;
  const groups: number[] = [];
  let deepest = 0;
  for (const [paragraph, text] of paragraphs.entries()) {
    let sum = 0;
    for (let offset = text.search(/[[\]]/); offset >= 0; offset = nextBracket(text, offset + 1)) {
      const place = {paragraph, offset};
      if (text[offset] === '[') {
        sum++;
        const at = pairs.length;
        pairs.push(null);
        groups.push(closedLast && follows(closedLast.place, place, text) ? (groups[closedLast.pair] ?? at) : at);
        opened.push({place, depth: opened.length + 1, at});
        deepest = Math.max(deepest, opened.length);
        continue;
      }
      sum--;
      const open = opened.pop();
      if (!open) {
        unopened.push(place);
        closedLast = null;
        continue;
      }
      pairs[open.at] = {open: open.place, close: place, depth: open.depth, group: groups[open.at] ?? open.at};
      closedLast = {place, pair: open.at};
    }
    if (sum !== 0) unbalanced.push(paragraph);
  }
  return {
    pairs: pairs.filter(pair => pair !== null),
    unclosed: opened.map(({place}) => place),
    unopened,
    unbalanced,
    deepest,
  };
}

function nextBracket(text: string, from: number): number {
  const open = text.indexOf('[', from);
  const close = text.indexOf(']', from);
  if (open < 0 || close < 0) return Math.max(open, close);
  return Math.min(open, close);
}

function follows(closed: BracketPlace, open: BracketPlace, text: string): boolean {
  if (closed.paragraph !== open.paragraph) return false;
  const between = open.offset - closed.offset - 1;
  return between === 0 || (between === 1 && text[closed.offset + 1] === ' ');
}

/** Alternatives to the same words: groups of two or more pairs that follow each other, in the order of the text. */
export function alternativesOf({pairs}: Pick<Brackets, 'pairs'>): readonly (readonly BracketPair[])[] {
  const groups = new Map<number, BracketPair[]>();
  for (const pair of pairs) {
    const group = groups.get(pair.group);
    if (group) group.push(pair);
    else groups.set(pair.group, [pair]);
  }
  return [...groups.values()].filter(group => group.length > 1);
}
