import {Awareness, encodeAwarenessUpdate} from 'y-protocols/awareness';
import {readSyncStep2, readUpdate} from 'y-protocols/sync';
import {IndexeddbPersistence} from 'y-indexeddb';
import {WebsocketProvider} from 'y-websocket';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type * as Y from 'yjs';
import {
  encodeHello,
  encodeNumbered,
  encodeSync,
  frameType,
  readAcknowledged,
  readRefused,
  syncType,
  type ServerHello,
} from '@plenary/protocol/frames';
import {schemaVersion} from '@plenary/paper/schema-version';
import {Outbox} from './outbox.ts';
import {PresenceList} from './presence.ts';
import {Ways} from './ways.ts';

export interface RoomProviderOptions {
  /** Address of the room. */
  readonly url: string;
  readonly language: string;
  readonly random: () => number;
  readonly WebSocket: typeof WebSocket;
  readonly PolledSocket: typeof WebSocket;
  readonly tryAgainAfter?: number | undefined;
}

/** What a provider tells the one who made it. */
export interface RoomHearer {
  /** The server's first word on a connection. False: the replica does not belong here, nothing is sent. */
  greeted(hello: ServerHello): boolean;
  /** A local edit; it is owed to the server. The device already has what another page wrote there. */
  edited(update: Uint8Array, isFromDevice: boolean): void;
  /** The server's own edits and those of others. */
  received(update: Uint8Array): void;
  refused(code: string, sentence: string): void;
  /** The server closed for good (44xx, or the paper is damaged). */
  dismissed(code: number, reason: string): void;
  /** Tried in vain for a while; `goRound` if only WebSockets do not get through. */
  unreachable(): void;
  /** Anything that shows has changed. */
  changed(): void;
}

/** Cursors travel at most so often, in ms. */
const cursorPause = 100;
/** Reconnecting waits a random time up to `firstWait` × 2^attempts, at most `longestWait`, in ms. */
const firstWait = 250;
const longestWait = 2500;
/** Close code of a server that has too much to do. */
const overload = 4502;
const overloadWait = 5000;
/** A WebSocket on which the room has not answered for so long may be one that gets lost on the way, in ms. */
const silence = 4000;
/** Reason of a close after which coming back is in vain, whatever its code says to a stock client. */
const damaged = 'paper.damaged';

/**
 * y-websocket's provider with the room's own frames: it says hello first, numbers what it sends, knows what the server
 * has acknowledged, and comes back at a random moment.
 */
export class RoomProvider extends WebsocketProvider {
  readonly outbox: Outbox;
  readonly presence = new PresenceList();
  readonly ways: Ways;
  hello: ServerHello | null = null;
  /** Of the replica in `doc`; null when it holds nothing. */
  epoch: number | null = null;
  private readonly options: RoomProviderOptions;
  private readonly hearer: RoomHearer;
  /** The server's step 1, until its hello allows an answer. */
  private serverState: Uint8Array | null = null;
  private isGreeted = false;
  private isSending = false;
  /** In a row and in vain. */
  attempts = 0;
  private comeBackWithin: number | null = null;
  private waiting: ReturnType<typeof setTimeout> | null = null;
  private silenceTimer: ReturnType<typeof setInterval> | null = null;
  private isSilent = false;
  private cursorTimer: ReturnType<typeof setTimeout> | null = null;
  private cursorWaits = false;
  private ended = false;

  constructor(doc: Y.Doc, options: RoomProviderOptions, hearer: RoomHearer) {
    const cut = options.url.lastIndexOf('/');
    super(options.url.slice(0, cut), options.url.slice(cut + 1), doc, {
      connect: false,
      disableBc: true,
      awareness: new Awareness(doc),
      WebSocketPolyfill: options.WebSocket,
    });
    this.options = options;
    this.hearer = hearer;
    const {url, PolledSocket, tryAgainAfter} = options;
    this.ways = new Ways({
      url,
      WebSocket: options.WebSocket,
      PolledSocket,
      passes: () => this.disconnect(),
      ...(tryAgainAfter === undefined ? {} : {tryAgainAfter}),
    });
    this.outbox = new Outbox(doc, (n, type, update) => {
      this.sendBytes(encodeNumbered(n, encodeSync(type, update).subarray(1)));
    });
    this.speakOurFrames(doc);
    this.comeBackAtRandom();
  }

