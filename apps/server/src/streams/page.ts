import {directionOf, languageNames, languages} from '@plenary/domain/languages';
import type {Language} from '@plenary/domain/languages';
import {translatorFor} from '@plenary/locales/translate';
import {escapeHtml} from '@plenary/paper/paragraph-html';
import type {StoredPaperRow} from '@plenary/store/store';
import type {PageAssets, ReadAssets} from './assets.ts';
import {usualTick} from './events.ts';
import {paragraphHtml} from './followed-text.ts';
import type {FollowedText} from './followed-text.ts';
import type {PageWords} from './page-words.ts';
import {policyClass} from './policy-class.ts';

/** How the reader has set the page, as its query says it. */
export interface PageChoices {
  /** Set when the reader chose the language of the page by the query. */
  readonly lang: Language | null;
  /** Seconds, or null: only the reader makes a page reload itself. */
  readonly reload: 60 | null;
  readonly tick: number;
}

export interface PageShell {
  readonly assets: ReadAssets;
  readonly language: Language;
  /** Path of the page, without a query. */
  readonly path: string;
  readonly choices: PageChoices;
}

export interface ReadingPage extends PageShell {
  readonly paper: StoredPaperRow;
  readonly consultation: {readonly slug: string; readonly title: string} | null;
  readonly text: FollowedText;
  readonly changedAt: number;
  readonly acts: number;
  readonly mayWrite: boolean;
  readonly since: Since | null;
}

/** What happened after the state that the reader knows. */
export interface Since {
  readonly seq: number;
  /** Null: it is no longer known. */
  readonly places: readonly number[] | null;
  readonly removed: number;
}

/** The text of a paper as a page that is complete without JavaScript. */
export function readingPage(page: ReadingPage): string {
  const {paper, text, language, choices, path} = page;
  const say = sayIn(language);
  const hasTitle = text.paragraphs.some(({source, text}) => source.kind === 'title' && text !== '');
  const state = say('reading.state', {number: '{number}', time: '{time}'})
    .replace('{number}', `<b>${text.seq}</b>`)
    .replace('{time}', `<time dir="ltr">${hourOf(page.changedAt)}</time> UTC`);
  const link = (changes: Partial<PageChoices>, more: Record<string, string> = {}) =>
    escapeHtml(address(path, {...choices, ...changes}, more));
  const saver = choices.tick === usualTick;

  const body = `<p class="meta">${page.consultation ? `<bdi><a href="/consultations/${page.consultation.slug}">${escapeHtml(page.consultation.title)}</a></bdi>` : ''}<bdi>${escapeHtml(paper.symbol)}</bdi></p>
${hasTitle ? '' : `<h1${tongue(paper.language, language)}>${escapeHtml(paper.title)}</h1>\n`}${status(paper, language)}
<div class="asof"><span>${state}</span><span class="acts"><a class="btn" href="${link({}, {since: String(text.seq)})}">${say('reading.refresh')}</a></span></div>
${page.since ? sinceLine(page.since, page) : ''}<article id="text"${tongue(paper.language, language)} data-state="${text.id}" data-acts="${page.acts}"${saver ? '' : ` data-tick="${choices.tick}"`} data-words="${wordsFor(page)}">${text.paragraphs.map((paragraph, place) => paragraphElement(page, paragraph, place)).join('')}</article>
${text.paragraphs.every(paragraph => paragraph.text === '') ? `<p class="sub">${say('reading.empty')}</p>\n` : ''}<p class="sub last"><a href="${path}.txt">${say('reading.as-text')}</a>${page.mayWrite ? `<a href="/papers/${paper.slug}">${say('reading.write')}</a>` : ''}<a href="${link({reload: choices.reload ? null : 60})}">${say(choices.reload ? 'reading.reload.off' : 'reading.reload.on')}</a><a href="${link({tick: saver ? 5000 : usualTick})}">${say(saver ? 'reading.saver.on' : 'reading.saver.off')}</a></p>`;

  const head = choices.reload ? `<meta http-equiv="refresh" content="${choices.reload}">\n` : '';
  const script = `<script src="/read-assets/${page.assets.script.file}"></script>\n`;
  return shell(page, paper.title, head, body, script);
}

/** Sentences for the script, as an attribute holds them. */
export function wordsFor({language}: Pick<ReadingPage, 'language'>): string {
  const say = sayIn(language);
  const words: PageWords = [
    say('reading.live'),
    say('reading.paused'),
    say('reading.lost'),
    say('reading.pause'),
    say('reading.resume'),
    say('reading.announce'),
    say('reading.announce.off'),
    say('reading.announce.important'),
    say('reading.announce.all'),
    say('reading.announce.changed', {places: '{places}'}),
    say('reading.place', {number: '{number}'}),
    say('reading.gone'),
  ];
  return words.join('|');
}

/** A paper whose text is not open to this reader: its title and policy. */
export function closedPage(page: PageShell & {readonly paper: StoredPaperRow; readonly signedIn: boolean}): string {
  const {paper, language} = page;
  const say = sayIn(language);
  const signIn = page.signedIn ? '' : `\n<p class="sub"><a href="/sign-in">${say('reading.closed.sign-in')}</a></p>`;
  const body = `<p class="meta"><bdi>${escapeHtml(paper.symbol)}</bdi></p>
<h1${tongue(paper.language, language)}>${escapeHtml(paper.title)}</h1>
${status(paper, language)}
<p class="sub">${say('reading.closed')}</p>${signIn}`;
  return shell(page, paper.title, '', body, '');
}

