import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';
import type {RefusalCode} from '@plenary/domain/refusal';
import {frameType, syncType} from '@plenary/protocol/frames';
import type {RoomActor} from '../ports.ts';
import {Room} from '../room.ts';
import {StoreOfProcess, type SlowStore} from './slow-store.ts';
import type {World} from './world.ts';

/** The client's end of a connection. */
export interface Line {
  /** At the moment at which the server sends it. */
  sent(bytes: Uint8Array): void;
  received(bytes: Uint8Array): void;
  closed(code: number, reason: string): void;
}

interface Wire {
  readonly actor: number;
  line: Line | null;
  upAt: number;
  downAt: number;
}

/** One server process with one room, and the network to it. */
export class Node {
  room: Room;
  refuseWriting: RefusalCode | null = null;
  readonly troubles: string[] = [];
  /** Sentences about what must never happen. */
  readonly wrong: string[] = [];
  /** Hints for the other process. */
  heard: ((seq: number) => void) | null = null;
  readonly #world: World;
  readonly #store: SlowStore;
  readonly #isShared: boolean;
  #hold: StoreOfProcess;
  #wires = new Map<number, Wire>();

  constructor(world: World, store: SlowStore, isShared: boolean) {
    this.#world = world;
    this.#store = store;
    this.#isShared = isShared;
    this.#hold = new StoreOfProcess(store);
    this.room = this.#newRoom();
    this.#tick();
  }

  /** The process ends at once and so does every socket; what it had asked of the store may still happen. */
  kill(): void {
    this.#hold.kill();
    const wires = [...this.#wires.values()];
    this.#wires = new Map();
    for (const wire of wires) {
      const {line} = wire;
      // What was still on its way down is gone with the socket.
      wire.line = null;
      line?.closed(1006, '');
    }
    this.#hold = new StoreOfProcess(this.#store);
    this.room = this.#newRoom();
  }

  /** Nobody is here: the room leaves the memory and is opened anew. */
  reopen(): void {
    if (!this.room.isAtRest) return;
    this.#hold.kill();
    this.#hold = new StoreOfProcess(this.#store);
    this.room = this.#newRoom();
  }

  connect(actor: number, line: Line): number {
    const number = 1 + this.#world.next(2 ** 31 - 2);
    this.#wires.set(number, {actor, line, upAt: 0, downAt: 0});
    this.room.connect(number, this.#actor(actor));
    return number;
  }

  send(number: number, bytes: Uint8Array): void {
    const wire = this.#wires.get(number);
    if (!wire?.line) return;
    wire.upAt = Math.max(wire.upAt, this.#world.now() + this.#world.next(20));
    this.#world.plan(wire.upAt - this.#world.now(), () => {
      if (this.#wires.get(number) === wire) this.room.receive(number, bytes);
    });
  }

  /** The client's end goes without a word; the server hears of it after `late`. */
  cut(number: number, late: number): void {
    const wire = this.#wires.get(number);
    if (!wire) return;
    wire.line = null;
    this.#world.plan(late, () => {
      if (this.#wires.get(number) !== wire) return;
      this.#wires.delete(number);
      this.room.disconnect(number);
    });
  }

  /** The server's end goes; the client does not hear of it from here. */
  letGo(number: number): void {
    if (!this.#wires.delete(number)) return;
    this.room.disconnect(number);
  }

  setRefusal(code: RefusalCode | null): void {
    this.refuseWriting = code;
    for (const [number, {actor}] of this.#wires) this.room.setActor(number, this.#actor(actor));
  }

  get durable(): Y.Doc {
    return this.#store.durable;
  }

  get connections(): number {
    return this.#wires.size;
  }

  #actor(number: number): RoomActor {
    return {
      number,
      id: `member-${number}`,
      handle: `Member ${number}`,
      organisation: null,
      refuseWriting: this.refuseWriting,
    };
  }

  #tick(): void {
    this.room.tick();
    this.#world.plan(100, () => this.#tick());
  }

  #newRoom(): Room {
    return new Room({
      store: this.#hold,
      clock: this.#world,
      snapshotEvery: 20,
      isShared: this.#isShared,
      ownConnection: 1 + this.#world.next(2 ** 31 - 2),
      newClient: () => 1 + this.#world.next(2 ** 32 - 2),
      newName: () => `server${this.#world.next(1_000_000_000)}`.padEnd(12, '-'),
      sentence: code => code,
      appended: seq => this.heard?.(seq),
      trouble: (what, cause) => this.troubles.push(`${what}: ${String(cause)}`),
      net: {
        send: (number, bytes) => this.#down(number, bytes),
        close: (number, code, reason) => {
          const wire = this.#wires.get(number);
          if (!wire) return;
          this.#wires.delete(number);
          const {line} = wire;
          const delay = Math.max(0, wire.downAt - this.#world.now());
          this.#world.plan(delay, () => line?.closed(code, reason));
        },
      },
    });
  }

  #down(number: number, bytes: Uint8Array): void {
    const wire = this.#wires.get(number);
    if (!wire) return;
    this.#checkDurable(bytes);
    wire.downAt = Math.max(wire.downAt, this.#world.now() + this.#world.next(20));
    const {line} = wire;
    line?.sent(bytes);
    this.#world.plan(wire.downAt - this.#world.now(), () => {
      if (wire.line === line) line?.received(bytes);
    });
  }

  /** Nobody is ever sent words, or told of a deletion, that a crash could un-say. */
  #checkDurable(bytes: Uint8Array): void {
    const decoder = decoding.createDecoder(bytes);
    if (decoding.readVarUint(decoder) !== frameType.sync) return;
    if (decoding.readVarUint(decoder) === syncType.step1) return;
    const {structs, ds} = Y.decodeUpdate(decoding.readVarUint8Array(decoder));
    const {store} = this.#store.durable;
    for (const {id, length} of structs) {
      if (id.clock + length > Y.getState(store, id.client)) this.wrong.push('Words were sent that are not durable.');
    }
    for (const [client, ranges] of ds.clients) {
      for (const {clock, len} of ranges) {
        for (let at = clock; at < clock + len; at++) {
          const isKnown = at < Y.getState(store, client);
          const item: Y.Item | Y.GC | null = isKnown ? Y.getItem(store, Y.createID(client, at)) : null;
          if (!item?.deleted) this.wrong.push('A deletion was sent that is not durable.');
          at = item ? item.id.clock + item.length - 1 : clock + len;
        }
      }
    }
  }
}
