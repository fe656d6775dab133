import {createHash} from 'node:crypto';
import type {Language} from '@plenary/domain/languages';
import type {Exported} from '@plenary/formats/export/exported';
import type {NamedMinutes} from '@plenary/formats/minutes/named-minutes';
import type {ExportFormatName} from '@plenary/formats/registry';
import {createThread} from '../core/thread.ts';
import type {ExportAsked} from './export-worker.ts';

export interface WrittenFile {
  readonly bytes: Buffer;
  /** In hex. */
  readonly sha256: string;
}

export interface Exporter {
  /** `state` names the text: the same state is written once for all who ask in a while. Refuses `server.busy`. */
  write(format: ExportFormatName, paper: Exported, state: string): Promise<WrittenFile>;
  /** Minutes as a Word file; those of a long session take a while to pack. Refuses `server.busy`. */
  writeMinutes(minutes: NamedMinutes, language: Language): Promise<Uint8Array>;
  close(): Promise<void>;
}

const longestWriting = 30_000;
/** Bytes of files that are kept for whoever asks next. */
const mostKept = 32 * 1024 * 1024;

export function createExporter(): Exporter {
  const thread = createThread<ExportAsked, string | Uint8Array>({
    sources: '../exchange/export-worker.ts',
    bundle: './export-worker.js',
    longest: longestWriting,
    tooMuch: 'server.busy',
  });
  const written = new Map<string, WrittenFile>();
  const underway = new Map<string, Promise<WrittenFile>>();
  let size = 0;

  function keep(key: string, file: WrittenFile): void {
    if (file.bytes.length > mostKept / 4) return;
    written.set(key, file);
    size += file.bytes.length;
    for (const [oldest, {bytes}] of written) {
      if (size <= mostKept) break;
      written.delete(oldest);
      size -= bytes.length;
    }
  }

  async function writeAnew(key: string, asked: ExportAsked): Promise<WrittenFile> {
    const bytes = Buffer.from(await thread.ask(asked));
    const file = {bytes, sha256: createHash('sha256').update(bytes).digest('hex')};
    keep(key, file);
    return file;
  }

  return {
    async write(format, paper, state) {
      const key = JSON.stringify([format, state, paper.title, paper.symbol, paper.language]);
      const known = written.get(key) ?? underway.get(key);
      if (known) return known;
      const writing = writeAnew(key, {format, paper}).finally(() => underway.delete(key));
      underway.set(key, writing);
      return writing;
    },
    async writeMinutes(minutes, language) {
      return Buffer.from(await thread.ask({minutes, language}));
    },
    close: () => thread.close(),
  };
}
