import {idFromBytes} from '@plenary/domain/ids';
import {applySessionEntry} from '@plenary/domain/sessions/apply';
import type {SessionActName} from '@plenary/domain/sessions/acts';
import type {SessionEntry} from '@plenary/domain/sessions/events';
import type {PollId, SessionState} from '@plenary/domain/sessions/session';
import type {RefusalCode} from '@plenary/domain/refusal';
import type {
  PackedPositions,
  SessionActBody,
  SessionFrame,
  SessionNames,
  SessionSnapshot,
  SessionStanding,
} from '@plenary/protocol/api/sessions';
import type {ActAnswer, Answer, ServerToClient, WatchedSession} from '@plenary/protocol/rt';
import {takeLiveSocket, type LiveSocket, type LiveSocketOptions} from './live-socket.ts';
import {ServerClock} from './server-clock.ts';

/** What of a session is known here; a new object whenever something of it changes. */
export interface SessionView {
  /** `lost`: the connection broke, and is tried again. `gone` and `refused` are for good. */
  readonly connection: 'connecting' | 'open' | 'lost' | 'gone' | 'refused';
  readonly refusal: {readonly code: RefusalCode; readonly sentence: string} | null;
  readonly id: string | null;
  readonly slug: string | null;
  /** Null until it is known. */
  readonly state: SessionState | null;
  readonly names: SessionNames;
  readonly tallies: SessionSnapshot['tallies'];
  /** How many follow without an account; null until it is told. */
  readonly following: number | null;
  readonly you: SessionStanding | null;
  /** Acts that the server has not answered yet, the oldest first. */
  readonly pending: readonly SessionActName[];
}

export type ActOutcome =
  | {readonly ok: true; readonly value: unknown; readonly seq: number}
  | {readonly ok: false; readonly refusal: RefusalCode; readonly sentence: string};

interface PendingAct {
  readonly name: SessionActName;
  readonly message: {readonly session: string; readonly key: string};
  readonly settle: (outcome: ActOutcome) => void;
}

interface SessionRoomOptions extends LiveSocketOptions {
  /** Milliseconds to wait for an answer before asking once more. */
  readonly patience?: number;
  readonly clock?: ServerClock;
}

const noNames: SessionNames = {texts: {}, members: {}, organisations: {}, papers: {}};

/** One session as this reader may see it, kept up to date, and the acts that they ask for. Knows no page. */
export class SessionRoom {
  readonly clock: ServerClock;
  private readonly session: string;
  private readonly socket: LiveSocket;
  private readonly giveBack: () => void;
  private readonly patience: number;
  private readonly listeners = new Set<() => void>();
  private readonly acts = new Map<string, PendingAct>();
  /** Frames that came before what they follow on, by their first seq. */
  private readonly ahead = new Map<number, SessionFrame>();
  private view: SessionView = {
    connection: 'connecting',
    refusal: null,
    id: null,
    slug: null,
    state: null,
    names: noNames,
    tallies: {},
    following: null,
    you: null,
    pending: [],
  };
  private isAsking = false;
  /** What to ask for when the answer has come: what is missing, or everything anew. */
  private askNext: 'missing' | 'whole' | null = null;
  private isClosed = false;

  /** `session` is its slug or id; `url` the server's origin, the page's own without it. */
  constructor(session: string, url?: string, {patience = 10_000, clock, ...options}: SessionRoomOptions = {}) {
    this.session = session;
    this.patience = patience;
    this.clock = clock ?? new ServerClock();
    [this.socket, this.giveBack] = takeLiveSocket(url, options);
    this.socket.on('connect', this.onConnect);
    this.socket.on('disconnect', this.onDisconnect);
    this.socket.on('session.frame', this.onFrame);
    this.socket.on('session.tally', this.onTally);
    this.socket.on('session.following', this.onFollowing);
    this.socket.on('session.standing', this.onStanding);
    this.socket.on('session.gone', this.onGone);
    if (this.socket.connected) this.ask('whole');
  }

