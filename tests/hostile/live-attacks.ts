import {io, type Socket} from 'socket.io-client';
import {call} from '../support/members.ts';
import {marker, pause, socketTo, type Attack, type Grounds} from './grounds.ts';

async function connected(grounds: Grounds, transports: ('websocket' | 'polling')[] = ['websocket']): Promise<Socket> {
  const socket = io(grounds.url, {
    path: '/rt',
    transports,
    reconnection: false,
    forceNew: true,
    extraHeaders: {cookie: grounds.cookies.attacker},
  });
  await new Promise<void>(resolve => {
    socket.once('connect', () => resolve());
    socket.once('connect_error', () => resolve());
  });
  return socket;
}

async function answered(socket: Socket, event: string, ...message: unknown[]): Promise<{ok?: unknown} | null> {
  return new Promise(resolve => {
    const patience = setTimeout(() => resolve(null), 1_000);
    socket.emit(event, ...message, (answer: {ok?: unknown}) => {
      clearTimeout(patience);
      resolve(answer);
    });
  });
}

const messages: readonly (readonly [name: string, event: string, ...message: unknown[]])[] = [
  ['an event that nobody knows', 'destroy', {paper: 'x'}],
  ['the event __proto__', '__proto__', {paper: 'x'}],
  ['the event constructor', 'constructor', {}],
  ['a message that is a number', 'watch', 7],
  ['a message that is null', 'watch', null],
  ['a message that is a list', 'watch', [[[[]]]]],
  ['a name that is an object', 'watch', {paper: {toString: 1}}],
  ['a name of 10 kB', 'watch', {paper: 'x'.repeat(10_000)}],
  ['a since of minus one', 'watch', {paper: 'joint-statement', since: -1}],
  ['a since beyond all numbers', 'watch', {paper: 'joint-statement', since: 1e300}],
  ['a paper that is not there', 'watch', {paper: 'no-such-paper'}],
  ['a key __proto__', 'watch', JSON.parse('{"paper":"no-such-paper","__proto__":{"polluted":1}}') as object],
  ['SQL for a name', 'watch', {paper: "' OR 1=1; --"}],
];

const events: readonly Attack[] = messages.map(([name, event, ...message]) => ({
  name: `Live events: ${name}`,
  async run(grounds) {
    const socket = await connected(grounds);
    const answer = await answered(socket, event, ...message);
    socket.disconnect();
    return answer?.ok === true ? 'It was answered as if it were right.' : null;
  },
}));

/** Packets of engine.io and socket.io as no client sends them. */
const packets: readonly [name: string, packet: string | Buffer][] = [
  ['no packet type', ''],
  ['an unknown packet type', '9'],
  ['a message of an unknown kind', '49'],
  ['a binary event without its parts', '451-["watch",{"_placeholder":true,"num":0}]'],
  ['a placeholder with a wild number', '451-["watch",{"_placeholder":true,"num":99999}]'],
  ['a placeholder named splice', '451-["watch",{"_placeholder":true,"num":"splice"}]'],
  ['a million parts', '451000000-["watch"]'],
  ['JSON that is none', '42["watch",'],
  ['an event that is no list', '42{"watch":1}'],
  ['an event without a name', '42[]'],
  ['an event named by an object', '42[{"toString":"x"},1]'],
  ['a reserved event', '42["disconnect"]'],
  ['another namespace', '40/admin,'],
  ['an acknowledgement that nobody waits for', '43999[1]'],
  ['an acknowledgement with a wild number', '4399999999999999999999[1]'],
  ['depth of twenty thousand', `42["watch",${'['.repeat(7_000)}${']'.repeat(7_000)}]`],
  ['20 kB of nothing', `42["watch","${'x'.repeat(20_000)}"]`],
  ['binary where nothing was announced', Buffer.from([1, 2, 3])],
];

const rawPackets: readonly Attack[] = packets.map(([name, packet]) => ({
  name: `Live events, by hand: ${name}`,
  async run(grounds) {
    const socket = socketTo(grounds.url, '/rt/?EIO=4&transport=websocket', {cookie: grounds.cookies.attacker});
    await new Promise<void>(resolve => {
      socket.once('open', () => resolve());
      socket.once('close', () => resolve());
    });
    if (socket.readyState === socket.OPEN) {
      socket.send('40');
      await pause(30);
      socket.send(packet);
      await pause(120);
    }
    socket.terminate();
    const {status} = await call(grounds.url, null, 'GET', '/healthz');
    return status === 200 ? null : 'The server does not answer.';
  },
}));

const floods: readonly Attack[] = [
  {
    name: 'Live events: five thousand messages at once',
    async run(grounds) {
      const socket = await connected(grounds);
      for (let turn = 0; turn < 5_000; turn++) socket.emit('watch', {paper: marker});
      await pause(500);
      socket.disconnect();
      const {status} = await call(grounds.url, null, 'GET', '/healthz');
      return status === 200 ? null : 'The server does not answer.';
    },
  },
  {
    name: 'Live events: from a foreign origin',
    async run(grounds) {
      const response = await fetch(`${grounds.url}/rt/?EIO=4&transport=polling`, {
        headers: {cookie: grounds.cookies.attacker, origin: 'https://evil.example'},
      });
      await response.text();
      return response.ok ? 'It was let in.' : null;
    },
  },
  {
    name: 'Live events: a body of 2 MB by polling',
    async run(grounds) {
      const opened = await (await fetch(`${grounds.url}/rt/?EIO=4&transport=polling`)).text();
      const sid = /"sid":"([^"]+)"/.exec(opened)?.[1] ?? '';
      const response = await fetch(`${grounds.url}/rt/?EIO=4&transport=polling&sid=${sid}`, {
        method: 'POST',
        body: `4${'x'.repeat(2_000_000)}`,
      }).catch(() => null);
      return response?.ok ? 'It was taken.' : null;
    },
  },
];

export const liveAttacks: readonly Attack[] = [...events, ...rawPackets, ...floods];
