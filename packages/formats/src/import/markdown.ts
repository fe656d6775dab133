import MarkdownIt from 'markdown-it';
import reference from 'markdown-it/lib/rules_block/reference.mjs';
import type {StateBlock, StateCore, Token} from 'markdown-it';
import {isSafeLink} from '@plenary/paper/guard-shape';
import {textOf} from '@plenary/paper/view';
import type {Marks, ParagraphContent, Run} from '@plenary/paper/view';
import {contentOf} from './blocks.ts';
import type {Block} from './blocks.ts';
import {cleanSource} from './clean.ts';
import {frontMatterAt} from './front-matter.ts';
import {linesOfHtml, markOfTag, readTag} from './html-text.ts';
import type {Imported, ImportOptions} from './imported.ts';
import {finish} from './imported.ts';
import {detectLanguage} from './language.ts';
import {LeftOvers} from './report.ts';
import {RunWriter, withStart} from './runs.ts';
import {importText} from './text.ts';
import {joint} from './words.ts';

/** Deeper lists and quotes than this are no longer read as such; the source comes in as plain text then. */
const deepestNesting = 60;
/** Paragraphs longer than this are taken as they are written, since marks in them could take minutes to pair. */
const longestMarked = 60_000;

const parser = makeParser();

/** Reads Markdown (CommonMark with tables and strikethrough). Throws nothing but `input.too-large`. */
export function importMarkdown(source: string, options: ImportOptions = {}): Imported {
  const left = new LeftOvers();
  const clean = cleanSource(source, left);
  const lines = clean.split('\n');
  const matter = takeFrontMatter(lines, left);
  const body = lines.join('\n');
  const language = options.language ?? matter.language ?? detectLanguage(body);
  const tokens = parse(body);
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

/** Null when it is nested too deeply to be read. */
function parse(body: string): Token[] | null {
  try {
    const tokens = parser.parse(body, {});
    return tokens.some(token => token.level >= deepestNesting - 3) ? null : tokens;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function makeParser(): MarkdownIt {
  const made = new MarkdownIt({html: true, linkify: false, typographer: false});
  Object.assign(made.options, {maxNesting: deepestNesting});
  // Every address is let through here and judged by the paper's own rule, so that what is refused can be reported.
  made.validateLink = () => true;
  made.block.ruler.at('reference', readReference);
  made.core.ruler.at('inline', readInlines);
  return made;
}

/**
 * `[Option 2]: Deleted` looks like the definition of a link and would vanish; in drafts it is text. Only what points to an
 * address is taken for a definition, and never a footnote (`[^1]: …`).
 */
function readReference(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const start = (state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0);
  const head = state.src.slice(start, start + 1_000);
  const definition = /^\[[^^\]][^\]]*\]:\s*(?:<?(?:https?:|mailto:|www\.)|[./#][^\s]*\s*(?:\n|$))/i;
  return definition.test(head) && reference(state, startLine, endLine, silent);
}

/** As markdown-it's own rule, but for paragraphs of a length at which pairing their marks could take minutes. */
function readInlines(state: StateCore): void {
  for (const token of state.tokens) {
    if (token.type !== 'inline') continue;
    const children: Token[] = [];
    token.children = children;
    if (token.content.length <= longestMarked) {
      state.md.inline.parse(token.content, state.md, state.env, children);
      continue;
    }
    for (const [index, line] of token.content.split('\n').entries()) {
      if (index > 0) children.push(new state.Token('softbreak', 'br', 0));
      const text = new state.Token('text', '', 0);
      text.content = line;
      children.push(text);
    }
  }
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

interface OpenList {
  readonly ordered: boolean;
  /** Number of the item before, as counted. */
  last: number;
}

/** Turns the parser's tokens into blocks, and notes what has no place in a paper. */
class BlockReader {
  #left: LeftOvers;
  #blocks: Block[] = [];
  #lists: OpenList[] = [];
  #quotes = 0;
  /** Set by the start of a list item until its first paragraph takes it. */
  #item: {ordered: boolean; number: number} | null = null;
  #row: Run[] | null = null;

  constructor(left: LeftOvers) {
    this.#left = left;
  }

  read(tokens: readonly Token[]): Block[] {
    for (let at = 0; at < tokens.length; at++) {
      const token = tokens[at];
      if (token) this.#readToken(token, tokens[at - 1]);
    }
    return this.#blocks;
  }

  #readToken(token: Token, before: Token | undefined): void {
    const line = token.map?.[0] ?? null;
    switch (token.type) {
      case 'bullet_list_open':
      case 'ordered_list_open':
        this.#lists.push({ordered: token.type === 'ordered_list_open', last: Number(token.attrGet('start') ?? 1) - 1});
        break;
      case 'bullet_list_close':
      case 'ordered_list_close':
        this.#lists.pop();
        break;
      case 'list_item_open':
        this.#openItem(token);
        break;
      case 'list_item_close':
        this.#item = null;
        break;
      case 'blockquote_open':
        this.#quotes++;
        break;
      case 'blockquote_close':
        this.#quotes--;
        break;
      case 'inline':
        this.#readInlineBlock(token, before, line);
        break;
      case 'table_open':
        this.#left.note('table', line);
        break;
      case 'tr_open':
        this.#row = [];
        break;
      case 'tr_close':
        this.#put(this.#row ?? []);
        this.#row = null;
        break;
      case 'hr':
        this.#left.note('rule', line);
        break;
      case 'fence':
      case 'code_block':
        this.#left.note('code', line);
        for (const text of token.content.split('\n')) this.#put(this.#plain(text), true);
        break;
      case 'html_block':
        this.#left.note('html', line);
        for (const text of linesOfHtml(token.content)) this.#readInline(parser.parseInline(text, {}), line, false);
        break;
      default:
    }
  }

  #openItem(token: Token): void {
    const list = this.#lists.at(-1);
    if (!list) return;
    const written = Number(token.info);
    // "1. 1. 1." is how some write lists that number themselves.
    list.last = list.ordered && Number.isSafeInteger(written) && written > list.last ? written : list.last + 1;
    this.#item = {ordered: list.ordered, number: list.last};
  }

  #readInlineBlock(token: Token, before: Token | undefined, line: number | null): void {
    const children = token.children ?? [];
    if (this.#row) {
      const [cell] = new InlineReader(this.#left, line, false).read(children);
      if (this.#row.length > 0 && cell && cell.length > 0) this.#row.push({text: ' | ', marks: {}});
      this.#row.push(...(cell ?? []));
      return;
    }
    if (before?.type === 'heading_open') {
      const runs = new InlineReader(this.#left, line, false).read(children).flat();
      const prefix = this.#takeItem();
      this.#blocks.push({
        type: 'heading',
        depth: Number(before.tag.slice(1)),
        number: null,
        runs: prefix?.ordered ? withStart(`${prefix.number}. `, runs) : runs,
        literal: true,
      });
      return;
    }
    this.#readInline([token], line, /^(?:\\|&#|[\p{L}\p{M}\d]{1,7}\\)/u.test(token.content));
  }

  #readInline(tokens: readonly Token[], line: number | null, literal: boolean): void {
    const apart = this.#lists.length === 0 && this.#quotes === 0;
    for (const token of tokens) {
      for (const runs of new InlineReader(this.#left, line, apart).read(token.children ?? [])) this.#put(runs, literal);
    }
  }

  #takeItem(): {ordered: boolean; number: number} | null {
    const item = this.#item;
    this.#item = null;
    return item;
  }

  #plain(text: string): Run[] {
    const writer = new RunWriter();
    writer.write(text, {});
    return writer.take();
  }

  #put(runs: readonly Run[], literal = false): void {
    if (runs.length === 0) return;
    const item = this.#takeItem();
    const nesting = this.#lists.length;
    if (this.#quotes > 0) {
      const quoted = item?.ordered ? withStart(`${item.number}. `, runs) : runs;
      this.#blocks.push({type: 'quote', depth: this.#quotes - 1, number: null, runs: quoted, literal});
    } else if (item) {
      const type = item.ordered ? 'numbered' : 'bullet';
      this.#blocks.push({type, depth: nesting - 1, number: item.ordered ? item.number : null, runs, literal});
    } else this.#blocks.push({type: 'plain', depth: nesting, number: null, runs, literal});
  }
}

