import {parseBrackets} from './parse-brackets.ts';

/** How far a text is from being agreed, in numbers. */
export interface BracketFigures {
  readonly open: number;
  readonly close: number;
  readonly pairs: number;
  readonly unclosed: number;
  readonly unopened: number;
  readonly deepest: number;
  readonly unbalanced: number;
  /** Pairs that follow another one at once: `[shall][should]` has one. */
  readonly alternatives: number;
  /** “Option 2”, wherever it is written. */
  readonly options: number;
  /** Options that say: no text. */
  readonly noText: number;
  /** Numbers of added and alternative paragraphs: 2bis, 3 ter, 4 alt. */
  readonly added: number;
  /** Words to come. */
  readonly placeholders: number;
}

export function bracketFigures(paragraphs: readonly string[]): BracketFigures {
  const {pairs, unclosed, unopened, unbalanced, deepest} = parseBrackets(paragraphs);
  return {
    open: pairs.length + unclosed.length,
    close: pairs.length + unopened.length,
    pairs: pairs.length,
    unclosed: unclosed.length,
    unopened: unopened.length,
    deepest,
    unbalanced: unbalanced.length,
    alternatives: count(paragraphs, /\] ?\[/g),
    options: count(paragraphs, /option \d/gi),
    noText: count(paragraphs, /no text/gi),
    added: count(paragraphs, /\d\s?(?:bis|ter|alt)\b/g),
    placeholders: count(paragraphs, /\bplaceholder\b/gi),
  };
}

function count(paragraphs: readonly string[], pattern: RegExp): number {
  return paragraphs.reduce((sum, text) => sum + (text.match(pattern)?.length ?? 0), 0);
}
