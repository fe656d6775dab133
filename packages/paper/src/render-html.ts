import {labelInMargin, numberParagraphs} from './numbering.ts';
import {openerLength} from './openers.ts';
import type {Label} from './numbering.ts';
import {escapeHtml, paragraphClass, renderRun, textElement} from './paragraph-html.ts';
import type {Paragraph, Run} from './view.ts';

export interface RenderOptions {
  /** BCP 47 tag of the paper's text. */
  readonly language: string;
  /** Said of a paragraph that was deleted while another wrote in it. */
  readonly goneNote?: string;
}

/**
 * Paragraphs as HTML; the editor's DOM has the same elements and classes. All text is escaped, no
 * inline styles. Each paragraph is a `.pp[data-p]` with its label in the margin (`.pn`) and its words in `.text`.
 */
export function renderParagraphs(paragraphs: readonly Paragraph[], options: RenderOptions): string {
  const labels = numberParagraphs(paragraphs, options.language);
  return paragraphs.map((paragraph, i) => renderParagraph(paragraph, labels[i] ?? '', options)).join('\n');
}

export function renderParagraph(paragraph: Paragraph, label: Label, options: RenderOptions): string {
  const margin = labelInMargin(paragraph);
  const {tag, className} = textElement(paragraph.kind, paragraph.level);
  const lab = label && !margin ? `<span class="lab">${escapeHtml(label)}</span>` : '';
  const note = paragraph.gone && options.goneNote ? `<p class="gone-note">${escapeHtml(options.goneNote)}</p>` : '';
  return (
    `<div class="${paragraphClass(paragraph)}" data-p="${escapeHtml(paragraph.name)}"${direction(paragraph)}>` +
    `<span class="pn">${label && margin ? `<bdi>${escapeHtml(label)}</bdi>` : ''}</span>` +
    `<${tag} class="${className}">${lab}${renderRuns(paragraph, options.language)}</${tag}>${note}</div>`
  );
}

function direction({lang, dir}: Pick<Paragraph, 'lang' | 'dir'>): string {
  return (lang ? ` lang="${escapeHtml(lang)}"` : '') + (dir ? ` dir="${escapeHtml(dir)}"` : '');
}

function renderRuns(paragraph: Paragraph, language: string): string {
  const opening = openerLength(paragraph, language);
  if (opening === 0) return paragraph.runs.map(renderRun).join('');
  const [before, after] = cutRuns(paragraph.runs, opening);
  return `<em>${before.map(renderRun).join('')}</em>${after.map(renderRun).join('')}`;
}

function cutRuns(runs: readonly Run[], at: number): [Run[], Run[]] {
  const before: Run[] = [];
  const after: Run[] = [];
  let place = 0;
  for (const run of runs) {
    const cut = Math.max(0, Math.min(run.text.length, at - place));
    if (cut > 0) before.push({...run, text: run.text.slice(0, cut)});
    if (cut < run.text.length) after.push({...run, text: run.text.slice(cut)});
    place += run.text.length;
  }
  return [before, after];
}

/** A run as escaped HTML with its marks. */
