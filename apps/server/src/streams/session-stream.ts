import type {IncomingMessage} from 'node:http';
import type {Language} from '@plenary/domain/languages';
import type {MemberId, PaperId} from '@plenary/domain/ids';
import {orderOf} from '@plenary/domain/sessions/order';
import {discloseSession} from '@plenary/domain/sessions/publication';
import {participantNumbered} from '@plenary/domain/sessions/session';
import type {SessionState} from '@plenary/domain/sessions/session';
import type {Store, StoredSession} from '@plenary/store/store';
import type {PaperActs, PaperFeed} from '../core/live-acts.ts';
import type {Desk} from '../sessions/desk.ts';
import type {Mentioned} from '../sessions/entries.ts';
import {namesFor, stateFor} from '../sessions/names.ts';
import {changeBetween} from './change.ts';
import {event, heartbeat} from './events.ts';
import {floorFor, mayFollow, pollOf, readers} from './followed-session.ts';
import type {FollowedSession, Reader, ShownPaper} from './followed-session.ts';
import {followedText} from './followed-text.ts';
import {Lane} from './lane.ts';
import {ParagraphChanges} from './last-change.ts';
import type {Outlet} from './outlet.ts';
import type {PaperText, PaperTexts} from './ports.ts';
import {newsBetween, viewOf} from './session-sections.ts';
import type {Form, SessionView} from './session-sections.ts';

/** Those who get the same bytes. */
export interface Seat {
  readonly reader: Reader;
  readonly form: Form;
  readonly language: Language;
  readonly tick: number;
}

/** One open stream. */
export interface SessionFollower {
  readonly seat: Seat;
  readonly request: IncomingMessage;
  readonly outlet: Outlet;
  readonly member: MemberId | null;
}

export interface SessionStreamOptions {
  readonly store: Pick<
    Store,
    'sessions' | 'members' | 'organisations' | 'papers' | 'consultations' | 'ledger' | 'updates'
  >;
  readonly texts: PaperTexts;
  readonly acts: PaperActs;
  readonly clock: {now(): number};
  readonly remembered: (key: string) => SessionView | undefined;
  readonly remember: (key: string, view: SessionView) => void;
  readonly onError: (error: unknown) => void;
  readonly onFrame: () => void;
  /** Called when nobody has followed for a while. */
  readonly onIdle: () => void;
  readonly linger: number;
}

interface OpenLane {
  readonly seat: Seat;
  readonly lane: Lane<SessionView>;
  readonly followers: Set<SessionFollower>;
}

/** The paper on the floor while it is followed. */
interface Shown {
  readonly id: PaperId;
  readonly feed: PaperFeed;
  readonly end: () => void;
  heard: PaperText | null;
  known: ShownPaper | null;
  readonly changes: ParagraphChanges;
}

/** Between two looks at the session, in milliseconds; what takes something away is looked at at once. */
const lookEvery = 100;
const mostTexts = 10;
const mostNext = 4;

/** Everyone on this process who follows one session. */
export class SessionStream {
  readonly session: StoredSession;
  private readonly desk: Desk;
  private readonly options: SessionStreamOptions;
  private readonly lanes = new Map<string, OpenLane>();
  private readonly seen = new Map<Reader, FollowedSession>();
  private readonly wanted = new Set<Reader>();
  private readonly views = new Map<string, SessionView>();
  private readonly endDesk: () => void;
  private shown: Shown | null = null;
  private consultation: FollowedSession['consultation'] = null;
  private lastAt: {readonly seq: number; readonly at: number} | null = null;
  private looking: Promise<void> | null = null;
  private isStale = true;
  private lookedAt = -Infinity;
  private timer: NodeJS.Timeout | undefined;
  /** How often something was taken away, and up to which of these times the views have followed. */
  private bites = 0;
  private bitesSeen = 0;
  private coming = 0;
  private idle: NodeJS.Timeout | undefined;
  private hasEnded = false;

