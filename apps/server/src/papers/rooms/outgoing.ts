import type {Peer} from './peer.ts';

/**
 * What a room sends. Each message is framed once for all receivers. In a crowded room what goes to one receiver within a few
 * milliseconds is written at once: packets, not bytes, are what fan-out costs.
 */
export class Outgoing {
  readonly #isCrowded: () => boolean;
  readonly #pause: number;
  readonly #waiting = new Map<Peer, Buffer[]>();
  #timer: NodeJS.Timeout | null = null;
  #last: {bytes: Uint8Array; frame: Buffer} | null = null;

  constructor(isCrowded: () => boolean, pause: number) {
    this.#isCrowded = isCrowded;
    this.#pause = pause;
  }

  send(peer: Peer, bytes: Uint8Array): void {
    // What goes by requests is bundled by waiting for the next one.
    if (peer.takes === 'messages') {
      peer.write(bytes);
      return;
    }
    const frame = this.#frame(bytes);
    const waiting = this.#waiting.get(peer);
    if (!waiting && !this.#isCrowded()) {
      peer.write(frame);
      return;
    }
    if (waiting) waiting.push(frame);
    else this.#waiting.set(peer, [frame]);
    this.#timer ??= setTimeout(() => this.flush(), this.#pause);
  }

  /** Before the peer is closed: nothing of what it was to hear is held back. */
  flushTo(peer: Peer): void {
    const waiting = this.#waiting.get(peer);
    if (!waiting) return;
    this.#waiting.delete(peer);
    peer.write(Buffer.concat(waiting));
  }

  drop(peer: Peer): void {
    this.#waiting.delete(peer);
  }

  flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    let frames: Buffer[] = [];
    let joined: Buffer = Buffer.alloc(0);
    for (const [peer, waiting] of this.#waiting) {
      if (!isSame(waiting, frames)) {
        frames = waiting;
        joined = waiting.length === 1 ? waiting[0]! : Buffer.concat(waiting);
      }
      peer.write(joined);
    }
    this.#waiting.clear();
  }

  #frame(bytes: Uint8Array): Buffer {
    if (this.#last?.bytes !== bytes) this.#last = {bytes, frame: frameBinary(bytes)};
    return this.#last.frame;
  }
}

function isSame(a: readonly Buffer[], b: readonly Buffer[]): boolean {
  return a.length === b.length && a.every((frame, at) => frame === b[at]);
}

/** A final, unmasked binary frame (RFC 6455, 5.2), as a server sends it: the same bytes for every receiver. */
export function frameBinary(bytes: Uint8Array): Buffer {
  const {byteLength} = bytes;
  const header = byteLength < 126 ? 2 : byteLength < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(header + byteLength);
  frame[0] = 0x82;
  if (header === 2) {
    frame[1] = byteLength;
  } else if (header === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(byteLength, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(byteLength), 2);
  }
  frame.set(bytes, header);
  return frame;
}
