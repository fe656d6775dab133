import {existsSync, mkdtempSync, statfsSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

const memory = '/dev/shm';
const needed = 1024 ** 3;

/** A new folder, in memory where the machine has such a place: what is tested is who asks for a sync, not the disk. */
export function makeTestFolder(): string {
  return mkdtempSync(join(isRoomy(memory) ? memory : tmpdir(), 'plenary-store-'));
}

function isRoomy(folder: string): boolean {
  if (!existsSync(folder)) return false;
  const {bavail, bsize} = statfsSync(folder);
  return bavail * bsize > needed;
}
