import {childOf, childrenOf, valueOf, type XmlElement} from './xml.ts';
import type {Styles} from './styles.ts';

/** What Word computes before a paragraph. */
export interface ComputedNumber {
  readonly isBullet: boolean;
  /** Nesting from 0. */
  readonly level: number;
  readonly count: number;
  /** As it is shown: `(a)`, `1.`, `II.2`; '' where nothing is. */
  readonly label: string;
}

interface List {
  readonly abstract: string;
  readonly levels: ReadonlyMap<number, XmlElement>;
  /** Numbers at which this list begins anew when it is first used, by level. */
  readonly starts: ReadonlyMap<number, number>;
}

const deepest = 8;

/** The lists of a Word file, counting along as its paragraphs are read in order. */
export class Numbering {
  readonly #styles: Styles;
  readonly #lists = new Map<string, List>();
  readonly #counts = new Map<string, number[]>();
  readonly #begun = new Set<string>();

  constructor(part: XmlElement | null, styles: Styles) {
    this.#styles = styles;
    const abstracts = new Map(
      childrenOf(part ?? undefined, 'w:abstractNum').map(one => [one.attributes['w:abstractNumId'] ?? '', one]),
    );
    for (const num of childrenOf(part ?? undefined, 'w:num')) {
      const abstract = valueOf(num, 'w:abstractNumId') ?? '';
      const levels = new Map(childrenOf(abstracts.get(abstract), 'w:lvl').map(level => [levelOf(level), level]));
      const starts = new Map<number, number>();
      for (const override of childrenOf(num, 'w:lvlOverride')) {
        const level = levelOf(override);
        const replaced = childOf(override, 'w:lvl');
        if (replaced) levels.set(level, replaced);
        const start = valueOf(override, 'w:startOverride');
        if (start !== undefined) starts.set(level, Number(start) || 0);
      }
      this.#lists.set(num.attributes['w:numId'] ?? '', {abstract, levels, starts});
    }
  }

  /** Counts a paragraph, and says what stands before it; null when it is in no list. */
  next(properties: XmlElement | undefined, style: string | undefined): ComputedNumber | null {
    const own = childOf(properties, 'w:numPr');
    const inherited = this.#styles.paragraphProperty(style, 'w:numPr');
    const id = valueOf(own, 'w:numId') ?? valueOf(inherited, 'w:numId') ?? '0';
    const list = this.#lists.get(id);
    if (!list) return null;
    const level = Math.min(deepest, Math.max(0, this.#levelIn(list, own, inherited, style)));
    const definition = list.levels.get(level);
    if (!definition) return null;

    const counts = this.#counts.get(list.abstract) ?? [];
    this.#counts.set(list.abstract, counts);
    const first = `${id} ${level}`;
    const start = list.starts.get(level);
    if (start !== undefined && !this.#begun.has(first)) counts[level] = start - 1;
    this.#begun.add(first);
    counts.length = Math.min(counts.length, level + 1);
    for (let above = 0; above < level; above++) counts[above] ??= startOf(list.levels.get(above));
    const count = (counts[level] ?? startOf(definition) - 1) + 1;
    counts[level] = count;

    const format = valueOf(definition, 'w:numFmt') ?? 'decimal';
    if (format === 'bullet') return {isBullet: true, level, count, label: '•'};
    const pattern = valueOf(definition, 'w:lvlText') ?? '';
    const label = pattern.replace(/%([1-9])/g, (_sign, place: string) => {
      const at = Number(place) - 1;
      return written(counts[at] ?? 1, valueOf(list.levels.get(at), 'w:numFmt') ?? 'decimal');
    });
    return {isBullet: false, level, count, label: label.trim()};
  }

  #levelIn(
    list: List,
    own: XmlElement | undefined,
    inherited: XmlElement | undefined,
    style: string | undefined,
  ): number {
    const said = valueOf(own, 'w:ilvl') ?? valueOf(inherited, 'w:ilvl');
    if (said !== undefined) return Number(said) || 0;
    for (const [level, definition] of list.levels) if (valueOf(definition, 'w:pStyle') === style) return level;
    return 0;
  }
}

function levelOf(element: XmlElement): number {
  return Number(element.attributes['w:ilvl'] ?? 0) || 0;
}

function startOf(definition: XmlElement | undefined): number {
  return Number(valueOf(definition, 'w:start') ?? 1) || 0;
}

const arabicAlphabet = 'أ ب ت ث ج ح خ د ذ ر ز س ش ص ض ط ظ ع غ ف ق ك ل م ن ه و ي'.split(' ');
const arabicAbjad = 'أ ب ج د هـ و ز ح ط ي ك ل م ن س ع ف ص ق ر ش ت ث خ ذ ض ظ غ'.split(' ');
const russian = 'абвгдежзиклмнопрстуфхцчшщэюя'.split('');
const latin = 'abcdefghijklmnopqrstuvwxyz'.split('');
const chineseDigits = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

function written(count: number, format: string): string {
  switch (format) {
    case 'lowerLetter':
      return repeated(latin, count);
    case 'upperLetter':
      return repeated(latin, count).toUpperCase();
    case 'lowerRoman':
      return roman(count);
    case 'upperRoman':
      return roman(count).toUpperCase();
    case 'russianLower':
      return repeated(russian, count);
    case 'russianUpper':
      return repeated(russian, count).toUpperCase();
    case 'arabicAlpha':
      return repeated(arabicAlphabet, count);
    case 'arabicAbjad':
      return repeated(arabicAbjad, count);
    case 'chineseCounting':
    case 'chineseCountingThousand':
    case 'ideographDigital':
    case 'japaneseCounting':
    case 'taiwaneseCounting':
      return chinese(count);
    case 'decimalZero':
      return String(count).padStart(2, '0');
    case 'none':
      return '';
    default:
      return String(count);
  }
}

function repeated(letters: readonly string[], count: number): string {
  if (count < 1) return '';
  const times = Math.min(20, Math.ceil(count / letters.length));
  return (letters[(count - 1) % letters.length] ?? '').repeat(times);
}

function chinese(count: number): string {
  if (count >= 100 || count < 1) return String(count);
  const tens = Math.floor(count / 10);
  return `${tens > 1 ? chineseDigits[tens] : ''}${tens > 0 ? '十' : ''}${chineseDigits[count % 10]}`;
}

function roman(count: number): string {
  if (count < 1 || count > 3999) return String(count);
  const digits = ['', 'i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix'];
  const place = (digit: number, signs: Readonly<Record<string, string>>): string =>
    (digits[digit % 10] ?? '').replace(/[ivx]/g, sign => signs[sign] ?? sign);
  return (
    'm'.repeat(Math.floor(count / 1000)) +
    place(Math.floor(count / 100), {i: 'c', v: 'd', x: 'm'}) +
    place(Math.floor(count / 10), {i: 'x', v: 'l', x: 'c'}) +
    (digits[count % 10] ?? '')
  );
}
