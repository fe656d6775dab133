import type {Change, TextDelta} from '../change.ts';
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

function changed(floor: string, {cut = [], put = [], set = [], text = [], label = []}: Change): string {
  const page = parseHtml(`<main>${floor}</main>`);
  const article = page.querySelector('article');
  const paragraph = (place: number) => article?.children[place];
  for (const place of cut) paragraph(place)?.remove();
  for (const [place, html] of put) article?.insertBefore(madeOf(html), paragraph(place) ?? null);
  for (const [place, html] of set) paragraph(place)?.replaceWith(madeOf(html));
  for (const delta of text) splice(paragraph(delta[0])?.querySelector('.text'), delta);
  for (const [place, number] of label) {
    const shown = paragraph(place)?.querySelector('.lab, .pn bdi');
    if (shown) shown.textContent = number;
  }
  return page.querySelector('main')?.innerHTML ?? '';
}

function madeOf(html: string): Element {
  const made = parseHtml(`<main>${html}</main>`).querySelector('main')?.firstElementChild;
  if (!made) throw new Error('A paragraph is one element.');
  return made;
}

function splice(words: Element | null | undefined, [, position, deleted, inserted]: TextDelta): void {
  if (!words) return;
  let passed = 0;
  let isIn = inserted === '';
  for (const node of textsBelow(words)) {
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

function* textsBelow(element: Node): Generator<Text> {
  for (const node of element.childNodes) {
    if (node.nodeType === 3) yield node as Text;
    else if ((node as Element).className !== 'lab') yield* textsBelow(node);
  }
}
