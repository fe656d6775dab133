import {directionOf} from '@plenary/domain/languages';
import {escapeHtml} from '@plenary/paper/paragraph-html';
import {renderParagraphs} from '@plenary/paper/render-html';
import type {Exported} from './exported.ts';

const style = `
body { margin: 0 auto; max-inline-size: 42rem; padding: 2rem 1rem; font: 1.0625rem/1.6 Georgia, 'Noto Serif', serif; }
.pp { display: grid; grid-template-columns: 4rem minmax(0, 1fr); margin-block-end: 1rem; }
.pn { font: 0.8125rem/2 system-ui, sans-serif; } .text { margin: 0; } .lev-1 .text { padding-inline-start: 2rem; }
.lev-2 .text { padding-inline-start: 4rem; } .lev-3 .text { padding-inline-start: 6rem; } .lab { padding-inline-end: 0.5em; }
h1.text { font-size: 1.5rem; line-height: 1.3; } blockquote.text { padding-inline-start: 2rem; } .orgn { font-style: italic; }
:lang(ar) .orgn, :lang(zh) .orgn { font-style: normal; } :lang(ar) em, :lang(zh) em { font-style: normal; font-weight: 600; }
`;

/** One page that stands by itself: no script, nothing from elsewhere. */
export function exportHtml({paragraphs, title, language}: Exported): string {
  return `<!doctype html>
<html lang="${escapeHtml(language)}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<article>
${renderParagraphs(paragraphs, {language})}
</article>
</body>
</html>
`;
}
