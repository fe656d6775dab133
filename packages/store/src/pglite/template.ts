import {createHash, randomUUID} from 'node:crypto';
import {existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {readMigrationFiles} from 'drizzle-orm/migrator';

// Only beside the sources: a bundle has no such folder, and opens no database in memory.
const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));

/** Changes when the migrations or PGlite do. */
export function migrationsDigest(migrationsFolder: string): string {
  const digest = createHash('sha256').update(readFileSync(join(modules, '@electric-sql/pglite/package.json')));
  for (const {hash} of readMigrationFiles({migrationsFolder})) digest.update(hash);
  return digest.digest('hex').slice(0, 16);
}

/**
 * A database in memory begins with a copy of one that was made and migrated before, since making one takes seconds. The
 * copy lies with the installed packages and is made anew when the migrations or PGlite change.
 */
export class Template {
  readonly #path: string | null;

  constructor(migrationsFolder: string) {
    this.#path = existsSync(modules)
      ? join(modules, '.cache', `database-${migrationsDigest(migrationsFolder)}.tar`)
      : null;
  }

  /** Null when there is none yet. */
  find(): string | null {
    return this.#path !== null && existsSync(this.#path) ? this.#path : null;
  }

  save(tar: Uint8Array): void {
    if (this.#path === null) return;
    const folder = join(this.#path, '..');
    mkdirSync(folder, {recursive: true});
    // Several test processes may do this at once: each file appears whole or not at all.
    const unfinished = join(folder, `${randomUUID()}.unfinished`);
    writeFileSync(unfinished, tar);
    renameSync(unfinished, this.#path);
    for (const name of readdirSync(folder)) {
      if (name.startsWith('database-') && join(folder, name) !== this.#path) rmSync(join(folder, name), {force: true});
    }
  }
}
