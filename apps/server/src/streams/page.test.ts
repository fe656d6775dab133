import {gzipSync} from 'node:zlib';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {directionOf, languageNames, languages} from '@plenary/domain/languages';
import {translatorFor} from '@plenary/locales/translate';
import {canonicalText} from '@plenary/paper/canonical';
import {readPaper} from '@plenary/paper/read';
import type {ParagraphContent, ParagraphKind} from '@plenary/paper/view';
import {paragraphKinds, textOf} from '@plenary/paper/view';
import {deleteParagraph, insertText} from '@plenary/paper/write';
import {universalDeclaration} from '@plenary/scenes/papers/declaration';
import {openStore} from '@plenary/store/open-store';
import type {Store, StoredPaperRow} from '@plenary/store/store';
import {aConsultation, aMember, aPaper} from '@plenary/store/testing/builders';
import {parseHtml} from './testing/parse-html.ts';
import {startReading} from './testing/reading-server.ts';
import type {ReadingServer} from './testing/reading-server.ts';

let store: Store;
let server: ReadingServer;

beforeAll(async () => {
  store = await openStore({memory: true});
  server = await startReading(store);
});
afterAll(async () => {
  await server.stop();
  expect(server.errors).toEqual([]);
  await store.close();
});

function says(kind: ParagraphKind, text: string): ParagraphContent {
  return {kind, level: 0, dir: null, lang: null, runs: text === '' ? [] : [{text, marks: {}}]};
}

async function paperWith(
  content: readonly ParagraphContent[],
  given: Parameters<typeof aPaper>[1] = {},
): Promise<StoredPaperRow> {
  const paper = await aPaper(store, given);
  await server.texts.begin(paper, content);
  return paper;
}

async function get(path: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`${server.url}${path}`, {headers});
  return {status: answer.status, body: await answer.text(), headers: answer.headers};
}

