import {createHash} from 'node:crypto';
import {mkdirSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {execFileSync} from 'node:child_process';
import {join, resolve} from 'node:path';
import {pathToFileURL} from 'node:url';
import {brotliCompressSync, constants} from 'node:zlib';
import type * as Ws from 'ws';
import {call, signIn} from '../support/members.ts';
import type * as RawRooms from '../support/raw-room.ts';
import type * as Servers from '../support/server.ts';
import type {Recorded} from './recorded.ts';

/**
 * Keeps what a release leaves behind, so that later ones can be held to it: `npx tsx tests/upgrade/record.ts <a built
 * checkout of the release> <its name>`. Its own server writes the data folder, and its own client the frames: words that
 * were saved, and words that its owner wrote offline and never sent.
 */
const [given = '', name = ''] = process.argv.slice(2);
const checkout = resolve(given);
const from = async <Module>(path: string): Promise<Module> =>
  (await import(pathToFileURL(join(checkout, path)).href)) as Module;
const {startServer} = await from<typeof Servers>('tests/support/server.ts');
const {RawRoom, appendWords} = await from<typeof RawRooms>('tests/support/raw-room.ts');
const {WebSocket} = createRequire(join(checkout, 'tests/package.json'))('ws') as typeof Ws;

const paper = 'joint-statement';
const sent: string[] = [];
let isHeld = false;
const send = WebSocket.prototype.send as (this: unknown, data: Uint8Array) => void;
WebSocket.prototype.send = function hold(this: unknown, data: unknown) {
  const bytes = data as Uint8Array;
  if (isHeld) sent.push(Buffer.from(bytes).toString('base64'));
  else send.call(this, bytes);
} as typeof WebSocket.prototype.send;

const server = await startServer({LIMITS: 'off'});
try {
  const ana = await signIn(server.url, 'ana');
  const room = await RawRoom.join(server.url, ana, paper);
  const saved = ' Words that were saved before the upgrade.';
  await room.whenAcknowledged(room.edit(appendWords(saved)));
  room.close();
  // The same replica comes back on another day: what it sends is kept and not sent.
  const unsent = ' Words that were written offline before the upgrade.';
  const offline = await RawRoom.join(server.url, ana, paper, {doc: room.doc, hello: false});
  isHeld = true;
  offline.doc.clientID = room.doc.clientID;
  offline.sendHello(room.hello?.epoch ?? null);
  offline.edit(appendWords(unsent));
  offline.close();
  isHeld = false;
  const {body: list} = await call<{paperList: {slug: string}[]}>(
    server.url,
    null,
    'GET',
    '/api/consultations/copenhagen',
  );
  const texts: Record<string, string> = {};
  for (const {slug} of list.paperList) {
    const {status, body} = await call<string>(server.url, null, 'GET', `/read/${slug}.txt`);
    if (status === 200) texts[slug] = createHash('sha256').update(body).digest('hex');
  }
  const recorded: Recorded = {paper, as: 'ana', saved, unsent, frames: sent, texts};
  await server.stop();
  const folder = join(import.meta.dirname, name);
  mkdirSync(folder, {recursive: true});
  writeFileSync(join(folder, 'recorded.json'), `${JSON.stringify(recorded, null, 2)}\n`);
  const tar = execFileSync('tar', ['--create', '--directory', server.dataDir, '.'], {maxBuffer: 2 ** 30});
  const packed = brotliCompressSync(tar, {
    params: {[constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24},
  });
  writeFileSync(join(folder, 'data.tar.br'), packed);
  console.log(`${name}: ${packed.length} bytes, ${sent.length} frames, ${Object.keys(texts).length} texts`);
} finally {
  await server.remove();
}
