import type {PaperId} from '@plenary/domain/ids';
import {roleIn, type Actor} from '@plenary/domain/members/actor';
import {disclose} from '@plenary/domain/papers/publication';
import type {Disclosure} from '@plenary/domain/papers/publication';
import {Refusal} from '@plenary/domain/refusal';
import {unwatch, watch} from '@plenary/protocol/rt';
import type {ClientToServer, PresenceCount} from '@plenary/protocol/rt';
import type {Store, StoredPaperRow} from '@plenary/store/store';
import type {Bus} from '../adapters/bus.ts';
import {answer} from './answer.ts';
import type {LiveArea, LiveServer, LiveSocket} from './live.ts';
import type {PaperActs, PaperFeed, Told} from './live-acts.ts';
import {createPresence} from './live-presence.ts';
import type {Counted} from './live-presence.ts';

export interface PaperAudienceOptions {
  readonly store: Pick<Store, 'papers'>;
  readonly bus: Bus;
  readonly acts: PaperActs;
  readonly clock: {now(): number};
  readonly count: (paper: PaperId) => {readonly writing: number; readonly reading: number};
  readonly following: (paper: PaperId) => number;
  readonly onError: (error: unknown) => void;
}

const mostWatched = 50;
const mostMissed = 500;

type Audience = 'named' | 'nameless';

export const paperEvents = ['watch', 'unwatch'] as const satisfies readonly (keyof ClientToServer)[];

/** Live events of papers: notices of their acts, and counts of who is there. */
export function createPaperAudiences(
  io: LiveServer,
  options: PaperAudienceOptions,
  judgeActor: (socket: LiveSocket) => Promise<Actor>,
): LiveArea {
  const {store, acts, clock, onError} = options;
  const presence = createPresence<PaperId>({...options, topic: 'presence'});
  /** What each connection watches, with its audience class. */
  const watchedBy = new WeakMap<LiveSocket, Map<PaperId, Audience>>();

  function watchedOf(socket: LiveSocket): Map<PaperId, Audience> {
    const known = watchedBy.get(socket) ?? new Map<PaperId, Audience>();
    watchedBy.set(socket, known);
    return known;
  }

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
      endPresence: presence.watch(paper.id, count => tellPresence(paper.id, presenceOf(count))),
    };
    watched.set(paper.id, made);
    return made;
  }

  function leave(socket: LiveSocket, paper: PaperId): void {
    const audience = watchedOf(socket).get(paper);
    const at = watched.get(paper);
    if (!audience || !at) return;
    watchedOf(socket).delete(paper);
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
    const actor = await judgeActor(socket);
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
    const before = watchedOf(socket).get(paper);
    if (!before) return;
    if (disclosure.sees === 'text') {
      const audience = audienceOf(disclosure);
      if (audience === before) return;
      void socket.leave(roomOf(paper, before));
      void socket.join(roomOf(paper, audience));
      watchedOf(socket).set(paper, audience);
      return;
    }
    leave(socket, paper);
    if (disclosure.sees === 'title') for (const {nameless} of told) socket.emit('notice', nameless);
    socket.emit('gone', {paper});
  }

  async function startWatching(socket: LiveSocket, key: string, since: number) {
    const paper = await store.papers.find(key);
    if (!paper) throw new Refusal('not-found');
    if (watchedOf(socket).size >= mostWatched && !watchedOf(socket).has(paper.id)) throw new Refusal('rate.limited');
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
    const before = watchedOf(socket).get(paper);
    if (before && before !== audience) void socket.leave(roomOf(paper, before));
    void socket.join(roomOf(paper, audience));
    watchedOf(socket).set(paper, audience);
    at.sockets.add(socket);
    socket.emit('presence', presenceOf(presence.count(paper)));
  }

  return {
    listeners: (socket, context) => ({
      watch: answer(watch, ({paper, since}) => startWatching(socket, paper, since), context),
      unwatch: answer(
        unwatch,
        async ({paper: key}) => {
          const id = (await store.papers.find(key))?.id;
          if (id) leave(socket, id);
          return null;
        },
        context,
      ),
    }),
    disconnected(socket) {
      for (const paper of watchedOf(socket).keys()) leave(socket, paper);
    },
    rejudge(isTheirs) {
      for (const [paper, at] of watched) {
        const theirs = [...at.sockets].filter(isTheirs);
        if (theirs.length === 0) continue;
        judge(theirs, at.feed.paper)
          .then(judged => {
            for (const [socket, disclosure] of judged) settle(socket, paper, disclosure, []);
          })
          .catch(onError);
      }
    },
    watched: () => watched.size,
    close() {
      presence.close();
      for (const at of watched.values()) at.feed.leave();
      watched.clear();
    },
  };
}

function presenceOf({of, ...counts}: Counted<PaperId>): PresenceCount {
  return {paper: of, ...counts};
}