  readonly subscribe = (hear: () => void): (() => void) => {
    this.listeners.add(hear);
    return () => this.listeners.delete(hear);
  };

  readonly getView = (): SessionView => this.view;

  /**
   * Asks for an act. It is sent again after a broken connection until the server has answered, under one key, so that it
   * counts once. Never rejects.
   */
  act<Name extends SessionActName>(name: Name, body: SessionActBody<Name>): Promise<ActOutcome> {
    return new Promise(settle => {
      const key: string = idFromBytes(crypto.getRandomValues(new Uint8Array(12)));
      const act: PendingAct = {name, message: {...body, session: this.session, key}, settle};
      this.acts.set(key, act);
      this.tellPending();
      if (this.socket.connected) this.send(act);
    });
  }

  close(): void {
    this.isClosed = true;
    if (this.socket.connected) this.socket.emit('session.unwatch', {session: this.session}, () => undefined);
    this.socket.off('connect', this.onConnect);
    this.socket.off('disconnect', this.onDisconnect);
    this.socket.off('session.frame', this.onFrame);
    this.socket.off('session.tally', this.onTally);
    this.socket.off('session.following', this.onFollowing);
    this.socket.off('session.standing', this.onStanding);
    this.socket.off('session.gone', this.onGone);
    this.listeners.clear();
    this.giveBack();
  }

  private readonly onConnect = (): void => {
    this.ask(this.view.state ? 'missing' : 'whole');
    for (const act of this.acts.values()) this.send(act);
  };

  private readonly onDisconnect = (): void => {
    this.isAsking = false;
    if (!this.isOver()) this.change({connection: 'lost'});
  };

  private readonly onFrame: ServerToClient['session.frame'] = frame => {
    if (!this.isMine(frame.session) || this.isOver()) return;
    this.clock.hear(frame.now);
    this.ahead.set(frame.from, frame);
    if (this.isAsking) return;
    this.takeAhead();
    if (this.ahead.size > 0) this.ask('missing');
  };

  private readonly onTally: ServerToClient['session.tally'] = ({session, poll, counts}) => {
    if (this.isMine(session)) this.change({tallies: {...this.view.tallies, [poll]: counts}});
  };

  private readonly onFollowing: ServerToClient['session.following'] = ({session, following}) => {
    if (this.isMine(session)) this.change({following});
  };

  private readonly onStanding: ServerToClient['session.standing'] = ({session, you}) => {
    if (!this.isMine(session)) return;
    const before = this.view.you;
    this.change({you});
    // Who may attend sees who is who; others may not, so what is known here is asked for anew.
    if (before?.mayAttend !== you.mayAttend) this.ask('whole');
  };

  private readonly onGone: ServerToClient['session.gone'] = ({session}) => {
    if (this.isMine(session)) this.end('gone', null);
  };

  private isMine(session: string): boolean {
    return session === this.view.id || session === this.session;
  }

  private isOver(): boolean {
    return this.view.connection === 'gone' || this.view.connection === 'refused';
  }

  private ask(what: 'missing' | 'whole'): void {
    if (this.isAsking) {
      this.askNext = this.askNext === 'whole' ? 'whole' : what;
      return;
    }
    this.isAsking = true;
    const {state} = this.view;
    const asked = this.clock.askedAt();
    const socket = this.socket.id;
    const stillCounts = (): boolean => !this.isClosed && this.isAsking && this.socket.id === socket;
    this.socket
      .timeout(this.patience)
      .emitWithAck('session.watch', {
        session: this.session,
        ...(what === 'missing' && state ? {since: state.seq} : {}),
      })
      .then(
        answer => {
          if (stillCounts()) this.takeAnswer(answer, asked);
        },
        () => {
          if (!stillCounts()) return;
          // The connection is there, only slow.
          this.isAsking = false;
          this.ask(what);
        },
      );
  }

