import {follower, type Actor} from '@plenary/domain/members/actor';
import type {MemberId} from '@plenary/domain/ids';
import {Refusal} from '@plenary/domain/refusal';
import {applySessionEntry} from '@plenary/domain/sessions/apply';
import type {SessionEntry} from '@plenary/domain/sessions/events';
import {participantNumbered} from '@plenary/domain/sessions/session';
import type {PollId, SessionId, SessionState} from '@plenary/domain/sessions/session';
import type {SessionFrame, SessionSnapshot, SessionStanding} from '@plenary/protocol/api/sessions';
import type {WatchedSession} from '@plenary/protocol/rt';
import type {StoredSession} from '@plenary/store/store';
import type {App} from '../app.ts';
import type {LiveServer, LiveSocket} from '../core/live.ts';
import type {Presence} from '../core/live-presence.ts';
import type {Desk} from './desk.ts';
import {audiences, frameFor, type Audience} from './names.ts';
import {audienceOf, snapshotFor, standingOf} from './sessions.service.ts';

/** After one frame the next comes so many milliseconds later, and later yet while many come or answer. */
const tick = 100;
const tickInStorm = 250;
const tallyTick = 250;
/** What many do at the same moment. */
const crowded: ReadonlySet<SessionEntry['event']['type']> = new Set<SessionEntry['event']['type']>([
  'position.taken',
  'participant.joined',
  'participant.left',
  'participant.returned',
]);
/** Who missed more is given the whole state. */
const mostMissed = 2000;
const judgesAtOnce = 16;
const triesForQuiet = 3;

export type Judge = (socket: LiveSocket) => Promise<Actor>;

/**
 * Who watches one session over this process. Frames are made once for each audience class; everybody in it gets the same
 * bytes. `#told` is the state up to which all have been told: who joins is given that one, in the same turn in which they
 * begin to hear.
 */
export class SessionAudience {
  readonly #app: App;
  readonly #io: LiveServer;
  readonly #identify: Judge;
  readonly #session: StoredSession;
  readonly #desk: Desk;
  readonly #sockets = new Map<LiveSocket, Audience>();
  /** What each was told last of their own standing. */
  readonly #standings = new Map<LiveSocket, SessionStanding>();
  readonly #endListening: () => void;
  readonly #presence: Presence<SessionId>;
  readonly #endPresence: () => void;
  #told: SessionState;
  #pending: SessionEntry[] = [];
  #flushing: Promise<void> | null = null;
  #timer: NodeJS.Timeout | undefined;
  #flushedAt = -Infinity;
  #tallyTimer: NodeJS.Timeout | undefined;
  #talliedAt = -Infinity;
  readonly #tallied = new Set<PollId>();
  #coming = 0;
  #judgements = 0;
  #hidings = 0;
  #snapshots: {of: SessionState; made: Map<Audience, Promise<SessionSnapshot>>} | null = null;

