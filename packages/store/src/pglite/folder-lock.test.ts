import {readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {makeTestFolder} from '../testing/test-folder.ts';
import {startChild, type Child} from '../testing/children.ts';
import {FolderLock} from './folder-lock.ts';

describe('a data folder', () => {
  let folder: string;
  let children: Child[];

  beforeEach(() => {
    folder = makeTestFolder();
    children = [];
  });
  afterEach(async () => {
    await Promise.all(children.map(child => child.kill()));
    rmSync(folder, {recursive: true, force: true});
  });

  it('is held by one until it is released', async () => {
    const lock = await FolderLock.take(folder);
    await expect(FolderLock.take(folder)).rejects.toThrow(`is in use by process ${process.pid} on `);
    lock.release();
    const next = await FolderLock.take(folder);
    await expect(FolderLock.take(folder)).rejects.toThrow('Stop that one first');
    next.release();
    expect(readdirSync(folder)).toEqual(['lock.2']);
  });

  it('goes to exactly one of many who find its holder dead', async () => {
    const first = startChild('take-folder.ts', folder);
    children.push(first);
    await first.writes(1);
    expect(first.lines).toEqual(['taken']);
    await first.kill();
    children.push(...Array.from({length: 4}, () => startChild('take-folder.ts', folder)));
    const others = children.slice(1);
    await Promise.all(others.map(child => child.writes(1)));
    const said = others.map(({lines}) => lines[0]);
    expect(said.filter(line => line === 'taken')).toHaveLength(1);
    const holder = others[said.indexOf('taken')]?.process.pid;
    expect(said.filter(line => line?.includes(`is in use by process ${holder} `))).toHaveLength(3);
    await expect(FolderLock.take(folder)).rejects.toThrow(`process ${holder} `);
  });

  it('is free again after a power cut has left half a file', async () => {
    writeFileSync(join(folder, 'lock.7'), '{"pid":');
    const lock = await FolderLock.take(folder);
    lock.release();
    expect(readdirSync(folder)).toEqual(['lock.8']);
  });

  it('is free again when the number of a dead holder belongs to another process now', async () => {
    const lock = await FolderLock.take(folder);
    lock.release();
    const {pid, host, container} = JSON.parse(readFileSync(join(folder, 'lock.1'), 'utf8')) as Record<string, unknown>;
    writeFileSync(
      join(folder, 'lock.1'),
      JSON.stringify({pid, host, container, began: 'another time', released: false}),
    );
    (await FolderLock.take(folder)).release();
  });
});
