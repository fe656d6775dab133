/** What an import may be unable to carry over as it stands. Each has a sentence `exchange.left.<what>` in every language. */
export const leftKinds = [
  'front-matter',
  'image',
  'table',
  'footnote',
  'code',
  'rule',
  'html',
  'link',
  'line-break',
  'control',
  'depth',
  'encoding',
  'change',
  'comment',
  'hidden',
  'text-box',
  'object',
  'formula',
  'symbol',
  'external',
  'page-margin',
] as const;
export type LeftKind = (typeof leftKinds)[number];

export interface LeftOver {
  readonly what: LeftKind;
  readonly count: number;
  /** Lines of the source, from 1, in rising order; of a Word file its paragraphs. The first hundred. */
  readonly lines: number[];
}

export interface ImportReport {
  readonly format: string;
  readonly paragraphs: number;
  readonly words: number;
  readonly left: LeftOver[];
}

const mostLines = 100;

/** Notes what was left or changed, in the order of `leftKinds`. */
export class LeftOvers {
  #found = new Map<LeftKind, {count: number; lines: Set<number>}>();

  /** `line` from 0, as parsers count; null where it is not known. */
  note(what: LeftKind, line: number | null, count = 1): void {
    let entry = this.#found.get(what);
    if (!entry) this.#found.set(what, (entry = {count: 0, lines: new Set()}));
    entry.count += count;
    if (line !== null && entry.lines.size < mostLines) entry.lines.add(line + 1);
  }

  list(): LeftOver[] {
    return leftKinds.flatMap(what => {
      const entry = this.#found.get(what);
      return entry ? [{what, count: entry.count, lines: [...entry.lines].sort((a, b) => a - b)}] : [];
    });
  }
}
