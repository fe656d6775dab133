import type {RefusalCode} from '@plenary/domain/refusal';

/** One update as it stands in the log. `seq` counts up by one from 1 within a paper. */
export interface LoggedUpdate {
  readonly seq: number;
  /** Short number of the member who wrote it; 0 is the server. */
  readonly actor: number;
  readonly bytes: Uint8Array;
}

/** One update to be appended. `(actor, connection, n)` is unique: appending the same one again changes nothing. */
export interface Append {
  readonly actor: number;
  /** Random 31-bit number of the connection. */
  readonly connection: number;
  /** Counts up from 1 on the connection. */
  readonly n: number;
  readonly bytes: Uint8Array;
  /** Clients (Yjs clientIDs) that this update binds to its actor for the first time. */
  readonly binds: readonly number[];
}

export interface StoredPaper {
  readonly epoch: number;
  /** Encoded Yjs V1 state up to and including `snapshotSeq`; null when there is none yet. */
  readonly snapshot: Uint8Array | null;
  readonly snapshotSeq: number;
  /** All updates after the snapshot, in order. */
  readonly tail: readonly LoggedUpdate[];
  /** Which member writes under which clientID. */
  readonly bindings: readonly (readonly [clientId: number, actor: number])[];
}

/**
 * Where a room keeps its log. `append` takes its place in one ordered batch queue: it resolves with the `seq` of every
 * update once they are on disk, or rejects and has then stored none or is not known to have (the room asks again).
 */
export interface RoomStore {
  load(): Promise<StoredPaper>;
  append(updates: readonly Append[]): Promise<readonly number[]>;
  /** Updates after `since`, in order, at most `limit`. */
  read(since: number, limit: number): Promise<readonly LoggedUpdate[]>;
  saveSnapshot(snapshot: Uint8Array, seq: number): Promise<void>;
}

/** The connections as a room sees them. Sending never throws and never blocks; a slow receiver is closed by the adapter. */
export interface RoomNet {
  send(connection: number, bytes: Uint8Array): void;
  close(connection: number, code: number, reason: string): void;
}

/** Milliseconds since 1970. */
export interface Clock {
  now(): number;
}

/** All that a room does not decide itself. */
export interface RoomPorts {
  readonly store: RoomStore;
  readonly net: RoomNet;
  readonly clock: Clock;
  /** Random 31-bit number under which the server's own edits stand in the log. */
  readonly ownConnection: number;
  /** A client that nobody uses yet, for the server's own edits. */
  newClient(): number;
  /** A name for a new paragraph. */
  newName(): string;
  /** The sentence of a refusal in a BCP 47 language. */
  sentence(code: RefusalCode, language: string): string;
  /** Other servers append to the same log. */
  readonly isShared?: boolean;
  /** Updates after which a new snapshot is stored. */
  readonly snapshotEvery?: number;
  /** Up to this seq all is durable and was told to the connections: a hint for other servers. */
  appended?(seq: number): void;
  /** Something is wrong that no rule foresees; the room goes on or closes by itself. */
  trouble?(what: string, cause: unknown): void;
}

/** Who is behind a connection, as the server knows them. */
export interface RoomActor {
  readonly number: number;
  readonly id: string;
  readonly handle: string;
  readonly organisation: string | null;
  /** Null when this connection may write now, otherwise why not. */
  readonly refuseWriting: RefusalCode | null;
}

/** Close codes. y-websocket gives up on 44xx and tries again on 45xx. */
export const closeCode = {
  refused: 4403,
  notFound: 4404,
  signedOut: 4401,
  resync: 4500,
  drain: 4501,
  overload: 4502,
} as const;