  constructor(session: StoredSession, desk: Desk, options: SessionStreamOptions) {
    this.session = session;
    this.desk = desk;
    this.options = options;
    this.endDesk = desk.listen({
      moved: ({entries, state}) => {
        const last = entries.at(-1);
        if (last) this.lastAt = {seq: last.seq, at: last.at};
        const takes = entries.some(
          ({event: {type}}) => type === 'session.publication-set' || type === 'contribution.hidden',
        );
        if (takes) {
          this.close(state);
          this.bite();
        } else this.stir();
      },
      counted: () => this.stir(),
    });
  }

  get state(): SessionState {
    return this.desk.state;
  }

  /** Whether the views know of everything that was taken away. */
  get isSettled(): boolean {
    return this.bites === this.bitesSeen;
  }

  get followers(): number {
    return [...this.lanes.values()].reduce((sum, {followers}) => sum + followers.size, 0);
  }

  /** As it stands now. */
  async view({reader, form, language}: Omit<Seat, 'tick'>): Promise<SessionView> {
    this.wanted.add(reader);
    // One that is under way may have begun before something was written.
    if (this.looking) await this.looking;
    if (this.isStale || !this.seen.has(reader)) await this.look();
    while (!this.isSettled) await this.look();
    const view = this.newest({reader, form, language});
    this.options.remember(keyOf({reader, form, language}, view.id), view);
    return view;
  }

  /** Keeps the stream while somebody is about to join it. */
  async whileJoining<Value>(join: () => Promise<Value>): Promise<Value> {
    this.coming++;
    clearTimeout(this.idle);
    try {
      return await join();
    } finally {
      this.coming--;
      this.restIfAlone();
    }
  }

  /** Sends the follower what they lack; from here on they get every frame. `view` must have been awaited for the seat. */
  join(follower: SessionFollower, id: string | null, first: Buffer): void {
    const {lane, followers} = this.lane(follower.seat);
    const bytes = lane.catchUp(id);
    followers.add(follower);
    follower.outlet.epoch = lane.chain.join();
    follower.outlet.begin(Buffer.concat([first, ...bytes, event('now', {now: this.options.clock.now()})]));
    // Something may have happened while nobody was there to be told.
    if (this.isStale) this.stir();
  }

  leave(follower: SessionFollower): void {
    this.lanes.get(seatName(follower.seat))?.followers.delete(follower);
    this.restIfAlone();
  }

  beat(): void {
    for (const {lane, followers} of this.lanes.values()) lane.broadcast(outletsOf(followers), heartbeat);
  }

  /** Ends the streams of one member, who comes back as whoever they are now. */
  rejudge(member: MemberId, last: Buffer): void {
    for (const {followers} of this.lanes.values()) {
      for (const follower of followers) {
        if (follower.member !== member) continue;
        followers.delete(follower);
        follower.outlet.end(last);
      }
    }
    this.bite();
  }

  /** `last`: what each follower is told on the way out. */
  end(last?: () => Buffer): void {
    this.hasEnded = true;
    clearTimeout(this.idle);
    clearTimeout(this.timer);
    this.endDesk();
    this.shown?.end();
    for (const {lane, followers} of this.lanes.values()) {
      lane.end();
      if (last) for (const {outlet} of followers) outlet.end(last());
    }
    this.lanes.clear();
  }

  /** Something was added or changed. */
  private stir(): void {
    this.isStale = true;
    if (this.hasEnded || this.timer || this.looking || this.lanes.size === 0) return;
    const wait = this.lookedAt + lookEvery - this.options.clock.now();
    this.timer = setTimeout(() => this.lookOrTell(), Math.max(0, Math.min(wait, lookEvery)));
  }

  /** Something was taken away: no frame is made before the views know. */
  private bite(): void {
    this.bites++;
    this.isStale = true;
    if (this.hasEnded) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.lookOrTell();
  }

  private lookOrTell(): void {
    this.look().catch(this.options.onError);
  }

  private look(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.looking ??= this.lookOnce().finally(() => {
      this.looking = null;
      if (this.hasEnded) return;
      if (!this.isSettled) this.lookOrTell();
      else if (this.isStale) this.stir();
    });
    return this.looking;
  }