describe('R15: the page', () => {
  test.each(languages)('of the Declaration is whole without JavaScript, and weighs ≤ 10 kB (%s)', async language => {
    const content = await universalDeclaration(language);
    const paper = await paperWith(content, {language, title: textOf(content[0] ?? {runs: []})});
    const {body} = await get(`/read/${paper.slug}?lang=${language}`);
    const page = parseHtml(body);
    for (const script of page.querySelectorAll('script')) script.remove();
    for (const paragraph of content) expect(page.querySelector('main')?.textContent).toContain(textOf(paragraph));
    expect(page.documentElement.lang).toBe(language);
    const loaded = [...body.matchAll(/(?:src|href)="(\/read-assets\/[^"]+)"/g)].map(match => match[1] ?? '');
    expect(loaded).toHaveLength(2);
    const files = await Promise.all(loaded.map(async path => ({path, ...(await get(path))})));
    const weigh = (text: string) => gzipSync(text, {level: 9}).length;
    const script = files.find(file => file.path.endsWith('.js'));
    const whole = weigh(body) + files.reduce((sum, file) => sum + weigh(file.body), 0);
    // oxlint-disable-next-line no-console -- a figure of the product
    console.log(`${language}: page ${weigh(body)}, with style and script ${whole} bytes of gzip`);
    expect(weigh(script?.body ?? '')).toBeLessThanOrEqual(3 * 1024);
    expect(whole).toBeLessThanOrEqual(10 * 1024);
  });

  test('says who may read and write, where it stands and since when, in the six languages', async () => {
    const paper = await paperWith([says('text', 'Words.')], {symbol: 'TFD/7', mode: 'frozen'});
    const pages = await Promise.all(
      languages.map(async language => (await get(`/read/${paper.slug}?lang=${language}`)).body),
    );
    for (const [index, language] of languages.entries()) {
      const page = parseHtml(pages[index] ?? '');
      const say = translatorFor(language);
      const {lang, dir} = page.documentElement;
      expect([lang, dir]).toEqual([language, directionOf(language)]);
      const main = page.querySelector('main')?.textContent ?? '';
      for (const id of [
        'words.publication.public',
        'words.publication.public.sentence',
        'words.mode.frozen',
      ] as const) {
        expect(main).toContain(say(id));
      }
      expect(main).toContain('TFD/7');
      expect(page.querySelector('.asof')?.textContent).toMatch(/\b1\b.*\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/);
      const bar = [...page.querySelectorAll('.langs a')];
      expect(bar.map(link => link.getAttribute('lang'))).toEqual([...languages]);
      const current = bar.filter(link => link.hasAttribute('aria-current'));
      expect(current.map(link => link.textContent)).toEqual([languageNames[language]]);
      const article = page.querySelector('article');
      expect([article?.getAttribute('lang') ?? language, article?.getAttribute('dir') ?? dir]).toEqual(['en', 'ltr']);
      expect(pages[index]).not.toMatch(/undefined|\[object|reading\.|words\./);
    }
    expect(new Set(pages).size).toBe(6);
  });

  test('keeps what the reader chose in every link, and reloads itself by their choice alone', async () => {
    const paper = await paperWith([says('text', 'Words.')]);
    const plain = parseHtml((await get(`/read/${paper.slug}`)).body);
    expect(plain.querySelector('meta[http-equiv=refresh]')).toBe(null);
    const links = (page: Document) => [...page.querySelectorAll('main a')].map(link => link.getAttribute('href') ?? '');
    expect(links(plain)).toContain('?reload=60');
    const chosen = parseHtml((await get(`/read/${paper.slug}?lang=fr&reload=60&tick=5000`)).body);
    expect(chosen.querySelector('meta[http-equiv=refresh]')?.getAttribute('content')).toBe('60');
    expect(links(chosen)).toContain('?lang=fr&tick=5000');
    expect(links(chosen)).toContain('?lang=fr&reload=60');
    expect(chosen.querySelector('.btn')?.getAttribute('href')).toMatch(/\?lang=fr&reload=60&tick=5000&since=\d+$/);
  });

  test('names what changed since the state that the reader knows, and nothing that was deleted', async () => {
    const paper = await paperWith([says('operative', 'One;'), says('operative', 'Two;'), says('text', 'SECRET')]);
    const page = async (seq: number) => parseHtml((await get(`/read/${paper.slug}?since=${seq}`)).body);
    const since = (await server.texts.read(paper)).seq;
    expect((await page(since)).querySelector('.since')?.textContent).toContain('Nothing has changed');
    await server.texts.edit(paper, doc => {
      const [, second, third] = readPaper(doc);
      insertText(doc, {paragraph: second?.name ?? '', offset: 0}, 'Now: ');
      deleteParagraph(doc, third?.name ?? '');
    });
    const changed = await page(since);
    expect(changed.querySelector('.since')?.textContent).toBe(
      `Changed since state ${since}: OP\u00A02. 1 paragraph was taken out since state ${since}.`,
    );
    expect(changed.querySelector('.since a')?.getAttribute('href')).toBe('#p2');
    expect(changed.querySelector('#p2')?.classList.contains('new')).toBe(true);
    expect(changed.documentElement.outerHTML).not.toContain('SECRET');
    expect((await page(999_999)).querySelector('.since')?.textContent).toContain('no longer kept');
  });

  test('answers 304 to who has it, and anew when the text, the mode or the reader is another', async () => {
    const consultation = (await aConsultation(store)).id;
    const ana = await aMember(store);
    await store.members.grant({member: ana.id, consultation, role: 'delegate', organisation: null, from: 0, to: null});
    const paper = await paperWith([says('text', 'Words.')], {consultation});
    for (const path of [`/read/${paper.slug}`, `/read/${paper.slug}.txt`]) {
      const etag = (await get(path)).headers.get('etag') ?? '';
      const again = await get(path, {'if-none-match': `W/"x", ${etag}`});
      expect([again.status, again.body]).toEqual([304, '']);
      await server.texts.edit(paper, doc =>
        insertText(doc, {paragraph: readPaper(doc)[0]?.name ?? '', offset: 0}, 'More. '),
      );
      expect((await get(path, {'if-none-match': etag})).status).toBe(200);
    }
    const etag = (await get(`/read/${paper.slug}`)).headers.get('etag') ?? '';
    for (const headers of [{'accept-language': 'fr'}, {cookie: `as=${ana.id}`}]) {
      expect((await get(`/read/${paper.slug}`, {...headers, 'if-none-match': etag})).status).toBe(200);
    }
    await server.setMode(paper, 'frozen');
    expect((await get(`/read/${paper.slug}`, {'if-none-match': etag})).status).toBe(200);
  });

  test('shows the way to write to those who may write now, and to nobody else', async () => {
    const consultation = (await aConsultation(store)).id;
    const ana = await aMember(store);
    await store.members.grant({member: ana.id, consultation, role: 'delegate', organisation: null, from: 0, to: null});
    const paper = await paperWith([says('text', 'Words.')], {consultation});
    const way = `href="/papers/${paper.slug}"`;
    const asAna = async () => (await get(`/read/${paper.slug}`, {cookie: `as=${ana.id}`})).body;
    const asEve = async () => (await get(`/read/${paper.slug}`)).body;
    expect([(await asAna()).includes(way), (await asEve()).includes(way)]).toEqual([true, false]);
    await server.setMode(paper, 'frozen');
    expect((await asAna()).includes(way)).toBe(false);
  });
});

describe('the text form', () => {
  test('R15: is the canonical text', async () => {
    const content = [says('title', 'Title'), says('text', 'e\u0301\r\nline'), says('operative', 'Decides.')];
    const paper = await paperWith(content);
    const {body, headers} = await get(`/read/${paper.slug}.txt`);
    expect(body).toBe('Title\n\u00e9 line\nDecides.\n');
    expect(body).toBe(canonicalText((await server.texts.read(paper)).paragraphs));
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
  });
});

test('R16: paragraphs are told by name, in the order and the HTML of the stream, to those who may read', async () => {
  const paper = await paperWith([says('title', 'On rooms'), says('operative', 'Decides to <meet>.')]);
  const answer = await get(`/read/${paper.slug}/paragraphs`);
  const told = JSON.parse(answer.body) as {id: string; paragraphs: {name: string; label: string; html: string}[]};
  const text = await server.texts.read(paper);
  expect(told.paragraphs.map(({name}) => name)).toEqual(text.paragraphs.map(({name}) => name));
  expect(told.paragraphs[1]?.label).toBe('OP\u00a01');
  expect(told.paragraphs[1]?.html).toContain('&lt;meet&gt;');
  expect(told.id).toBe(`${paper.epoch}.${text.seq}`);
  const etag = answer.headers.get('etag') ?? '';
  expect((await get(`/read/${paper.slug}/paragraphs`, {'if-none-match': etag})).status).toBe(304);
  const closed = await paperWith([says('text', 'Secret')], {publication: {policy: 'closed', embargoUntil: null}});
  const refused = await get(`/read/${closed.slug}/paragraphs`);
  expect(refused.status).toBe(403);
  expect(refused.body).not.toContain('Secret');
});

describe('R13: what is not open', () => {
  const at = Date.now() + 1_000_000_000;
  test.each([
    {policy: 'closed', embargoUntil: null, status: 403},
    {policy: 'participants', embargoUntil: null, status: 403},
    {policy: 'embargo', embargoUntil: at, status: 403},
    {policy: 'unlisted', embargoUntil: null, status: 404},
  ] as const)(
    '$policy: title and policy when it is listed, else as if it were not there',
    async ({status, ...given}) => {
      const consultation = (await aConsultation(store)).id;
      const dina = await aMember(store);
      await store.members.grant({member: dina.id, consultation, role: 'chair', organisation: null, from: 0, to: null});
      const about = {consultation, title: 'KEPT TITLE', publication: given};
      const paper = await paperWith([says('text', 'KEPT WORDS')], about);
      for (const path of [`/read/${paper.slug}`, `/read/${paper.slug}.txt`, `/read/${paper.id}`]) {
        const outside = await get(path);
        expect(outside.status).toBe(status);
        expect(outside.body.includes('KEPT TITLE')).toBe(status === 403);
        expect(outside.body).not.toContain('KEPT WORDS');
        const inside = await get(path, {cookie: `as=${dina.id}`});
        expect([inside.status, inside.body.includes('KEPT WORDS')]).toEqual([200, true]);
      }
      const answer = (await get(`/read/${paper.slug}`)).body.replaceAll(paper.slug, 'x');
      const missing = (await get('/read/nothing-at-all')).body.replaceAll('nothing-at-all', 'x');
      expect(answer === missing).toBe(status === 404);
    },
  );
});

const evil = [
  '<script>alert(1)</script>',
  '"><script src=//evil></script>',
  '<img src=x onerror=alert(1)>',
  '"onmouseover="alert(1)',
  "'onfocus='alert(1)' autofocus='",
  '</article><svg onload=alert(1)>',
  '</script><script>alert(1)</script>',
  '<!--<script>alert(1)</script>-->',
  ']]><iframe srcdoc="<script>alert(1)</script>">',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&#60;script&#62;alert(1)&#60;/script&#62;',
  '<a href="javascript:alert(1)">x</a>',
  '<style>@import "//evil"</style>',
  '<meta http-equiv=refresh content="0;url=javascript:alert(1)">',
  '<base href="//evil/">',
  '<form action=//evil><button formaction=javascript:alert(1)>',
  '{{constructor.constructor("alert(1)")()}}',
  '$& $1 ${alert(1)}',
  '\u2028</script>\u2029<b onclick=alert(1)>',
];
const evilLinks = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:msgbox(1)',
  'https://example.org/"onclick="alert(1)',
  "https://example.org/'><script>alert(1)</script>",
  'mailto:x@example.org"style="background:url(javascript:alert(1))',
  '//evil.example',
];

