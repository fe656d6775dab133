import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {sql} from 'drizzle-orm';
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi} from 'vitest';
import type {Queries} from '@plenary/store/database';
import {openStore} from '@plenary/store/open-store';
import {copyMadeFolder} from '@plenary/store/testing/test-databases';
import {createLog} from '../core/log.ts';
import {createLedger} from '../ledger/ledger.ts';
import {seatCast, startInstance, type TestInstance} from '../testing/instance.ts';
import {Usage} from './usage.ts';
import {verify} from './verify-command.ts';

let folder: string;
let printed = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'plenary-verify-'));
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));
beforeEach(() => {
  printed = '';
  const print = (text: string | Uint8Array) => {
    printed += String(text);
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(print);
  vi.spyOn(process.stderr, 'write').mockImplementation(print);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('R43: verify, with what somebody saved', () => {
  let instance: TestInstance;
  let keys: string;
  let log: string;
  let receipt: string;
  let checkpoint: string;
  beforeAll(async () => {
    instance = await startInstance();
    await seatCast(instance);
    const ana = await instance.signIn('ana');
    const {body} = await instance.call<{id: string}>('POST', '/api/papers', {
      as: ana,
      body: {consultation: 'copenhagen', title: 'Joint statement', text: 'We agree.'},
    });
    const [{index} = {index: 0}] = await instance.store.ledger.read(`paper:${body.id}`, 0, 1);
    const saved = async (path: string) => (await fetch(`${instance.url}${path}`, {headers: {cookie: ana}})).text();
    receipt = await saved(`/api/ledger/receipt?index=${index}`);
    keys = await saved('/api/ledger/keys');
    log = await saved('/api/ledger/log');
    checkpoint = (JSON.parse(receipt) as {checkpoint: string}).checkpoint;
  });
  afterAll(() => instance.close());

  test('a log, with its own keys, with saved ones, and with an earlier checkpoint', async () => {
    expect(await verify(['--log', file('log.jsonl', log)])).toBe(0);
    expect(printed).toMatch(/The whole log of plenary\/[0-9a-f]{16} is unchanged: \d+ acts/);
    expect(printed).toContain('The key comes from the file itself');
    printed = '';
    const more = ['--key', file('keys.json', keys), '--checkpoint', file('checkpoint.txt', checkpoint)];
    expect(await verify(['--log', file('log.jsonl', log), ...more])).toBe(0);
    expect(printed).not.toContain('the file itself');
    printed = '';
    const changed = log.replace('"paper.created"', '"paper.deleted"');
    expect(await verify(['--log', file('changed.jsonl', changed), ...more])).toBe(1);
    expect(printed).toMatch(/What the act says was changed.* Found at act \d+\./);
  });

  test('a receipt, and what is wrong with one', async () => {
    const [{publicKey} = {publicKey: ''}] = (JSON.parse(keys) as {keys: {publicKey: string}[]}).keys;
    expect(await verify(['--receipt', file('receipt.json', receipt), '--key', publicKey])).toBe(0);
    expect(printed).toMatch(/Act \d+ \(paper\.created\) stands in the ledger, unchanged\./);
    const changed = file('changed.json', receipt.replace('paper.created', 'paper.frozen'));
    expect(await verify(['--receipt', changed, '--key', publicKey])).toBe(1);
    expect(printed).toContain('do not lead to the root that was signed');
    expect(await verify(['--receipt', file('receipt.json', receipt), '--key', '00'.repeat(32)])).toBe(1);
    expect(printed).toContain('a key that is not trusted here');
    const text = file('text.txt', 'We agree.\n');
    expect(await verify(['--revision', text, '--receipt', file('receipt.json', receipt), '--key', publicKey])).toBe(1);
    expect(printed).toContain('not that of a revision');
  });

  test('a running instance over the network', async () => {
    expect(await verify(['--url', instance.url])).toBe(0);
    expect(await verify(['--url', instance.url, '--receipt', file('receipt.json', receipt)])).toBe(0);
    await expect(verify(['--url', 'http://127.0.0.1:1'])).rejects.toThrow('does not answer');
  });

  test('wrong words are told apart from wrong ledgers', async () => {
    await expect(verify(['--sing'])).rejects.toThrow(Usage);
    await expect(verify(['--log', join(folder, 'nothing')])).rejects.toThrow('cannot be read');
    await expect(verify(['--receipt', file('receipt.json', receipt)])).rejects.toThrow('Which key is to be trusted');
    await expect(verify(['--revision', 'x'])).rejects.toThrow('--receipt');
  });
});

test('R43: verify without a flag computes the instance’s own database again, and names the act that was changed', async () => {
  const dataDir = join(folder, 'data');
  await copyMadeFolder(dataDir);
  const secret = 'a secret of this very instance';
  vi.stubEnv('DATA_DIR', dataDir);
  vi.stubEnv('DATABASE_URL', '');
  vi.stubEnv('SECRET', secret);
  let store = await openStore({dataDir});
  for (let turn = 0; turn < 5; turn++) {
    await store.transaction(tx =>
      tx.ledger.append({stream: 'instance', act: 'member.joined', at: turn, actor: null, event: {member: `m${turn}`}}),
    );
  }
  await createLedger({store, clock: {now: () => 9}, secret, log: createLog({write: () => undefined})}).close();
  await store.close();
  expect(await verify([])).toBe(0);
  expect(printed).toContain('5 acts and 1 checkpoints were computed again');
  expect(printed).toContain('Everything is as it was signed.');
  store = await openStore({dataDir});
  await (store.accounts.database as Queries).execute(
    sql`update ledger_entries set event = '{"member": "m9"}' where index = 3`,
  );
  await store.close();
  expect(await verify([])).toBe(1);
  expect(printed).toContain('Act 3 (member.joined) was changed');
  vi.stubEnv('SECRET', 'another secret than the right one');
  expect(await verify([])).toBe(1);
  expect(printed).toContain('not the one that this instance’s secret makes');
}, 120_000);
