import {textOf} from '@plenary/paper/view';
import type {ParagraphContent} from '@plenary/paper/view';
import {contentOf} from './blocks.ts';
import type {Block} from './blocks.ts';
import {cleanSource} from './clean.ts';
import type {Imported, ImportOptions} from './imported.ts';
import {finish} from './imported.ts';
import {detectLanguage} from './language.ts';
import {beginsPreamble} from './openings.ts';
import {LeftOvers} from './report.ts';
import {subLabelOf} from './sub-labels.ts';
import {joint} from './words.ts';

/** Reads plain text: paragraphs apart by empty lines or one a line; lines that were wrapped by hand are joined. */
export function importText(
  source: string,
  options: ImportOptions = {},
  left: LeftOvers = new LeftOvers(),
  format = 'text',
): Imported {
  const lines = cleanSource(source, left).split('\n');
  const language = options.language ?? detectLanguage(source);
  const paragraphs = paragraphsOf(lines, language ?? 'en');
  const content = contentOf(paragraphs.map(blockOf), language ?? 'en');
  const title = titleOf(content);
  if (title) content[0] = {...title, kind: 'title'};
  return finish(format, content, title ? textOf(title) : null, language, left);
}

/** The first paragraph, when it is short and no sentence. */
export function titleOf(content: readonly ParagraphContent[]): ParagraphContent | null {
  const first = content[0];
  if (!first || first.kind !== 'text' || content.length < 2) return null;
  return /^(?!\d+\. ).{1,160}(?<![.,;:!?…،؛。，；：])$/su.test(textOf(first)) ? first : null;
}

const bullet = /^[•‣▪●◦–—*-]\s+/u;
const number = /^(\d{1,3})[.)]\s+/u;

/** A bullet or number that someone typed before a paragraph: its length with the space after it. */
export function typedSign(
  text: string,
): {readonly type: 'bullet' | 'numbered'; readonly number: number | null; readonly length: number} | null {
  const sign = bullet.exec(text)?.[0];
  if (sign !== undefined && text.length > sign.length) return {type: 'bullet', number: null, length: sign.length};
  const written = number.exec(text);
  if (!written || text.length === written[0].length) return null;
  return {type: 'numbered', number: Number(written[1]), length: written[0].length};
}

function blockOf(text: string): Block {
  const sign = typedSign(text);
  return {
    type: sign?.type ?? 'plain',
    depth: 0,
    number: sign?.number ?? null,
    runs: [{text: text.slice(sign?.length ?? 0), marks: {}}],
    literal: false,
  };
}

/** Groups of lines between empty lines. */
function groupsOf(lines: readonly string[]): string[][] {
  const groups: string[][] = [];
  let group: string[] = [];
  for (const line of lines) {
    const text = line.trim();
    if (text !== '') group.push(text);
    else if (group.length > 0) {
      groups.push(group);
      group = [];
    }
  }
  if (group.length > 0) groups.push(group);
  return groups;
}

function paragraphsOf(lines: readonly string[], language: string): string[] {
  const groups = groupsOf(lines);
  const width = wrappedAt(groups);
  if (width === null) return groups.flat();
  return groups.flatMap(group => joinWrapped(group, width, language));
}

/**
 * The width that lines were wrapped at by hand, null when each line is a paragraph. Told from the lines that another follows
 * at once: wrapped ones are of about one length, and many break off in the middle of a sentence.
 */
function wrappedAt(groups: readonly string[][]): number | null {
  const followed = groups.flatMap(group => group.slice(0, -1));
  if (followed.length === 0) return null;
  const lengths = followed.map(line => line.length).sort((a, b) => a - b);
  const width = lengths[Math.floor((lengths.length - 1) * 0.9)] ?? 0;
  if (width < 40 || width > 130) return null;
  const long = followed.filter(line => line.length >= width * 0.7).length;
  if (long < followed.length * 0.45) return null;
  const broken = groups.flatMap(group =>
    group.slice(1).filter((_line, at) => !/[.,;:!?،؛。，；：]["”»)\]]*\d{0,2}$/u.test(group[at] ?? '')),
  );
  // In scripts with capitals, what goes on in the middle of a sentence mostly begins with a small letter.
  const goesOn = broken.filter(line => !/^[\p{Lu}\d•‣*–—-]/u.test(line)).length;
  return broken.length >= followed.length * 0.4 && goesOn >= broken.length * 0.5 ? width : null;
}

function joinWrapped(group: readonly string[], width: number, language: string): string[] {
  const paragraphs: string[] = [];
  let before: string | null = null;
  let lastNumber = 0;
  for (const line of group) {
    const written = number.exec(line);
    const counted = written !== null && (Number(written[1]) === lastNumber + 1 || Number(written[1]) === 1);
    if (before === null || counted || startsAnew(before, line, width, language)) paragraphs.push(line);
    else {
      const soFar = paragraphs.pop() ?? '';
      const hyphened = /\p{L}-$/u.test(soFar) && /^\p{Ll}/u.test(line);
      paragraphs.push(soFar + (hyphened ? '' : joint(soFar, line)) + line);
    }
    if (counted) lastNumber = Number(written[1]);
    before = line;
  }
  return paragraphs;
}

function startsAnew(before: string, line: string, width: number, language: string): boolean {
  if (isRule(before) || isRule(line) || bullet.test(line)) return true;
  const ended = /[.:;!?。；：]["”»)\]]*\d{0,2}$/u.test(before);
  const paused = ended || /[,،，]["”»)\]]*\d{0,2}$/u.test(before);
  if (paused && (subLabelOf(line) !== null || beginsPreamble(line, language))) return true;
  return ended && before.length < width * 0.7;
}

function isRule(line: string): boolean {
  return /^[_=*~–—-]{4,}$/u.test(line);
}
