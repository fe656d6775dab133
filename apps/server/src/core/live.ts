import type {IncomingMessage, Server as HttpServer} from 'node:http';
import {Server} from 'socket.io';
import type {Socket} from 'socket.io';
import type {PaperId, MemberId} from '@plenary/domain/ids';
import type {Language} from '@plenary/domain/languages';
import type {Actor} from '@plenary/domain/members/actor';
import {follower, roleIn} from '@plenary/domain/members/actor';
import {disclose} from '@plenary/domain/papers/publication';
import type {Disclosure} from '@plenary/domain/papers/publication';
import {Refusal} from '@plenary/domain/refusal';
import {doors} from '@plenary/domain/rights/doors';
import type {Door} from '@plenary/domain/rights/doors';
import {holds, requireRight} from '@plenary/domain/rights/permissions';
import {unwatch, watch} from '@plenary/protocol/rt';
import type {ClientToServer, PresenceCount, ServerToClient} from '@plenary/protocol/rt';
import type {Store, StoredPaperRow} from '@plenary/store/store';
import type {Bus} from '../adapters/bus.ts';
import {answer, refused} from './answer.ts';
import {languageOf} from './language.ts';
import type {PaperActs, PaperFeed, Told} from './live-acts.ts';
import {createPresence} from './live-presence.ts';
import {createBucket} from './live-bucket.ts';

/** Live events for members and followers over socket.io at `/rt`; see `@plenary/protocol/rt` for what travels. */
export interface Live {
  attach(server: HttpServer): void;
  /** Mandates or handle of a member changed, or they signed out: what they hear is judged again. */
  rejudgeMember(member: MemberId): void;
  stats(): {connections: number; watched: number};
  close(): Promise<void>;
}

export interface LiveOptions {
  readonly store: Pick<Store, 'papers'>;
  readonly bus: Bus;
  readonly acts: PaperActs;
  readonly clock: {now(): number};
  /** Who sent this request, by its cookie; asked again whenever it matters. */
  readonly identify: (request: IncomingMessage) => Promise<Actor>;
  readonly allowedOrigin: (origin: string | undefined) => boolean;
  readonly count: (paper: PaperId) => {readonly writing: number; readonly reading: number};
  readonly following: (paper: PaperId) => number;
  /** Rate limits; false switches them off. */
  readonly limits: boolean;
  readonly onError: (error: unknown) => void;
}

const mostConnections = 20_000;
const mostWatched = 50;
const mostMissed = 500;

type LiveSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, SocketData>;
interface SocketData {
  language: Language;
  /** Papers that this connection watches, with its audience class. */
  watched: Map<PaperId, Audience>;
  member: MemberId | null;
}
type Audience = 'named' | 'nameless';

const events = ['watch', 'unwatch'] as const satisfies readonly (keyof ClientToServer)[];
/** What this server listens to, for the test of the permission table. */
export const liveDoors: readonly Door[] = events.map(event => `rt ${event}` as const);

