import type {Language} from '@plenary/domain/languages';

/** Something written by people, in any language and direction. */
export interface Foreign {
  readonly foreign: string;
}
/** Figures, codes: from left to right in every language. */
export interface Figures {
  readonly figures: string;
}
/** May be broken anywhere. */
export interface Hash {
  readonly hash: string;
}
export type Piece = string | Foreign | Figures | Hash;
/** Pieces in a row. */
export type Words = readonly Piece[];

/** What a text for reading consists of, before it is HTML or DOCX. */
export type Block =
  | {readonly is: 'heading'; readonly level: 2 | 3; readonly words: Words}
  | {readonly is: 'paragraph'; readonly words: Words}
  | {readonly is: 'note'; readonly words: Words}
  | {readonly is: 'facts'; readonly rows: readonly {readonly name: string; readonly words: Words}[]}
  | {
      readonly is: 'table';
      readonly caption: string;
      readonly columns: readonly string[];
      readonly rows: readonly Row[];
    };

/** The first cell names the row. */
export type Row = readonly Words[];

export interface MinutesText {
  readonly language: Language;
  /** Above the title. */
  readonly kind: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

export function foreign(text: string): Foreign {
  return {foreign: text};
}

export function figures(text: string | number): Figures {
  return {figures: String(text)};
}

export function hash(hex: string): Hash {
  return {hash: hex};
}

/** What of a piece is read. */
export function readingOf(piece: Piece): string {
  if (typeof piece === 'string') return piece;
  if ('foreign' in piece) return piece.foreign;
  return 'hash' in piece ? piece.hash : piece.figures;
}

const separators: Record<Language, string> = {ar: '؛ ', zh: '；', en: '; ', fr: ' ; ', ru: '; ', es: '; '};

/** One after another, with a sign between them that is in no name. */
export function listed(items: readonly (Piece | Words)[], language: Language): Words {
  return items.flatMap((item, index) => {
    const words = isWords(item) ? item : [item];
    return index === 0 ? words : [separators[language], ...words];
  });
}

function isWords(item: Piece | Words): item is Words {
  return Array.isArray(item);
}
