import {performance} from 'node:perf_hooks';
import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';
import {frameType} from '@plenary/protocol/frames';
import {call, signIn} from '../support/members.ts';
import {appendWords, RawRoom} from '../support/raw-room.ts';
import {startServer, until} from '../support/server.ts';

/**
 * How fast the built server is, on this machine, over loopback: one JSON line a scenario. It starts its own server on an
 * empty folder and stops by itself. Ratios against other servers need the load generator beside this repository.
 */
const seconds = Number(process.env.SECONDS ?? 8);
const perSecond = 5;

function quantile(sorted: readonly number[], share: number): number {
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 100) / 100;
}

/** Writers type into one paper; from the moment a word is sent to the moment another client has its frame. */
async function coEdit(url: string, writers: number): Promise<Record<string, number | string>> {
  const dina = await signIn(url, 'dina');
  const slug = `bench-${writers}`;
  await call(url, dina, 'POST', '/api/papers', {consultation: 'copenhagen', slug, title: slug, text: 'Start.'});
  const cookies = await Promise.all(
    Array.from({length: writers}, (_nothing, index) => signIn(url, `bench-${index}`, {role: 'delegate'})),
  );
  const rooms: RawRoom[] = [];
  for (const cookie of cookies) rooms.push(await RawRoom.join(url, cookie, slug));
  const witness = await RawRoom.join(url, dina, slug);
  const sent = new Map<string, number>();
  const seen: number[] = [];
  witness.doc.on('update', (update: Uint8Array) => {
    const now = performance.now();
    for (const struct of Y.decodeUpdate(update).structs) {
      const content = 'content' in struct ? struct.content : null;
      if (!(content instanceof Y.ContentString)) continue;
      for (const [token] of content.str.matchAll(/<\d+\.\d+>/g)) {
        const at = sent.get(token);
        if (at !== undefined) seen.push(now - at);
        sent.delete(token);
      }
    }
  });
  let count = 0;
  const started = performance.now();
  const timers = rooms.map((room, index) =>
    setInterval(() => {
      const token = `<${index}.${++count}>`;
      sent.set(token, performance.now());
      room.edit(appendWords(token));
    }, 1000 / perSecond),
  );
  await new Promise(resolve => setTimeout(resolve, seconds * 1000));
  for (const timer of timers) clearInterval(timer);
  await until(() => sent.size === 0, 10_000, 'every word to arrive').catch(() => undefined);
  const elapsed = (performance.now() - started) / 1000;
  for (const room of [...rooms, witness]) room.close();
  const sorted = seen.toSorted((a, b) => a - b);
  return {
    scenario: 'co-edit',
    writers,
    sent: count,
    arrived: seen.length,
    perSecond: Math.round(count / elapsed),
    p50: quantile(sorted, 0.5),
    p95: quantile(sorted, 0.95),
    p99: quantile(sorted, 0.99),
  };
}

/** From the request for the socket to the whole text, again and again. */
async function coldOpen(url: string): Promise<Record<string, number | string>> {
  const ana = await signIn(url, 'ana');
  const times: number[] = [];
  let bytes = 0;
  for (let round = 0; round < 20; round++) {
    const started = performance.now();
    const room = await RawRoom.join(url, ana, 'joint-statement');
    times.push(performance.now() - started);
    bytes = Math.max(
      ...room.received
        .filter(frame => decoding.peekVarUint(decoding.createDecoder(frame)) === frameType.sync)
        .map(frame => frame.length),
    );
    room.close();
  }
  const sorted = times.toSorted((a, b) => a - b);
  return {scenario: 'open', paper: 'joint-statement', bytes, p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95)};
}

const server = await startServer({LIMITS: 'off'});
try {
  for (const writers of [1, 10, 30]) console.log(JSON.stringify(await coEdit(server.url, writers)));
  console.log(JSON.stringify(await coldOpen(server.url)));
} finally {
  await server.remove();
}
