import {randomUUID} from 'node:crypto';
import {createServer, connect} from 'node:net';
import type {AddressInfo, Socket} from 'node:net';
import {describe, expect, test} from 'vitest';
import {describeBus} from './bus.contract.ts';
import {createMemoryBus} from './bus.memory.ts';
import {createRedisBus} from './bus.redis.ts';

const redisUrl = process.env.TEST_REDIS_URL;
if (!redisUrl && process.env.REQUIRE_SERVICES === '1') throw new Error('REQUIRE_SERVICES=1 needs TEST_REDIS_URL.');
// oxlint-disable-next-line no-console -- the reason for what is skipped belongs in the test's output
if (!redisUrl) console.log('Skipped: the bus over Redis, since TEST_REDIS_URL is not set.');

describeBus('in memory', async () => {
  const bus = createMemoryBus();
  return {open: async () => bus};
});

describe.skipIf(!redisUrl)('with Redis', () => {
  const url = redisUrl ?? '';

  describeBus('over Redis', async () => {
    const prefix = `test:${randomUUID()}:`;
    return {open: () => createRedisBus({url, prefix})};
  });

  test('instances with different prefixes do not hear each other', async () => {
    const one = await createRedisBus({url, prefix: `test:${randomUUID()}:`});
    const two = await createRedisBus({url, prefix: `test:${randomUUID()}:`});
    try {
      const heard: unknown[] = [];
      two.subscribe('paper:one', message => heard.push(message));
      const own = new Promise(resolve =>
        one.subscribe('paper:one', message => 'seq' in (message as object) && resolve(message)),
      );
      one.publish('paper:one', {seq: 1});
      await own;
      await new Promise(resolve => setTimeout(resolve, 50));
      expect(heard.filter(message => 'seq' in (message as object))).toEqual([]);
    } finally {
      await one.close();
      await two.close();
    }
  });

  test('when Redis goes away this process works on alone, and is told that it missed something when it is back', async () => {
    const target = new URL(url);
    const sockets = new Set<Socket>();
    const proxy = createServer(socket => {
      const upstream = connect(Number(target.port || 6379), target.hostname);
      for (const end of [socket, upstream]) {
        sockets.add(end);
        end.on('error', () => {});
        end.on('close', () => sockets.delete(end));
      }
      socket.pipe(upstream).pipe(socket);
    });
    await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve));
    const {port} = proxy.address() as AddressInfo;
    const prefix = `test:${randomUUID()}:`;
    const cut = await createRedisBus({url: `redis://127.0.0.1:${port}`, prefix});
    const other = await createRedisBus({url, prefix});
    try {
      let told = 0;
      const seqs: number[] = [];
      cut.subscribe('paper:one', message => {
        const {seq, missed} = message as {seq?: number; missed?: true};
        if (missed) told++;
        else if (seq !== undefined) seqs.push(seq);
      });
      await expect.poll(() => told).toBe(1);
      for (const socket of sockets) socket.destroy();
      await new Promise<void>(resolve => proxy.close(() => resolve()));
      cut.publish('paper:one', {seq: 1});
      await expect.poll(() => seqs).toEqual([1]);
      await new Promise<void>(resolve => proxy.listen(port, '127.0.0.1', resolve));
      await expect.poll(() => told, {timeout: 10_000}).toBe(2);
      other.publish('paper:one', {seq: 3});
      await expect.poll(() => seqs, {timeout: 10_000}).toContain(3);
    } finally {
      await cut.close();
      await other.close();
      for (const socket of sockets) socket.destroy();
      proxy.close();
    }
  });

  test('a Redis that is not there is named at the start', async () => {
    await expect(createRedisBus({url: 'redis://127.0.0.1:1', patience: 200})).rejects.toThrow(
      /127\.0\.0\.1:1 does not answer/,
    );
  });
});
