import type {Change, TextDelta, WholeParagraph} from './change.ts';
import type {PageWords} from './page-words.ts';

// The one script of the reading page: it brings the served text up to date from the stream (see events.ts), says in words
// whether it does, and stops when asked. Bundled and minified by build-assets.ts; it must stay under 3 kB.

interface Highlights {
  set(name: string, highlight: Set<Range>): void;
}
declare const Highlight: (new () => Set<Range>) | undefined;

const find = (selector: string, inside: ParentNode = document): Element => inside.querySelector(selector) as Element;
const make = <Tag extends keyof HTMLElementTagNameMap>(tag: Tag, className: string, text: string, into: Element) => {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  into.append(made);
  return made;
};

const article = find('article') as HTMLElement;
const {state, tick = 1000, acts, words = ''} = article.dataset;
const [toldLive, toldPaused, toldLost, toPause, toResume, announcements, off, important, all, changed, place, gone] =
  words.split('|') as unknown as PageWords;
const bar = find('.acts');
const stand = find('.asof > span');

// Where the reader is, for a connection that begins anew; null asks for the whole text.
let from: string | null = state ?? null;
let isPaused = false;
let source: EventSource | undefined;

const says = make('output', 'vh', '', find('main'));
const live = document.createElement('span');
stand.prepend(live);
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
function announce(more = ''): void {
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

const paragraph = (at: number): Element => article.children[at] as Element;
const labelOf = (element: Element): Element | null => find('.lab, .pn bdi', element);

function parse(html: string): Element {
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
  setTimeout(() => element.classList.remove('new'), 4000);
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
      setTimeout(() => fresh.delete(range), 4000);
    }
  }
  touch(at);
}

function digest(): number {
  let hash = 0x811c9dc5;
  for (const element of article.children) {
    const texts = nodesOf(element).map(node => node.data);
    for (const unit of `${texts.join('')}\n`.split('')) hash = Math.imul(hash ^ unit.charCodeAt(0), 0x01000193);
  }
  return hash >>> 0;
}

function arrive(event: MessageEvent): void {
  from = event.lastEventId;
  find('b', stand).textContent = from.replace(/.*\./, '');
  find('time', stand).textContent = new Date().toISOString().slice(0, 19).replace('T', ' ');
}

let knownActs = Number(acts);
function learn(seq: number): void {
  if (seq === knownActs) return;
  knownActs = seq;
  void fetch(location.href)
    .then(answer => answer.text())
    .then(html => {
      const status = find('.status', new DOMParser().parseFromString(html, 'text/html'));
      if (!status) return;
      find('.status').replaceWith(status);
      announce(status.textContent ?? '');
    });
}

function connect(): void {
  source?.close();
  source = new EventSource(`${location.pathname}/events?tick=${tick}${from ? `&from=${from}` : ''}`);
  const listen = (name: string, hear: (data: never, event: MessageEvent<string>) => void) =>
    source?.addEventListener(name, (event: MessageEvent<string>) => hear(JSON.parse(event.data) as never, event));
  source.onopen = () => tell('live', toldLive);
  source.onerror = () => {
    if (live.className !== 'tag lost') announce(toldLost);
    tell('lost', toldLost);
    // A refusal ends the browser's own attempts.
    if (source?.readyState === 2) setTimeout(() => isPaused || connect(), 15e3 + Math.random() * 15e3);
  };
  listen('state', (whole: {paragraphs: [html: string, text: string][]}, event) => {
    article.replaceChildren(...whole.paragraphs.map(([html]) => parse(html)));
    arrive(event);
  });
  listen('change', (change: Change & {digest?: number}, event) => {
    const {cut = [], put = [], set = [], text = [], label = []} = change;
    for (const at of cut) paragraph(at).remove();
    for (const [at, html] of put) article.insertBefore(parse(html), paragraph(at) ?? null);
    for (const [at, html] of set) paragraph(at).replaceWith(parse(html));
    text.forEach(splice);
    for (const [at, number] of label) (labelOf(paragraph(at)) as Element).textContent = number;
    for (const [at] of [...put, ...set] as WholeParagraph[]) touch(at);
    arrive(event);
    announce();
    if ((change.digest ?? -1) >= 0 && change.digest !== digest()) {
      from = null;
      connect();
    }
  });
  listen('paper', (paper: {acts: number}) => learn(paper.acts));
  listen('notice', (notice: {seq: number}) => learn(notice.seq));
  // The page as it is now says why nothing more comes.
  listen('closed', () => location.reload());
}

pause.onclick = () => {
  isPaused = !isPaused;
  pause.textContent = isPaused ? toResume : toPause;
  if (isPaused) {
    source?.close();
    tell('', toldPaused);
  } else connect();
};
connect();