export function createLive(options: LiveOptions): Live {
  const {store, acts, clock, identify, limits, onError} = options;
  const presence = createPresence(options);
  const io = new Server<ClientToServer, ServerToClient, Record<string, never>, SocketData>({
    path: '/rt',
    destroyUpgrade: false,
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: 16_384,
    connectTimeout: 10_000,
    allowRequest(request, decide) {
      if (!options.allowedOrigin(request.headers.origin)) decide('origin.refused', false);
      else decide(null, io.engine.clientsCount < mostConnections);
    },
  });

  /** A paper that somebody on this process watches. */
  interface Watched {
    readonly feed: PaperFeed;
    readonly sockets: Set<LiveSocket>;
    /** Connections that are about to watch. */
    coming: number;
    readonly endPresence: () => void;
  }
  const watched = new Map<PaperId, Watched>();

  function roomOf(paper: PaperId, audience: Audience): string {
    return `${paper} ${audience}`;
  }

  function watchPaper(paper: StoredPaperRow): Watched {
    const known = watched.get(paper.id);
    if (known) return known;
    const made: Watched = {
      feed: acts.follow(paper, {prepare: (told, now) => prepareTelling(made, told, now)}),
      sockets: new Set(),
      coming: 0,
      endPresence: presence.watch(paper.id, count => tellPresence(paper.id, count)),
    };
    watched.set(paper.id, made);
    return made;
  }

  function leave(socket: LiveSocket, paper: PaperId): void {
    const audience = socket.data.watched.get(paper);
    const at = watched.get(paper);
    if (!audience || !at) return;
    socket.data.watched.delete(paper);
    void socket.leave(roomOf(paper, audience));
    at.sockets.delete(socket);
    dropIfIdle(paper, at);
  }

  function dropIfIdle(paper: PaperId, at: Watched): void {
    if (at.sockets.size + at.coming > 0 || watched.get(paper) !== at) return;
    watched.delete(paper);
    at.feed.leave();
    at.endPresence();
  }

  function tellPresence(paper: PaperId, count: PresenceCount): void {
    io.to(roomOf(paper, 'named')).to(roomOf(paper, 'nameless')).volatile.emit('presence', count);
  }

  async function disclosureTo(socket: LiveSocket, paper: StoredPaperRow): Promise<Disclosure> {
    const actor = await identify(socket.request);
    socket.data.member = actor.kind === 'member' ? actor.member : null;
    return disclose(paper.publication, roleIn(actor, paper.consultation), clock.now());
  }

  /** Judges everyone who watches before they hear; a new policy binds its own announcement. */
  async function prepareTelling(at: Watched, told: readonly Told[], paper: StoredPaperRow): Promise<() => void> {
    const bearsOnReading = told.length === 0 || told.some(({named}) => named.act === 'paper.publication-set');
    const judged = bearsOnReading ? await judge([...at.sockets], paper) : [];
    return () => {
      for (const [socket, disclosure] of judged) settle(socket, paper.id, disclosure, told);
      for (const {named, nameless} of told) {
        io.to(roomOf(paper.id, 'named')).emit('notice', named);
        io.to(roomOf(paper.id, 'nameless')).emit('notice', nameless);
      }
    };
  }

  async function judge(sockets: readonly LiveSocket[], paper: StoredPaperRow): Promise<[LiveSocket, Disclosure][]> {
    return Promise.all(
      sockets.map(async socket => {
        try {
          return [socket, await disclosureTo(socket, paper)] as [LiveSocket, Disclosure];
        } catch (error) {
          // Who cannot be judged hears nothing more.
          onError(error);
          return [socket, {sees: 'nothing'}] as [LiveSocket, Disclosure];
        }
      }),
    );
  }

  /** Puts a connection into the audience it now belongs to; one that no longer may read hears of a listed paper's policy, and goes. */
  function settle(socket: LiveSocket, paper: PaperId, disclosure: Disclosure, told: readonly Told[]): void {
    const before = socket.data.watched.get(paper);
    if (!before) return;
    if (disclosure.sees === 'text') {
      const audience = audienceOf(disclosure);
      if (audience === before) return;
      void socket.leave(roomOf(paper, before));
      void socket.join(roomOf(paper, audience));
      socket.data.watched.set(paper, audience);
      return;
    }
    leave(socket, paper);
    if (disclosure.sees === 'title') for (const {nameless} of told) socket.emit('notice', nameless);
    socket.emit('gone', {paper});
  }

  async function startWatching(socket: LiveSocket, key: string, since: number) {
    const paper = await store.papers.find(key);
    if (!paper) throw new Refusal('not-found');
    if (socket.data.watched.size >= mostWatched && !socket.data.watched.has(paper.id))
      throw new Refusal('rate.limited');
    const at = watchPaper(paper);
    at.coming++;
    try {
      await at.feed.catchUp();
      const known = Math.min(since, at.feed.last);
      const missed: Told[] = [];
      let until = known;
      let judged: StoredPaperRow | null = null;
      let audience: Audience = 'nameless';
      // What is recorded while we read and judge belongs to the answer; from then on this connection hears for itself.
      while (judged !== at.feed.paper || (until < at.feed.last && missed.length < mostMissed)) {
        const now: StoredPaperRow = at.feed.paper;
        audience = audienceOf(await disclosureTo(socket, now));
        judged = now;
        const from = until;
        until = Math.min(at.feed.last, known + mostMissed);
        missed.push(...(await at.feed.read(from, until)));
      }
      if (socket.connected) join(socket, at, audience);
      return {seq: at.feed.last, missed: missed.map(told => told[audience])};
    } finally {
      at.coming--;
      dropIfIdle(paper.id, at);
    }
  }

  function audienceOf(disclosure: Disclosure): Audience {
    if (disclosure.sees === 'nothing') throw new Refusal('not-found');
    if (disclosure.sees === 'title') throw new Refusal('paper.closed');
    return disclosure.attributions ? 'named' : 'nameless';
  }

  function join(socket: LiveSocket, at: Watched, audience: Audience): void {
    const paper = at.feed.paper.id;
    const before = socket.data.watched.get(paper);
    if (before && before !== audience) void socket.leave(roomOf(paper, before));
    void socket.join(roomOf(paper, audience));
    socket.data.watched.set(paper, audience);
    at.sockets.add(socket);
    socket.emit('presence', presence.count(paper));
  }

  io.on('connection', (socket: LiveSocket) => {
    socket.data = {language: languageOf(socket.request), watched: new Map(), member: null};
    const {language} = socket.data;
    const bucket = createBucket(clock, limits ? {burst: 40, perSecond: 10} : null);
    socket.on('error', onError);

    function hear(event: (typeof events)[number], listener: (message: unknown, reply: unknown) => Promise<void>): void {
      const right = doors[`rt ${event}`];
      socket.on(event, async (message: unknown, reply: unknown) => {
        try {
          if (!holds(follower, right)) requireRight(await identify(socket.request), right);
          await listener(message, reply);
        } catch (error) {
          if (!(error instanceof Refusal)) onError(error);
          if (typeof reply === 'function')
            reply(refused(error instanceof Refusal ? error : new Refusal('server.failed'), language));
        }
      });
    }

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
    const context = {language, onError};
    hear(
      'watch',
      answer(watch, ({paper, since}) => startWatching(socket, paper, since), context),
    );
    hear(
      'unwatch',
      answer(
        unwatch,
        async ({paper: key}) => {
          const id = (await store.papers.find(key))?.id;
          if (id) leave(socket, id);
          return null;
        },
        context,
      ),
    );
    socket.on('disconnect', () => {
      for (const paper of socket.data.watched.keys()) leave(socket, paper);
    });
  });

  return {
    attach(server) {
      io.attach(server);
    },
    rejudgeMember(member) {
      for (const [paper, at] of watched) {
        const theirs = [...at.sockets].filter(socket => socket.data.member === member);
        if (theirs.length === 0) continue;
        judge(theirs, at.feed.paper)
          .then(judged => {
            for (const [socket, disclosure] of judged) settle(socket, paper, disclosure, []);
          })
          .catch(onError);
      }
    },
    stats: () => ({connections: io.engine?.clientsCount ?? 0, watched: watched.size}),
    async close() {
      presence.close();
      for (const at of watched.values()) at.feed.leave();
      watched.clear();
      io.disconnectSockets(true);
      // The HTTP server is not ours to close.
      io.engine?.close();
    },
  };
}