  private takeAnswer(answer: Answer<WatchedSession>, asked: number): void {
    this.isAsking = false;
    if (!answer.ok) {
      this.end('refused', {code: answer.refusal, sentence: answer.sentence});
      return;
    }
    const {value} = answer;
    const {you, following} = value;
    if ('snapshot' in value) {
      const {id, slug, state, names, tallies, now} = value.snapshot;
      this.clock.hearAnswer(now, asked);
      this.change({connection: 'open', id, slug, state, names, tallies, following, you});
    } else {
      this.clock.hearAnswer(value.missed.now, asked);
      if (value.missed.entries.length > 0) this.ahead.set(value.missed.from, value.missed);
      this.change({connection: 'open', following, you});
    }
    const before = this.view.state?.seq;
    this.takeAhead();
    const next = this.askNext;
    this.askNext = null;
    if (next) this.ask(next);
    // A gap that the answer did not close: what came since is asked for with everything else.
    else if (this.ahead.size > 0) this.ask(this.view.state?.seq === before ? 'whole' : 'missing');
  }

  /** Applies frames as long as one follows on what is known. */
  private takeAhead(): void {
    let {state, names} = this.view;
    if (!state) return;
    const closed = new Set<string>();
    let isPublishedAnew = false;
    for (;;) {
      const {seq}: SessionState = state;
      const frame = [...this.ahead.values()].find(({from, to}) => from <= seq + 1 && to > seq);
      for (const [from, {to}] of this.ahead) if (to <= seq || this.ahead.get(from) === frame) this.ahead.delete(from);
      if (!frame) break;
      for (const entry of frame.entries.flatMap(unpacked)) {
        if (entry.seq <= state.seq) continue;
        state = applySessionEntry(state, entry);
        if (entry.event.type === 'poll.closed') closed.add(entry.event.poll);
        if (entry.event.type === 'session.publication-set') isPublishedAnew = true;
      }
      names = withNames(names, frame.names);
    }
    if (state === this.view.state) return;
    const tallies = Object.fromEntries(Object.entries(this.view.tallies).filter(([poll]) => !closed.has(poll)));
    this.change({state, names, tallies});
    // Another policy may show a stranger names that were hidden, or hide them.
    if (isPublishedAnew && this.view.you?.mayAttend !== true) this.ask('whole');
  }

  private send(act: PendingAct): void {
    const socket = this.socket.id;
    const {key} = act.message;
    // Every act is an event of its name; that its body fits was checked where it was asked for.
    const waiting = this.socket.timeout(this.patience) as unknown as {
      emitWithAck(name: SessionActName, message: object): Promise<ActAnswer>;
    };
    waiting.emitWithAck(act.name, act.message).then(
      answer => {
        if (!this.acts.delete(key)) return;
        this.tellPending();
        act.settle(answer.ok ? answer : {ok: false, refusal: answer.refusal, sentence: answer.sentence});
      },
      () => {
        if (!this.isClosed && this.acts.has(key) && this.socket.connected && this.socket.id === socket) this.send(act);
      },
    );
  }

  private tellPending(): void {
    this.change({pending: [...this.acts.values()].map(({name}) => name)});
  }

  private end(connection: 'gone' | 'refused', refusal: SessionView['refusal']): void {
    this.ahead.clear();
    this.change({connection, refusal, state: null, names: noNames, tallies: {}});
  }

  private change(part: Partial<SessionView>): void {
    this.view = {...this.view, ...part};
    for (const hear of this.listeners) hear();
  }
}

/** Positions that travelled packed, as the entries that they are. */
function unpacked(entry: SessionEntry | PackedPositions): readonly SessionEntry[] {
  if ('event' in entry) return [entry];
  return entry.answers.map(([participant, choice, later], index) => ({
    seq: entry.seq + index,
    at: entry.at + later,
    by: participant,
    event: {type: 'position.taken', poll: entry.poll as PollId, participant, choice, reason: null},
  }));
}

function withNames(known: SessionNames, more: Partial<SessionNames>): SessionNames {
  return {
    texts: {...known.texts, ...more.texts},
    members: {...known.members, ...more.members},
    organisations: {...known.organisations, ...more.organisations},
    papers: {...known.papers, ...more.papers},
  };
}
