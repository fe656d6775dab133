import type {Change} from '../change.ts';
import {parseHtml} from './parse-html.ts';
import {StreamReader} from './stream-reader.ts';
import type {ReaderOptions} from './stream-reader.ts';

/** A reader of a session's stream, as `docs/stream.md` describes it: it holds the sections and brings them up to date. */
export class SectionsReader extends StreamReader {
  sections: Record<string, string>;
  private applied = 0;

  constructor(url: string, options: ReaderOptions & {readonly sections?: Readonly<Record<string, string>>} = {}) {
    super(url, options);
    this.sections = {...options.sections};
  }

  section(name: string): string {
    this.catchUp();
    return this.sections[name] ?? '';
  }

  /** Words of the paragraph on the floor. */
  get article(): string {
    return parseHtml(this.section('floor')).querySelector('article .text')?.textContent ?? '';
  }

  /** Done when somebody asks. */
  protected override take(): void {}

  private catchUp(): void {
    for (; this.applied < this.events.length; this.applied++) {
      const {name, data} = this.events[this.applied] ?? {name: '', data: null};
      if (name === 'state') this.sections = {...(data as {sections: Record<string, string>}).sections};
      if (name !== 'change') continue;
      const {set, text} = data as {set?: Record<string, string>; text?: Change};
      if (text) this.sections['floor'] = changed(this.sections['floor'] ?? '', text);
      Object.assign(this.sections, set);
    }
  }
}

function changed(floor: string, {set = [], text = []}: Change): string {
  const page = parseHtml(`<main>${floor}</main>`);
  const article = page.querySelector('article');
  for (const [, html] of set) if (article) article.innerHTML = html;
  for (const [, position, deleted, inserted] of text) {
    const words = article?.querySelector('.text');
    if (!words) continue;
    let passed = 0;
    let isIn = inserted === '';
    const nodes = [...textsBelow(words)];
    for (const node of nodes) {
      const {length} = node.data;
      const start = Math.max(position - passed, 0);
      const end = Math.min(position + deleted - passed, length);
      if (end > start) node.data = node.data.slice(0, start) + node.data.slice(end);
      if (!isIn && position <= passed + length) {
        const at = position - passed;
        node.data = node.data.slice(0, at) + inserted + node.data.slice(at);
        isIn = true;
      }
      passed += length;
    }
  }
  return page.querySelector('main')?.innerHTML ?? '';
}

function* textsBelow(element: Node): Generator<Text> {
  for (const node of element.childNodes) {
    if (node.nodeType === 3) yield node as Text;
    else if ((node as Element).className !== 'lab') yield* textsBelow(node);
  }
}
