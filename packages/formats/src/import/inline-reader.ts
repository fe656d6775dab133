import type {Token} from 'markdown-it';
import {isSafeLink} from '@plenary/paper/guard-shape';
import type {Marks, Run} from '@plenary/paper/view';
import {markOfTag, readTag} from './html-text.ts';
import type {LeftOvers} from './report.ts';
import {RunWriter} from './runs.ts';
import {joint} from './words.ts';

/** Turns the inline tokens of one paragraph into runs. */
export class InlineReader {
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
