import type {Change, TextDelta} from './change.ts';
import type {PageWords} from './page-words.ts';

// What the scripts of all pages that follow something share: they bring what was served up to date from a stream, say in
// words whether they do, and stop when asked. One element of the page has `data-state`, and with it what they begin from.

interface Highlights {
  set(name: string, highlight: Set<Range>): void;
}
declare const Highlight: (new () => Set<Range>) | undefined;

export const find = (selector: string, inside: ParentNode = document): Element =>
  inside.querySelector(selector) as Element;
const make = <Tag extends keyof HTMLElementTagNameMap>(tag: Tag, className: string, text: string, into: Element) => {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  into.append(made);
  return made;
};

export const {state, tick = 1000, acts, words = ''} = (find('[data-state]') as HTMLElement).dataset;
const [toldLive, toldPaused, toldLost, toPause, toResume, announcements, off, important, all, changed, place, gone] =
  words.split('|') as unknown as PageWords;
const bar = find('.acts');

// Where the reader is, for a connection that begins anew; null asks for the whole text.
let from: string | undefined;
/** None while the reader has paused. */
let source: EventSource | undefined;

const says = make('output', 'vh', '', find('main'));
const live = make('span', '', '', bar);
find('.asof > span').prepend(live);
const pause = make('button', 'btn', toPause, bar);
bar.prepend(pause);
const level = make('select', '', '', make('label', '', `${announcements} `, bar));
[off, important, all].forEach((word, at) => (make('option', '', word, level).value = `${at}`));
level.value = '1';

function tell(kind: string, word: string): void {
  live.className = `tag ${kind}`;
  live.textContent = word;
}

// Announcements: at most one in five seconds; the text itself is never a live region.
let places = new Set<string>();
let news = '';
let quiet: unknown;
export function announce(more = ''): void {
  news = more || news;
  if (quiet) return;
  const what = level.value > '1' && places.size ? changed.replace('{places}', [...places].slice(0, 5).join(', ')) : '';
  const sentence = level.value > '0' ? `${news} ${what}`.trim() : '';
  places = new Set();
  news = '';
  if (!sentence) return;
  says.textContent = sentence;
  quiet = setTimeout(() => {
    quiet = 0;
    announce();
  }, 5000);
}

const fresh = typeof Highlight === 'function' ? new Highlight() : undefined;
if (fresh) (CSS as unknown as {highlights: Highlights}).highlights.set('new', fresh);

const paragraph = (at: number): Element => find('article').children[at] as Element;
const labelOf = (element: Element): Element | null => find('.lab, .pn bdi', element);

export function parse(html: string): Element {
  const template = document.createElement('template');
  template.innerHTML = html;
  const made = template.content.firstElementChild as Element;
  if (made.classList.contains('gone')) make('p', 'gone-note', gone, made);
  return made;
}

function nodesOf(element: Element): Text[] {
  const walker = document.createTreeWalker(find('.text', element), 4);
  const nodes: Text[] = [];
  while (walker.nextNode()) {
    const node = walker.currentNode as Text;
    if (node.length && node.parentElement?.className !== 'lab') nodes.push(node);
  }
  return nodes;
}

function touch(at: number): void {
  const element = paragraph(at);
  const label = labelOf(element)?.textContent;
  places.add(label && label !== '•' ? label : place.replace('{number}', `${at + 1}`));
  element.classList.add('new');
  setTimeout(() => element.classList.remove('new'), 5000);
}

function splice([at, position, deleted, inserted]: TextDelta): void {
  const element = paragraph(at);
  let passed = 0;
  for (const node of nodesOf(element)) {
    const {length} = node;
    const start = Math.max(position - passed, 0);
    const end = Math.min(position + deleted - passed, length);
    if (end > start) node.deleteData(start, end - start);
    passed += length;
  }
  if (inserted) {
    let offset = position;
    const target =
      nodesOf(element).find(node => offset <= node.length || ((offset -= node.length), false)) ??
      find('.text', element).appendChild(new Text());
    target.insertData(offset, inserted);
    if (fresh) {
      const range = new Range();
      range.setStart(target, offset);
      range.setEnd(target, offset + inserted.length);
      fresh.add(range);
      setTimeout(() => fresh.delete(range), 5000);
    }
  }
  touch(at);
}

export function digest(): number {
  let hash = 0x811c9dc5;
  for (const element of find('article').children) {
    const texts = nodesOf(element).map(node => node.data);
    for (const unit of `${texts.join('')}\n`.split('')) hash = Math.imul(hash ^ unit.charCodeAt(0), 0x01000193);
  }
  return hash >>> 0;
}

/** Brings the text from one state to the next. */
export function apply({cut = [], put = [], set = [], text = [], label = []}: Change): void {
  for (const at of cut) paragraph(at).remove();
  for (const [at, html] of put) find('article').insertBefore(parse(html), paragraph(at) ?? null);
  for (const [at, html] of set) paragraph(at).replaceWith(parse(html));
  text.forEach(splice);
  for (const [at, number] of label) (labelOf(paragraph(at)) as Element).textContent = number;
  for (const one of [...put, ...set]) touch(one[0]);
}

export type Hear = (data: never, event: MessageEvent<string>) => void;
let hears: Record<string, Hear>;

/** Follows the page's own stream from the state `id`, or from nothing; each kind of event is heard by its own name. */
export function connect(id: string | undefined, by: Record<string, Hear>): void {
  from = id;
  hears = by;
  source?.close();
  // A page may need more of its stream than a tick: the attribute then goes on with `&`.
  source = new EventSource(`${location.pathname}/events?tick=${tick}${from ? `&from=${from}` : ''}`);
  for (const name in hears) {
    source.addEventListener(name, (event: MessageEvent<string>) => {
      from = event.lastEventId || from;
      (hears[name] as Hear)(JSON.parse(event.data) as never, event);
    });
  }
  source.onopen = () => tell('live', toldLive);
  source.onerror = () => {
    if (live.className !== 'tag lost') announce(toldLost);
    tell('lost', toldLost);
    // A refusal ends the browser's own attempts.
    if (source?.readyState === 2) setTimeout(() => source && connect(from, hears), 15e3 + Math.random() * 15e3);
  };
}

pause.onclick = () => {
  pause.textContent = source ? toResume : toPause;
  if (source) {
    source.close();
    source = undefined;
    tell('', toldPaused);
  } else connect(from, hears);
};
