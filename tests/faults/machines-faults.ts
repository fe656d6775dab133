import {pause} from '../hostile/grounds.ts';
import {whileTyping, type Fault, type Scale} from './fault.ts';
import type {Grounds, Machine} from './grounds.ts';

/** Two servers on one PostgreSQL and one Redis, and what happens to one of them while people write at both. */
const afterLoss = 5_000;

function machinesOf({server, wire, second}: Grounds): readonly [Machine, Machine] {
  if (!second) throw new Error('There must be two machines.');
  return [{server, wire}, second];
}

/** As a proxy does: whoever wrote at one machine is led to the other. */
function leadTo(from: Machine, to: Machine): void {
  from.wire.cut();
  from.wire.lead(to.server.port);
  from.wire.mend();
}

/** One of them ends, its people go on at the other, it is started again and they go back. */
async function replace(from: Machine, to: Machine, end: () => Promise<unknown>): Promise<void> {
  await end();
  leadTo(from, to);
  await from.server.start();
  leadTo(from, from);
}

export const machinesFaults: readonly Fault[] = [
  {
    name: 'two machines: Redis is gone, and comes back',
    on: 'machines',
    promise: afterLoss,
    isLong: true,
    run: (grounds, scale) =>
      whileTyping(grounds, {...scale, rounds: 1}, async ({typists}) => {
        grounds.bus?.cut();
        await typists.whenSaved(typists.saved.size + scale.words, 30_000);
        grounds.bus?.mend();
        return {returnedAt: performance.now()};
      }),
  },
  {
    name: 'two machines: one is killed, its people go to the other',
    on: 'machines',
    promise: afterLoss,
    run: (grounds, {writers, words, rounds}: Scale) => {
      const [first, second] = machinesOf(grounds);
      return whileTyping(grounds, {writers, words, rounds}, async ({typists}, round) => {
        const [one, other] = round % 2 === 0 ? [first, second] : [second, first];
        await one.server.crash();
        leadTo(one, other);
        await typists.whenSaved(typists.saved.size + words, 30_000);
        await one.server.start();
        leadTo(one, one);
        return {returnedAt: performance.now()};
      });
    },
  },
  {
    name: 'two machines: one is paused for three seconds, and goes on',
    on: 'machines',
    promise: afterLoss,
    isLong: true,
    run: (grounds, scale) => {
      const [, second] = machinesOf(grounds);
      return whileTyping(grounds, {...scale, rounds: 1}, async () => {
        second.server.signal('SIGSTOP');
        await pause(3_000);
        second.server.signal('SIGCONT');
        return {returnedAt: performance.now()};
      });
    },
  },
  {
    name: 'two machines: each is replaced in turn (SIGTERM)',
    on: 'machines',
    promise: afterLoss,
    run: (grounds, scale) => {
      const [first, second] = machinesOf(grounds);
      return whileTyping(grounds, {...scale, rounds: 1}, async () => {
        await replace(first, second, () => first.server.stop());
        await replace(second, first, () => second.server.stop());
        return {returnedAt: performance.now()};
      });
    },
  },
];
