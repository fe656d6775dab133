import {randomBytes} from 'node:crypto';
import {createServer, type IncomingMessage, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {Duplex} from 'node:stream';
import {fileURLToPath} from 'node:url';
import express from 'express';
import type {Logger} from 'pino';
import {idFromBytes, type Id} from '@plenary/domain/ids';
import type {MemberId} from '@plenary/domain/ids';
import {Refusal} from '@plenary/domain/refusal';
import {isLanguage} from '@plenary/domain/languages';
import {refusalSentence} from '@plenary/locales/refusal-sentence';
import {translatorFor} from '@plenary/locales/translate';
import type {Me} from '@plenary/protocol/api/people';
import type {Store} from '@plenary/store/store';
import {createAccounts, type Accounts} from './accounts/accounts.ts';
import {openAccounts} from './accounts/accounts.http.ts';
import {resetMessage} from './accounts/reset-message.ts';
import type {Bus} from './adapters/bus.ts';
import type {Clock} from './adapters/clock.ts';
import type {Mail} from './adapters/mail.ts';
import {openComments} from './comments/comments.http.ts';
import type {Config} from './config.ts';
import {openConsultations} from './consultations/consultations.http.ts';
import {openInstance} from './core/instance.http.ts';
import {languageOf} from './core/language.ts';
import {createLimits, type Limits} from './core/limits.ts';
import {createLive, type Live} from './core/live.ts';
import {createPaperActs} from './core/live-acts.ts';
import {createCounts, type Counts} from './core/metrics.ts';
import {openPages, openWorker, serveAssets} from './core/page.ts';
import {errorEdge, type RequestLocals} from './core/refuse.ts';
import {open, type Web} from './core/route.ts';
import {originRule, refuseForeignOrigins, securityHeaders} from './core/security.ts';
import {actorOf, whoIs} from './core/who.ts';
import {createLedger, type Ledger} from './ledger/ledger.ts';
import {openLedger} from './ledger/ledger.http.ts';
import {openOrganisations} from './organisations/organisations.http.ts';
import {openExchange} from './exchange/exchange.http.ts';
import {createExporter, type Exporter} from './exchange/exporting.ts';
import {createHistories, type Histories} from './history/histories.ts';
import {openHistory} from './history/history.http.ts';
import {createImporter, type Importer} from './papers/importing.ts';
import {openPapers} from './papers/papers.http.ts';
import {createPolledRooms} from './papers/rooms/polled-rooms.ts';
import {createRooms, type Rooms} from './papers/rooms/rooms.ts';
import {openPeople} from './people/people.http.ts';
import {createAttendances, type Attendances} from './sessions/attendance.ts';
import {answerTokensFrom} from './sessions/answered-polls.ts';
import {createDesks, type Desks} from './sessions/desks.ts';
import {concernedInRooms} from './sessions/moderation.ts';
import {openCalendars} from './sessions/calendar.http.ts';
import {openMinutes} from './sessions/minutes.http.ts';
import {openSessions} from './sessions/sessions.http.ts';
import {whyBarred} from './sessions/barred.ts';
import {createSessionsLive} from './sessions/sessions.socket.ts';
import {openRevisions} from './revisions/revisions.http.ts';
import {asksForRevision, revisionReader} from './revisions/revision-reader.ts';
import {loadReadAssets, type ReadAssets} from './streams/assets.ts';
import {createSessionStreams, type SessionStreams} from './streams/session-streams.ts';
import {createStreams, type Streams} from './streams/streams.ts';

/** What services take: everything that the process holds once. */
export interface App {
  readonly config: Config;
  readonly store: Store;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly mail: Mail;
  readonly accounts: Accounts;
  readonly rooms: Rooms;
  readonly live: Live;
  /** Where the acts of sessions are dealt with. */
  readonly desks: Desks;
  readonly attendances: Attendances;
  readonly streams: Streams;
  readonly sessionStreams: SessionStreams;
  readonly histories: Histories;
  readonly importer: Importer;
  readonly exporter: Exporter;
  readonly ledger: Ledger;
  readonly limits: Limits;
  readonly counts: Counts;
  readonly log: Logger;
  /** The demonstration's cast, for one-click sign-in. */
  readonly cast: Me['cast'];
  /** Where people reach this instance, without a trailing slash. */
  address(): string;
  newId<Name extends string>(): Id<Name>;
}

/** What differs between a test and a real process. The caller opens the store, bus and mail; the app closes them. */
export interface Adapters {
  readonly store: Store;
  readonly bus: Bus;
  readonly clock: Clock;
  /** For what is waited for, since clocks are set; the same clock unless said. */
  readonly steady?: Clock;
  readonly mail: Mail;
  readonly log: Logger;
  readonly secret: string;
  readonly cast?: Me['cast'];
  /** Folder of the built client; beside the server's own build unless said. */
  readonly webFolder?: string;
}

export interface RunningApp {
  readonly app: App;
  readonly web: Web;
  readonly server: Server;
  /**
   * Begins to answer; resolves with the address. It counts as ready when `prepare` is done. Rejects with what Node says
   * when the port is in use.
   */
  listen(prepare?: (address: string) => Promise<void>): Promise<string>;
  /** Lets everybody go in good order and closes all that was opened. */
  close(): Promise<void>;
}

/** Longest time that requests under way get to end when the process stops, in milliseconds. */
const longestGoodbye = 5000;

export async function createApp(config: Config, adapters: Adapters): Promise<RunningApp> {
  const {bus, clock, steady = clock, mail, log} = adapters;
  const counts = createCounts();
  const store: Store = {...adapters.store, updates: counts.timed(adapters.store.updates)};
  const web = express();
  const server = createServer({requestTimeout: 60_000, headersTimeout: 20_000, keepAliveTimeout: 65_000}, web);
  let state: 'starting' | 'serving' | 'closing' = 'starting';

  const listeningPort = (): number | null => (server.address() as AddressInfo | null)?.port ?? null;
  const allowedOrigin = originRule(config, listeningPort);
  const address = (): string => {
    const host = config.host === '0.0.0.0' || config.host === '::' ? 'localhost' : config.host;
    const name = host.includes(':') ? `[${host}]` : host;
    return config.publicUrl ?? `http://${name}:${listeningPort() ?? config.port}`;
  };
  const onError = (error: unknown): void => log.error({err: error}, 'Something failed.');

  const accounts = await createAccounts({
    store: store.accounts,
    secret: adapters.secret,
    publicUrl: address(),
    log,
    async sendReset({id, email}, token) {
      const member = await store.members.findByAccount(id);
      const link = `${address()}/new-password?token=${encodeURIComponent(token)}`;
      // Whoever asks must not learn from the time it takes whether there is such an account.
      if (member) mail.send(resetMessage(email, member.handle, member.language ?? 'en', link)).catch(onError);
    },
  });

  const known = {store, clock, accounts};
  const identify = (request: IncomingMessage) => actorOf(known, request);
  const desks = createDesks({
    store,
    bus,
    clock,
    onError,
    tokens: answerTokensFrom(adapters.secret),
    moved(moved) {
      // Other processes hear it from the rooms of this one.
      if (moved.own) for (const member of concernedInRooms(moved)) rooms.rejudgeMember(member);
    },
  });
  const attendances = createAttendances({bus, clock, onError});
  const rooms = createRooms({
    store,
    clock,
    steady,
    identify,
    allowedOrigin,
    whyBarred: (member, paper) => whyBarred({store, desks}, member, paper),
    organisationName: async id => (await store.organisations.find(id))?.name ?? null,
    sentence: (code, language) => refusalSentence(translatorFor(isLanguage(language) ? language : 'en'), {code}),
    languageOf,
    log,
    bus,
    isShared: config.databaseUrl !== null,
    ...(config.limits ? {} : {limits: withoutLimits}),
  });
  const polledRooms = createPolledRooms({
    rooms,
    isSameSignIn: (one, other) => accounts.isSameSignIn(one.headers.cookie, other.headers.cookie),
    log,
  });
  const acts = createPaperActs({store, bus, clock, onError});
  const readAssets = await loadReadAssets();
  const followed = {
    store,
    texts: rooms,
    acts,
    clock,
    whoIs: (request: IncomingMessage) => whoIs(known, request),
    assets: readAssets,
    onError,
  };
  const streams = createStreams(followed);
  const sessionStreams = createSessionStreams({...followed, desks});
  const live = createLive({
    store,
    bus,
    acts,
    clock,
    identify,
    allowedOrigin,
    count: paper => rooms.count(paper),
    following: paper => streams.following(paper),
    limits: config.limits,
    onError,
    sessions: (io, identify) => createSessionsLive(() => app, io, identify),
  });

  const app: App = {
    config,
    store,
    bus,
    clock,
    mail,
    accounts,
    rooms,
    live,
    desks,
    attendances,
    streams,
    sessionStreams,
    histories: createHistories(store.updates),
    importer: createImporter(),
    exporter: createExporter(),
    ledger: createLedger({store, clock, secret: adapters.secret, log}),
    limits: createLimits(clock, config.limits),
    counts,
    log,
    cast: adapters.cast ?? [],
    address,
    newId: <Name extends string>() => idFromBytes<Name>(randomBytes(12)),
  };

  const endMembers = bus.subscribe('members', message => {
    const member = (message as {member?: unknown} | null)?.member;
    if (typeof member !== 'string') return;
    live.rejudgeMember(member as MemberId);
    streams.rejudgeMember(member as MemberId);
    sessionStreams.rejudgeMember(member as MemberId);
  });

  const opened = openWeb(app, web, {
    allowedOrigin,
    isReady: () => state === 'serving',
    webFolder: adapters.webFolder ?? builtWebFolder(),
    readAssets,
  });

  live.attach(server);
  polledRooms.attach(server);
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const path = (request.url ?? '').split('?')[0] ?? '';
    if (path.startsWith('/rooms/')) rooms.upgrade(request, socket, head);
    else if (!path.startsWith('/rt'))
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });
  // A broken request is the sender's affair.
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    else socket.destroy();
  });

  return {
    app,
    web: opened,
    server,
    async listen(prepare) {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(config.port, config.host, () => {
          server.off('error', reject);
          resolve();
        });
      });
      await prepare?.(address());
      state = 'serving';
      void app.ledger.checkpoints.begin();
      return address();
    },
    async close() {
      state = 'closing';
      const ended = new Promise<void>(resolve => server.close(() => resolve()));
      await rooms.drain();
      await streams.close();
      await sessionStreams.close();
      await live.close();
      polledRooms.close();
      attendances.close();
      server.closeIdleConnections();
      const hurry = setTimeout(() => server.closeAllConnections(), longestGoodbye);
      await ended;
      clearTimeout(hurry);
      endMembers();
      acts.close();
      desks.close();
      await app.histories.close();
      await app.importer.close();
      await app.exporter.close();
      await app.ledger.close();
      counts.close();
      mail.close();
      await bus.close();
      await store.close();
    },
  };
}

