import {directionOf} from '@plenary/domain/languages';
import type {Language} from '@plenary/domain/languages';
import {translatorFor} from '@plenary/locales/translate';
import {escapeHtml} from '@plenary/paper/paragraph-html';
import type {StoredSession} from '@plenary/store/store';
import type {PageAssets} from './assets.ts';
import {usualTick} from './events.ts';
import {plainText, sayHtmlIn} from './html.ts';
import {readFrame, wordsFor} from './page.ts';
import {policyHtml, titleOf} from './session-sections.ts';
import type {SessionView} from './session-sections.ts';

/** How the reader has set the page, as its query says it. */
export interface SessionChoices {
  /** Set when the reader chose the language of the page by the query. */
  readonly lang: Language | null;
  /** Seconds, or null: only the reader makes a page reload itself. */
  readonly reload: 60 | null;
  readonly saver: boolean;
  readonly tick: number | null;
  readonly theme: 'light' | 'dark' | null;
}

export interface SessionShell {
  readonly assets: PageAssets;
  readonly language: Language;
  /** Path of the page, without a query. */
  readonly path: string;
  readonly choices: SessionChoices;
}

const saverTick = 5000;
const hallTick = 250;

/** A session for those who read along, complete without JavaScript. */
export function followPage(shell: SessionShell, view: SessionView): string {
  const {language, choices, path} = shell;
  const {sections, followed} = view;
  const say = sayHtmlIn(language);
  const section = (name: string) => `<section id="${name}">${sections[name] ?? ''}</section>\n`;
  const link = (changes: Partial<SessionChoices>) => escapeHtml(address(path, {...choices, ...changes}));
  const {slug, state} = followed;
  const tick = choices.saver ? saverTick : (choices.tick ?? usualTick);
  const minutes = `<a href="/sessions/${slug}/minutes">${say('follow.minutes')}</a>`;
  const body = `<div ${streamOf(view, tick, language)}>
<p class="meta" id="consultation">${sections['consultation'] ?? ''}</p>
<h1 id="title">${sections['title'] ?? ''}</h1>
<div class="status" role="group" aria-label="${say('follow.policy-label')}"><div id="policy">${sections['policy'] ?? ''}</div><p class="sub">${say('follow.no-account')}</p></div>
<div class="asof"><span><span id="asof">${sections['asof'] ?? ''}</span></span><span class="acts"><a class="btn" href="${link({})}">${say('reading.refresh')}</a></span></div>
<div id="life">${sections['life'] ?? ''}</div>
${section('speaking')}${section('floor')}<p class="changed" id="changed">${sections['changed'] ?? ''}</p>
${section('poll')}${section('agenda')}${section('announced')}</div>
<p class="sub last">${state.life.is === 'planned' ? '' : minutes}<a href="/ledger">${say('follow.record')}</a><a href="${path}.txt">${say('reading.as-text')}</a><a href="/project/${slug}">${say('follow.hall')}</a><a href="${link({saver: !choices.saver})}">${say(choices.saver ? 'reading.saver.off' : 'reading.saver.on')}</a><a href="${link({reload: choices.reload ? null : 60})}">${say(choices.reload ? 'reading.reload.off' : 'reading.reload.on')}</a></p>`;
  return readFrame({
    assets: shell.assets,
    language,
    title: titleOf(followed),
    head: choices.reload ? `<meta http-equiv="refresh" content="${choices.reload}">\n` : '',
    body,
    end: script(shell),
    inLanguage: lang => address(path, {...choices, lang}),
  });
}

/** The same for a wall: one paragraph, who speaks, who is next, the clock. */
export function hallPage(shell: SessionShell, view: SessionView): string {
  const {language, choices, assets} = shell;
  const {sections, followed} = view;
  const say = sayHtmlIn(language);
  const part = (name: string) => `<div id="${name}">${sections[name] ?? ''}</div>`;
  const theme = choices.theme ? ` data-theme="${choices.theme}"` : '';
  return `<!doctype html>
<html lang="${language}" dir="${directionOf(language)}"${theme}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${say('follow.hall')} · ${escapeHtml(titleOf(followed))} · Plenary</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/read-assets/${assets.style.file}">
</head>
<body>
<main id="main" ${streamOf(view, choices.tick ?? hallTick, language, '&view=hall')}>
<header><h1 id="title">${sections['title'] ?? ''}</h1><div id="life">${sections['life'] ?? ''}</div><div class="asof"><span><span class="now" id="asof">${sections['asof'] ?? ''}</span></span></div><div class="acts" hidden></div></header>
<section class="mid" id="floor" aria-label="${say('follow.floor')}">${sections['floor'] ?? ''}</section>
<footer>${part('foot')}${part('speaking')}${part('next')}<div id="clock">${sections['clock'] ?? ''}</div></footer>
</main>
${script(shell)}</body>
</html>
`;
}

/** What the script begins from. */
function streamOf(view: SessionView, tick: number, language: Language, more = ''): string {
  const query = escapeHtml(`${tick}&lang=${language}${more}`);
  return `data-state="${view.id}" data-tick="${query}" data-words="${wordsFor({language})}"`;
}

/** A session of which this reader knows the title alone. */
export function closedSessionPage(
  shell: SessionShell,
  session: StoredSession,
  {title, signedIn}: {title: string; signedIn: boolean},
): string {
  const {language, path, choices, assets} = shell;
  const say = sayHtmlIn(language);
  const signIn = signedIn ? '' : `\n<p class="sub"><a href="/sign-in">${say('reading.closed.sign-in')}</a></p>`;
  const body = `<h1>${escapeHtml(title)}</h1>
<div class="status" role="group" aria-label="${say('follow.policy-label')}">${policyHtml(session.publication, language)}</div>
<p class="sub">${say('follow.closed-to-you')}</p>${signIn}`;
  return readFrame({assets, language, title, body, inLanguage: lang => address(path, {...choices, lang})});
}

/** What is not there, and what one may not know of. */
export function noSessionPage({language, path, choices, assets}: SessionShell): string {
  const say = sayHtmlIn(language);
  const title = translatorFor(language)('reading.not-found');
  const body = `<h1>${say('reading.not-found')}</h1>
<p>${say('refusals.not-found')}</p>
<p class="sub"><a href="/">${say('reading.front')}</a></p>`;
  return readFrame({assets, language, title, body, inLanguage: lang => address(path, {...choices, lang})});
}

/** The same as the page in lines of plain text. */
export function followText({sections}: SessionView): string {
  const order = ['consultation', 'title', 'policy', 'life', 'asof', 'speaking', 'floor', 'changed', 'poll', 'agenda'];
  const parts = [...order, 'announced'].map(name => plainText(sections[name] ?? ''));
  return `${parts.filter(part => part !== '').join('\n\n')}\n`;
}

export function refusedSessionText(session: StoredSession | null, title: string, language: Language): string {
  const say = translatorFor(language);
  if (!session) return `${say('refusals.not-found')}\n`;
  return `${title}\n${plainText(policyHtml(session.publication, language))}\n${say('follow.closed-to-you')}\n`;
}

function script({assets}: SessionShell): string {
  return `<script src="/read-assets/${assets.script.file}"></script>\n`;
}

function address(path: string, {lang, reload, saver, tick, theme}: SessionChoices): string {
  const query = new URLSearchParams({
    ...(lang && {lang}),
    ...(reload && {reload: String(reload)}),
    ...(saver && {saver: '1'}),
    ...(tick && {tick: String(tick)}),
    ...(theme && {theme}),
  }).toString();
  return query === '' ? path : `?${query}`;
}
