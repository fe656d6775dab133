import {existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {makeTestFolder} from '../testing/test-folder.ts';
import {makeFolder} from './make-folder.ts';

describe('the first start', () => {
  let parent: string;
  beforeEach(() => {
    parent = makeTestFolder();
  });
  afterEach(() => rmSync(parent, {recursive: true, force: true}));

  it('makes the folder whole or not at all', async () => {
    const folder = join(parent, 'database');
    const dies = makeFolder(folder, async unfinished => {
      writeFileSync(join(unfinished, 'half'), '');
      throw new Error('killed');
    });
    await expect(dies).rejects.toThrow('killed');
    expect(existsSync(folder)).toBe(false);
    await makeFolder(folder, async unfinished => {
      expect(existsSync(join(unfinished, 'half'))).toBe(false);
      mkdirSync(join(unfinished, 'inner'));
      writeFileSync(join(unfinished, 'inner', 'whole'), 'whole');
    });
    expect(readFileSync(join(folder, 'inner', 'whole'), 'utf8')).toBe('whole');
    await makeFolder(folder, () => Promise.reject(new Error('made twice')));
  });
});
