import {isSafeLink} from './guard-shape.ts';
import type {Marks, ParagraphKind, Run} from './view.ts';

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
