import {changeBetween} from './change.ts';
import {FrameChain} from './frame-chain.ts';
import {digestOf} from './followed-text.ts';
import type {FollowedText} from './followed-text.ts';
import {changeEvent, stateEvent} from './events.ts';

/** One made frame; every receiver of the lane gets these very bytes. */
interface Frame {
  readonly from: string;
  readonly bytes: Buffer;
}

export interface LaneOptions {
  /** Milliseconds between two frames. */
  readonly tick: number;
  readonly language: string;
  readonly clock: {now(): number};
  /** The newest durable text. */
  readonly newest: () => FollowedText;
  /** A text that was served before, by its id. */
  readonly remembered: (id: string) => FollowedText | undefined;
  readonly sent: (bytes: Buffer) => void;
}

/** Frames kept for those who come back after a cut. */
const mostFrames = 300;
const mostBytes = 512 * 1024;
/** How often a change carries a digest of the whole text. */
const digestEvery = 10_000;

/** All followers of one paper at one tick: each change is made into a frame once, and kept for a while. */
export class Lane {
  readonly tick: number;
  readonly chain = new FrameChain();
  private text: FollowedText;
  private readonly frames: Frame[] = [];
  private bytes = 0;
  private timer: NodeJS.Timeout | undefined;
  private frameAt = -Infinity;
  private digestAt = 0;
  private state: {readonly id: string; readonly bytes: Buffer} | null = null;
  private readonly options: LaneOptions;

  constructor(options: LaneOptions) {
    this.options = options;
    this.tick = options.tick;
    this.text = options.newest();
  }

  /** Something changed: a frame follows one tick after the last, at once after a silence. */
  stir(): void {
    if (this.timer) return;
    const wait = Math.max(this.frameAt + this.tick - this.options.clock.now(), Math.min(50, this.tick));
    this.timer = setTimeout(() => this.frame(), Math.min(wait, this.tick));
  }

  /** What someone has to be sent who holds the text `id`, or none, so as to go on with the next frame. */
  catchUp(id: string | null): readonly Buffer[] {
    const newest = this.options.newest();
    // A page may be newer than the last frame; then the frame comes now.
    if (id === newest.id && id !== this.text.id) this.frame();
    return this.missing(id);
  }

  end(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private missing(id: string | null): readonly Buffer[] {
    if (id === this.text.id) return [];
    const at = id === null ? -1 : this.frames.findIndex(frame => frame.from === id);
    if (at >= 0) return this.frames.slice(at).map(frame => frame.bytes);
    const known = id === null ? undefined : this.options.remembered(id);
    if (known) return [changeEvent(this.text.id, changeBetween(known, this.text, this.options.language) ?? {})];
    if (this.state?.id !== this.text.id) {
      this.state = {id: this.text.id, bytes: stateEvent(this.text, this.options.language)};
    }
    return [this.state.bytes];
  }

  private frame(): void {
    this.end();
    const newest = this.options.newest();
    if (newest.id === this.text.id) return;
    const now = this.options.clock.now();
    const change = changeBetween(this.text, newest, this.options.language) ?? {};
    const withDigest = now - this.digestAt >= digestEvery;
    if (withDigest) this.digestAt = now;
    const bytes = changeEvent(newest.id, withDigest ? {...change, digest: digestOf(newest)} : change);
    this.frames.push({from: this.text.id, bytes});
    this.bytes += bytes.length;
    while (this.frames.length > mostFrames || (this.bytes > mostBytes && this.frames.length > 1)) {
      this.bytes -= this.frames.shift()?.bytes.length ?? 0;
    }
    this.text = newest;
    this.frameAt = now;
    this.options.sent(bytes);
  }
}
