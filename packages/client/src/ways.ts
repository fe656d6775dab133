import {encodeHello} from '@plenary/protocol/frames';
import {schemaVersion} from '@plenary/paper/schema-version';

export interface WaysOptions {
  /** Of the room, `ws://host/rooms/<paper>`. */
  readonly url: string;
  readonly WebSocket: typeof WebSocket;
  /** What stands in for it where none gets through. */
  readonly PolledSocket: typeof WebSocket;
  /** Milliseconds until a WebSocket is tried again, at first. */
  readonly tryAgainAfter?: number;
  /** A WebSocket gets through again. */
  passes(): void;
}

/** Until when each server counts as reached by requests alone, by its origin: the rooms of a page learn it once. */
const blockedUntil = new Map<string, number>();

const blockedFor = 10 * 60_000;
/** A try that is not answered within so long is none. */
const patience = 5_000;
/** Requests in vain, one after the other, until a WebSocket is tried again. */
const mostVain = 3;

/**
 * The two ways to a room: a WebSocket, or requests where a network lets no WebSocket through. The second is taken only
 * when the server answers other requests meanwhile, and is left again as soon as a WebSocket gets through.
 */
export class Ways {
  /** The way of the connection that is there or was tried last. */
  taken: 'websocket' | 'requests' = 'websocket';
  /** The server answers, and yet a WebSocket was refused: the next one in vain is the last. */
  isSuspect = false;
  private readonly options: WaysOptions;
  private readonly origin: string;
  private vain = 0;
  private tryAgainAfter: number;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private trial: WebSocket | null = null;

  constructor(options: WaysOptions) {
    this.options = options;
    this.origin = new URL(options.url).origin;
    this.tryAgainAfter = options.tryAgainAfter ?? 60_000;
  }

  /** What to connect with now. */
  choose(): typeof WebSocket {
    this.taken = Date.now() < (blockedUntil.get(this.origin) ?? 0) ? 'requests' : 'websocket';
    return this.taken === 'requests' ? this.options.PolledSocket : this.options.WebSocket;
  }

  block(): void {
    this.isSuspect = false;
    this.vain = 0;
    blockedUntil.set(this.origin, Date.now() + blockedFor);
  }

  /** Perhaps another network. */
  forget(): void {
    blockedUntil.delete(this.origin);
  }

  /** The room has answered on this way. */
  arrived(client: number): void {
    this.isSuspect = false;
    this.vain = 0;
    if (this.taken === 'websocket') this.forget();
    else {
      this.block();
      this.tryLater(client);
    }
  }

  /** A connection ended before the room had answered. True: the other way is worth an attempt at once. */
  failed(): boolean {
    if (this.taken === 'requests') {
      if (++this.vain >= mostVain) this.forget();
      return false;
    }
    if (!this.isSuspect) return false;
    this.block();
    return true;
  }

  /** The connection is gone, or the room is left. */
  rest(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.endTrial();
  }

  private tryLater(client: number): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = setTimeout(() => this.tryWebSocket(client), this.tryAgainAfter);
    this.tryAgainAfter = Math.min(2 * this.tryAgainAfter, blockedFor / 2);
  }

  /** Beside the connection that works: it counts when the room answers, since some networks open what they then keep silent. */
  private tryWebSocket(client: number): void {
    const trial = new this.options.WebSocket(this.options.url);
    this.trial = trial;
    trial.binaryType = 'arraybuffer';
    // In Node an error that nobody hears ends the process; the close that follows says enough.
    trial.onerror = () => undefined;
    trial.onopen = () => {
      const hello = encodeHello({schema: schemaVersion, epoch: null, clientId: client, language: 'en'});
      trial.send(hello as Uint8Array<ArrayBuffer>);
    };
    const inVain = (): void => {
      this.endTrial();
      // The block holds on, since it was just seen to stand.
      this.block();
      this.tryLater(client);
    };
    trial.onmessage = () => {
      this.rest();
      this.forget();
      this.options.passes();
    };
    trial.onclose = inVain;
    this.timer = setTimeout(inVain, patience);
  }

  private endTrial(): void {
    const {trial} = this;
    if (trial === null) return;
    this.trial = null;
    trial.onopen = trial.onmessage = trial.onclose = null;
    trial.close();
  }
}