/** What is not there, and what one may not know of. */
export function nothingPage(page: PageShell): string {
  const say = sayIn(page.language);
  const body = `<h1>${say('reading.not-found')}</h1>
<p>${say('refusals.not-found')}</p>
<p class="sub"><a href="/">${say('reading.front')}</a></p>`;
  return shell(page, say('reading.not-found'), '', body, '');
}

/** The same two as plain text, for `.txt`. */
export function refusedText(paper: StoredPaperRow | null, language: Language): string {
  const say = translatorFor(language);
  if (!paper) return `${say('refusals.not-found')}\n`;
  const {name, sentence} = policyIn(paper, language);
  return `${paper.title}\n${name}. ${sentence}\n${say('reading.closed')}\n`;
}

function shell(page: PageShell, title: string, head: string, body: string, end: string): string {
  const inLanguage = (one: Language) => address(page.path, {...page.choices, lang: one});
  return readFrame({...page, title, head, body, end, inLanguage});
}

/** What stands around everything that is read without the client. `body` and `head` are HTML. */
export function readFrame({
  assets,
  language,
  title,
  head = '',
  body,
  end = '',
  inLanguage,
}: {
  readonly assets: PageAssets;
  readonly language: Language;
  readonly title: string;
  readonly head?: string;
  readonly body: string;
  readonly end?: string;
  /** Address of the same page in another language. */
  readonly inLanguage: (language: Language) => string;
}): string {
  const say = sayIn(language);
  const bar = languages
    .map(one => {
      const current = one === language ? ' aria-current="true"' : '';
      const href = escapeHtml(inLanguage(one));
      // The bar itself runs from left to right.
      const direction = directionOf(one) === 'rtl' ? ' dir="rtl"' : '';
      return `<a href="${href}" lang="${one}"${direction}${current}>${languageNames[one]}</a>`;
    })
    .join('');
  return `<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)} · Plenary</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/read-assets/${assets.style.file}">
${head}</head>
<body>
<a class="skip" href="#main">${say('reading.skip')}</a>
<header><div class="f"><a class="mark" href="/">Plenary</a><nav class="langs" dir="ltr" aria-label="${say('reading.languages')}">${bar}</nav></div></header>
<main class="f" id="main">
${body}
</main>
${end}</body>
</html>
`;
}

/** Escaped, since a sentence may hold a title. */
export function sayIn(language: Language): ReturnType<typeof translatorFor> {
  const translate = translatorFor(language);
  return (id, values) => escapeHtml(translate(id, values));
}

function address(path: string, choices: PageChoices, more: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    ...(choices.lang ? {lang: choices.lang} : {}),
    ...(choices.reload ? {reload: String(choices.reload)} : {}),
    ...(choices.tick === usualTick ? {} : {tick: String(choices.tick)}),
    ...more,
  }).toString();
  return query === '' ? path : `?${query}`;
}

export function tongue(text: string, page: Language): string {
  return text === page ? '' : ` lang="${escapeHtml(text)}" dir="${directionOf(text)}"`;
}

function policyIn({publication: {policy, embargoUntil}}: StoredPaperRow, language: Language) {
  const translate = translatorFor(language);
  const until = embargoUntil === null ? 'none' : `${hourOf(embargoUntil)} UTC`;
  return {
    name: translate(`words.publication.${policy}`),
    sentence: translate(`words.publication.${policy}.sentence`, {until}),
  };
}

function status(paper: StoredPaperRow, language: Language): string {
  const say = sayIn(language);
  const policy = policyIn(paper, language);
  return `<div class="status" role="group" aria-label="${say('reading.policy-label')}"><p class="policy${policyClass[paper.publication.policy]}"><b>${escapeHtml(policy.name)}</b> ${escapeHtml(policy.sentence)}</p><p class="sub"><b>${say(`words.mode.${paper.mode}`)}</b> ${say(`words.mode.${paper.mode}.sentence`)}</p></div>`;
}

function paragraphElement(page: ReadingPage, paragraph: FollowedText['paragraphs'][number], place: number): string {
  const html = paragraphHtml(paragraph, page.paper.language, translatorFor(page.language)('reading.gone'));
  if (!page.since?.places?.includes(place)) return html;
  return html.replace('<div class="', `<div id="p${place + 1}" class="new `);
}

function sinceLine(since: Since, page: ReadingPage): string {
  const say = sayIn(page.language);
  const number = numberIn(page.language, since.seq);
  const line = (sentence: string) => `<p class="since">${sentence}</p>\n`;
  if (!since.places) return line(say('reading.since.unknown', {number}));
  const lines: string[] = [];
  if (since.places.length > 0) {
    const links = since.places.map(place => `<a href="#p${place + 1}">${placeName(page, place)}</a>`).join(', ');
    lines.push(say('reading.since.some', {number, places: '{places}'}).replace('{places}', () => links));
  }
  if (since.removed > 0) lines.push(say('reading.since.removed', {count: since.removed, number}));
  return line(lines.length > 0 ? lines.join(' ') : say('reading.since.none', {number}));
}

function placeName(page: ReadingPage, place: number): string {
  const label = page.text.paragraphs[place]?.label ?? '';
  if (label !== '' && label !== '•') return `<bdi>${escapeHtml(label)}</bdi>`;
  return sayIn(page.language)('reading.place', {number: numberIn(page.language, place + 1)});
}

function numberIn(language: Language, number: number): string {
  return new Intl.NumberFormat(`${language}-u-nu-latn`, {useGrouping: false}).format(number);
}

/** `2026-11-25 14:32:07` in UTC: the same in every language, and as the script writes it when the text changes. */
function hourOf(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}
