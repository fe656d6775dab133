import type {Change, TextDelta, WholeParagraph} from './change.ts';
import type {PageSetup} from './page-setup.ts';

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

const {events, tick, id, acts, words, language} = JSON.parse(find('#setup').textContent ?? '') as PageSetup;
const article = find('article');
const state = find('#state');
const shown = find('.acts');

// Where the reader is, for a connection that begins anew; null asks for the whole text.
let from: string | null = id;
let paused = false;
let source: EventSource | undefined;

const live = document.createElement('span');
state.before(live);
const says = make('p', 'vh', '', find('main'));
says.setAttribute('role', 'status');
const pause = make('button', 'btn', words.pause, shown);
const level = make('select', '', '', make('label', '', `${words.announce} `, shown));
words.levels.forEach((word, value) => (make('option', '', word, level).value = String(value)));
level.value = '1';
shown.prepend(pause);

function tell(kind: string, word: string): void {
  live.className = `tag ${kind}`;
  live.textContent = word;
}

// Announcements: at most one in five seconds; the text itself is never a live region.
let places = new Set<string>();
let news = '';
let quiet: unknown;
function announce(): void {
  if (quiet) return;
  const list = [...places];
  const changed = level.value > '1' && list[0] ? words.changed.replace('{places}', list.slice(0, 5).join(', ')) : '';
  const sentence = level.value > '0' ? [news, changed].filter(Boolean).join(' ') : '';
  places = new Set();
  news = '';
  if (!sentence) return;
  says.textContent = sentence;
  quiet = setTimeout(() => {
    quiet = 0;
    announce();
  }, 5000);
}
function tellNews(word: string): void {
  news = word;
  announce();
}

const fresh = typeof Highlight === 'function' ? new Highlight() : undefined;
if (fresh) (CSS as unknown as {highlights: Highlights}).highlights.set('new', fresh);

function paragraph(index: number): Element {
  return article.children[index] as Element;
}

function parse(html: string): Element {
  const template = document.createElement('template');
  template.innerHTML = html;
  const made = template.content.firstElementChild as Element;
  if (made.classList.contains('gone')) make('p', 'gone-note', words.gone, made);
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

function touch(index: number): void {
  const element = paragraph(index);
  const label = find('.lab, .pn bdi', element)?.textContent;
  places.add(label && label !== '•' ? label : words.place.replace('{number}', String(index + 1)));
  element.classList.add('new');
  setTimeout(() => element.classList.remove('new'), 4000);
}

function splice([index, position, deleted, inserted]: TextDelta): void {
  const element = paragraph(index);
  let place = 0;
  for (const node of nodesOf(element)) {
    const {length} = node;
    const start = Math.max(position - place, 0);
    const end = Math.min(position + deleted - place, length);
    if (end > start) node.deleteData(start, end - start);
    place += length;
  }
  if (inserted) {
    place = 0;
    let target: Text | undefined;
    for (const node of nodesOf(element)) {
      if (position <= place + node.length) {
        target = node;
        break;
      }
      place += node.length;
    }
    if (!target) find('.text', element).append((target = new Text()));
    target.insertData(position - place, inserted);
    if (fresh) {
      const range = new Range();
      range.setStart(target, position - place);
      range.setEnd(target, position - place + inserted.length);
      fresh.add(range);
      setTimeout(() => fresh.delete(range), 4000);
    }
  }
  touch(index);
}

function digest(): number {
  let hash = 0x811c9dc5;
  for (const element of article.children) {
    const text = `${nodesOf(element)
      .map(node => node.data)
      .join('')}\n`;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}

function stand(event: MessageEvent): void {
  from = event.lastEventId;
  const now = new Date();
  const date = new Intl.DateTimeFormat(`${language}-u-nu-latn`, {dateStyle: 'long', timeZone: 'UTC'}).format(now);
  state.textContent = words.state
    .replace('{number}', from.replace(/.*\./, ''))
    .replace('{date}', date)
    .replace('{time}', now.toISOString().slice(11, 19));
}

function listen(name: string, hear: (data: never, event: MessageEvent<string>) => void): void {
  source?.addEventListener(name, (event: MessageEvent<string>) => hear(JSON.parse(event.data) as never, event));
}

let knownActs = acts;
function connect(): void {
  source?.close();
  tell('', words.connecting);
  source = new EventSource(`${events}?tick=${tick}${from ? `&from=${from}` : ''}`);
  source.onopen = () => tell('live', words.live);
  source.onerror = () => {
    if (live.className !== 'tag lost') tellNews(words.lost);
    tell('lost', words.lost);
    // A refusal ends the browser's own attempts.
    if (source?.readyState === 2) setTimeout(() => paused || connect(), 15e3 + Math.random() * 15e3);
  };
  listen('state', (whole: {paragraphs: [html: string, text: string][]}, event) => {
    article.replaceChildren(...whole.paragraphs.map(([html]) => parse(html)));
    stand(event);
  });
  listen('change', (change: Change & {digest?: number}, event) => {
    for (const index of change.cut ?? []) paragraph(index).remove();
    const put = ([index, html]: WholeParagraph, instead?: Element) => {
      const made = parse(html);
      if (instead) instead.replaceWith(made);
      else article.insertBefore(made, paragraph(index) ?? null);
    };
    for (const whole of change.put ?? []) put(whole);
    for (const whole of change.set ?? []) put(whole, paragraph(whole[0]));
    change.text?.forEach(splice);
    for (const [index, label] of change.label ?? []) find('.lab, .pn bdi', paragraph(index)).textContent = label;
    for (const [index] of [...(change.put ?? []), ...(change.set ?? [])]) touch(index);
    stand(event);
    if (change.digest !== undefined && change.digest !== digest()) {
      from = null;
      connect();
    }
    announce();
  });
  listen('paper', ({acts}: {acts: number}) => {
    if (acts === knownActs) return;
    knownActs = acts;
    void fetch(location.href)
      .then(answer => answer.text())
      .then(html => {
        const status = find('.status', new DOMParser().parseFromString(html, 'text/html'));
        if (status) find('.status').replaceWith(status);
        tellNews(words.rules);
      });
  });
  listen('closed', () => {
    paused = true;
    source?.close();
    tell('lost', words.ended);
    tellNews(words.ended);
    pause.remove();
  });
}

pause.onclick = () => {
  paused = !paused;
  pause.textContent = paused ? words.resume : words.pause;
  if (paused) {
    source?.close();
    tell('', words.paused);
  } else connect();
};
connect();
