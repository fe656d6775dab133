import {spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {cpSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {languages} from '@plenary/domain/languages';
import {signIn} from '../support/members.ts';
import {startServer} from '../support/server.ts';
import {actOver, createSession} from '../support/sessions.ts';

const root = join(import.meta.dirname, '..', '..');

/** SHA-256 of the minutes in each format and language. */
async function minutesOf(url: string, cookie: string, session: string): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const format of ['html', 'docx', 'json']) {
    for (const lang of format === 'json' ? ['en'] : languages) {
      const response = await fetch(`${url}/api/sessions/${session}/minutes?format=${format}&lang=${lang}`, {
        headers: {cookie},
      });
      expect(response.status).toBe(200);
      hashes[`${format} ${lang}`] = sha256(new Uint8Array(await response.arrayBuffer()));
    }
  }
  return hashes;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

test('R61: minutes are the same bytes after the server was killed, on a restored copy, and from the command line', async () => {
  const server = await startServer({LIMITS: 'off'});
  const copy = mkdtempSync(join(tmpdir(), 'plenary-copy-'));
  try {
    const chair = await signIn(server.url, 'dina');
    const ana = await signIn(server.url, 'ana');
    const {slug} = await createSession(server.url, chair, 'minuted');
    await actOver(server.url, chair, slug, 'session.join');
    const {value} = await actOver(server.url, ana, slug, 'session.join');
    for (const name of ['session.open', 'list.open']) await actOver(server.url, chair, slug, name);
    await actOver(server.url, ana, slug, 'floor.ask');
    await actOver(server.url, chair, slug, 'floor.give', {participant: value?.participant});
    await actOver(server.url, chair, slug, 'floor.end');
    const poll = (await actOver(server.url, chair, slug, 'poll.open', {kind: 'positions', question: 'Agreed?'})).value
      ?.poll;
    await actOver(server.url, ana, slug, 'position.take', {poll, choice: 'support', reason: 'It is time.'});
    await actOver(server.url, chair, slug, 'announcement.make', {text: 'Thank you all.'});
    await actOver(server.url, chair, slug, 'session.close');
    const first = await minutesOf(server.url, chair, slug);
    await server.crash();
    await server.start();
    expect(await minutesOf(server.url, chair, slug)).toEqual(first);
    await server.stop();
    cpSync(server.dataDir, copy, {recursive: true});
    const saved = join(copy, 'minutes.docx');
    const program = spawnSync(
      process.execPath,
      [join(root, 'apps/server/dist/plenary.js'), 'minutes', slug, '--format', 'docx', '--lang', 'ar', '--out', saved],
      {encoding: 'utf8', env: {...process.env, DATA_DIR: copy, PORT: '0'}},
    );
    expect([program.status, program.stderr.includes('Refusal')]).toEqual([0, false]);
    expect(sha256(readFileSync(saved))).toBe(first['docx ar']);
  } finally {
    await server.remove();
    rmSync(copy, {recursive: true, force: true});
  }
});