/** Turns the inline tokens of one paragraph into runs. */
class InlineReader {
  #left: LeftOvers;
  #line: number | null;
  /** Whether a line break that was asked for makes a new paragraph; otherwise it is a space. */
  #apart: boolean;
  #writer = new RunWriter();
  #paragraphs: Run[][] = [];
  #marks: Marks = {};
  #links: (string | null)[] = [];
  #lastText = '';
  /** A picture stood here: the words before and after it are not one. */
  #keepApart = false;

  constructor(left: LeftOvers, line: number | null, apart: boolean) {
    this.#left = left;
    this.#line = line;
    this.#apart = apart;
  }

  read(tokens: readonly Token[]): Run[][] {
    for (const [index, token] of tokens.entries()) this.#readToken(token, tokens[index + 1]);
    this.#paragraphs.push(this.#writer.take());
    return this.#paragraphs;
  }

  #write(text: string): void {
    if (text === '') return;
    const apart = this.#keepApart && !/(?:^|\s)$/u.test(this.#lastText) && !/^\s/u.test(text);
    this.#writer.write(apart ? ` ${text}` : text, this.#marks);
    this.#keepApart = false;
    this.#lastText = text;
  }

  #mark(name: 'b' | 'i' | 'u' | 's', on: boolean): void {
    const {[name]: _was, ...others} = this.#marks;
    this.#marks = on ? {...others, [name]: true} : others;
  }

  #readToken(token: Token, next: Token | undefined): void {
    switch (token.type) {
      case 'text':
      case 'text_special':
        this.#write(token.content);
        break;
      case 'softbreak': {
        if (token.map) this.#line = token.map[0];
        this.#write(joint(this.#lastText, next?.content || 'x'));
        if (this.#line !== null) this.#line++;
        break;
      }
      case 'hardbreak':
        if (this.#apart) this.#paragraphs.push(this.#writer.take());
        else {
          this.#left.note('line-break', this.#line);
          this.#write(' ');
        }
        if (this.#line !== null) this.#line++;
        break;
      case 'strong_open':
      case 'strong_close':
        this.#mark('b', token.nesting === 1);
        break;
      case 'em_open':
      case 'em_close':
        this.#mark('i', token.nesting === 1);
        break;
      case 's_open':
      case 's_close':
        this.#mark('s', token.nesting === 1);
        break;
      case 'link_open':
        this.#openLink(token.attrGet('href') ?? '');
        break;
      case 'link_close':
        this.#closeLink();
        break;
      case 'image':
        this.#left.note('image', this.#line);
        this.#keepApart = true;
        for (const child of token.children ?? []) this.#readToken(child, undefined);
        this.#keepApart = true;
        break;
      case 'code_inline':
        this.#write(token.content);
        break;
      case 'html_inline':
        this.#readHtml(token.content);
        break;
      default:
        this.#write(token.content);
    }
  }

  #openLink(href: string): void {
    const safe = isSafeLink(href);
    if (!safe) this.#left.note('link', this.#line);
    this.#links.push(safe ? href : null);
    this.#setLink();
  }

  #closeLink(): void {
    this.#links.pop();
    this.#setLink();
  }

  #setLink(): void {
    const {link: _was, ...others} = this.#marks;
    const link = this.#links.at(-1);
    this.#marks = typeof link === 'string' ? {...others, link} : others;
  }

  #readHtml(html: string): void {
    const tag = readTag(html);
    const mark = tag && Object.hasOwn(markOfTag, tag.name) ? markOfTag[tag.name] : undefined;
    if (tag && mark) {
      this.#mark(mark, !tag.closes);
      return;
    }
    if (tag?.name === 'br') {
      if (this.#apart) this.#paragraphs.push(this.#writer.take());
      else this.#write(' ');
      return;
    }
    this.#left.note('html', this.#line);
  }
}