  private async lookOnce(): Promise<void> {
    const {bites} = this;
    const {state} = this.desk;
    const now = this.options.clock.now();
    this.isStale = false;
    this.lookedAt = now;
    try {
      await this.lookAt(state, now);
    } catch (error) {
      this.isStale = true;
      throw error;
    }
    this.views.clear();
    this.bitesSeen = bites;
    this.close(state);
    for (const [name, {lane, followers}] of this.lanes) {
      if (followers.size > 0) lane.stir();
      else {
        lane.end();
        this.lanes.delete(name);
      }
    }
  }

  private async lookAt(state: SessionState, now: number): Promise<void> {
    const tallies = new Map(this.desk.tallies);
    await this.show(state.shown?.paper ?? null);
    const [at, shown] = await Promise.all([this.atOf(state.seq), this.shownPaper()]);
    if (!this.consultation) {
      const found = await this.options.store.consultations.find(state.consultation);
      this.consultation = found ? {slug: found.slug, title: found.title} : null;
    }
    const seen = await Promise.all(
      [...this.wanted].map(async (reader): Promise<[Reader, FollowedSession]> => {
        const disclosure = discloseSession(state.publication, readers[reader], now);
        const isNamed = disclosure.sees === 'text' && disclosure.attributions;
        const audience = !isNamed ? 'nameless' : reader === 'public' ? 'named' : 'inside';
        const known = stateFor(state, audience);
        const names = await namesFor(
          {store: this.options.store, now, session: this.session.id, audience},
          mentionedOnPage(known),
        );
        const floor = floorFor(state, shown, reader, now);
        const {id, slug} = this.session;
        return [reader, {id, slug, state: known, at, names, tallies, consultation: this.consultation, floor}];
      }),
    );
    for (const [reader, followed] of seen) this.seen.set(reader, followed);
  }

  /** Those who may no longer follow are told so, and let go. */
  private close(state: SessionState): void {
    const now = this.options.clock.now();
    for (const {seat, followers} of this.lanes.values()) {
      if (mayFollow(state, seat.reader, now)) continue;
      const {sees} = discloseSession(state.publication, readers[seat.reader], now);
      for (const {outlet} of followers) outlet.end(event('closed', {sees}));
      followers.clear();
    }
    this.restIfAlone();
  }

  private async show(id: PaperId | null): Promise<void> {
    if (id === (this.shown?.id ?? null)) return;
    this.shown?.end();
    this.shown = null;
    const paper = id && (await this.options.store.papers.find(id));
    if (!paper || this.hasEnded) return;
    const feed = this.options.acts.follow(paper, {
      prepare: async told => () => {
        if (told.length === 0 || told.some(({named}) => named.act === 'paper.publication-set')) this.bite();
      },
    });
    const endText = this.options.texts.follow(paper, text => this.hear(shown, text));
    const end = () => {
      feed.leave();
      endText();
    };
    const shown: Shown = {id: paper.id, feed, end, heard: null, known: null, changes: new ParagraphChanges()};
    this.shown = shown;
    await feed.catchUp();
    const text = await this.options.texts.read(paper);
    if (!shown.heard || shown.heard.seq < text.seq) shown.heard = text;
  }

  private hear(shown: Shown, text: PaperText): void {
    if (shown.heard && text.seq <= shown.heard.seq) return;
    shown.heard = text;
    this.stir();
  }

  private async shownPaper(): Promise<ShownPaper | null> {
    const {shown} = this;
    if (!shown?.heard) return null;
    const {paper} = shown.feed;
    const before = shown.known;
    if (before?.text.seq === shown.heard.seq && before.paper === paper) return before;
    const text = followedText(paper, shown.heard, before?.text ?? null);
    const at = text.seq === 0 ? null : (await this.options.store.updates.read(paper.number, text.seq - 1, 1))[0]?.at;
    const changedAt = at ?? paper.createdAt;
    if (before) shown.changes.note(before.text.paragraphs, text.paragraphs, changedAt);
    shown.known = {paper, text, changedAt, changes: shown.changes};
    return shown.known;
  }

  private async atOf(seq: number): Promise<number> {
    if (this.lastAt?.seq !== seq) {
      const [entry] = await this.options.store.ledger.read(`session:${this.session.id}`, seq - 1, 1);
      if (!this.lastAt || this.lastAt.seq < seq) this.lastAt = {seq, at: entry?.at ?? 0};
    }
    return this.lastAt?.at ?? 0;
  }

