import {directionOf} from '@plenary/domain/languages';
import {escapeHtml} from '@plenary/paper/paragraph-html';
import {readingOf} from './blocks.ts';
import type {Block, MinutesText, Piece, Words} from './blocks.ts';

/** The one style of the page; its hash lets a strict policy allow it. */
export const minutesStyle = `
:root { color-scheme: light dark; --ink: light-dark(#17191b, #e9eae6); --ink-2: light-dark(#42474a, #bfc3c2);
  --rule: light-dark(#d8dbd6, #303538); --edge: #7b8381; --paper: light-dark(#fff, #17191b); --accent: light-dark(#0f5a4b, #84cbb5);
  --serif: Charter, Georgia, "Noto Serif", serif; }
:lang(ar) { --serif: "Noto Naskh Arabic", serif; }
* { box-sizing: border-box; margin: 0; padding: 0; }
body { font: 1rem/1.55 system-ui, sans-serif; color: var(--ink); background: var(--paper); overflow-wrap: break-word; }
main, header nav { max-inline-size: 64rem; margin-inline: auto; padding: 1rem; }
header { border-block: 4px solid var(--ink); border-block-end: 1px solid var(--rule); }
nav { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .25rem 1.5rem; font-size: .875rem; }
nav span { display: flex; flex-wrap: wrap; gap: .25rem .75rem; }
nav a { min-block-size: 1.5rem; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid light-dark(#0b4fb3, #9cc4ff); outline-offset: 2px; }
.kind, .note, caption, td, th, dl { font-size: .875rem; }
.kind, caption, th, dt { color: var(--ink-2); }
.kind { margin-block-start: 1.5rem; }
h1, h2, h3 { font-family: var(--serif); line-height: 1.3; }
h1 { font-size: 1.75rem; margin-block-end: 1rem; }
h2 { font-size: 1.375rem; margin-block: 2.5rem .75rem; border-block-start: 2px solid var(--ink); padding-block-start: .5rem; }
h3 { font-size: 1.0625rem; margin-block: 1.5rem .25rem; }
p { margin-block: .5rem; max-inline-size: 44rem; }
.note { border-inline-start: 4px solid var(--edge); padding-inline-start: .75rem; }
dl { display: grid; grid-template-columns: minmax(7rem, 12rem) minmax(0, 1fr); gap: .25rem 1rem; }
dt { font-weight: 600; }
.wide { overflow-x: auto; margin-block: .75rem 1.25rem; }
table { border-collapse: collapse; inline-size: 100%; }
caption { text-align: start; font-weight: 600; padding-block-end: .25rem; }
th, td { text-align: start; vertical-align: baseline; padding-block: .375rem; padding-inline: 0 1rem; border-block-end: 1px solid var(--rule); }
thead th { border-block-end-color: var(--edge); font-weight: 600; }
tbody th { color: inherit; font-weight: 400; }
.n { font-variant-numeric: tabular-nums; white-space: nowrap; }
code { font: .8125rem/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
td code { display: block; min-inline-size: 16rem; }
.vh, .skip:not(:focus) { position: absolute; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 32rem) { dl { grid-template-columns: minmax(0, 1fr); } dd { margin-block-end: .5rem; } }
@media print { body { font-size: 10pt; } header { display: none; } main { max-inline-size: none; padding: 0; } .wide { overflow: visible; }
  h2, h3, caption { break-after: avoid; } tr, .short { break-inside: avoid; } thead { display: table-header-group; } }
`;

/** One page that stands by itself: no script, nothing from elsewhere. `head` is HTML above it, where it is a page of the instance. */
export function minutesHtml({language, kind, title, blocks}: MinutesText, head = ''): string {
  return `<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(kind)}: ${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>${minutesStyle}</style>
</head>
<body>
${head}<main id="main">
<p class="kind">${escapeHtml(kind)}</p>
<h1 dir="auto">${escapeHtml(title)}</h1>
${blocks.map((one, index) => block(one, saidBefore(blocks.slice(0, index)))).join('\n')}
</main>
</body>
</html>
`;
}

/** The heading that a reader is under. */
function saidBefore(before: readonly Block[]): string {
  const heading = before.findLast(one => one.is === 'heading');
  return heading ? heading.words.map(readingOf).join('') : '';
}

function block(one: Block, heading: string): string {
  switch (one.is) {
    case 'heading':
      return `<h${one.level}>${words(one.words)}</h${one.level}>`;
    case 'paragraph':
      return `<p>${words(one.words)}</p>`;
    case 'note':
      return `<p class="note">${words(one.words)}</p>`;
    case 'facts':
      return `<dl>\n${one.rows.map(row => `<dt>${escapeHtml(row.name)}</dt><dd>${words(row.words)}</dd>`).join('\n')}\n</dl>`;
    case 'table': {
      const head = one.columns.map(name => `<th scope="col">${escapeHtml(name)}</th>`).join('');
      const rows = one.rows.map(
        ([name = [], ...cells]) =>
          `<tr><th scope="row">${words(name)}</th>${cells.map(cell => `<td>${words(cell)}</td>`).join('')}</tr>`,
      );
      const label = escapeHtml(one.caption);
      // What the heading or the first column says already is said once.
      const hidden = one.caption === heading || one.caption === one.columns[0];
      const short = one.rows.length <= 12 ? ' short' : '';
      return `<div class="wide${short}" role="region" tabindex="0" aria-label="${label}"><table>
<caption${hidden ? ' class="vh"' : ''}>${label}</caption>
<thead><tr>${head}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table></div>`;
    }
  }
}

function words(pieces: Words): string {
  return pieces.map(piece).join('');
}

function piece(one: Piece): string {
  if (typeof one === 'string') return escapeHtml(one);
  if ('foreign' in one) return `<bdi>${escapeHtml(one.foreign)}</bdi>`;
  if ('hash' in one) return `<code dir="ltr">${escapeHtml(one.hash)}</code>`;
  return `<bdi dir="ltr" class="n">${escapeHtml(one.figures)}</bdi>`;
}
