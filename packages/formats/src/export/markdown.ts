import {canonicalLine} from '@plenary/paper/canonical';
import {numberParagraphs} from '@plenary/paper/numbering';
import {openerLength} from '@plenary/paper/openers';
import {textOf} from '@plenary/paper/view';
import type {Marks, Paragraph, Run} from '@plenary/paper/view';
import {detectLanguage} from '../import/language.ts';
import {subLabelOf} from '../import/sub-labels.ts';
import {sameMarks, trimRuns} from '../import/runs.ts';
import type {Exported} from './exported.ts';

/**
 * The paper as Markdown that reads well as it is and comes back the same through our own import: `1.` for operative
 * paragraphs, `(a)` and `(i)` for sub-paragraphs, openings in italics. What Markdown cannot say (underline, marks that end
 * inside a word) is written as HTML tags. The language is named only where it could not be told from the text.
 */
export function exportMarkdown({paragraphs, language}: Exported): string {
  const labels = numberParagraphs(paragraphs, language);
  let operative = 0;
  const written = paragraphs.flatMap((paragraph, index) => {
    const flat = {...paragraph, runs: lineOf(paragraph.runs)};
    if (textOf(flat) === '') {
      if (paragraph.kind === 'operative' && paragraph.level === 0 && !paragraph.gone) operative++;
      return [];
    }
    if (paragraph.kind === 'operative' && paragraph.level === 0 && !paragraph.gone) operative++;
    return [writeParagraph(flat, labels[index] ?? '', index === 0, operative, language)];
  });
  const body = `${written.join('\n\n')}\n`;
  const told = detectLanguage(body);
  return told === language ? body : `---\nlang: ${language}\n---\n\n${body}`;
}

function writeParagraph(
  paragraph: Paragraph,
  label: string,
  first: boolean,
  operative: number,
  language: string,
): string {
  const {kind, level, gone} = paragraph;
  const words = (runs: readonly Run[]): string => escapeStart(writeRuns(runs));
  if (gone) return words(paragraph.runs);
  switch (kind) {
    case 'title':
      return `${first ? '#' : '##'} ${escapeEnd(writeRuns(paragraph.runs))}`;
    case 'heading':
      return `${'#'.repeat(Math.min(6, level + 2))} ${escapeEnd(writeRuns(paragraph.runs))}`;
    case 'quote':
      return `${'> '.repeat(level + 1)}${words(paragraph.runs)}`;
    case 'organ':
      return words(paragraph.runs.map(run => ({text: run.text, marks: {...run.marks, i: true}})));
    case 'preambular':
    case 'operative':
    case 'item': {
      if (level > 0) return `${label} ${writeRuns(paragraph.runs)}`;
      const opened = words(italicOpening(paragraph, language));
      if (kind === 'preambular') return opened;
      return kind === 'item' ? `- ${opened}` : `${operative}. ${opened}`;
    }
    case 'text':
      return literalStart(words(paragraph.runs), paragraph);
  }
}

/** Escapes what looks like the sign of a sub-paragraph and is text. */
function literalStart(written: string, {runs}: Paragraph): string {
  const [first] = runs;
  if (!first || Object.keys(first.marks).length > 0 || !subLabelOf(textOf({runs}))) return written;
  if (written.startsWith('(')) return `\\${written}`;
  if (/^[\p{L}\p{M}\d]+\)/u.test(written)) return written.replace(')', '\\)');
  const [sign = ''] = written;
  return `&#${sign.codePointAt(0)};${written.slice(sign.length)}`;
}

function italicOpening(paragraph: Paragraph, language: string): Run[] {
  let left = openerLength(paragraph, language);
  return paragraph.runs.flatMap(({text, marks}) => {
    const cut = Math.min(left, text.length);
    left -= cut;
    return [
      {text: text.slice(0, cut), marks: {...marks, i: true} as Marks},
      {text: text.slice(cut), marks},
    ].filter(run => run.text !== '');
  });
}

/** The runs without line ends, as one line; neighbours under the same marks joined. */
function lineOf(runs: readonly Run[]): Run[] {
  const joined: Run[] = [];
  for (const {text, marks} of runs) {
    const last = joined.at(-1);
    if (last && sameMarks(last.marks, marks)) joined[joined.length - 1] = {text: last.text + text, marks};
    else joined.push({text, marks});
  }
  return trimRuns(joined.map(({text, marks}) => ({text: canonicalLine(text), marks})));
}

function writeRuns(runs: readonly Run[]): string {
  return runs
    .map((run, index) => {
      const marked = mark(run, runs[index - 1]?.text.at(-1) ?? ' ', runs[index + 1]?.text.at(0) ?? ' ');
      return run.marks.link === undefined ? marked : `[${marked}](${writeAddress(run.marks.link)})`;
    })
    .join('');
}

function mark({text, marks}: Run, before: string, after: string): string {
  const {link: _link, ...signs} = marks;
  const names = Object.keys(signs).sort() as (keyof typeof signs)[];
  const escaped = escape(text);
  const [only] = names;
  if (only === undefined) return escaped;
  const firm = /^\S(?:.*\S)?$/su.test(text);
  const apart = marks.link === undefined ? /^[\s,.;:()]$/u.test(before) && /^[\s,.;:()]$/u.test(after) : true;
  if (names.length === 1 && only !== 'u' && firm && apart) {
    const sign = {b: '**', i: '*', s: '~~'}[only];
    return `${sign}${escaped}${sign}`;
  }
  return names.reduceRight((inner, name) => `<${name}>${inner}</${name}>`, escaped);
}

function escape(text: string): string {
  return text.replace(/[\\`*_[\]<>&~!|]/g, '\\$&');
}

function writeAddress(link: string): string {
  if (/^[^\s<>()&\\]+$/.test(link)) return link;
  return `<${link.replace(/[<>\\]/g, encodeURIComponent).replaceAll('&', '&amp;')}>`;
}

/** What would begin a heading, a list, a rule or front matter. */
function escapeStart(text: string): string {
  return text.replace(/^[#+=:-]/, '\\$&').replace(/^(\d{1,9})([.)])/, '$1\\$2');
}

/** Number signs at the end of a heading would be taken for its close. */
function escapeEnd(text: string): string {
  return text.replace(/#+$/, signs => signs.replaceAll('#', '\\#'));
}
