import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {WebSocketServer, type WebSocket} from 'ws';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import {
  encodeAcknowledged,
  encodeDrain,
  encodeHello,
  encodeRefused,
  encodeSync,
  frameType,
  syncType,
  type ClientHello,
  type PresenceState,
} from '@plenary/protocol/frames';
import {schemaVersion} from '@plenary/paper/schema-version';

export interface NumberedFrame {
  readonly n: number;
  readonly type: number;
  readonly update: Uint8Array;
  /** Of the whole frame, in bytes. */
  readonly size: number;
}

interface Connection {
  readonly socket: WebSocket;
  readonly number: number;
  readonly member: string;
  readonly frames: NumberedFrame[];
  hello: ClientHello | null;
  dead: boolean;
}

/**
 * A room that does as it is told, for what a real room does too rarely or too fast: acknowledgements that are held
 * back, refusals, drains, other epochs. It keeps the frames that it got. The member stands in the header `x-member`.
 */
export class ScriptedRoom {
  doc = new Y.Doc();
  epoch = 1;
  schema: number = schemaVersion;
  rights: {write: boolean; why: string | null} = {write: true, why: null};
  /** Answers with a code for what it refuses. */
  judge: (frame: NumberedFrame, connection: Connection) => string | null = () =>
    this.rights.write ? null : (this.rights.why ?? 'not-permitted');
  /** While true nothing is applied, told on or acknowledged. */
  holds = false;
  /** Everybody acts as this member, whoever they say they are. */
  actsAs: string | null = null;
  readonly connections: Connection[] = [];
  /** All connections there ever were. */
  readonly history: Connection[] = [];
  /** Awareness states as they came, JSON. */
  readonly cursors: string[] = [];
  private readonly waits = new Set<() => void>();
  private held: (() => void)[] = [];
  private server: Server | null = null;
  private port = 0;
  private seq = 0;

  get url(): string {
    return `ws://127.0.0.1:${this.port}/rooms/paper`;
  }

  async listen(): Promise<void> {
    const server = createServer();
    const sockets = new WebSocketServer({server});
    sockets.on('connection', (socket, request) => this.join(socket, String(request.headers['x-member'])));
    this.server = server;
    await new Promise<void>(resolve => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
  }

  /** As a kill: whatever was not acknowledged is forgotten. */
  async kill(): Promise<void> {
    this.held = [];
    for (const {socket} of this.connections) socket.terminate();
    this.connections.length = 0;
    const server = this.server;
    this.server = null;
    if (server !== null) await new Promise(resolve => server.close(resolve));
  }

  /** Does what was held back. */
  release(): void {
    this.holds = false;
    const held = this.held;
    this.held = [];
    for (const run of held) run();
  }

  /** Resolves when the connection (counted from 0) has sent so many numbered frames. */
  whenFrames(connection: number, count: number): Promise<void> {
    return this.when(() => (this.history[connection]?.frames.length ?? 0) >= count);
  }

  whenCursor(json: string): Promise<void> {
    return this.when(() => this.cursors.includes(json));
  }

  private when(isSo: () => boolean): Promise<void> {
    return new Promise(resolve => {
      const check = (): void => {
        if (!isSo()) return;
        this.waits.delete(check);
        resolve();
      };
      this.waits.add(check);
      check();
    });
  }

  setRights(rights: {write: boolean; why: string | null}): void {
    this.rights = rights;
    for (const connection of this.connections) this.greet(connection);
  }

  drain(ms: number): void {
    for (const {socket} of this.connections) {
      socket.send(encodeDrain(ms));
      socket.close(4501);
    }
  }

  closeAll(code: number, reason = ''): void {
    for (const {socket} of this.connections) socket.close(code, reason);
  }

  sendPresence(states: readonly (readonly [connection: number, clock: number, state: PresenceState | null])[]): void {
    const inner = encoding.createEncoder();
    encoding.writeVarUint(inner, states.length);
    for (const [connection, clock, state] of states) {
      encoding.writeVarUint(inner, connection);
      encoding.writeVarUint(inner, clock);
      encoding.writeVarString(inner, JSON.stringify(state));
    }
    const frame = encoding.createEncoder();
    encoding.writeVarUint(frame, frameType.awareness);
    encoding.writeVarUint8Array(frame, encoding.toUint8Array(inner));
    for (const {socket} of this.connections) socket.send(encoding.toUint8Array(frame));
  }

  private join(socket: WebSocket, member: string): void {
    const connection: Connection = {
      socket,
      number: this.history.length + 1000,
      member: this.actsAs ?? member,
      frames: [],
      hello: null,
      dead: false,
    };
    this.connections.push(connection);
    this.history.push(connection);
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      const at = this.connections.indexOf(connection);
      if (at >= 0) this.connections.splice(at, 1);
    });
    socket.on('message', (data: Buffer) => this.hear(connection, new Uint8Array(data)));
  }

  private hear(connection: Connection, bytes: Uint8Array): void {
    const decoder = decoding.createDecoder(bytes);
    const type = decoding.readVarUint(decoder);
    if (type === frameType.hello) {
      connection.hello = JSON.parse(decoding.readVarString(decoder)) as ClientHello;
      this.greet(connection);
    } else if (type === frameType.numbered) {
      const n = decoding.readVarUint(decoder);
      const sync = decoding.readVarUint(decoder);
      const update = decoding.readVarUint8Array(decoder);
      const frame = {n, type: sync, update, size: bytes.byteLength};
      connection.frames.push(frame);
      this.whenAllowed(() => this.take(connection, frame));
    } else if (type === frameType.sync) {
      this.hearSync(connection, decoder);
    } else if (type === frameType.awareness) {
      const inner = decoding.createDecoder(decoding.readVarUint8Array(decoder));
      for (let left = decoding.readVarUint(inner); left > 0; left--) {
        decoding.readVarUint(inner);
        decoding.readVarUint(inner);
        this.cursors.push(decoding.readVarString(inner));
      }
    }
    for (const check of this.waits) check();
  }

  private hearSync(connection: Connection, decoder: decoding.Decoder): void {
    const type = decoding.readVarUint(decoder);
    const payload = decoding.readVarUint8Array(decoder);
    if (type === syncType.step1) {
      connection.socket.send(encodeSync(syncType.step2, Y.encodeStateAsUpdate(this.doc, payload)));
      connection.socket.send(encodeSync(syncType.step1, Y.encodeStateVector(this.doc)));
    } else {
      this.whenAllowed(() => this.apply(connection, payload));
    }
  }

  private take(connection: Connection, frame: NumberedFrame): void {
    if (connection.dead) return;
    const code = this.judge(frame, connection);
    if (code !== null) {
      connection.dead = true;
      connection.socket.send(encodeRefused(frame.n, code, `Refused: ${code}.`));
      return;
    }
    this.apply(connection, frame.update);
    connection.socket.send(encodeAcknowledged(frame.n, this.seq));
  }

  private apply(sender: Connection, update: Uint8Array): void {
    Y.applyUpdate(this.doc, update);
    this.seq++;
    for (const other of this.connections) {
      if (other !== sender) other.socket.send(encodeSync(syncType.update, update));
    }
  }

  private greet(connection: Connection): void {
    if (connection.hello === null) return;
    connection.socket.send(
      encodeHello({
        schema: this.schema,
        epoch: this.epoch,
        seq: this.seq,
        connection: connection.number,
        member: connection.member,
        rights: this.rights,
      }),
    );
  }

  private whenAllowed(run: () => void): void {
    if (this.holds) this.held.push(run);
    else run();
  }
}
