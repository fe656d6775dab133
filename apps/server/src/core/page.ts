import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {gzip} from 'node:zlib';
import express, {type Express, type Request, type Response} from 'express';
import {directionOf, type Language} from '@plenary/domain/languages';
import {Refusal} from '@plenary/domain/refusal';
import {translatorFor} from '@plenary/locales/translate';
import {renderParagraphs} from '@plenary/paper/render-html';
import {findConsultation} from '../consultations/consultations.service.ts';
import {seePaper} from '../papers/papers.service.ts';
import {describeMe} from '../people/me.service.ts';
import {cookiesOf} from './cookies.ts';
import {languageOf} from './language.ts';
import {open, type Web} from './route.ts';
import {nonceOf} from './security.ts';
import {whoIs, type Who} from './who.ts';

const compress = promisify(gzip);

/** Where there is no build of the client, as in tests of the server. */
const bareShell = `<!doctype html>
<html lang="en" dir="ltr">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta property="csp-nonce" nonce="" />
    <title>Plenary</title>
    <script type="application/json" id="boot"></script>
  </head>
  <body>
    <div id="root"></div>
  </body>
</html>
`;

/** Built files have a hash in their name: kept for ever, and sent as they were compressed by the build. */
export function serveAssets(web: Express, webFolder: string): void {
  const folder = join(webFolder, 'assets');
  const files = express.static(folder, {index: false, fallthrough: true, immutable: true, maxAge: '365d'});
  web.use('/assets', (request, response, next) => {
    const accepted = request.headers['accept-encoding'] ?? '';
    const wanted = (
      [
        ['br', '.br'],
        ['gzip', '.gz'],
      ] as const
    ).filter(([coding]) => accepted.includes(coding));
    const type = {'.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml'}[
      /\.(?:js|css|svg)$/.exec(request.path)?.[0] ?? ''
    ];
    response.vary('Accept-Encoding');
    const plain = request.url;
    const tryNext = (): void => {
      const choice = wanted.shift();
      if (!choice || type === undefined) {
        request.url = plain;
        response.removeHeader('Content-Encoding');
        response.removeHeader('Content-Type');
        files(request, response, next);
        return;
      }
      const [coding, ending] = choice;
      request.url = request.path + ending;
      response.setHeader('Content-Encoding', coding);
      response.setHeader('Content-Type', `${type}; charset=utf-8`);
      files(request, response, tryNext);
    };
    tryNext();
  });
  web.use('/assets', (_request, _response, next) => next(new Refusal('not-found')));
}

