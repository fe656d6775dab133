import type {IncomingMessage} from 'node:http';
import type {Actor} from '@plenary/domain/members/actor';
import {roleIn} from '@plenary/domain/members/actor';
import type {MemberId} from '@plenary/domain/ids';
import {disclose} from '@plenary/domain/papers/publication';
import type {Disclosure} from '@plenary/domain/papers/publication';
import type {StoredPaperRow} from '@plenary/store/store';
import type {PaperActs, PaperFeed, Told} from '../core/live-acts.ts';
import {changeBetween} from './change.ts';
import {changeEvent, event, heartbeat, stateEvent} from './events.ts';
import {digestOf, followedText} from './followed-text.ts';
import type {FollowedText} from './followed-text.ts';
import {Lane} from './lane.ts';
import type {Outlet} from './outlet.ts';
import type {PaperText, PaperTexts} from './ports.ts';

/** One open stream. */
export interface Follower {
  readonly request: IncomingMessage;
  readonly tick: number;
  readonly outlet: Outlet;
  member: MemberId | null;
  names: boolean;
}

export interface PaperStreamOptions {
  readonly texts: PaperTexts;
  readonly acts: PaperActs;
  readonly clock: {now(): number};
  readonly identify: (request: IncomingMessage) => Promise<Actor>;
  readonly remembered: (id: string) => FollowedText | undefined;
  readonly remember: (text: FollowedText) => void;
  readonly onError: (error: unknown) => void;
  readonly onFrame: () => void;
  /** Called when nobody has followed for a while. */
  readonly onIdle: () => void;
  /** How long the stream waits for readers to come back, in milliseconds. */
  readonly linger: number;
}

/** Everyone on this process who follows one paper. */
export class PaperStream {
  readonly followers = new Set<Follower>();
  private readonly lanes = new Map<number, Lane<FollowedText>>();
  private readonly unusedSince = new Map<number, number>();
  private readonly options: PaperStreamOptions;
  private readonly feed: PaperFeed;
  private readonly endText: () => void;
  private heard: PaperText | null = null;
  private text: FollowedText | null = null;
  private idle: NodeJS.Timeout | undefined;
  private coming = 0;
  readonly ready: Promise<void>;

  constructor(paper: StoredPaperRow, options: PaperStreamOptions) {
    this.options = options;
    this.feed = options.acts.follow(paper, {prepare: told => this.prepareTelling(told)});
    this.endText = options.texts.follow(paper, text => this.hear(text));
    this.ready = this.start(paper);
  }

  get paper(): StoredPaperRow {
    return this.feed.paper;
  }

  get actsSeen(): number {
    return Math.max(0, this.feed.last);
  }

  newest(): FollowedText {
    if (!this.heard) throw new Error('The stream is not ready.');
    if (this.text?.seq !== this.heard.seq) {
      this.text = followedText(this.paper, this.heard, this.text);
      this.options.remember(this.text);
    }
    return this.text;
  }

  async disclosureTo(request: IncomingMessage): Promise<{disclosure: Disclosure; member: MemberId | null}> {
    const paper = this.paper;
    const actor = await this.options.identify(request);
    const disclosure = disclose(paper.publication, roleIn(actor, paper.consultation), this.options.clock.now());
    return {disclosure, member: actor.kind === 'member' ? actor.member : null};
  }

  /** Keeps the stream while somebody is about to join it. */
  async whileJoining<Value>(join: () => Promise<Value>): Promise<Value> {
    this.coming++;
    clearTimeout(this.idle);
    try {
      await this.ready;
      return await join();
    } finally {
      this.coming--;
      this.restIfAlone();
    }
  }

  /** Sends the follower what they lack; from here on they get every frame. */
  join(follower: Follower, id: string | null, first: Buffer): void {
    const lane = this.lane(follower.tick);
    const bytes = lane.catchUp(id);
    this.followers.add(follower);
    follower.outlet.epoch = lane.chain.join();
    const {mode, publication} = this.paper;
    const until = publication.embargoUntil;
    const paper = {
      mode,
      publication: publication.policy,
      embargoUntil: until === null ? null : new Date(until).toISOString(),
      acts: this.actsSeen,
    };
    follower.outlet.begin(Buffer.concat([first, ...bytes, event('paper', paper)]));
  }

