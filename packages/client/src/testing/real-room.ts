import {createServer, type IncomingMessage, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {WebSocketServer, type WebSocket} from 'ws';
import type {RefusalCode} from '@plenary/domain/refusal';
import type {ParagraphContent} from '@plenary/paper/view';
import {writeContent} from '@plenary/paper/write';
import type {RoomActor} from '@plenary/room/ports';
import {Room} from '@plenary/room/room';
import {MemoryStore} from '@plenary/room/testing/memory-store';

/** Appends only while it is allowed to. */
class PatientStore extends MemoryStore {
  isPatient = false;
  private waiting: (() => void)[] = [];

  override async append(updates: Parameters<MemoryStore['append']>[0]): Promise<readonly number[]> {
    if (this.isPatient) await new Promise<void>(resolve => this.waiting.push(resolve));
    return super.append(updates);
  }

  goOn(): void {
    this.isPatient = false;
    for (const go of this.waiting.splice(0)) go();
  }
}

/** The real room behind a socket, with its log in memory: it can be killed, and comes back with what was appended. */
export class RealRoom {
  store = new PatientStore();
  refuseWriting: RefusalCode | null = null;
  room: Room | null = null;
  private server: Server | null = null;
  private port = 0;
  private nextConnection = 1;
  private readonly sockets = new Map<number, {socket: WebSocket; member: string}>();
  private ticking: ReturnType<typeof setInterval> | null = null;
  private readonly members: string[] = [];

  get url(): string {
    return `ws://127.0.0.1:${this.port}/rooms/paper`;
  }

  /** On a server of its own, or on one that listens already; the member comes from the header `x-member` unless said. */
  async listen(
    given: Server | null = null,
    memberOf = (request: IncomingMessage): string => String(request.headers['x-member']),
  ): Promise<void> {
    this.room = this.openRoom();
    this.ticking = setInterval(() => this.room?.tick(), 20);
    const server = given ?? createServer();
    new WebSocketServer({server, perMessageDeflate: false}).on('connection', (socket, request) => {
      this.join(socket, memberOf(request));
    });
    this.server = server;
    if (given === null) await new Promise<void>(resolve => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
  }

  /** As kill -9: what was not appended is gone. */
  async kill(): Promise<void> {
    if (this.ticking !== null) clearInterval(this.ticking);
    this.room = null;
    for (const {socket} of this.sockets.values()) socket.terminate();
    this.sockets.clear();
    const server = this.server;
    this.server = null;
    server?.closeAllConnections();
    if (server !== null) await new Promise(resolve => server.close(resolve));
    const survived = new PatientStore();
    survived.rows = [...this.store.rows];
    survived.epoch = this.store.epoch;
    for (const [client, owner] of this.store.owners) survived.owners.set(client, owner);
    this.store = survived;
  }

  async seed(content: readonly ParagraphContent[]): Promise<void> {
    let count = 0;
    await this.room?.edit(0, doc => writeContent(doc, content, () => `seeded-${String(++count).padStart(8, '0')}`));
  }

  setWriting(refuseWriting: RefusalCode | null): void {
    this.refuseWriting = refuseWriting;
    for (const [number, {member}] of this.sockets) this.room?.setActor(number, this.actorOf(member));
  }

  private actorOf(member: string): RoomActor {
    if (!this.members.includes(member)) this.members.push(member);
    return {
      number: this.members.indexOf(member) + 1,
      id: member,
      handle: member,
      organisation: null,
      refuseWriting: this.refuseWriting,
    };
  }

  private join(socket: WebSocket, member: string): void {
    const number = this.nextConnection++;
    socket.on('error', () => socket.terminate());
    this.sockets.set(number, {socket, member});
    socket.on('message', (data: Buffer) => this.room?.receive(number, new Uint8Array(data)));
    socket.on('close', () => {
      this.sockets.delete(number);
      this.room?.disconnect(number);
    });
    this.room?.connect(number, this.actorOf(member));
  }

  private openRoom(): Room {
    const isCurrent = (): boolean => this.room === room;
    const room: Room = new Room({
      store: this.store,
      net: {
        send: (number, bytes) => {
          if (isCurrent()) this.sockets.get(number)?.socket.send(bytes);
        },
        close: (number, code, reason) => {
          if (isCurrent()) this.sockets.get(number)?.socket.close(code, reason);
        },
      },
      clock: {now: () => Date.now()},
      ownConnection: this.nextConnection++,
      newClient: () => Math.floor(Math.random() * 2 ** 32),
      newName: () => `named-${Math.random().toString(36).slice(2, 14)}`,
      sentence: (code, language) => `${code} in ${language}`,
    });
    return room;
  }
}
