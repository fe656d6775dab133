import {randomBytes} from 'node:crypto';
import {connect, type Socket} from 'node:net';
import {call} from '../support/members.ts';
import {pause, socketTo, type Attack, type Grounds} from './grounds.ts';

/** A TCP connection by hand, with what came back. */
interface Line {
  readonly socket: Socket;
  heard(): string;
  isClosed(): boolean;
}

function dial(url: string): Promise<Line> {
  const {hostname, port} = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port || 80), hostname);
    let heard = '';
    let closed = false;
    socket.on('data', chunk => (heard += chunk.toString('latin1')));
    socket.on('close', () => (closed = true));
    socket.on('error', error => (socket.connecting ? reject(error) : (closed = true)));
    socket.on('connect', () => resolve({socket, heard: () => heard, isClosed: () => closed}));
  });
}

/** A WebSocket handshake by hand on the room of the paper. */
async function shake(grounds: Grounds, path = `/rooms/${grounds.paper}`): Promise<Line> {
  const line = await dial(grounds.url);
  line.socket.write(
    [
      `GET ${path} HTTP/1.1`,
      `Host: ${new URL(grounds.url).host}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
      `Cookie: ${grounds.cookies.attacker}`,
      '\r\n',
    ].join('\r\n'),
  );
  for (let waited = 0; waited < 40 && !line.heard().includes('\r\n\r\n') && !line.isClosed(); waited++) await pause(25);
  return line;
}

interface FrameParts {
  /** FIN and reserved bits with the opcode. */
  readonly first: number;
  readonly payload?: Uint8Array;
  readonly masked?: boolean;
  /** In place of the payload's own length. */
  readonly declared?: bigint;
}

function frame({first, payload = new Uint8Array(), masked = true, declared}: FrameParts): Buffer {
  const length = declared ?? BigInt(payload.length);
  const head = Buffer.alloc(2 + (length > 65_535n ? 8 : length > 125n ? 2 : 0));
  head[0] = first;
  const mark = masked ? 0x80 : 0;
  if (length > 65_535n) {
    head[1] = mark | 127;
    head.writeBigUInt64BE(length, 2);
  } else if (length > 125n) {
    head[1] = mark | 126;
    head.writeUInt16BE(Number(length), 2);
  } else head[1] = mark | Number(length);
  if (!masked) return Buffer.concat([head, payload]);
  const key = randomBytes(4);
  return Buffer.concat([head, key, payload.map((byte, index) => byte ^ (key[index % 4] ?? 0))]);
}

/** Broken frames end their own connection, or are ignored; both are right. */
function broken(name: string, write: (line: Line) => Promise<void> | void): Attack {
  return {
    name: `WebSocket: ${name}`,
    async run(grounds) {
      const line = await shake(grounds);
      if (!line.heard().startsWith('HTTP/1.1 101')) return 'The room did not open to a correct handshake.';
      await write(line);
      await pause(150);
      line.socket.destroy();
      return null;
    },
  };
}

const close = (code: number, reason = ''): Buffer => {
  const payload = Buffer.alloc(2 + Buffer.byteLength(reason));
  payload.writeUInt16BE(code, 0);
  payload.write(reason, 2);
  return frame({first: 0x88, payload});
};

const frames: readonly Attack[] = [
  ...[0xc2, 0xa2, 0x92, 0xf2].map(first =>
    broken(
      `reserved bits ${first.toString(16)}`,
      ({socket}) => void socket.write(frame({first, payload: Buffer.from('x')})),
    ),
  ),
  ...[3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map(opcode =>
    broken(`opcode ${opcode}`, ({socket}) => void socket.write(frame({first: 0x80 | opcode}))),
  ),
  ...[0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 65_535].map(code =>
    broken(`close code ${code}`, ({socket}) => void socket.write(close(code))),
  ),
  broken('a close of one byte', ({socket}) => void socket.write(frame({first: 0x88, payload: Buffer.from([3])}))),
  broken(
    'a close with broken UTF-8',
    ({socket}) => void socket.write(frame({first: 0x88, payload: Buffer.from([3, 0xe8, 0xff, 0xfe])})),
  ),
  broken(
    'an unmasked frame',
    ({socket}) => void socket.write(frame({first: 0x82, payload: Buffer.from('x'), masked: false})),
  ),
  broken('a length of 2^63', ({socket}) => void socket.write(frame({first: 0x82, declared: 2n ** 63n - 1n}))),
  broken('a length of 4 GB', ({socket}) => void socket.write(frame({first: 0x82, declared: 2n ** 32n}))),
  broken(
    'a length of 100 MB, and then nothing',
    ({socket}) => void socket.write(frame({first: 0x82, declared: 10n ** 8n})),
  ),
  broken('a fragmented ping', ({socket}) => void socket.write(frame({first: 0x09, payload: Buffer.from('x')}))),
  broken('a ping of 126 bytes', ({socket}) => void socket.write(frame({first: 0x89, payload: Buffer.alloc(126)}))),
  broken('a continuation of nothing', ({socket}) => void socket.write(frame({first: 0x80, payload: Buffer.from('x')}))),
  broken('twenty thousand fragments', async ({socket}) => {
    socket.write(frame({first: 0x02, payload: Buffer.from([0])}));
    const fragment = frame({first: 0x00, payload: Buffer.from([0])});
    for (let sent = 0; sent < 20_000 && !socket.destroyed; sent += 500) {
      socket.write(Buffer.concat(Array.from({length: 500}, () => fragment)));
      await pause(1);
    }
  }),
  broken(
    'text with broken UTF-8',
    ({socket}) => void socket.write(frame({first: 0x81, payload: Buffer.from([0xc3, 0x28, 0xff])})),
  ),
  broken('one byte at a time', async ({socket}) => {
    for (const byte of frame({first: 0x82, payload: Buffer.from([0, 0, 1, 0])})) {
      if (socket.destroyed) return;
      socket.write(Buffer.from([byte]));
      await pause(20);
    }
  }),
  broken('ten thousand pings', async ({socket}) => {
    const ping = frame({first: 0x89, payload: Buffer.from('x')});
    for (let sent = 0; sent < 10_000 && !socket.destroyed; sent += 500) {
      socket.write(Buffer.concat(Array.from({length: 500}, () => ping)));
      await pause(1);
    }
  }),
];

/** A request by hand that must not be answered as if it were right. */
function request(name: string, text: (grounds: Grounds) => string, mayAnswer: (heard: string) => boolean): Attack {
  return {
    name: `HTTP: ${name}`,
    async run(grounds) {
      const line = await dial(grounds.url);
      line.socket.write(text(grounds));
      await pause(300);
      const heard = line.heard();
      line.socket.destroy();
      return mayAnswer(heard) ? null : `It answered ${heard.split('\r\n')[0]}.`;
    },
  };
}

const isNot = (start: string) => (heard: string) => !heard.startsWith(start);

const requests: readonly Attack[] = [
  request(
    'a header of a megabyte',
    ({url}) => `GET / HTTP/1.1\r\nHost: ${new URL(url).host}\r\nX: ${'x'.repeat(1_000_000)}\r\n\r\n`,
    isNot('HTTP/1.1 200'),
  ),
  request(
    'two lengths of one body',
    ({url}) =>
      `POST /api/demo/sign-in HTTP/1.1\r\nHost: ${new URL(url).host}\r\nContent-Length: 5\r\nContent-Length: 50\r\n\r\nhello`,
    isNot('HTTP/1.1 200'),
  ),
  request(
    'a length and chunks at once',
    ({url}) =>
      `POST /api/demo/sign-in HTTP/1.1\r\nHost: ${new URL(url).host}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /`,
    isNot('HTTP/1.1 200'),
  ),
  request('no HTTP at all', () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', isNot('HTTP/1.1 2')),
  request(
    'a path that climbs',
    ({url}) => `GET /assets/../../../../etc/passwd HTTP/1.1\r\nHost: ${new URL(url).host}\r\n\r\n`,
    heard => !heard.includes('root:'),
  ),
  request(
    'an encoded path that climbs',
    ({url}) => `GET /assets/%2e%2e/%2e%2e/package.json HTTP/1.1\r\nHost: ${new URL(url).host}\r\n\r\n`,
    heard => !heard.includes('"plenary"'),
  ),
];

async function upgradeAnswers(grounds: Grounds, path: string, headers: Record<string, string>): Promise<string> {
  const socket = socketTo(grounds.url, path, headers);
  const answer = await new Promise<string>(resolve => {
    socket.once('open', () => resolve('open'));
    socket.once('unexpected-response', (_request, response) => resolve(String(response.statusCode)));
    socket.once('error', () => resolve('error'));
  });
  socket.terminate();
  return answer;
}

function upgrade(
  name: string,
  path: (grounds: Grounds) => string,
  headers: (grounds: Grounds) => Record<string, string>,
): Attack {
  return {
    name: `Upgrade: ${name}`,
    async run(grounds) {
      return (await upgradeAnswers(grounds, path(grounds), headers(grounds))) === 'open' ? 'It opened.' : null;
    },
  };
}

const room = ({paper}: Grounds): string => `/rooms/${paper}`;
const upgrades: readonly Attack[] = [
  upgrade('from a foreign origin', room, ({cookies}) => ({cookie: cookies.attacker, origin: 'https://evil.example'})),
  upgrade('from a null origin', room, ({cookies}) => ({cookie: cookies.attacker, origin: 'null'})),
  upgrade('without a cookie', room, () => ({})),
  upgrade('with a forged cookie', room, ({cookies}) => ({cookie: `${cookies.attacker.slice(0, -6)}forged`})),
  upgrade(
    'to a paper that is not there',
    () => '/rooms/no-such-paper',
    ({cookies}) => ({cookie: cookies.attacker}),
  ),
  upgrade(
    'to a path that climbs',
    () => '/rooms/%2e%2e%2f%2e%2e',
    ({cookies}) => ({cookie: cookies.attacker}),
  ),
  upgrade(
    'to somewhere else',
    () => '/elsewhere',
    ({cookies}) => ({cookie: cookies.attacker}),
  ),
  {
    name: 'Upgrade: five hundred at once',
    async run(grounds) {
      const sockets = Array.from({length: 500}, () =>
        socketTo(grounds.url, room(grounds), {cookie: grounds.cookies.attacker}),
      );
      await pause(1_500);
      for (const socket of sockets) socket.terminate();
      const {status} = await call(grounds.url, null, 'GET', '/healthz');
      return status === 200 ? null : 'The server does not answer.';
    },
  },
  {
    name: 'two hundred connections that never finish their handshake',
    async run(grounds) {
      const lines = await Promise.all(Array.from({length: 200}, () => dial(grounds.url)));
      for (const {socket} of lines) socket.write('GET /rooms/x HTTP/1.1\r\nHost: ');
      await pause(500);
      const {status} = await call(grounds.url, null, 'GET', '/healthz');
      for (const {socket} of lines) socket.destroy();
      return status === 200 ? null : 'The server does not answer.';
    },
  },
];

export const wireAttacks: readonly Attack[] = [...frames, ...requests, ...upgrades];
