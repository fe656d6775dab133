import {numberParagraphs} from '@plenary/paper/numbering';

const made = new Map<string, string[]>();
const most = 400;

/** The sign inside the brackets that the numbering gives to the count-th paragraph of a level: `b`, `ii`, `ب`. */
function sign(language: string, level: number, count: number): string | undefined {
  const key = `${language} ${level}`;
  let labels = made.get(key);
  if (!labels) {
    const paragraphs = Array.from({length: most}, () => ({kind: 'item', level, gone: false}) as const);
    labels = numberParagraphs(paragraphs, language).map(label => label.replace(/[^\p{L}\p{N}]/gu, ''));
    made.set(key, labels);
  }
  return labels[count - 1];
}

/**
 * `(a) `, `a) `, `（一）` at the start of a text: the sign and its length with brackets and space. Inside of a list it may be
 * `a. ` too, as word processors number by themselves.
 */
export function subLabelOf(text: string, isInList = false): {sign: string; length: number} | null {
  const dotted = isInList ? /^\s*([\p{Ll}\p{Lo}\p{M}]{1,7})\.\s+/u.exec(text) : null;
  const match = dotted ?? /^\s*[(（‘]?([\p{L}\p{M}]{1,7}|\d{1,3})[)）’]\s*/u.exec(text);
  const found = match?.[1];
  return match && found !== undefined ? {sign: found, length: match[0].length} : null;
}

/**
 * The level at which a written sub-paragraph sign is the very one that the numbering would compute, given how many stand at
 * each level already; null when at none. Signs are dropped only then, so that no reference to them ever goes astray.
 */
export function levelOfSubLabel(written: string, counts: readonly number[], language: string): number | null {
  const current = Math.max(0, counts.length - 1);
  const candidates = [
    current,
    current + 1,
    ...Array.from({length: Math.max(0, current - 1)}, (_, i) => current - 1 - i),
  ];
  for (const level of candidates) {
    if (level < 1 || level > 8) continue;
    const count = (counts[level] ?? 0) + 1;
    if (sign(language, level, count) === written || (language !== 'en' && sign('en', level, count) === written)) {
      return level;
    }
  }
  return null;
}
