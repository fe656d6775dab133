import {performance} from 'node:perf_hooks';
import type {LiveSocket} from '@plenary/client/live-socket';
import type {SessionFrame} from '@plenary/protocol/api/sessions';
import {actOnSocket, rawSocket} from '../support/sessions.ts';

/** What a process of clients is told, and what it tells. */
export type Order =
  | {readonly is: 'come'; readonly url: string; readonly session: string; readonly cookies: readonly string[]}
  | {
      readonly is: 'expect';
      readonly poll: string;
      readonly kind: 'positions' | 'temperature';
      readonly choices: readonly string[];
      /** Answers are spread over so many milliseconds from the moment that the poll is seen. */
      readonly within: number;
      /** Of all, who asks once more under the same key without waiting. */
      readonly twice: number;
      /** Of all clients everywhere: how many answers there will be. */
      readonly total: number;
    }
  | {readonly is: 'go'};
export type Report =
  | {readonly is: 'come'; readonly clients: number}
  | {readonly is: 'ready'}
  | {
      readonly is: 'done';
      /** Milliseconds from sending to the acknowledgement. */
      readonly latencies: readonly number[];
      readonly refusals: readonly string[];
      /** Milliseconds since 1970. */
      readonly lastAcknowledged: number;
      readonly allSawAll: number;
      readonly sawAll: number;
    };

interface Client {
  readonly socket: LiveSocket;
  /** Answers seen in the frames, or counts of a tally. */
  seen: number;
  onFrame: (frame: SessionFrame) => void;
  onTally: (counts: Readonly<Record<string, number>>) => void;
}

const clients: Client[] = [];
let session = '';

async function come({url, session: slug, cookies}: Extract<Order, {is: 'come'}>): Promise<void> {
  session = slug;
  const queue = [...cookies];
  const bring = async (): Promise<void> => {
    for (let cookie = queue.pop(); cookie !== undefined; cookie = queue.pop()) {
      const socket = rawSocket(url, cookie);
      const client: Client = {socket, seen: 0, onFrame: () => undefined, onTally: () => undefined};
      socket.on('session.frame', frame => client.onFrame(frame));
      socket.on('session.tally', ({counts}) => client.onTally(counts));
      const watched = await socket.timeout(120_000).emitWithAck('session.watch', {session});
      if (!watched.ok) throw new Error(watched.sentence);
      const joined = await actOnSocket(socket, 'session.join', {session}, 120_000);
      if (!joined.ok) throw new Error(joined.sentence);
      clients.push(client);
    }
  };
  await Promise.all(Array.from({length: 20}, bring));
  tell({is: 'come', clients: clients.length});
}

async function expectPoll(order: Extract<Order, {is: 'expect'}>): Promise<void> {
  const {poll, kind, choices, within, twice, total} = order;
  const latencies: number[] = [];
  const refusals: string[] = [];
  let lastAcknowledged = 0;
  let allSawAll = 0;
  let sawAll = 0;
  const saw = new Promise<void>(resolve => {
    for (const client of clients) {
      client.seen = 0;
      const look = (): void => {
        if (client.seen < total) return;
        client.onFrame = () => undefined;
        client.onTally = () => undefined;
        sawAll++;
        allSawAll = Date.now();
        if (sawAll === clients.length) resolve();
      };
      client.onFrame = frame => {
        for (const entry of frame.entries) {
          if ('answers' in entry) client.seen += entry.poll === poll ? entry.answers.length : 0;
          else if (entry.event.type === 'position.taken' && entry.event.poll === poll) client.seen++;
        }
        look();
      };
      if (kind === 'temperature') {
        client.onTally = counts => {
          client.seen = Object.values(counts).reduce((sum, count) => sum + count, 0);
          look();
        };
      }
    }
  });
  tell({is: 'ready'});
  await started;
  await Promise.all(
    clients.map(async ({socket}, index) => {
      await new Promise(resolve => setTimeout(resolve, Math.random() * within));
      const choice = choices[index % choices.length] ?? '';
      const message = {session, poll, choice, key: `storm-${poll}-${index}`};
      const asked = performance.now();
      const answers = [actOnSocket(socket, 'position.take', message, 120_000)];
      if (Math.random() < twice) answers.push(actOnSocket(socket, 'position.take', message, 120_000));
      const [first] = await Promise.all(answers);
      latencies.push(performance.now() - asked);
      lastAcknowledged = Date.now();
      if (!first?.ok) refusals.push(first?.refusal ?? 'no answer');
    }),
  );
  await Promise.race([saw, new Promise(resolve => setTimeout(resolve, 60_000))]);
  tell({is: 'done', latencies, refusals, lastAcknowledged, allSawAll, sawAll});
}

let start: () => void = () => undefined;
let started = new Promise<void>(resolve => (start = resolve));

process.on('message', (order: Order) => {
  if (order.is === 'go') {
    start();
    started = new Promise<void>(resolve => (start = resolve));
    return;
  }
  (order.is === 'come' ? come(order) : expectPoll(order)).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});

function tell(report: Report): void {
  process.send?.(report);
}