/** Addresses that the client knows (`apps/web/src/routes.tsx`); others answer with 404 and the same page. */
const knownPages = [
  '/',
  '/sign-in',
  '/sign-up',
  '/new-password',
  '/account',
  '/organisations',
  '/invitations/:token',
  '/consultations/new',
  '/consultations/:consultation',
  '/consultations/:consultation/people',
  '/consultations/:consultation/papers/new',
  '/consultations/:consultation/sessions/new',
  '/sessions',
  '/sessions/:session',
  '/ledger',
  '/ledger/:index',
  '/papers/:paper',
  '/papers/:about/revisions',
  '/papers/:about/compare',
  '/papers/:about/history',
].map(path => new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}/?$`));

/** The worker that opens papers without a network; the browser asks for it again before it trusts the one it has. */
export function openWorker(web: Web, webFolder: string): void {
  open(web, 'GET /service-worker.js', (_request, response) => {
    let script;
    try {
      script = readFileSync(join(webFolder, 'service-worker.js'), 'utf8');
    } catch {
      throw new Refusal('not-found');
    }
    response.setHeader('Content-Type', 'text/javascript; charset=utf-8');
    response.setHeader('Cache-Control', 'no-cache');
    response.end(script);
  });
}

interface Filling {
  readonly status: number;
  readonly title: string | null;
  /** HTML that stands in the root until the client takes over. */
  readonly root: string;
}

/** Every other address: the client's page, filled in for its reader. */
export function openPages(web: Web, webFolder: string): void {
  const shell = readShell(webFolder);
  // What a browser shows while there is no server. It is kept on devices, and so knows nobody.
  open(web, 'GET /offline', async (request, response) => {
    const language = languageOf(request);
    const boot = {language, me: {member: null, demonstration: false, cast: []}, isOffline: true};
    const filling = {status: 200, title: null, root: ''};
    await sendPage(
      request,
      response,
      write(shell, {...filling, language, theme: null, nonce: nonceOf(response), boot}),
    );
  });
  open(web, 'GET /*page', async (request, response) => {
    const {app} = web;
    const who = await whoIs(app, request);
    const language = languageOf(request, who.language);
    const filling = await fill(web, who, request.path);
    const theme = themeOf(request);
    const boot = {language, me: await describeMe(app, who), demonstration: app.config.demo};
    const page = write(shell, {...filling, language, theme, nonce: nonceOf(response), boot});
    response.status(filling.status);
    await sendPage(request, response, page);
  });
}

function readShell(webFolder: string): string {
  try {
    return readFileSync(join(webFolder, 'index.html'), 'utf8');
  } catch {
    return bareShell;
  }
}

async function fill(web: Web, who: Who, path: string): Promise<Filling> {
  const known = knownPages.map(pattern => pattern.exec(path)).find(Boolean);
  const {paper, about, consultation} = known?.groups ?? {};
  try {
    if (paper !== undefined) return await fillPaper(web, who, decodeURIComponent(paper));
    if (about !== undefined) {
      const {paper: one, disclosure} = await seePaper(web.app, who.actor, decodeURIComponent(about));
      return {status: disclosure.sees === 'text' ? 200 : 403, title: one.title, root: ''};
    }
    if (consultation !== undefined) {
      const {title} = await findConsultation(web.app, decodeURIComponent(consultation));
      return {status: 200, title, root: ''};
    }
    return {status: known ? 200 : 404, title: null, root: ''};
  } catch (error) {
    if (error instanceof Refusal && error.code === 'not-found') return {status: 404, title: null, root: ''};
    // The page says it in its reader's language, when its room is closed.
    if (error instanceof Refusal && error.code === 'paper.damaged') return {status: 200, title: null, root: ''};
    throw error;
  }
}

async function fillPaper({app}: Web, who: Who, key: string): Promise<Filling> {
  const {paper, disclosure} = await seePaper(app, who.actor, key);
  if (disclosure.sees === 'title') return {status: 403, title: paper.title, root: ''};
  const {paragraphs} = await app.rooms.read(paper);
  const text = renderParagraphs(paragraphs, {language: paper.language});
  const open = `<article id="server-text" class="paper" lang="${escape(paper.language)}" dir="${directionOf(paper.language)}">`;
  return {status: 200, title: paper.title, root: `${open}${text}</article>`};
}

function write(
  shell: string,
  {
    title,
    root,
    language,
    theme,
    nonce,
    boot,
  }: Filling & {
    language: Language;
    theme: string | null;
    nonce: string;
    boot: object;
  },
): string {
  // Functions, since a replacement string would read `$` in what people wrote.
  return (
    shell
      .replace(/<html[^>]*>/, () => {
        return `<html lang="${language}" dir="${directionOf(language)}"${theme === null ? '' : ` data-theme="${theme}"`}>`;
      })
      // The build names the sentences of each language in a comment: the reader's own are fetched at once.
      .replace(/<!--catalogue (\w\w) (\S+)-->\s*/g, (_all, of: string, address: string) => {
        return of === language ? `<link rel="modulepreload" crossorigin href="${address}" />` : '';
      })
      .replace(/<meta property="csp-nonce"[^>]*>/, () => `<meta property="csp-nonce" nonce="${nonce}" />`)
      .replace(
        /<title>[^<]*<\/title>/,
        () => `<title>${title === null ? 'Plenary' : `${escape(title)} · Plenary`}</title>`,
      )
      .replace(
        /(<script type="application\/json" id="boot"[^>]*>)\s*(<\/script>)/,
        (_all, start: string, end: string) => `${start}${jsonForHtml(boot)}${end}`,
      )
      .replace(/<div id="root"[^>]*>\s*<\/div>/, () => `<div id="root">${root}</div>${noScript(language)}`)
  );
}

/** The reader's choice of colours for this device; null follows the system. */
function themeOf(request: Request): 'light' | 'dark' | null {
  const chosen = cookiesOf(request).get('theme');
  return chosen === 'light' || chosen === 'dark' ? chosen : null;
}

function noScript(language: Language): string {
  const sentence = translatorFor(language)('server.needs-script');
  return `<noscript><p>${escape(sentence)}</p></noscript>`;
}

/** A page for its reader alone, compressed where that is taken. */
export async function sendPage(request: Request, response: Response, page: string): Promise<void> {
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.setHeader('Cache-Control', 'private, no-store');
  response.vary('Cookie').vary('Accept-Language').vary('Accept-Encoding');
  if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) {
    response.end(page);
    return;
  }
  response.setHeader('Content-Encoding', 'gzip');
  response.end(await compress(page, {level: 5}));
}

/** JSON that cannot end the script element it stands in. */
function jsonForHtml(value: object): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, character => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