interface Setting {
  readonly allowedOrigin: (origin: string | undefined) => boolean;
  readonly isReady: () => boolean;
  readonly webFolder: string;
  readonly readAssets: ReadAssets;
}

function openWeb(app: App, express: Web['express'], {allowedOrigin, isReady, webFolder, readAssets}: Setting): Web {
  const web: Web = {app, express, described: []};
  express.disable('x-powered-by');
  express.set('etag', false);
  express.set('trust proxy', app.config.trustProxy);
  express.set('query parser', 'simple');
  express.use((_request, response, next) => {
    const id = app.newId<'request'>();
    (response.locals as RequestLocals).requestId = id;
    response.setHeader('X-Request-Id', id);
    next();
  });
  express.use(securityHeaders(app.config));
  express.use(refuseForeignOrigins(allowedOrigin));
  serveAssets(express, webFolder);

  openInstance(web, isReady);
  openAccounts(web);
  openPeople(web);
  openOrganisations(web);
  openConsultations(web);
  openPapers(web);
  openCalendars(web);
  openMinutes(web);
  openSessions(web);
  openExchange(web);
  openRevisions(web);
  openHistory(web);
  const revision = revisionReader(app, readAssets);
  openLedger(web);
  openComments(web);
  open(web, 'GET /read-assets/:file', (request, response) => app.streams.asset(request, response));
  open(web, 'GET /read/:paper.txt', (request, response) =>
    asksForRevision(request) ? revision.text(request, response) : app.streams.text(request, response),
  );
  open(web, 'GET /read/:paper/paragraphs', (request, response) => app.streams.paragraphs(request, response));
  open(web, 'GET /read/:paper/events', (request, response) => app.streams.events(request, response));
  open(web, 'GET /read/:paper', (request, response) =>
    asksForRevision(request) ? revision.page(request, response) : app.streams.page(request, response),
  );
  open(web, 'GET /follow/:session.txt', (request, response) => app.sessionStreams.text(request, response));
  open(web, 'GET /follow/:session/events', (request, response) => app.sessionStreams.events(request, response));
  open(web, 'GET /follow/:session', (request, response) => app.sessionStreams.page(request, response));
  open(web, 'GET /project/:session/events', (request, response) => app.sessionStreams.events(request, response));
  open(web, 'GET /project/:session', (request, response) => app.sessionStreams.hall(request, response));
  express.use(['/api', '/rooms', '/rt'], (_request, _response, next) => next(new Refusal('not-found')));
  openWorker(web, webFolder);
  openPages(web, webFolder);
  express.use((_request, _response, next) => next(new Refusal('not-found')));
  express.use(errorEdge(app.log));
  return web;
}

const withoutLimits = {
  connectionsOfPaper: Infinity,
  connectionsOfActor: Infinity,
  connectionRate: {perSecond: 1e9, burst: 1e9},
  actorRate: {perSecond: 1e9, burst: 1e9},
};

/** `apps/web/dist`, from the sources and from the bundle alike. */
function builtWebFolder(): string {
  return fileURLToPath(new URL('../../web/dist', import.meta.url));
}
