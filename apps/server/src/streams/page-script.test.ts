import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {readPaper} from '@plenary/paper/read';
import type {ParagraphContent} from '@plenary/paper/view';
import {textOf} from '@plenary/paper/view';
import {insertText} from '@plenary/paper/write';
import {openStore} from '@plenary/store/open-store';
import type {Store, StoredPaperRow} from '@plenary/store/store';
import {aPaper} from '@plenary/store/testing/builders';
import {buildReadAssets} from './build-assets.ts';
import {openWindow} from './testing/parse-html.ts';
import {randomEdit, seededChance} from './testing/random-edits.ts';
import {startReading} from './testing/reading-server.ts';
import type {ReadingServer} from './testing/reading-server.ts';
import {StreamReader} from './testing/stream-reader.ts';

let store: Store;
let server: ReadingServer;
let script: string;
const ends: (() => void)[] = [];

beforeAll(async () => {
  store = await openStore({memory: true});
  server = await startReading(store);
  script = (await buildReadAssets()).script.content;
});
afterAll(async () => {
  for (const end of ends) end();
  await server.stop();
  expect(server.errors).toEqual([]);
  await store.close();
});

const start: ParagraphContent[] = [
  {kind: 'preambular', level: 0, dir: null, lang: null, runs: [{text: 'Recalling the Charter,', marks: {}}]},
  {kind: 'operative', level: 0, dir: null, lang: null, runs: [{text: 'Calls upon all to read;', marks: {}}]},
  {kind: 'operative', level: 1, dir: null, lang: null, runs: [{text: 'A sub-paragraph.', marks: {}}]},
];

/** The browser's EventSource over the bare reader: what jsdom lacks. */
function eventSourceOver(url: string) {
  const opened: FakeSource[] = [];
  class FakeSource extends EventTarget {
    readyState = 0;
    onopen: (() => void) | null = null;
    onerror: (() => void) | null = null;
    readonly path: string;
    private readonly reader: StreamReader;
    private readonly watching: NodeJS.Timeout;
    private told = 0;

    constructor(path: string) {
      super();
      this.path = path;
      this.reader = new StreamReader(url + path);
      opened.push(this);
      this.watching = setInterval(() => this.pass(), 5);
      ends.push(() => this.close());
    }

    close(): void {
      this.readyState = 2;
      clearInterval(this.watching);
      this.reader.cut();
    }

    private pass(): void {
      if (this.reader.status === 200 && this.readyState === 0) {
        this.readyState = 1;
        this.onopen?.();
      }
      for (const {name, data, id} of this.reader.events.slice(this.told)) {
        this.told++;
        this.dispatchEvent(Object.assign(new Event(name), {data: JSON.stringify(data), lastEventId: id}));
      }
      if (!this.reader.ended || this.readyState === 2) return;
      this.close();
      this.onerror?.();
    }
  }
  return {FakeSource, opened};
}

async function openPage(paper: StoredPaperRow, query = '?tick=250') {
  const url = `${server.url}/read/${paper.slug}${query}`;
  const window = openWindow(await (await fetch(url)).text(), url);
  const {FakeSource, opened} = eventSourceOver(server.url);
  Object.assign(window, {EventSource: FakeSource, fetch: (path: string) => fetch(path)});
  window.eval(script);
  const {document} = window;
  const article = document.querySelector('article') as HTMLElement;
  return {
    window,
    document,
    article,
    opened,
    live: () => document.querySelector('.asof .tag')?.textContent,
    announced: () => document.querySelector('output')?.textContent ?? '',
    button: document.querySelector('button') as HTMLButtonElement,
  };
}

/** The page without what the script marks for a moment and what it need not change. */
function bare(article: Element): string {
  const copy = article.cloneNode(true) as Element;
  for (const element of copy.querySelectorAll('.new')) element.classList.remove('new');
  copy.normalize();
  for (const empty of copy.querySelectorAll('.text b, .text i, .text u, .text s, .text a, .text em')) {
    if (empty.textContent === '') empty.remove();
  }
  return [...copy.children].map(child => child.outerHTML).join('\n');
}

