import type {Token} from 'markdown-it';
import type {Run} from '@plenary/paper/view';
import type {Block} from './blocks.ts';
import {linesOfHtml} from './html-text.ts';
import {InlineReader} from './inline-reader.ts';
import {parseLine} from './markdown-parser.ts';
import type {LeftOvers} from './report.ts';
import {RunWriter, withStart} from './runs.ts';

interface OpenList {
  readonly ordered: boolean;
  /** Number of the item before, as counted. */
  last: number;
}

/** Turns the parser's tokens into blocks, and notes what has no place in a paper. */
export class BlockReader {
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
        for (const text of linesOfHtml(token.content)) this.#readInline(parseLine(text), line, false);
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
