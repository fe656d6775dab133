import {isSafeLink} from './guard-shape.ts';
import {labelInMargin, numberParagraphs} from './numbering.ts';
import {openerLength} from './openers.ts';
import type {Label} from './numbering.ts';
import type {Marks, Paragraph, ParagraphKind, Run} from './view.ts';

export interface RenderOptions {
  /** BCP 47 tag of the paper's text. */
  readonly language: string;
  /** Said of a paragraph that was deleted while another wrote in it. */
  readonly goneNote?: string;
}

/**
 * Paragraphs as HTML after `look/paper.html`; the editor's DOM has the same elements and classes. All text is escaped, no
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

/** Class of the element around a paragraph; the editor uses the same. */
export function paragraphClass({kind, level, gone}: {kind: string; level: number; gone: boolean}): string {
  const indented = level > 0 || kind === 'item';
  return [
    'pp',
    `kind-${kind}`,
    ...(indented ? ['lev', `lev-${Math.max(1, level + (kind === 'item' ? 1 : 0))}`] : []),
    ...(gone ? ['gone'] : []),
  ].join(' ');
}

const headings = ['h2', 'h3', 'h4', 'h5', 'h6'] as const;

/** The element that holds a paragraph's words; the editor uses the same. */
export function textElement(kind: ParagraphKind, level: number): {tag: string; className: string} {
  switch (kind) {
    case 'title':
      return {tag: 'h1', className: 'text title'};
    case 'heading':
      return {tag: headings[Math.min(level, headings.length - 1)] ?? 'h6', className: 'text'};
    case 'organ':
      return {tag: 'p', className: 'text orgn'};
    case 'quote':
      return {tag: 'blockquote', className: 'text'};
    case 'preambular':
    case 'operative':
    case 'text':
    case 'item':
      return {tag: 'p', className: 'text'};
  }
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
export function renderRun({text, marks}: Run): string {
  let html = escapeHtml(text);
  if (marks.s) html = `<s>${html}</s>`;
  if (marks.u) html = `<u>${html}</u>`;
  if (marks.i) html = `<i>${html}</i>`;
  if (marks.b) html = `<b>${html}</b>`;
  return wrapLink(html, marks);
}

function wrapLink(html: string, {link}: Marks): string {
  return isSafeLink(link) ? `<a href="${escapeHtml(link)}" rel="noopener nofollow">${html}</a>` : html;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => entities[character] ?? '');
}