  private newest({reader, form, language}: Omit<Seat, 'tick'>): SessionView {
    const name = `${reader} ${form} ${language}`;
    const known = this.views.get(name);
    if (known) return known;
    const followed = this.seen.get(reader);
    if (!followed) throw new Error('Nobody has looked yet.');
    const view = viewOf(followed, form, language);
    this.views.set(name, view);
    return view;
  }

  private lane(seat: Seat): OpenLane {
    const known = this.lanes.get(seatName(seat));
    if (known) return known;
    let last = this.newest(seat);
    const followers = new Set<SessionFollower>();
    const lane = new Lane<SessionView>({
      tick: seat.tick,
      clock: this.options.clock,
      // While something is being taken away, all stays as it was told last.
      newest: () => {
        if (this.isSettled) last = this.newest(seat);
        return last;
      },
      remembered: id => this.options.remembered(keyOf(seat, id)),
      whole: view => event('state', {sections: view.sections}, view.id),
      change: (before, after) => changeOf(before, after),
      // Kept frames would hold what has been taken away since.
      mostFrames: 0,
      sent: bytes => {
        this.options.onFrame();
        this.options.remember(keyOf(seat, last.id), last);
        lane.broadcast(outletsOf(followers), bytes);
      },
    });
    const opened: OpenLane = {seat, lane, followers};
    this.lanes.set(seatName(seat), opened);
    return opened;
  }

  private restIfAlone(): void {
    clearTimeout(this.idle);
    if (this.hasEnded || this.followers + this.coming > 0) return;
    this.idle = setTimeout(() => this.options.onIdle(), this.options.linger);
    this.idle.unref();
  }
}

function keyOf({reader, form, language}: Omit<Seat, 'tick'>, id: string): string {
  return `${reader} ${form} ${language} ${id}`;
}

function seatName({reader, form, language, tick}: Seat): string {
  return `${reader} ${form} ${language} ${tick}`;
}

function outletsOf(followers: Iterable<SessionFollower>): Outlet[] {
  return Array.from(followers, ({outlet}) => outlet);
}

/** What a page needs names for: few of those that a long session speaks of. */
function mentionedOnPage(state: SessionState): Mentioned {
  const all: Mentioned = {texts: new Set(), members: new Set(), organisations: new Set(), papers: new Set()};
  all.texts.add(state.title);
  for (const {title} of state.agenda) all.texts.add(title);
  for (const {text} of state.announcements.slice(-mostTexts)) all.texts.add(text);
  for (const {question} of state.polls.slice(-2)) all.texts.add(question);
  const {speaking, interrupted} = state.list;
  const numbers = new Set([speaking, interrupted].flatMap(one => (one ? [one.participant] : [])));
  for (const {participant} of orderOf(state).slice(0, mostNext)) numbers.add(participant);
  const poll = pollOf(state);
  if (poll) {
    all.texts.add(poll.question);
    for (const {delegation} of poll.answers) numbers.add(delegation);
  }
  for (const number of numbers) {
    const participant = participantNumbered(state, number);
    if (participant?.member) all.members.add(participant.member);
    if (participant?.organisation) all.organisations.add(participant.organisation);
  }
  return all;
}

/** Sections that changed; words of the paragraph on the floor as the stream of its paper has them. */
function changeOf(before: SessionView, after: SessionView): Buffer {
  const {floor, ...sections} = after.sections;
  const changed = Object.entries(sections).filter(([name, html]) => before.sections[name] !== html);
  const stays = before.aroundText === after.aroundText;
  if (!stays) changed.push(['floor', floor ?? '']);
  const paper = 'paper' in after.followed.floor ? after.followed.floor.paper : null;
  const text = stays && paper ? changeBetween(before.text, after.text, paper.language) : null;
  const news = newsBetween(before, after);
  const change = {
    ...(changed.length > 0 && {set: Object.fromEntries(changed)}),
    ...(text && Object.keys(text).length > 0 && {text}),
    ...(news.length > 0 && {say: news.join(' ')}),
  };
  return event('change', change, after.id);
}