async function paperWithText(): Promise<StoredPaperRow> {
  const paper = await aPaper(store);
  await server.texts.begin(paper, start);
  return paper;
}

async function words(paper: StoredPaperRow): Promise<string[]> {
  return (await server.texts.read(paper)).paragraphs.map(textOf);
}

function shown(article: Element): string[] {
  return [...article.children].map(child => {
    const copy = child.querySelector('.text')?.cloneNode(true) as Element;
    copy.querySelector('.lab')?.remove();
    return copy.textContent ?? '';
  });
}

describe('the script of the page', () => {
  test.each([31, 32])('brings the served page to where a page served later stands (seed %i)', async seed => {
    const chance = seededChance(seed);
    const paper = await paperWithText();
    const page = await openPage(paper);
    await expect.poll(page.live).toBe('Live');
    for (let round = 0; round < 6; round++) {
      for (let n = 0; n < 15; n++) await server.texts.edit(paper, doc => randomEdit(doc, chance, server.texts.newName));
      const now = (await words(paper)).map(text => text.replaceAll('\0', '\uFFFD'));
      await expect.poll(() => shown(page.article), {timeout: 5000}).toEqual(now);
    }
    const later = await openPage(paper);
    expect(bare(page.article)).toBe(bare(later.article));
    expect(page.opened).toHaveLength(1);
  });

  test('says in words whether it is live, and goes on from where it was paused', async () => {
    const paper = await paperWithText();
    const page = await openPage(paper);
    await expect.poll(page.live).toBe('Live');
    page.button.click();
    expect([page.live(), page.button.textContent]).toEqual(['Paused', 'Go on']);
    const first = () => page.article.querySelector('.text')?.textContent;
    await server.texts.edit(paper, doc =>
      insertText(doc, {paragraph: readPaper(doc)[0]?.name ?? '', offset: 22}, ' more'),
    );
    expect(first()).toBe('Recalling the Charter,');
    page.button.click();
    await expect.poll(first).toBe('Recalling the Charter, more');
    expect(page.opened.at(-1)?.path).toMatch(/from=\d+\.\d+$/);
    expect(page.document.querySelector('.asof b')?.textContent).toBe(String((await server.texts.read(paper)).seq));
  });

  test('shows what the chair sets, and says it to those who listen', async () => {
    const paper = await paperWithText();
    const page = await openPage(paper);
    await expect.poll(page.live).toBe('Live');
    await server.setMode(paper, 'frozen');
    await expect.poll(() => page.document.querySelector('.status')?.textContent).toContain('Frozen');
    expect(page.announced()).toContain('Nobody writes in the text now.');
  });

  test('asks for the whole text when it finds that it does not hold what the server holds', async () => {
    const paper = await paperWithText();
    const page = await openPage(paper);
    await expect.poll(page.live).toBe('Live');
    const node = page.article.children[1]?.querySelector('.text')?.lastChild as Text;
    node.data = `${node.data.slice(0, -1)}!`;
    await server.texts.edit(paper, doc => insertText(doc, {paragraph: readPaper(doc)[0]?.name ?? '', offset: 0}, 'x'));
    const now = await words(paper);
    await expect.poll(() => shown(page.article), {timeout: 3000}).toEqual(now);
    expect(page.opened).toHaveLength(2);
    expect(page.opened[1]?.path).not.toContain('from=');
  });

  test('says when the connection is lost', async () => {
    const paper = await paperWithText();
    const page = await openPage(paper);
    await expect.poll(page.live).toBe('Live');
    page.opened[0]?.onerror?.();
    expect(page.live()).toBe('No connection. It is tried again by itself.');
    expect(page.announced()).toContain('No connection.');
  });
});
