/**
 * Opens papers without a network. Pages come from the server whenever it answers, and only when it does not is one shown
 * that names nobody and finds what it shows on the device; built files have a hash in their name. Answers of the API, the
 * reading pages and whatever else is asked for never pass through here.
 */
interface Files {
  readonly build: string;
  /** Of a paper's page, with all that it may fetch later. */
  readonly everywhere: readonly string[];
  /** Sentences. */
  readonly of: Readonly<Record<string, readonly string[]>>;
}
/** Written by the build, see worker.ts. */
declare const FILES: Files;

interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Extendable {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Worker {
  readonly location: Location;
  readonly clients: {claim(): Promise<void>; matchAll(): Promise<readonly unknown[]>};
  skipWaiting(): Promise<void>;
  addEventListener(event: 'install' | 'activate' | 'message', hear: (event: Extendable) => void): void;
  addEventListener(event: 'fetch', hear: (event: Fetching) => void): void;
}

const built = FILES;
const worker = globalThis as unknown as Worker;
const language = new URL(worker.location.href).searchParams.get('lang') ?? 'en';
const prefix = 'plenary ';
const cacheName = `${prefix}${built.build} ${language}`;
/** The page that names nobody. */
const shell = '/offline';
/** What a program between may say when there is no server behind it. */
const away = [502, 503, 504];
/** Pages that the server writes whole, and what is no page. */
const notOurs =
  /^\/(?:api|read|follow|project|assets|read-assets|rt|rooms|polled-rooms|healthz|readyz|metrics)(?:\/|$)|\/minutes$|\./;

worker.addEventListener('install', event => event.waitUntil(keep()));
worker.addEventListener('activate', event => event.waitUntil(takeOver()));
worker.addEventListener('message', event => event.waitUntil(hurry()));
worker.addEventListener('fetch', event => {
  const {request} = event;
  const {origin, pathname} = new URL(request.url);
  if (request.method !== 'GET' || origin !== worker.location.origin) return;
  if (request.mode === 'navigate') {
    if (!notOurs.test(pathname)) event.respondWith(page(request));
  } else if (pathname.startsWith('/assets/')) event.respondWith(file(request));
});

async function keep(): Promise<void> {
  const cache = await caches.open(cacheName);
  const files = [...built.everywhere, ...(built.of[language] ?? [])];
  const answer = await fetch(`${shell}?lang=${language}`, {credentials: 'omit', cache: 'no-store'});
  const text = await answer.clone().text();
  // While a new build is put in place the page may be of one and this worker of the other.
  const strange = [...text.matchAll(/"(\/assets\/[^"]+\.(?:js|css))"/g)].filter(
    ([, path = '']) => !files.includes(path),
  );
  if (!answer.ok || strange.length > 0) throw new Error('The page that opens without a network is not of this build.');
  await cache.addAll(files);
  await cache.put(shell, answer);
}

async function takeOver(): Promise<void> {
  for (const name of await caches.keys()) {
    if (name.startsWith(prefix) && name !== cacheName) await caches.delete(name);
  }
  await worker.clients.claim();
}

/** Only when no window may still need files of the build before. */
async function hurry(): Promise<void> {
  if ((await worker.clients.matchAll()).length <= 1) await worker.skipWaiting();
}

async function page(request: Request): Promise<Response> {
  let answer: Response | null = null;
  try {
    answer = await fetch(request);
    if (!away.includes(answer.status)) return answer;
  } catch (error) {
    const kept = await keptShell();
    if (!kept) throw error;
    return kept;
  }
  return (await keptShell()) ?? answer;
}

async function keptShell(): Promise<Response | undefined> {
  return (await caches.open(cacheName)).match(shell, {ignoreVary: true});
}

async function file(request: Request): Promise<Response> {
  return (await caches.match(request, {ignoreVary: true})) ?? fetch(request);
}
