import {closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync} from 'node:fs';
import {dirname, join} from 'node:path';

/**
 * Makes a database beside its place and moves it there when it is whole and on disk: a server that is killed during its
 * very first start begins again.
 */
export async function makeFolder(folder: string, make: (unfinished: string) => Promise<void>): Promise<void> {
  if (existsSync(folder)) return;
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, {recursive: true, force: true});
  mkdirSync(unfinished, {recursive: true});
  await make(unfinished);
  for (const entry of readdirSync(unfinished, {withFileTypes: true, recursive: true})) {
    if (entry.isFile() || entry.isDirectory()) sync(join(entry.parentPath, entry.name));
  }
  sync(unfinished);
  renameSync(unfinished, folder);
  sync(dirname(folder));
}

function sync(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
