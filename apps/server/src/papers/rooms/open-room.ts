import {randomBytes, randomInt} from 'node:crypto';
import {idFromBytes} from '@plenary/domain/ids';
import type {MemberId} from '@plenary/domain/ids';
import {closeCode, type RoomActor, type RoomPorts, type RoomStore} from '@plenary/room/ports';
import {Room} from '@plenary/room/room';
import type {StoredPaperRow} from '@plenary/store/store';
import {Outgoing} from './outgoing.ts';
import type {Peer} from './peer.ts';
import type {RoomLimits} from './room-limits.ts';

export interface OpenRoomOptions {
  readonly paper: StoredPaperRow;
  readonly store: RoomStore;
  readonly isShared: boolean;
  readonly limits: RoomLimits;
  readonly clock: {now(): number};
  readonly sentence: RoomPorts['sentence'];
  appended(seq: number): void;
  trouble(what: string, cause: unknown): void;
}

/** The room of one paper with its sockets. */
export class OpenRoom {
  readonly paper: StoredPaperRow;
  readonly room: Room;
  readonly peers = new Map<number, Peer>();
  /** Work under way that needs the room in memory. */
  holds = 0;
  caughtUpAt: number;
  readonly #outgoing: Outgoing;
  readonly #trouble: OpenRoomOptions['trouble'];
  readonly #now: () => number;
  #leftAt: number;

  constructor({paper, store, isShared, limits, clock, sentence, appended, trouble}: OpenRoomOptions) {
    this.paper = paper;
    this.#trouble = trouble;
    this.#now = () => clock.now();
    this.#leftAt = this.caughtUpAt = clock.now();
    this.#outgoing = new Outgoing(() => this.peers.size >= limits.coalesceFrom, limits.coalesceMs);
    this.room = new Room({
      store,
      isShared,
      clock,
      sentence,
      appended,
      trouble,
      ownConnection: randomInt(2 ** 31),
      newClient: () => randomInt(2 ** 32),
      newName: () => idFromBytes(randomBytes(12)),
      net: {
        send: (connection, bytes) => {
          const peer = this.peers.get(connection);
          if (peer) this.#outgoing.send(peer, bytes);
        },
        close: (connection, code, reason) => this.#close(connection, code, reason),
      },
    });
  }

  join(peer: Peer, actor: RoomActor): void {
    this.peers.set(peer.number, peer);
    peer.listen({
      frame: bytes => this.#guarded(peer, () => this.room.receive(peer.number, bytes)),
      ended: () => this.#forget(peer),
      overflowed: () => {
        this.#forget(peer);
        peer.close(closeCode.resync, 'resync');
      },
    });
    this.#guarded(peer, () => this.room.connect(peer.number, actor));
  }

  connectionsOf(member: MemberId): number {
    let count = 0;
    for (const peer of this.peers.values()) if (peer.member === member) count += 1;
    return count;
  }

  tick(): void {
    try {
      this.room.tick();
    } catch (cause) {
      this.#trouble('tick', cause);
    }
    for (const peer of this.peers.values()) peer.tick();
    if (this.peers.size > 0 || this.holds > 0) this.#leftAt = this.#now();
  }

  /** Empty for so long, and stored. */
  isUnused(linger: number): boolean {
    return this.holds === 0 && this.#now() - this.#leftAt >= linger && this.room.isAtRest;
  }

  #guarded(peer: Peer, act: () => void): void {
    try {
      act();
    } catch (cause) {
      this.#trouble('frame', cause);
      this.#close(peer.number, closeCode.resync, 'server.failed');
    }
  }

  #close(connection: number, code: number, reason: string): void {
    const peer = this.peers.get(connection);
    if (!peer) return;
    this.#outgoing.flushTo(peer);
    this.#forget(peer);
    peer.close(code, reason);
  }

  #forget(peer: Peer): void {
    this.#outgoing.drop(peer);
    this.peers.delete(peer.number);
    this.room.disconnect(peer.number);
  }
}
