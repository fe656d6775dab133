import {createHash} from 'node:crypto';
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {brotliDecompressSync} from 'node:zlib';
import {describe, expect, test} from 'vitest';
import {call, signIn} from '../support/members.ts';
import {RawRoom} from '../support/raw-room.ts';
import {startServer, until} from '../support/server.ts';
import type {Recorded} from './recorded.ts';

const program = join(import.meta.dirname, '..', '..', 'apps/server/dist/plenary.js');
const releases = readdirSync(import.meta.dirname, {withFileTypes: true})
  .filter(entry => entry.isDirectory())
  .map(entry => entry.name);

function folderOf(release: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'plenary-upgrade-'));
  const tar = brotliDecompressSync(readFileSync(join(import.meta.dirname, release, 'data.tar.br')));
  execFileSync('tar', ['--extract', '--directory', folder], {input: tar});
  return folder;
}

describe.each(releases)('a data folder of %s', release => {
  test('opens with every text as it was; words that its client never sent arrive, and the ledger verifies', async () => {
    const recorded = JSON.parse(readFileSync(join(import.meta.dirname, release, 'recorded.json'), 'utf8')) as Recorded;
    const folder = folderOf(release);
    const server = await startServer({LIMITS: 'off', DATA_DIR: folder});
    try {
      for (const [slug, hash] of Object.entries(recorded.texts)) {
        const {body} = await call<string>(server.url, null, 'GET', `/read/${slug}.txt`);
        expect([slug, createHash('sha256').update(body).digest('hex')]).toEqual([slug, hash]);
      }
      const cookie = await signIn(server.url, recorded.as);
      const room = await RawRoom.join(server.url, cookie, recorded.paper, {hello: false});
      for (const frame of recorded.frames) room.send(Buffer.from(frame, 'base64'));
      await until(() => room.acknowledged > 0 || room.refused !== undefined, 10_000, 'an answer to the old frames');
      expect(room.refused).toBeUndefined();
      expect(room.hello?.rights).toEqual({write: true, why: null});
      room.close();
      const reader = await RawRoom.join(server.url, cookie, recorded.paper);
      expect(reader.text()).toContain(recorded.saved);
      expect(reader.text().split(recorded.unsent)).toHaveLength(2);
      reader.close();
      expect((await call(server.url, null, 'GET', '/api/ledger/checkpoint')).status).toBe(200);
      await server.stop();
      // Ends with 1, and so throws, when anything is not as it was signed.
      execFileSync(process.execPath, [program, 'verify'], {env: {...process.env, DATA_DIR: folder, PORT: '0'}});
    } finally {
      await server.remove();
      rmSync(folder, {recursive: true, force: true});
    }
  });
});
