import {randomUUID} from 'node:crypto';
import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import {hostname} from 'node:os';
import {join} from 'node:path';

/** Who holds a folder, or that nobody does any more. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** On Linux: which of its containers, since each numbers its processes anew. */
  readonly container: string | null;
  /** When the process began, as the system tells it: a number of a process is given out again after it ended. */
  readonly began: string | null;
  readonly released: boolean;
}

/** How often a holder gives a sign of life, and how long a server on another machine watches for one. Milliseconds. */
const pulse = 2_000;
const watch = 15_000;

const prefix = 'lock.';

/**
 * One process at a time in a data folder: two would destroy the database without a word.
 *
 * Each holder writes a file of the next higher number, which only one can create. The file of the highest number is never
 * removed, only marked as released, and whoever has made one looks whether there is a higher one: so it does not matter how
 * long anybody hesitates between looking and taking over.
 */
export class FolderLock {
  readonly #folder: string;
  readonly #number: number;
  readonly #beat: NodeJS.Timeout;

  private constructor(folder: string, number: number) {
    this.#folder = folder;
    this.#number = number;
    const path = join(folder, prefix + number);
    this.#beat = setInterval(() => giveSign(path), pulse);
    this.#beat.unref();
  }

  /** Refuses while another process, or another store of this one, holds the folder. */
  static async take(folder: string): Promise<FolderLock> {
    mkdirSync(folder, {recursive: true});
    for (;;) {
      const highest = highestNumber(folder);
      if (highest > 0) {
        const holder = await livingHolder(join(folder, prefix + highest));
        if (holder === 'changed') continue;
        if (holder) {
          throw new Error(
            `The data folder ${folder} is in use by process ${holder.pid} on ${holder.host}. ` +
              'Stop that one first, or give this one another DATA_DIR.',
          );
        }
      }
      const own = highest + 1;
      if (create(folder, own, self(false))) {
        if (highestNumber(folder) > own) {
          rmSync(join(folder, prefix + own), {force: true});
          continue;
        }
        for (const number of numbersIn(folder)) if (number < own) rmSync(join(folder, prefix + number), {force: true});
        return new FolderLock(folder, own);
      }
    }
  }

  release(): void {
    clearInterval(this.#beat);
    const unfinished = join(this.#folder, `${randomUUID()}.unfinished`);
    writeFileSync(unfinished, JSON.stringify(self(true)));
    renameSync(unfinished, join(this.#folder, prefix + this.#number));
  }
}

function self(released: boolean): Holder {
  return {pid: process.pid, host: hostname(), container: container(), began: beginOf(process.pid), released};
}

function container(): string | null {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return null;
  }
}

function giveSign(path: string): void {
  try {
    utimesSync(path, new Date(), new Date());
  } catch {
    // The folder was taken away. The database will say so better.
  }
}

function numbersIn(folder: string): number[] {
  return readdirSync(folder)
    .filter(name => name.startsWith(prefix))
    .map(name => Number(name.slice(prefix.length)))
    .filter(number => Number.isInteger(number));
}

function highestNumber(folder: string): number {
  return Math.max(0, ...numbersIn(folder));
}

/** False when somebody else has made it. The file appears with its content or not at all. */
function create(folder: string, number: number, holder: Holder): boolean {
  const unfinished = join(folder, `${randomUUID()}.unfinished`);
  writeFileSync(unfinished, JSON.stringify(holder));
  try {
    linkSync(unfinished, join(folder, prefix + number));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(unfinished, {force: true});
  }
}

/** Null when nobody lives behind the file; `changed` when it is no longer there and one must look again. */
async function livingHolder(path: string): Promise<Holder | null | 'changed'> {
  let holder: Holder;
  try {
    holder = JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'changed';
    // Half a file after a power cut: its writer did not survive that.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  if (holder.released) return null;
  if (holder.host === hostname() && holder.container === container()) return isAlive(holder) ? holder : null;
  // Another machine, or a container that is gone: only its sign of life can tell. Clocks may differ, so wait for a change.
  const before = lastSign(path);
  for (const end = Date.now() + watch; Date.now() < end;) {
    await new Promise(resolve => setTimeout(resolve, 250));
    if (lastSign(path) !== before) return holder;
  }
  return null;
}

function lastSign(path: string): number {
  return statSync(path, {throwIfNoEntry: false})?.mtimeMs ?? 0;
}

function isAlive({pid, began}: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const now = beginOf(pid);
  return began === null || now === null || now === began;
}

/**
 * On Linux: ticks since boot, together with which boot it was; `dead` when it has ended and its parent has not looked yet.
 * Elsewhere null, and the number of the process must do.
 */
function beginOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    // The name in brackets may hold spaces; behind it stand the state, and 19 fields on the start.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? 'dead' : `${boot} ${fields[19] ?? ''}`;
  } catch {
    return null;
  }
}
