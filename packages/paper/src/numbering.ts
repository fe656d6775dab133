import {isLanguage} from '@plenary/domain/languages';
import type {Language} from '@plenary/domain/languages';
import {textOf} from './view.ts';
import type {Paragraph, ParagraphKind} from './view.ts';

/** What stands before a paragraph, computed and never stored; '' where nothing does. */
export type Label = string;

/** What numbering has to know of a paragraph. */
export type Numbered = Pick<Paragraph, 'kind' | 'level' | 'gone'>;

const bullet = '•';
const noBreakSpace = '\u00A0';

const arabicLetters = 'أ ب ج د هـ و ز ح ط ي ك ل م ن س ع ف ص ق ر ش ت ث خ ذ ض ظ غ'.split(' ');
const chineseDigits = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/**
 * Labels of all paragraphs, in order. Preambular and operative paragraphs are PP 1 … and OP 1 … through the whole paper in
 * every language; deeper levels of these, and of list items, are (a), (i), (A), (1) in turn, in the letters and signs of the
 * language (UN Editorial Manual: `(a)` in English, `a)` in French, Spanish and Russian). A list item at level 0 has a bullet.
 * Counting at a level starts again after any paragraph of a lesser level, and after a heading. Deleted ones are not counted.
 */
export function numberParagraphs(paragraphs: readonly Numbered[], language: string): Label[] {
  const style = styleOf(language);
  let preambular = 0;
  let operative = 0;
  let counts: number[] = [];
  return paragraphs.map(({kind, level, gone}) => {
    if (gone) return '';
    if (!isCounted(kind)) {
      counts = [];
      return '';
    }
    counts = counts.slice(0, level + 1);
    if (level > 0) {
      const count = (counts[level] ?? 0) + 1;
      counts[level] = count;
      return style[(level - 1) % style.length]?.(count) ?? '';
    }
    if (kind === 'preambular') return `PP${noBreakSpace}${++preambular}`;
    if (kind === 'operative') return `OP${noBreakSpace}${++operative}`;
    return bullet;
  });
}

/** Whether the label stands in the margin (PP 1) or before the first word ((a), •). */
export function labelInMargin(paragraph: Pick<Paragraph, 'kind' | 'level'>): boolean {
  return paragraph.level === 0 && paragraph.kind !== 'item';
}

function isCounted(kind: ParagraphKind): boolean {
  return kind === 'preambular' || kind === 'operative' || kind === 'item';
}

type Count = (count: number) => string;

const latinBrackets: readonly Count[] = [
  count => `(${letters(count)})`,
  count => `(${roman(count)})`,
  count => `(${letters(count).toUpperCase()})`,
  count => `(${count})`,
];
const latinHalfBrackets: readonly Count[] = [
  count => `${letters(count)})`,
  count => `${roman(count)})`,
  count => `${letters(count).toUpperCase()})`,
  count => `${count})`,
];

const styles: Record<Language, readonly Count[]> = {
  en: latinBrackets,
  fr: latinHalfBrackets,
  es: latinHalfBrackets,
  ru: latinHalfBrackets,
  zh: [latinBrackets[0] as Count, count => `(${chinese(count)})`, latinBrackets[2] as Count, latinBrackets[3] as Count],
  ar: [count => `(${arabic(count)})`, count => `(${count})`, count => `‘${arabic(count)}’`, count => `‘${count}’`],
};

function styleOf(language: string): readonly Count[] {
  const primary = primaryLanguage(language);
  return styles[isLanguage(primary) ? primary : 'en'];
}

export function primaryLanguage(tag: string): string {
  return tag.toLowerCase().split('-')[0] ?? '';
}

/** 1 → a, 26 → z, 27 → aa, 28 → bb, as UN documents go on. */
function letters(count: number): string {
  return String.fromCharCode(97 + ((count - 1) % 26)).repeat(Math.ceil(count / 26));
}

function arabic(count: number): string {
  return (arabicLetters[(count - 1) % arabicLetters.length] ?? '').repeat(Math.ceil(count / arabicLetters.length));
}

function chinese(count: number): string {
  if (count >= 100) return String(count);
  const tens = Math.floor(count / 10);
  return `${tens > 1 ? chineseDigits[tens] : ''}${tens > 0 ? '十' : ''}${chineseDigits[count % 10]}`;
}

function roman(count: number): string {
  let rest = count;
  let text = '';
  const signs = [
    [1000, 'm'],
    [900, 'cm'],
    [500, 'd'],
    [400, 'cd'],
    [100, 'c'],
    [90, 'xc'],
    [50, 'l'],
    [40, 'xl'],
    [10, 'x'],
    [9, 'ix'],
    [5, 'v'],
    [4, 'iv'],
    [1, 'i'],
  ] as const;
  for (const [value, sign] of signs) {
    while (rest >= value) {
      text += sign;
      rest -= value;
    }
  }
  return text;
}

/** How a paragraph opens, by language; what is not here is set upright. */
export type Openings = Readonly<Partial<Record<Language, RegExp>>>;

/**
 * How many UTF-16 units of a paragraph's beginning are its opening ("Recalling", "Calls upon"), set in italics when shown;
 * 0 when there is none or it is not known. Only preambular and operative paragraphs at level 0 open so.
 */
export function openingLength(
  paragraph: Pick<Paragraph, 'kind' | 'level' | 'runs'> & {readonly lang?: string | null},
  language: string,
  openings: Openings,
): number {
  if (paragraph.level !== 0 || (paragraph.kind !== 'preambular' && paragraph.kind !== 'operative')) return 0;
  const primary = primaryLanguage(paragraph.lang ?? language);
  if (!isLanguage(primary)) return 0;
  const text = textOf(paragraph).slice(0, 160);
  return openings[primary]?.exec(text)?.[0].trimEnd().length ?? 0;
}
