import {closeSync, fdatasyncSync, fsyncSync, openSync} from 'node:fs';
import {dirname} from 'node:path';
import type {PGlite} from '@electric-sql/pglite';
import {NodeFS} from '@electric-sql/pglite/nodefs';

/** How often the disk was asked to keep something. */
export interface Syncs {
  files: number;
  folders: number;
}

/** The parts of Emscripten's NODEFS that this file looks at. */
interface Node {
  readonly name: string;
}
interface Stream {
  readonly nfd?: number;
  readonly node: Node;
}
type Operation = (...args: readonly unknown[]) => unknown;
interface Nodefs {
  realPath(node: Node): string;
  readonly node_ops: Record<string, Operation>;
  readonly stream_ops: Record<string, Operation>;
}

type Init = NodeFS['init'];
type Options = Parameters<Init>[1];

/** WASI's number for an input/output error: the database stops at once and recovers from its log when it is opened again. */
const inputOutputError = 29;

/**
 * PGlite's file system on a folder, which syncs nothing by itself. Here a sync of a file reaches the disk, and before it
 * the entry of every file that was made, renamed or removed since the last one: without its entry a new piece of the
 * write-ahead log would not survive a power cut.
 */
export class SyncedFiles extends NodeFS {
  readonly syncs: Syncs = {files: 0, folders: 0};
  readonly #changedFolders = new Set<string>();

  override async init(database: PGlite, options: Options): ReturnType<Init> {
    const result = await super.init(database, options);
    const preRun = [...(result.emscriptenOpts.preRun ?? [])] as ((module: unknown) => void)[];
    preRun.push(module => this.#hook((module as {NODEFS: Nodefs}).NODEFS));
    return {...result, emscriptenOpts: {...result.emscriptenOpts, preRun}};
  }

  #hook(nodefs: Nodefs): void {
    const {node_ops: nodes, stream_ops: streams} = nodefs;
    const noteFolder = (folder: unknown) => this.#changedFolders.add(nodefs.realPath(folder as Node));
    for (const name of ['mknod', 'unlink', 'rmdir', 'symlink']) {
      const operation = nodes[name];
      if (!operation) throw new Error(`PGlite's file system has no ${name}.`);
      nodes[name] = (folder, ...rest) => {
        noteFolder(folder);
        return operation(folder, ...rest);
      };
    }
    const rename = nodes['rename'];
    if (!rename) throw new Error("PGlite's file system has no rename.");
    nodes['rename'] = (node, folder, name) => {
      this.#changedFolders.add(dirname(nodefs.realPath(node as Node)));
      noteFolder(folder);
      return rename(node, folder, name);
    };
    streams['fsync'] = stream => this.#sync(stream as Stream);
  }

  #sync({nfd}: Stream): number {
    try {
      if (nfd !== undefined) {
        fdatasyncSync(nfd);
        this.syncs.files += 1;
      }
      for (const folder of this.#changedFolders) {
        syncFolder(folder);
        this.syncs.folders += 1;
        this.#changedFolders.delete(folder);
      }
      return 0;
    } catch {
      return inputOutputError;
    }
  }
}

function syncFolder(path: string): void {
  let folder: number;
  try {
    folder = openSync(path, 'r');
  } catch (error) {
    // Removed since: its own entry is synced with its parent.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