  /** False while the server does not let this connection write. */
  get mayWrite(): boolean {
    return this.hello?.rights.write ?? false;
  }

  /** Connected, greeted and in the middle of sending what is owed. */
  get isFlowing(): boolean {
    return this.wsconnected && this.isSending;
  }

  setCursor(cursor: unknown): void {
    this.awareness.setLocalState({cursor});
  }

  override connect(): void {
    if (this.ws === null) {
      this._WS = this.ways.choose();
      this.listenForSilence();
    }
    super.connect();
  }

  /** The server answers other requests: a WebSocket that gets lost is given up, one more that is refused is the last. */
  goRound(): void {
    if (this.ended || this.isGreeted || this.ways.taken === 'requests') return;
    this.ways.isSuspect = true;
    if (this.isSilent) this.disconnect();
    else this.hurry();
  }

  /** Connects at a random moment, at once when nothing was tried in vain. */
  comeBack(attempts: number): void {
    this.attempts = attempts;
    const within = this.comeBackWithin ?? (attempts === 0 ? 0 : Math.min(longestWait, firstWait * 2 ** (attempts - 1)));
    this.comeBackWithin = null;
    this.waiting = setTimeout(() => {
      this.waiting = null;
      this.connect();
    }, this.options.random() * within);
  }

  /** Does not wait any longer for the next attempt. */
  hurry(): void {
    if (this.waiting === null) return;
    clearTimeout(this.waiting);
    this.waiting = null;
    this.connect();
  }

  /** The device says that it is cut off: the connection is given up at once instead of after 30 s of silence. */
  giveUpConnection(): void {
    this.disconnect();
  }

  /** Ends the connection for good, but goes on noting what is edited in the doc. */
  retire(): void {
    if (this.ended) return;
    this.ended = true;
    if (this.waiting !== null) clearTimeout(this.waiting);
    if (this.cursorTimer !== null) clearTimeout(this.cursorTimer);
    this.waiting = null;
    this.ways.rest();
    this.disconnect();
    this.awareness.destroy();
  }

  override destroy(): void {
    this.retire();
    super.destroy();
  }

  private speakOurFrames(doc: Y.Doc): void {
    doc.off('update', this._updateHandler);
    const heard = (update: Uint8Array, origin: unknown, _doc: Y.Doc, transaction: Y.Transaction): void => {
      if (origin === this) this.hearer.received(update);
      else this.hearLocal(update, origin, transaction);
    };
    this._updateHandler = heard as typeof this._updateHandler;
    doc.on('update', this._updateHandler);

    this.awareness.off('update', this._awarenessUpdateHandler);
    this._awarenessUpdateHandler = () => this.sendCursorSoon();
    this.awareness.on('update', this._awarenessUpdateHandler);

    // One listener a process for every room would be counted as a leak, and the server notices an end by itself.
    if (typeof process !== 'undefined' && typeof process.off === 'function') process.off('exit', this._exitHandler);

    this.messageHandlers[frameType.sync] = (_encoder, decoder) => this.hearSync(decoder);
    this.messageHandlers[frameType.awareness] = (_encoder, decoder) => {
      if (this.presence.read(decoding.readVarUint8Array(decoder))) this.hearer.changed();
    };
    this.messageHandlers[frameType.queryAwareness] = () => this.sendCursor();
    this.messageHandlers[frameType.hello] = (_encoder, decoder) => {
      this.hearHello(JSON.parse(decoding.readVarString(decoder)) as ServerHello);
    };
    this.messageHandlers[frameType.acknowledged] = (_encoder, decoder) => {
      this.outbox.acknowledge(readAcknowledged(decoder).n);
      this.hearer.changed();
    };
    this.messageHandlers[frameType.refused] = (_encoder, decoder) => {
      const {code, sentence} = readRefused(decoder);
      this.hearer.refused(code, sentence);
    };
    this.messageHandlers[frameType.drain] = (_encoder, decoder) => {
      this.comeBackWithin = decoding.readVarUint(decoder);
    };

    this.on('status', ({status}) => {
      // Runs before the provider sends anything of its own.
      if (status === 'connected') {
        const {language} = this.options;
        this.sendBytes(encodeHello({schema: schemaVersion, epoch: this.epoch, clientId: doc.clientID, language}));
      }
      this.hearer.changed();
    });
  }