test('of ≥ 400 payloads in text, title, symbol, names, languages and links none becomes a script', async () => {
  const wraps = [
    (p: string) => p,
    (p: string) => `a ${p} b`,
    (p: string) => p.toUpperCase(),
    (p: string) => `\r${p}\r`,
  ];
  let count = 0;
  for (const [index, payload] of evil.entries()) {
    const content = wraps.flatMap((wrap, turn) =>
      paragraphKinds.map((kind, place): ParagraphContent => {
        count++;
        const link = evilLinks[(index + place + turn) % evilLinks.length] ?? '';
        const marks = (place + turn) % 2 === 0 ? {} : {link, b: true as const};
        const lang = place === 0 ? payload.slice(0, 30) : null;
        return {kind, level: place % 3, dir: null, lang, runs: [{text: wrap(payload), marks}]};
      }),
    );
    const consultation = (await aConsultation(store, {title: payload})).id;
    const language = index % 2 ? 'ar' : 'en';
    const paper = await paperWith(content, {title: payload, symbol: payload, consultation, language});
    const page = (await get(`/read/${paper.slug}?lang=${encodeURIComponent(payload)}&since=0&reload=60`)).body;
    const words = expectHarmless(page).querySelector('article')?.textContent;
    for (const wrap of wraps) expect(words).toContain(wrap(payload));
    if (index % 4 > 0) continue;
    await server.publish(paper, {policy: 'closed', embargoUntil: null});
    expectHarmless((await get(`/read/${paper.slug}`)).body);
    expectHarmless((await get(`/read/${encodeURIComponent(payload)}`)).body);
  }
  expect(count).toBeGreaterThanOrEqual(400);
});

function expectHarmless(body: string): Document {
  const page = parseHtml(body);
  for (const script of page.querySelectorAll('script')) {
    const source = script.getAttribute('src') ?? script.type;
    expect(source).toMatch(/^(?:application\/json|\/read-assets\/script-[\w-]+\.js)$/);
  }
  expect(page.querySelectorAll('iframe, img, base, form, style, object, embed, math')).toHaveLength(0);
  expect(page.querySelectorAll('meta[http-equiv]').length).toBeLessThanOrEqual(1);
  for (const element of page.querySelectorAll('*')) {
    for (const {name, value} of element.attributes) {
      expect(name).not.toMatch(/^on|^style$|^srcdoc$|^formaction$/);
      if (name !== 'href' && name !== 'src') continue;
      expect(value).toMatch(/^(?:\/[^/]|\/$|[#?]|https?:\/\/|mailto:|data:,$)/i);
    }
  }
  return page;
}
