import type {IncomingMessage, Server as HttpServer} from 'node:http';
import {Server} from 'socket.io';
import {Refusal, type RefusalCode} from '@plenary/domain/refusal';
import {polledRoomsPath, type PolledToClient, type PolledToServer} from '@plenary/protocol/polled-room';
import {statusOf} from '@plenary/protocol/status';
import {closeCode} from '@plenary/room/ports';
import {PolledLine, type PolledSocket} from './polled-line.ts';
import {roomLimits} from './room-limits.ts';
import type {Rooms} from './rooms.ts';

/** Rooms by requests alone, for networks that let no WebSocket through: the same door, the same frames, the same limits. */
export interface PolledRooms {
  attach(server: HttpServer): void;
  close(): void;
}

export interface PolledRoomsOptions {
  readonly rooms: Pick<Rooms, 'enter'>;
  /** Whether both requests carry one sign-in: the name of a connection stands in addresses, and so in logs of others. */
  isSameSignIn(one: IncomingMessage, other: IncomingMessage): boolean;
  readonly log: {error(details: object, message: string): void};
}

type Polled = Server<PolledToServer, PolledToClient>;
/** The query as engine.io has read it. */
type PolledRequest = IncomingMessage & {readonly _query?: Readonly<Record<string, string | undefined>>};

const mostConnections = 5_000;

export function createPolledRooms({rooms, isSameSignIn, log}: PolledRoomsOptions): PolledRooms {
  const io: Polled = new Server<PolledToServer, PolledToClient>({
    path: polledRoomsPath,
    transports: ['polling'],
    serveClient: false,
    httpCompression: false,
    connectTimeout: 10_000,
    pingInterval: roomLimits.ping,
    pingTimeout: 1.5 * roomLimits.ping,
    // Bytes travel in base64.
    maxHttpBufferSize: Math.ceil(roomLimits.frame * 1.4),
    allowRequest: (_request, decide) => decide(null, io.engine.clientsCount < mostConnections),
  });
  const lines = new Map<string, PolledLine>();

  io.on('connection', (socket: PolledSocket) => {
    socket.on('error', () => socket.conn.close(true));
    const {paper} = socket.handshake.auth as {paper?: unknown};
    const comer = {
      request: socket.request,
      paper: typeof paper === 'string' ? paper : '',
      isGone: () => !socket.connected,
      open() {
        const line = new PolledLine(socket, roomLimits.frame);
        const {id} = socket.conn as unknown as {id: string};
        lines.set(id, line);
        socket.on('disconnect', () => lines.delete(id));
        return line;
      },
    };
    rooms.enter(comer).catch((error: unknown) => {
      if (!(error instanceof Refusal)) log.error({err: error}, 'A connection by requests failed.');
      refuse(socket, error instanceof Refusal ? error.code : 'server.failed');
    });
  });

  return {
    attach(server) {
      io.attach(server);
      io.engine.use((request: PolledRequest, _response: unknown, next: (error?: Error) => void) => {
        const line = lines.get(request._query?.['sid'] ?? '');
        if (line && !isSameSignIn(line.request, request)) next(new Error('Another sign-in.'));
        else if (line && request.method === 'POST') line.take(() => next());
        else next();
      });
    },
    close() {
      io.engine?.close();
    },
  };
}

/** Who is not let in hears why in the words of a closed room; where it is a matter of time they may come again. */
function refuse(socket: PolledSocket, code: RefusalCode): void {
  const codes: Readonly<Record<number, number>> = {
    401: closeCode.signedOut,
    403: closeCode.refused,
    404: closeCode.notFound,
  };
  socket.emit('closed', {code: codes[statusOf[code]] ?? closeCode.overload, reason: code});
  socket.onAny(() => socket.conn.close(true));
  const timer = setTimeout(() => socket.conn.close(true), 3_000).unref();
  socket.on('disconnect', () => clearTimeout(timer));
}