  private hearLocal(update: Uint8Array, origin: unknown, transaction: Y.Transaction): void {
    // Yjs tidies formats by itself, under no origin; a reader's tidying concerns nobody.
    const isTidying = origin === null && update[0] === 0;
    if (isTidying && this.hello !== null && !this.mayWrite) return;
    // What the device has is owed by its marks and goes with the answer to step 1; later there is no such answer.
    const isFromDevice = origin instanceof IndexeddbPersistence;
    if (isFromDevice && !this.isSending) return;
    this.outbox.add(update, transaction);
    this.hearer.edited(update, isFromDevice);
    this.hearer.changed();
  }

  private hearSync(decoder: decoding.Decoder): void {
    const type = decoding.readVarUint(decoder);
    if (type === syncType.step1) {
      this.serverState = decoding.readVarUint8Array(decoder);
      this.answerServer();
    } else if (type === syncType.step2) {
      readSyncStep2(decoder, this.doc, this);
      this.synced = true;
      this.hearer.changed();
    } else if (type === syncType.update) {
      readUpdate(decoder, this.doc, this);
    }
  }

  private hearHello(hello: ServerHello): void {
    const isFirst = !this.isGreeted;
    this.isGreeted = true;
    this.attempts = 0;
    this.endSilence();
    if (isFirst) this.ways.arrived(this.doc.clientID);
    if (isFirst && !this.hearer.greeted(hello)) return;
    this.hello = hello;
    this.epoch = hello.epoch;
    this.answerServer();
    this.hearer.changed();
  }

  private answerServer(): void {
    if (!this.isGreeted || this.serverState === null || this.hello === null) return;
    if (this.hello.schema !== schemaVersion) return;
    const state = this.serverState;
    this.serverState = null;
    this.isSending = true;
    this.outbox.open(state, this.mayWrite);
    this.hearer.changed();
  }

  private sendCursorSoon(): void {
    if (this.ended) return;
    if (this.cursorTimer !== null) {
      this.cursorWaits = true;
      return;
    }
    this.sendCursor();
    this.cursorTimer = setTimeout(() => {
      this.cursorTimer = null;
      if (!this.cursorWaits) return;
      this.cursorWaits = false;
      this.sendCursorSoon();
    }, cursorPause);
  }

  private sendCursor(): void {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, frameType.awareness);
    encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(this.awareness, [this.doc.clientID]));
    this.sendBytes(encoding.toUint8Array(encoder));
  }

  private comeBackAtRandom(): void {
    this.on('connection-close', event => {
      const isInVain = !this.isGreeted;
      this.isGreeted = false;
      this.endSilence();
      this.ways.rest();
      this.isSending = false;
      this.serverState = null;
      this.outbox.close();
      this.presence.clear();
      if (this.ended) return;
      // The provider's own timer finds nothing to do; ours decides.
      this.shouldConnect = false;
      const isForGood = event !== null && ((event.code >= 4400 && event.code < 4500) || event.reason === damaged);
      if (isForGood) {
        this.hearer.dismissed(event.code, event.reason);
        return;
      }
      // It had too much to do when it heard all that is owed, and will hear all of it again.
      if (event?.code === overload) this.comeBackWithin ??= overloadWait;
      if (isInVain && this.ways.failed()) {
        this.comeBack(0);
        return;
      }
      this.comeBack(this.attempts + 1);
      if (this.attempts % 4 === 2) this.hearer.unreachable();
    });
  }

  private listenForSilence(): void {
    this.endSilence();
    if (this.ways.taken === 'requests') return;
    this.silenceTimer = setInterval(() => {
      this.isSilent = true;
      this.hearer.unreachable();
    }, silence);
  }

  private endSilence(): void {
    if (this.silenceTimer !== null) clearInterval(this.silenceTimer);
    this.silenceTimer = null;
    this.isSilent = false;
  }

  private sendBytes(bytes: Uint8Array): void {
    if (this.wsconnected && this.ws?.readyState === 1) this.ws.send(bytes as Uint8Array<ArrayBuffer>);
  }
}
