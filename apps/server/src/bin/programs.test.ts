import {spawn, type ChildProcess} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, statSync} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {copyMadeFolder} from '@plenary/store/testing/test-databases';

let dataDir: string;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'plenary-bin-'));
  await copyMadeFolder(dataDir);
});
afterAll(() => rmSync(dataDir, {recursive: true, force: true}));

interface Program {
  readonly child: ChildProcess;
  readonly ended: Promise<{code: number | null; said: string}>;
  said(): string;
}

function run(name: 'serve' | 'plenary', args: readonly string[], environment: Record<string, string> = {}): Program {
  const {DATABASE_URL: _database, REDIS_URL: _redis, DEMO: _demo, ...inherited} = process.env;
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(new URL(`${name}.ts`, import.meta.url)), ...args],
    {
      env: {...inherited, PORT: '0', DATA_DIR: dataDir, ...environment},
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let said = '';
  child.stdout.on('data', chunk => (said += String(chunk)));
  child.stderr.on('data', chunk => (said += String(chunk)));
  const ended = new Promise<{code: number | null; said: string}>(resolve =>
    child.once('close', code => resolve({code, said})),
  );
  return {child, ended, said: () => said};
}

/** Where a server that has been started answers; fails with all it said when it ends before. */
async function addressOf({child, ended, said}: Program): Promise<string> {
  const printed = new Promise<string>(resolve => {
    child.stdout?.on('data', () => {
      const [, url] = /Plenary is at (http:\S+)/.exec(said()) ?? [];
      if (url !== undefined) resolve(url);
    });
  });
  return Promise.race([
    printed,
    ended.then(end => Promise.reject(new Error(`It ended with ${end.code}: ${end.said}`))),
  ]);
}

// Every run starts a process that reads its sources anew.
const patience = 90_000;

describe('the command line', {timeout: patience}, () => {
  test('explains itself, and does not know what it does not know', async () => {
    const [help, unknown] = await Promise.all([run('plenary', ['--help']).ended, run('plenary', ['sing']).ended]);
    expect(help).toMatchObject({code: 0, said: expect.stringContaining('invite <consultation> <role>') as string});
    expect(unknown).toMatchObject({code: 2, said: expect.stringContaining('There is no command “sing”.') as string});
  });

  test('seeds a scene and invites into it', async () => {
    expect(await run('plenary', ['seed', 'copenhagen']).ended).toMatchObject({code: 0});
    const invited = await run('plenary', ['invite', 'copenhagen', 'delegate', 'republic-of-valmora'], {
      PUBLIC_URL: 'https://plenary.example.org',
    }).ended;
    expect(invited.said).toMatch(/^https:\/\/plenary\.example\.org\/invitations\/[\w-]{32}\n$/);
    expect((await run('plenary', ['invite', 'copenhagen', 'delegate']).ended).said).toContain(
      'speaks for an organisation',
    );
  });
});

describe('the server', {timeout: patience}, () => {
  test('R2, R6: prints a link for the first secretariat, keeps others off its data, and ends with 0', async () => {
    const server = run('serve', [], {DEMO: '0'});
    const url = await addressOf(server);
    const [, token = ''] = /\/invitations\/([\w-]{32})/.exec(server.said()) ?? [];
    const promise = (await (await fetch(`${url}/api/invitations/${token}`)).json()) as object;
    expect(promise).toMatchObject({role: 'secretariat', consultation: null, state: 'open'});

    const second = await run('plenary', ['invite-secretariat']).ended;
    expect(second.code).toBe(1);
    expect(second.said).toContain(dataDir);
    expect(second.said).not.toContain('    at ');

    const stream = await fetch(`${url}/read/joint-statement/events`);
    expect(stream.status).toBe(200);
    server.child.kill('SIGTERM');
    expect(await stream.text()).toContain('retry:');
    expect((await server.ended).code).toBe(0);
  });

  test('R1: keeps a secret of its own that only the operator may read', async () => {
    expect(statSync(join(dataDir, 'secret')).mode & 0o077).toBe(0);
    expect(readFileSync(join(dataDir, 'secret'), 'utf8').length).toBeGreaterThan(40);
  });

  test('R1: says so when the port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise(resolve => other.once('listening', resolve));
    const address = other.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const {code, said} = await run('serve', [], {PORT: String(port)}).ended;
    other.close();
    expect(code).toBe(1);
    expect(said).toContain(`Port ${port} is in use`);
    expect(said).not.toContain('    at ');
  });
});
