import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import {frameType, type PresenceState} from '@plenary/protocol/frames';
import {limits, pauses} from './limits.ts';
import type {RoomActor} from './ports.ts';

/** One connection as the others see it. */
interface Seen {
  client: number;
  actor: RoomActor;
  readonly colour: number;
  cursor: string;
  clock: number;
  /** As it stands in a frame; null when it has to be written anew. */
  bytes: Uint8Array | null;
}

/** One entry of an awareness update. */
export interface AwarenessEntry {
  readonly client: number;
  readonly clock: number;
  /** JSON; `null` when the client is going. */
  readonly state: string;
}

/** Reads what a client says about itself and, since stock clients echo, about others. Throws on bytes that are none. */
export function readAwareness(bytes: Uint8Array): AwarenessEntry[] {
  const decoder = decoding.createDecoder(bytes);
  const entries: AwarenessEntry[] = [];
  for (let left = decoding.readVarUint(decoder); left > 0; left--) {
    const client = decoding.readVarUint(decoder);
    const clock = decoding.readVarUint(decoder);
    entries.push({client, clock, state: decoding.readVarString(decoder)});
  }
  return entries;
}

/**
 * Who is in the room, as the server knows it. Nothing that a client says about itself is relayed but its cursor. One state a
 * connection, under the client that it writes with; told in one frame a tick, and all of it before a stock client forgets.
 */
export class Presence {
  readonly #seen = new Map<number, Seen>();
  readonly #changed = new Set<number>();
  /** Clients that have left. */
  #left: number[] = [];
  #clock = 0;
  #refreshAt: number;

  constructor(now: number) {
    this.#refreshAt = now + pauses.presence;
  }

  clientOf(connection: number): number | undefined {
    return this.#seen.get(connection)?.client;
  }

  /** The connection that is seen under this client. */
  connectionOf(client: number): number | undefined {
    for (const [connection, seen] of this.#seen) if (seen.client === client) return connection;
    return undefined;
  }

  /** `state` as the client has sent it. */
  see(connection: number, client: number, actor: RoomActor, state: string): void {
    const cursor = cursorOf(state);
    const seen = this.#seen.get(connection);
    if (!seen) {
      this.#seen.set(connection, {client, actor, colour: this.#freeColour(), cursor, clock: 0, bytes: null});
    } else if (seen.cursor === cursor && seen.client === client) {
      return;
    } else {
      if (seen.client !== client) this.#left.push(seen.client);
      seen.client = client;
      seen.cursor = cursor;
    }
    this.#changed.add(connection);
  }

  /** Another name or organisation. */
  rename(connection: number, actor: RoomActor): void {
    const seen = this.#seen.get(connection);
    if (!seen) return;
    seen.actor = actor;
    this.#changed.add(connection);
  }

  leave(connection: number): void {
    const seen = this.#seen.get(connection);
    if (!seen) return;
    this.#seen.delete(connection);
    this.#changed.delete(connection);
    this.#left.push(seen.client);
  }

  /** What each of these connections is to be told now; null: nothing. Its own state is never told to a connection. */
  tell(now: number): ((connection: number) => Uint8Array | null) | null {
    const isRefresh = now >= this.#refreshAt;
    if (isRefresh) {
      this.#refreshAt = now + pauses.presence;
      for (const connection of this.#seen.keys()) this.#changed.add(connection);
    }
    if (this.#changed.size === 0 && this.#left.length === 0 && !isRefresh) return null;
    const changed = [...this.#changed];
    const entries = new Map(
      changed.map(connection => [connection, this.#entry(this.#seen.get(connection)!, now, true)]),
    );
    const seen = new Set([...this.#seen.values()].map(({client}) => client));
    const gone = this.#left
      .filter(client => !seen.has(client))
      .map(client => encodeEntry(client, this.#tick(now), 'null'));
    this.#changed.clear();
    this.#left = [];
    const forMost = frame([...gone, ...entries.values()]);
    return connection => {
      if (!entries.has(connection)) return forMost;
      const others = [...entries].flatMap(([key, bytes]) => (key === connection ? [] : [bytes]));
      return others.length + gone.length > 0 || isRefresh ? frame([...gone, ...others]) : null;
    };
  }

  /** Everybody but the connection itself; null when there is nobody. */
  everybodyElse(connection: number, now: number): Uint8Array | null {
    const entries = [...this.#seen].flatMap(([key, seen]) =>
      key === connection ? [] : [this.#entry(seen, now, false)],
    );
    return entries.length > 0 ? frame(entries) : null;
  }

  #entry(seen: Seen, now: number, isNew: boolean): Uint8Array {
    if (isNew || !seen.bytes) {
      const {id, handle, organisation} = seen.actor;
      const state: Omit<PresenceState, 'cursor'> = {member: {id, handle, organisation}, colour: seen.colour};
      const json = `${JSON.stringify(state).slice(0, -1)},"cursor":${seen.cursor}}`;
      seen.clock = this.#tick(now);
      seen.bytes = encodeEntry(seen.client, seen.clock, json);
    }
    return seen.bytes;
  }

  /** Beyond every clock that a client has seen here before, also before a restart. */
  #tick(now: number): number {
    this.#clock = Math.max(this.#clock + 1, now);
    return this.#clock;
  }

  #freeColour(): number {
    const taken = new Set([...this.#seen.values()].map(({colour}) => colour));
    for (let colour = 1; ; colour++) if (!taken.has(colour)) return colour;
  }
}

function cursorOf(state: string): string {
  if (state.length > 2 * limits.cursor) return 'null';
  let parsed: unknown;
  try {
    parsed = JSON.parse(state);
  } catch {
    return 'null';
  }
  if (parsed === null || typeof parsed !== 'object') return 'null';
  const cursor = JSON.stringify((parsed as {cursor?: unknown}).cursor ?? null);
  return new TextEncoder().encode(cursor).byteLength > limits.cursor ? 'null' : cursor;
}

function encodeEntry(client: number, clock: number, json: string): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, client);
  encoding.writeVarUint(encoder, clock);
  encoding.writeVarString(encoder, json);
  return encoding.toUint8Array(encoder);
}

function frame(entries: readonly Uint8Array[]): Uint8Array {
  const states = encoding.createEncoder();
  encoding.writeVarUint(states, entries.length);
  for (const entry of entries) encoding.writeUint8Array(states, entry);
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, frameType.awareness);
  encoding.writeVarUint8Array(encoder, encoding.toUint8Array(states));
  return encoding.toUint8Array(encoder);
}
