import {textOf} from '@plenary/paper/view';
import type {ParagraphContent} from '@plenary/paper/view';
import {BlockReader} from './block-reader.ts';
import {contentOf} from './blocks.ts';
import {cleanSource} from './clean.ts';
import {frontMatterAt} from './front-matter.ts';
import type {Imported, ImportOptions} from './imported.ts';
import {finish} from './imported.ts';
import {detectLanguage} from './language.ts';
import {parseMarkdown} from './markdown-parser.ts';
import {LeftOvers} from './report.ts';
import {importText} from './text.ts';

/** Reads Markdown (CommonMark with tables and strikethrough). Throws nothing but `input.too-large`. */
export function importMarkdown(source: string, options: ImportOptions = {}): Imported {
  const left = new LeftOvers();
  const clean = cleanSource(source, left);
  const lines = clean.split('\n');
  const matter = takeFrontMatter(lines, left);
  const body = lines.join('\n');
  const language = options.language ?? matter.language ?? detectLanguage(body);
  const tokens = parseMarkdown(body);
  if (tokens === null) {
    left.note('depth', null);
    return importText(clean, {...options, language}, left, 'markdown');
  }
  const blocks = new BlockReader(left).read(tokens);
  if (matter.title !== null && !blocks.some(block => block.type === 'heading' && block.depth === 1)) {
    blocks.unshift({type: 'heading', depth: 1, number: null, runs: [{text: matter.title, marks: {}}], literal: true});
  }
  noteFootnotes(lines, left);
  const content: ParagraphContent[] = contentOf(blocks, language ?? 'en');
  const title = content.find(paragraph => paragraph.kind === 'title') ?? content.find(({kind}) => kind === 'heading');
  return finish('markdown', content, title ? textOf(title) : null, language, left);
}

/** Empties the lines that front matter takes up, so that the numbers of all other lines stay. */
function takeFrontMatter(lines: string[], left: LeftOvers): {title: string | null; language: string | null} {
  let title: string | null = null;
  let language: string | null = null;
  for (let at = 0; at < lines.length; at++) {
    if (lines[at] !== '---' && lines[at]?.trimEnd() !== '---') continue;
    if (at > 0 && lines[at - 1]?.trim() !== '') continue;
    const matter = frontMatterAt(lines, at);
    if (!matter) continue;
    const named = matter.values.get('title') ?? null;
    if (at === 0) {
      title = named;
      const tag = matter.values.get('lang') ?? matter.values.get('language') ?? '';
      language = /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,2}$/.test(tag) ? tag : null;
    }
    const known = at === 0 ? ['title', 'lang', 'language'] : [];
    const unknown = [...matter.values.keys()].filter(key => !known.includes(key));
    if (unknown.length > 0) left.note('front-matter', at, unknown.length);
    lines.fill('', matter.from, matter.to);
    at = matter.to - 1;
  }
  return {title: title?.trim() ? title.trim() : null, language};
}

function noteFootnotes(lines: readonly string[], left: LeftOvers): void {
  for (const [index, line] of lines.entries()) if (/^ {0,3}\[\^[^\]\s]+\]:/.test(line)) left.note('footnote', index);
}