  /** A sign of life for everyone. */
  beat(): void {
    for (const lane of this.lanes.values()) this.broadcast(lane, heartbeat);
  }

  leave(follower: Follower): void {
    this.followers.delete(follower);
    this.restIfAlone();
  }

  async rejudge(followers: Iterable<Follower>): Promise<() => void> {
    const judged = await Promise.all(
      Array.from(followers, async follower => {
        try {
          return {follower, ...(await this.disclosureTo(follower.request))};
        } catch (error) {
          // Who cannot be judged reads no more.
          this.options.onError(error);
          return {follower, disclosure: {sees: 'nothing'} as const, member: null};
        }
      }),
    );
    return () => {
      for (const {follower, disclosure, member} of judged) {
        follower.member = member;
        if (disclosure.sees === 'text') follower.names = disclosure.attributions;
        else if (this.followers.delete(follower)) follower.outlet.end(event('closed', {sees: disclosure.sees}));
      }
      this.restIfAlone();
    };
  }

  end(): void {
    clearTimeout(this.idle);
    for (const lane of this.lanes.values()) lane.end();
    this.lanes.clear();
    this.feed.leave();
    this.endText();
  }

  private async start(paper: StoredPaperRow): Promise<void> {
    await this.feed.catchUp();
    const text = await this.options.texts.read(paper);
    if (!this.heard || this.heard.seq < text.seq) this.heard = text;
  }

  private hear(text: PaperText): void {
    if (this.heard && text.seq <= this.heard.seq) return;
    this.heard = text;
    const used = new Set(Array.from(this.followers, follower => follower.tick));
    for (const [tick, lane] of this.lanes) {
      if (used.has(tick)) this.unusedSince.delete(tick);
      else if (!this.unusedSince.has(tick)) this.unusedSince.set(tick, this.options.clock.now());
      if (this.options.clock.now() - (this.unusedSince.get(tick) ?? Infinity) < this.options.linger || used.has(tick)) {
        lane.stir();
      } else {
        lane.end();
        this.lanes.delete(tick);
      }
    }
  }

  private lane(tick: number): Lane<FollowedText> {
    const known = this.lanes.get(tick);
    if (known) return known;
    const {language} = this.paper;
    const lane: Lane<FollowedText> = new Lane({
      tick,
      clock: this.options.clock,
      newest: () => this.newest(),
      remembered: this.options.remembered,
      whole: text => stateEvent(text, language),
      change: (before, after, checked) =>
        changeEvent(after.id, {
          ...changeBetween(before, after, language),
          ...(checked && {digest: digestOf(after)}),
        }),
      sent: bytes => {
        this.options.onFrame();
        this.broadcast(lane, bytes);
      },
    });
    this.lanes.set(tick, lane);
    return lane;
  }

  private broadcast(lane: Lane<FollowedText>, bytes: Buffer): void {
    const outlets = Array.from(this.followers).flatMap(({tick, outlet}) => (tick === lane.tick ? [outlet] : []));
    lane.broadcast(outlets, bytes);
  }

  /** A new policy binds first; then it is told to those who still may hear of it. */
  private async prepareTelling(told: readonly Told[]): Promise<() => void> {
    const bearsOnReading = told.length === 0 || told.some(({named}) => named.act === 'paper.publication-set');
    const settle = bearsOnReading ? await this.rejudge(this.followers) : () => {};
    return () => {
      settle();
      // What each was sent is of a different length from here on.
      if (told.length > 0) for (const lane of this.lanes.values()) lane.chain.begin();
      for (const {named, nameless} of told) {
        const withName = event('notice', named);
        const without = event('notice', nameless);
        for (const {outlet, names} of this.followers) outlet.send(names ? withName : without);
      }
    };
  }

  private restIfAlone(): void {
    clearTimeout(this.idle);
    if (this.followers.size + this.coming > 0) return;
    this.idle = setTimeout(() => this.options.onIdle(), this.options.linger);
    this.idle.unref();
  }
}
