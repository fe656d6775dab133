import {FrameChain} from './frame-chain.ts';
import type {Outlet} from './outlet.ts';

/** One made frame; every receiver of the lane gets these very bytes. */
interface Frame {
  readonly from: string;
  readonly bytes: Buffer;
}

/** What is followed, at one state: the same id is the same state. */
export interface Followed {
  readonly id: string;
}

export interface LaneOptions<State extends Followed> {
  /** Milliseconds between two frames. */
  readonly tick: number;
  readonly clock: {now(): number};
  /** The newest durable state. */
  readonly newest: () => State;
  /** A state that was served before, by its id. */
  readonly remembered: (id: string) => State | undefined;
  /** The event that brings a whole state. */
  readonly whole: (state: State) => Buffer;
  /** The event that makes one state out of another; `checked` now and then, for those who want to compare. */
  readonly change: (before: State, after: State, checked: boolean) => Buffer;
  /** Frames kept for those who come back after a cut; others get one change from what they hold. 300 unless said. */
  readonly mostFrames?: number;
  readonly sent: (bytes: Buffer) => void;
}

const usualFrames = 300;
const mostBytes = 512 * 1024;
/** How often a change is a checked one. */
const checkEvery = 10_000;

/** All followers of one thing at one tick: each change is made into a frame once, and kept for a while. */
export class Lane<State extends Followed> {
  readonly tick: number;
  readonly chain = new FrameChain();
  private state: State;
  private readonly frames: Frame[] = [];
  private bytes = 0;
  private timer: NodeJS.Timeout | undefined;
  private frameAt = -Infinity;
  private checkedAt = 0;
  private whole: {readonly id: string; readonly bytes: Buffer} | null = null;
  private readonly options: LaneOptions<State>;

  constructor(options: LaneOptions<State>) {
    this.options = options;
    this.tick = options.tick;
    this.state = options.newest();
  }

  /** Something changed: a frame follows one tick after the last, at once after a silence. */
  stir(): void {
    if (this.timer) return;
    const wait = Math.max(this.frameAt + this.tick - this.options.clock.now(), Math.min(50, this.tick));
    this.timer = setTimeout(() => this.frame(), Math.min(wait, this.tick));
  }

  /** What someone has to be sent who holds the state `id`, or none, so as to go on with the next frame. */
  catchUp(id: string | null): readonly Buffer[] {
    const newest = this.options.newest();
    // A page may be newer than the last frame; then the frame comes now.
    if (id === newest.id && id !== this.state.id) this.frame();
    return this.missing(id);
  }

  /** Made into packets once for all of them, and once more for who is not in the chain yet. */
  broadcast(outlets: readonly Outlet[], bytes: Buffer): void {
    const compressed = outlets.filter(outlet => outlet.compressed);
    const packed = compressed.length > 0 ? this.chain.pack(bytes, this.chain.hasNewcomers(compressed)) : undefined;
    for (const outlet of outlets) outlet.send(bytes, packed);
  }

  end(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private missing(id: string | null): readonly Buffer[] {
    const {state} = this;
    if (id === state.id) return [];
    const at = id === null ? -1 : this.frames.findIndex(frame => frame.from === id);
    if (at >= 0) return this.frames.slice(at).map(frame => frame.bytes);
    const known = id === null ? undefined : this.options.remembered(id);
    if (known) return [this.options.change(known, state, false)];
    if (this.whole?.id !== state.id) this.whole = {id: state.id, bytes: this.options.whole(state)};
    return [this.whole.bytes];
  }

  private frame(): void {
    this.end();
    const newest = this.options.newest();
    if (newest.id === this.state.id) return;
    const now = this.options.clock.now();
    const checked = now - this.checkedAt >= checkEvery;
    if (checked) this.checkedAt = now;
    const bytes = this.options.change(this.state, newest, checked);
    this.keep({from: this.state.id, bytes});
    this.state = newest;
    this.frameAt = now;
    this.options.sent(bytes);
  }

  private keep(frame: Frame): void {
    const mostFrames = this.options.mostFrames ?? usualFrames;
    this.frames.push(frame);
    this.bytes += frame.bytes.length;
    while (this.frames.length > mostFrames || (this.bytes > mostBytes && this.frames.length > 1)) {
      this.bytes -= this.frames.shift()?.bytes.length ?? 0;
    }
  }
}
