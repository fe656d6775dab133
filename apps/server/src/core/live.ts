import type {IncomingMessage, Server as HttpServer} from 'node:http';
import {Server} from 'socket.io';
import type {Socket} from 'socket.io';
import type {MemberId} from '@plenary/domain/ids';
import type {Language} from '@plenary/domain/languages';
import type {Actor} from '@plenary/domain/members/actor';
import {follower} from '@plenary/domain/members/actor';
import {Refusal} from '@plenary/domain/refusal';
import {doors} from '@plenary/domain/rights/doors';
import type {Door} from '@plenary/domain/rights/doors';
import {holds, requireRight, rights, type Grant} from '@plenary/domain/rights/permissions';
import {sessionActNames} from '@plenary/domain/sessions/acts';
import type {ClientToServer, ServerToClient} from '@plenary/protocol/rt';
import {refused} from './answer.ts';
import type {AnswerContext} from './answer.ts';
import {languageOf} from './language.ts';
import {createBucket} from './live-bucket.ts';
import {createPaperAudiences, paperEvents} from './live-papers.ts';
import type {PaperAudienceOptions} from './live-papers.ts';

/** Live events for members and followers over socket.io at `/rt`; see `@plenary/protocol/rt` for what travels. */
export interface Live {
  attach(server: HttpServer): void;
  /** Mandates or handle of a member changed, or they signed out: what they hear is judged again. */
  rejudgeMember(member: MemberId): void;
  stats(): {connections: number; watched: number};
  close(): Promise<void>;
}

export interface LiveOptions extends PaperAudienceOptions {
  /** Who sent this request, by its cookie; asked again whenever it matters. */
  readonly identify: (request: IncomingMessage) => Promise<Actor>;
  readonly allowedOrigin: (origin: string | undefined) => boolean;
  /** Rate limits; false switches them off. */
  readonly limits: boolean;
  /** Sessions of this instance; without them their events are answered as not found. */
  readonly sessions?: (io: LiveServer, identify: Identify) => LiveArea;
}

export interface Identify {
  /** As things stand now. */
  readonly identify: (socket: LiveSocket) => Promise<Actor>;
  /** As they stood within the last minute, unless something about a member has changed since. */
  readonly identifyLately: (socket: LiveSocket) => Promise<Actor>;
}

export interface SocketData {
  language: Language;
  /** Who was found behind it when that was asked last. */
  member: MemberId | null;
}
export type LiveServer = Server<ClientToServer, ServerToClient, Record<string, never>, SocketData>;
export type LiveSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, SocketData>;
export type LiveEvent = keyof ClientToServer;
export type LiveListener = (message: unknown, reply: unknown) => Promise<void>;

/** What papers, and sessions, make of the connections that all share. */
export interface LiveArea {
  listeners(socket: LiveSocket, context: AnswerContext): Partial<Record<LiveEvent, LiveListener>>;
  disconnected(socket: LiveSocket): void;
  rejudge(isTheirs: (socket: LiveSocket) => boolean): void;
  /** How many papers or sessions somebody watches. */
  watched(): number;
  close(): void;
}

const mostConnections = 20_000;
/** How long an identity is trusted, in milliseconds; changes are heard of, but a mandate may also end by itself. */
const trusted = 60_000;

const events = [
  ...paperEvents,
  'session.watch',
  'session.unwatch',
  ...sessionActNames,
] as const satisfies readonly LiveEvent[];
/** What this server listens to, for the test of the permission table. */
export const liveDoors: readonly Door[] = events.map(event => `rt ${event}` as const);

export function createLive(options: LiveOptions): Live {
  const {clock, limits, onError} = options;
  const io: LiveServer = new Server<ClientToServer, ServerToClient, Record<string, never>, SocketData>({
    path: '/rt',
    destroyUpgrade: false,
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: 65_536,
    connectTimeout: 10_000,
    allowRequest(request, decide) {
      if (!options.allowedOrigin(request.headers.origin)) decide('origin.refused', false);
      else decide(null, io.engine.clientsCount < mostConnections);
    },
  });

  /** Who was found behind each connection, until something about a member changes. */
  let found = new WeakMap<LiveSocket, {readonly actor: Actor; readonly at: number}>();

  async function identify(socket: LiveSocket): Promise<Actor> {
    const into = found;
    const at = clock.now();
    const actor = await options.identify(socket.request);
    socket.data.member = actor.kind === 'member' ? actor.member : null;
    into.set(socket, {actor, at});
    return actor;
  }

  /** The same without asking again within a minute: many may act at the same moment. */
  async function identifyLately(socket: LiveSocket): Promise<Actor> {
    const known = found.get(socket);
    return known && clock.now() - known.at < trusted ? known.actor : identify(socket);
  }

  const areas: readonly LiveArea[] = [
    createPaperAudiences(io, options, identify),
    ...(options.sessions ? [options.sessions(io, {identify, identifyLately})] : []),
  ];

  /** A right that a mandate gives is judged by whoever knows the consultation. */
  async function requireDoor(socket: LiveSocket, event: (typeof events)[number]): Promise<void> {
    const right = doors[`rt ${event}`];
    const grant: Grant = rights[right];
    if (holds(follower, right) || 'roles' in grant) return;
    requireRight(await identify(socket), right);
  }

  io.on('connection', (socket: LiveSocket) => {
    socket.data = {language: languageOf(socket.request), member: null};
    const {language} = socket.data;
    const bucket = createBucket(clock, limits ? {burst: 40, perSecond: 10} : null);
    socket.on('error', onError);

    socket.use(([event, ...rest], next) => {
      const reply = rest.at(-1);
      const say = (code: 'rate.limited' | 'input.invalid') => {
        if (typeof reply === 'function') reply(refused(new Refusal(code), language));
      };
      if (!bucket.take()) {
        say('rate.limited');
        if (bucket.overdrawn() > 200) socket.disconnect(true);
      } else if (!(events as readonly string[]).includes(event)) say('input.invalid');
      else next();
    });

    const listeners: Partial<Record<LiveEvent, LiveListener>> = Object.assign(
      {},
      ...areas.map(area => area.listeners(socket, {language, onError})),
    );
    for (const event of events) {
      socket.on(event, async (message: unknown, reply: unknown) => {
        try {
          await requireDoor(socket, event);
          const listener = listeners[event];
          if (!listener) throw new Refusal('not-found');
          await listener(message, reply);
        } catch (error) {
          if (!(error instanceof Refusal)) onError(error);
          if (typeof reply === 'function')
            reply(refused(error instanceof Refusal ? error : new Refusal('server.failed'), language));
        }
      });
    }
    socket.on('disconnect', () => {
      for (const area of areas) area.disconnected(socket);
    });
  });

  return {
    attach(server) {
      io.attach(server);
    },
    rejudgeMember(member) {
      found = new WeakMap();
      for (const area of areas) area.rejudge(socket => socket.data.member === member);
    },
    stats: () => ({
      connections: io.engine?.clientsCount ?? 0,
      watched: areas.reduce((sum, area) => sum + area.watched(), 0),
    }),
    async close() {
      for (const area of areas) area.close();
      // Not `disconnectSockets`: whom a server sends away does not come back by themselves, and another one will be here.
      // The HTTP server is not ours to close.
      io.engine?.close();
    },
  };
}