  constructor(
    app: App,
    io: LiveServer,
    identify: Judge,
    session: StoredSession,
    desk: Desk,
    presence: Presence<SessionId>,
  ) {
    this.#presence = presence;
    this.#endPresence = presence.watch(session.id, ({following}) => this.#tellFollowing(following));
    this.#app = app;
    this.#io = io;
    this.#identify = identify;
    this.#session = session;
    this.#desk = desk;
    this.#told = desk.state;
    this.#endListening = desk.listen({
      moved: ({entries}) => this.#moved(entries),
      counted: poll => this.#counted(poll),
    });
  }

  get isIdle(): boolean {
    return this.#sockets.size + this.#coming === 0;
  }

  /** Connections of people without an account. */
  get strangers(): number {
    return [...this.#sockets.keys()].filter(({data}) => !data.member).length;
  }

  has(socket: LiveSocket): boolean {
    return this.#sockets.has(socket);
  }

  end(): void {
    this.#endListening();
    this.#endPresence();
    clearTimeout(this.#timer);
    clearTimeout(this.#tallyTimer);
  }

  // ---- Coming and going ---------------------------------------------------------------------------------------------

  async watch(socket: LiveSocket, since: number | null): Promise<WatchedSession> {
    this.#coming++;
    try {
      if (since !== null && since > this.#told.seq) await this.#tellWhatIsWritten();
      for (let tried = 1; ; tried++) {
        const judgements = this.#judgements;
        const actor = await this.#identify(socket);
        // Whoever was let in a moment ago is not turned away because others have not been told of it yet.
        if (tried === 1 && !this.#mayHear(actor)) await this.#tellWhatIsWritten();
        const told = this.#told;
        const audience = audienceOf(actor, told, this.#app.clock.now());
        const given = await this.#given(told, audience, since);
        // What happened while we read belongs to the answer; from then on this connection hears for itself.
        if (judgements !== this.#judgements) continue;
        if (told !== this.#told) {
          // In a storm there is no quiet moment: what was missed follows the answer.
          if (tried < triesForQuiet || this.#isJudgedAnew(told)) continue;
          this.#sendLater(socket, audience, told.seq);
        }
        const you = standingOf(actor, told);
        if (socket.connected) this.#join(socket, audience, you);
        return {you, following: this.#presence.count(this.#session.id).following, ...given};
      }
    } finally {
      this.#coming--;
    }
  }

  #mayHear(actor: Actor): boolean {
    const {audience} = judgedOf(actor, this.#told, this.#app.clock.now());
    return audience !== 'not-found' && audience !== 'closed';
  }

  /** When it resolves, everybody here has been told all that was on disk before the call. */
  async #tellWhatIsWritten(): Promise<void> {
    await this.#desk.catchUp();
    // What came while others were told is told in a round of its own.
    for (let round = 0; round < triesForQuiet && this.#told.seq < this.#desk.state.seq; round++) await this.#flush();
  }

  #attends(socket: LiveSocket): void {
    const {member} = socket.data;
    if (member && socket.connected) this.#app.attendances.of(this.#desk).came(socket, member);
  }

  leave(socket: LiveSocket): void {
    this.#app.attendances.of(this.#desk).went(socket);
    const audience = this.#sockets.get(socket);
    if (audience === undefined) return;
    this.#sockets.delete(socket);
    this.#standings.delete(socket);
    void socket.leave(this.#roomOf(audience));
  }

  #join(socket: LiveSocket, audience: Audience, you: SessionStanding): void {
    const before = this.#sockets.get(socket);
    if (before !== undefined && before !== audience) void socket.leave(this.#roomOf(before));
    void socket.join(this.#roomOf(audience));
    this.#sockets.set(socket, audience);
    this.#standings.set(socket, you);
    this.#attends(socket);
  }

  /** How many, never who. */
  #tellFollowing(following: number): void {
    for (const audience of audiences) {
      const room = this.#io.to(this.#roomOf(audience));
      room.volatile.emit('session.following', {session: this.#session.id, following});
    }
  }

  /** Whether who may hear the session was decided anew since. */
  #isJudgedAnew(told: SessionState): boolean {
    const {publication, participants} = this.#told;
    const removed = (state: SessionState) => state.participants.filter(({presence}) => presence === 'removed').length;
    return (
      told.publication !== publication || (told.participants !== participants && removed(told) !== removed(this.#told))
    );
  }

  #sendLater(socket: LiveSocket, audience: Audience, since: number): void {
    const {seq} = this.#told;
    this.#desk
      .read(since, seq)
      .then(entries => frameFor(this.#framing(audience), entries, since))
      .then(frame => {
        if (this.#sockets.get(socket) === audience) socket.emit('session.frame', frame);
      })
      .catch(this.#onError);
  }

  async #given(
    told: SessionState,
    audience: Audience,
    since: number | null,
  ): Promise<{snapshot: SessionSnapshot} | {missed: SessionFrame}> {
    if (since === null || since > told.seq || told.seq - since > mostMissed || since === 0) {
      const snapshot = await this.#snapshotOf(told, audience);
      return {snapshot: {...snapshot, now: this.#app.clock.now()}};
    }
    const entries = await this.#desk.read(since, told.seq);
    return {missed: await frameFor(this.#framing(audience), entries, since)};
  }

  /** Made once, however many come while nothing happens. */
  #snapshotOf(told: SessionState, audience: Audience): Promise<SessionSnapshot> {
    if (this.#snapshots?.of !== told) this.#snapshots = {of: told, made: new Map()};
    const {made} = this.#snapshots;
    let snapshot = made.get(audience);
    if (!snapshot) {
      snapshot = snapshotFor(this.#app, this.#session, told, this.#desk, audience);
      made.set(audience, snapshot);
      // What failed once may not fail again.
      snapshot.catch(() => made.delete(audience));
    }
    return snapshot.then(one => ({...one, tallies: Object.fromEntries(this.#desk.tallies)}));
  }

  // ---- Telling ------------------------------------------------------------------------------------------------------

  #moved(entries: readonly SessionEntry[]): void {
    if (entries.some(({event}) => event.type === 'contribution.hidden')) {
      // Whatever is being made with those words is made again without them.
      this.#hidings++;
      this.#judgements++;
      this.#snapshots = null;
    }
    this.#pending.push(...entries);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#timer || this.#flushing || this.#pending.length === 0) return;
    const storms = this.#pending.some(({event}) => crowded.has(event.type));
    const wait = this.#flushedAt + (storms ? tickInStorm : tick) - performance.now();
    if (wait <= 0) void this.#flush();
    else {
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        void this.#flush();
      }, wait);
    }
  }

  #flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#flushing ??= this.#tellAll()
      .catch(this.#onError)
      .finally(() => {
        this.#flushing = null;
        this.#flushedAt = performance.now();
        this.#schedule();
      });
    return this.#flushing;
  }

  readonly #onError = (error: unknown): void => this.#app.log.error({err: error}, 'A session could not be told.');

  async #tellAll(): Promise<void> {
    const entries = this.#pending;
    this.#pending = [];
    const state = this.#desk.state;
    // Whoever may not hear what comes after a change of policy hears of the change itself, and goes.
    const cut = entries.findLastIndex(({event}) => event.type === 'session.publication-set');
    if (cut >= 0) {
      const judged = await this.#judge([...this.#sockets.keys()], state);
      for (const [socket, {audience}] of judged) if (audience === 'not-found') this.#dismiss(socket);
      const announced = entries.slice(0, cut + 1);
      await this.#tell(announced, announced.reduce(applySessionEntry, this.#told));
      for (const one of judged) this.#settle(...one);
    }
    await this.#tell(entries.slice(cut + 1), state);
    await this.#tellStandings(entries, state);
  }

  /** `state` is what these entries lead to. */
  async #tell(entries: readonly SessionEntry[], state: SessionState): Promise<void> {
    if (entries.length === 0) return;
    const frames = new Map<Audience, SessionFrame>();
    // Until everybody who is there now has one, with no words that were hidden meanwhile.
    for (;;) {
      const hidings = this.#hidings;
      const wanting = [...new Set(this.#sockets.values())].filter(audience => !frames.has(audience));
      if (wanting.length === 0) break;
      const made = await Promise.all(
        wanting.map(async audience => {
          return [audience, await frameFor(this.#framing(audience), entries, this.#told.seq)] as const;
        }),
      );
      if (hidings !== this.#hidings) frames.clear();
      else for (const [audience, frame] of made) frames.set(audience, frame);
    }
    for (const [audience, frame] of frames) this.#io.to(this.#roomOf(audience)).emit('session.frame', frame);
    this.#told = state;
  }

  /** Whoever an entry concerns learns what they now may do. */
  async #tellStandings(entries: readonly SessionEntry[], state: SessionState): Promise<void> {
    const arrived = new Map<MemberId, number>();
    const judged = new Set<MemberId>();
    for (const {event} of entries) {
      if (!('participant' in event)) continue;
      const member = participantNumbered(state, event.participant)?.member;
      if (!member) continue;
      if (event.type === 'participant.joined') arrived.set(member, event.participant);
      if (event.type === 'participant.removed' || event.type === 'participant.readmitted') judged.add(member);
    }
    if (arrived.size + judged.size === 0) return;
    const again: LiveSocket[] = [];
    for (const [socket, you] of this.#standings) {
      const {member} = socket.data;
      if (member === null) continue;
      if (judged.has(member)) again.push(socket);
      else if (arrived.has(member)) this.#tellStanding(socket, {...you, participant: arrived.get(member) ?? null});
    }
    for (const one of await this.#judge(again, state)) this.#settle(...one);
  }

  #tellStanding(socket: LiveSocket, you: SessionStanding): void {
    this.#standings.set(socket, you);
    socket.emit('session.standing', {session: this.#session.id, you});
  }

  #counted(poll: PollId): void {
    this.#tallied.add(poll);
    if (this.#tallyTimer) return;
    const wait = this.#talliedAt + tallyTick - performance.now();
    this.#tallyTimer = setTimeout(
      () => {
        this.#tallyTimer = undefined;
        this.#talliedAt = performance.now();
        for (const one of this.#tallied) {
          const counts = this.#desk.tallies.get(one);
          if (!counts) continue;
          for (const audience of audiences) {
            this.#io.to(this.#roomOf(audience)).emit('session.tally', {session: this.#session.id, poll: one, counts});
          }
        }
        this.#tallied.clear();
      },
      Math.max(0, wait),
    );
  }

  // ---- Judging ------------------------------------------------------------------------------------------------------

  rejudge(isTheirs: (socket: LiveSocket) => boolean): void {
    this.#judgements++;
    // Their handle may be another now.
    this.#snapshots = null;
    const theirs = [...this.#sockets.keys()].filter(isTheirs);
    if (theirs.length === 0) return;
    this.#judge(theirs, this.#told)
      .then(judged => {
        for (const one of judged) this.#settle(...one);
      })
      .catch(this.#onError);
  }

  async #judge(sockets: readonly LiveSocket[], state: SessionState): Promise<[LiveSocket, Judged][]> {
    const queue = [...sockets];
    const judged: [LiveSocket, Judged][] = [];
    // One answer serves all windows of one sign-in.
    const known = new Map<string, Promise<Actor>>();
    const work = async (): Promise<void> => {
      for (let socket = queue.shift(); socket; socket = queue.shift()) {
        const cookie = socket.request.headers.cookie ?? '';
        const asked = known.get(cookie) ?? this.#identify(socket);
        known.set(cookie, asked);
        try {
          judged.push([socket, judgedOf(await asked, state, this.#app.clock.now())]);
        } catch (error) {
          // Who cannot be judged hears nothing more.
          this.#onError(error);
          judged.push([socket, {actor: follower, audience: 'not-found'}]);
        }
      }
    };
    await Promise.all(Array.from({length: judgesAtOnce}, work));
    return judged;
  }

  /** Puts a connection where it now belongs. */
  #settle(socket: LiveSocket, {actor, audience}: Judged): void {
    const before = this.#sockets.get(socket);
    if (before === undefined) return;
    if (audience === 'not-found' || audience === 'closed') {
      this.#dismiss(socket);
      return;
    }
    socket.data.member = actor.kind === 'member' ? actor.member : null;
    const you = standingOf(actor, this.#desk.state);
    if (audience !== before) this.#join(socket, audience, you);
    this.#tellStanding(socket, you);
  }

  #dismiss(socket: LiveSocket): void {
    if (!this.#sockets.has(socket)) return;
    this.leave(socket);
    socket.emit('session.gone', {session: this.#session.id});
  }

  #framing(audience: Audience) {
    return {store: this.#app.store, now: this.#app.clock.now(), session: this.#session.id, audience};
  }

  #roomOf(audience: Audience): string {
    return `session ${this.#session.id} ${audience}`;
  }
}

interface Judged {
  readonly actor: Actor;
  readonly audience: Audience | 'not-found' | 'closed';
}

function judgedOf(actor: Actor, state: SessionState, now: number): Judged {
  try {
    return {actor, audience: audienceOf(actor, state, now)};
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return {actor, audience: error.code === 'session.closed' ? 'closed' : 'not-found'};
  }
}
