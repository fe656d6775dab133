import {performance} from 'node:perf_hooks';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import WebSocket from 'ws';
import * as Y from 'yjs';
import {schemaVersion} from '@plenary/paper/schema-version';
import {encodeHello, encodeNumbered, encodeSync, frameType, readAcknowledged, syncType} from '@plenary/protocol/frames';
import type {History} from '@plenary/protocol/api/history';
import {openStore} from '@plenary/store/open-store';
import {call, signIn} from '../support/members.ts';
import {startServer} from '../support/server.ts';
import {writeHistory} from './long-history.ts';

/**
 * What a long history costs, on this machine, over loopback: one JSON line a paper. Papers of one length with a growing number
 * of edits behind them, and papers of growing length: opening them cold, typing into them, and going to moments of their past.
 * `EDITS=1000000` (100000 unless said) is the longest history.
 */
const mostEdits = Number(process.env.EDITS ?? 100_000);
const rounds = Number(process.env.ROUNDS ?? 3);
const keys = 200;

interface Case {
  readonly slug: string;
  readonly edits: number;
  readonly words: number;
}

const cases: Case[] = [
  ...[1, 1_000, 10_000, 100_000, 1_000_000]
    .filter(edits => edits <= mostEdits)
    .map(edits => ({slug: `edits-${edits}`, edits, words: 2_000})),
  ...[100, 1_000, 10_000].map(words => ({slug: `words-${words}`, edits: 10_000, words})),
];

interface Opened {
  /** Milliseconds from the request for the socket: until all bytes are there, and until the text is. */
  readonly received: number;
  readonly shown: number;
  readonly bytes: number;
  readonly length: number;
  /** From pressing a key to its being on disk: the first one, and the ones after it. */
  readonly firstKey: number;
  readonly keys: readonly number[];
}

/** Opens a paper as the page does, reads it whole, and types into it when asked to. */
function open(url: string, cookie: string, slug: string, typing: number): Promise<Opened> {
  const started = performance.now();
  const doc = new Y.Doc();
  const times: number[] = [];
  let opened = {received: 0, shown: 0, bytes: 0, length: 0};
  let pressedAt = 0;
  let place = 0;
  const socket = new WebSocket(`${url.replace('http', 'ws')}/rooms/${slug}`, {headers: {cookie}});
  socket.binaryType = 'nodebuffer';
  doc.on('update', (update: Uint8Array, _origin: unknown, _doc: Y.Doc, {local}: Y.Transaction) => {
    if (!local) return;
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, syncType.update);
    encoding.writeVarUint8Array(encoder, update);
    pressedAt = performance.now();
    socket.send(encodeNumbered(times.length + 1, encoding.toUint8Array(encoder)));
  });
  return new Promise((resolve, reject) => {
    const body = doc.getText('body');
    const press = (): void => body.insert(place++, 'k', {});
    const end = (): void => {
      socket.terminate();
      const [firstKey = 0, ...others] = times;
      resolve({...opened, firstKey, keys: others});
    };
    socket.on('error', reject);
    socket.on('open', () => {
      socket.send(encodeHello({schema: schemaVersion, epoch: null, clientId: doc.clientID, language: 'en'}));
      socket.send(encodeSync(syncType.step1, Y.encodeStateVector(doc)));
    });
    socket.on('message', data => {
      const decoder = decoding.createDecoder(new Uint8Array(data as Buffer));
      const type = decoding.readVarUint(decoder);
      if (type === frameType.sync && decoding.readVarUint(decoder) === syncType.step2) {
        const bytes = decoding.readVarUint8Array(decoder);
        const received = performance.now() - started;
        Y.applyUpdate(doc, bytes);
        const shown = performance.now() - started;
        opened = {received, shown, bytes: bytes.byteLength, length: body.length};
        place = Math.floor(body.length / 2);
        if (typing > 0) press();
        else end();
      } else if (type === frameType.acknowledged && readAcknowledged(decoder).n > times.length) {
        times.push(performance.now() - pressedAt);
        if (times.length < typing) press();
        else end();
      }
    });
  });
}

interface Past {
  /** Milliseconds for the list of steps, the first time and again. */
  readonly steps: number;
  readonly stepsAgain: number;
  /** Milliseconds for moments all over the history, each with its change marked. */
  readonly moments: readonly number[];
}

async function lookBack(url: string, cookie: string, slug: string): Promise<Past> {
  const timed = async <Body>(path: string): Promise<{ms: number; body: Body}> => {
    const started = performance.now();
    const {body} = await call<Body>(url, cookie, 'GET', `/api/papers/${slug}/history${path}`);
    return {ms: performance.now() - started, body};
  };
  const first = await timed<History>('');
  const again = await timed('');
  const {steps} = first.body;
  const moments: number[] = [];
  for (let at = 0; at < 20; at++) {
    const {after, until} = steps[Math.floor((at * (steps.length - 1)) / 19)]!;
    moments.push((await timed(`/${until}?after=${after}`)).ms);
  }
  return {steps: first.ms, stepsAgain: again.ms, moments};
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 100) / 100;
}

const server = await startServer({LIMITS: 'off'});
try {
  const dina = await signIn(server.url, 'dina');
  for (const {slug} of cases)
    await call(server.url, dina, 'POST', '/api/papers', {consultation: 'copenhagen', slug, title: slug});
  await server.stop();

  let now = 0;
  const store = await openStore({dataDir: server.dataDir, now: () => now});
  const authors = await Promise.all(
    ['ana', 'ben', 'cho', 'dina'].map(async name => (await store.members.findByCastName(name))!.number),
  );
  for (const {slug, edits, words} of cases) {
    const paper = (await store.papers.find(slug))!;
    const started = performance.now();
    const history = {paper: paper.number, authors, edits, words, from: Date.now() - edits * 2_000};
    const said = (done: number): void => {
      if (edits >= 1_000_000) process.stderr.write(`${slug}: ${done} edits written\r`);
    };
    await writeHistory(store, history, {setNow: at => (now = at), said});
    process.stderr.write(`${slug}: written in ${Math.round(performance.now() - started)} ms\n`);
  }
  now = Date.now();
  await store.close();
  await server.start();

  const ana = await signIn(server.url, 'ana');
  const found = new Map<string, Opened[]>(cases.map(({slug}) => [slug, []]));
  for (let round = 0; round < rounds; round++) {
    // An empty room stays in memory for ten seconds.
    if (round > 0) await new Promise(resolve => setTimeout(resolve, 11_000));
    for (const {slug} of cases)
      found.get(slug)!.push(await open(server.url, ana, slug, round === rounds - 1 ? keys : 0));
  }
  for (const {slug, edits, words} of cases) {
    const all = found.get(slug)!;
    const last = all.at(-1)!;
    const past = await lookBack(server.url, ana, slug);
    console.log(
      JSON.stringify({
        scenario: 'history',
        edits,
        words,
        bytes: last.bytes,
        length: last.length,
        received: quantile(
          all.map(({received}) => received),
          0.5,
        ),
        shown: quantile(
          all.map(({shown}) => shown),
          0.5,
        ),
        firstKey: quantile([last.firstKey], 0.5),
        keyP50: quantile(last.keys, 0.5),
        keyP95: quantile(last.keys, 0.95),
        steps: quantile([past.steps], 0.5),
        stepsAgain: quantile([past.stepsAgain], 0.5),
        momentP50: quantile(past.moments, 0.5),
        momentMax: quantile(past.moments, 1),
      }),
    );
  }
} finally {
  await server.remove();
}
