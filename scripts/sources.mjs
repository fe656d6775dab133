import {createHash} from 'node:crypto';
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';

const skipped = new Set(['node_modules', 'dist', '.data', '.cache']);

/** A digest over everything that a build depends on: sources, configuration and the lockfile. */
export function sourcesDigest() {
  const hash = createHash('sha256').update(process.version);
  for (const file of [
    ...filesBelow('apps'),
    ...filesBelow('packages'),
    'package.json',
    'pnpm-lock.yaml',
    'tsconfig.json',
    'scripts/build-server.mjs',
  ]) {
    if (file.endsWith('.test.ts') || file.endsWith('.test.tsx')) continue;
    hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function filesBelow(folder) {
  const files = [];
  for (const entry of readdirSync(folder, {withFileTypes: true})) {
    if (skipped.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) files.push(...filesBelow(path));
    else if (entry.isFile()) files.push(path);
  }
  return files.toSorted();
}
