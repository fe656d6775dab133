import {Worker} from 'node:worker_threads';
import {Refusal, type RefusalCode, type RefusalDetails} from '@plenary/domain/refusal';
import type {Imported} from '@plenary/formats/import/imported';
import {importSource, type ImportSource} from './import-source.ts';

export interface ImportAsked {
  readonly id: number;
  readonly source: ImportSource;
  readonly language: string | null;
}

export type ImportAnswer = {readonly id: number} & (
  | {readonly imported: Imported}
  | {readonly refused: {readonly code: RefusalCode; readonly details: RefusalDetails | undefined}}
  | {readonly failed: string}
);

export interface Importer {
  /** Refuses `format.unknown`, `format.not-text`, `input.too-large`. `language`: BCP 47, null when it is not known. */
  read(source: ImportSource, language: string | null): Promise<Imported>;
  close(): Promise<void>;
}

/** Shorter ones are read at once: handing them over would take longer. */
const shortSource = 8_192;
/** A source that takes longer was made to. Milliseconds. */
const longestReading = 10_000;

interface Waiting {
  resolve(imported: Imported): void;
  reject(error: Error): void;
  readonly late: NodeJS.Timeout;
}

export function createImporter(): Importer {
  let worker: Worker | null = null;
  let lastId = 0;
  const waiting = new Map<number, Waiting>();

  function settle(id: number, use: (one: Waiting) => void): void {
    const one = waiting.get(id);
    if (!one) return;
    waiting.delete(id);
    clearTimeout(one.late);
    use(one);
  }

  async function end(reason: Error): Promise<void> {
    const ended = worker;
    worker = null;
    for (const id of waiting.keys()) settle(id, one => one.reject(reason));
    await ended?.terminate();
  }

  function start(): Worker {
    const made = new Worker(workerUrl(), {execArgv: []});
    made.unref();
    made.on('message', (answer: ImportAnswer) => {
      settle(answer.id, one => {
        if ('imported' in answer) one.resolve(answer.imported);
        else if ('refused' in answer) one.reject(new Refusal(answer.refused.code, answer.refused.details));
        else one.reject(new Error(`An import failed: ${answer.failed}`));
      });
    });
    made.on('error', error => {
      if (worker === made) void end(new Error('The reader of imports failed.', {cause: error}));
    });
    return made;
  }

  return {
    async read(source, language) {
      const size = 'text' in source ? source.text.length : source.bytes.byteLength;
      if (size <= shortSource) return importSource(source, language);
      const running = (worker ??= start());
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        const late = setTimeout(() => void end(new Refusal('input.too-large')), longestReading);
        waiting.set(id, {resolve, reject, late});
        const asked: ImportAsked = {id, source, language};
        running.postMessage(asked, []);
      });
    },
    async close() {
      await end(new Refusal('server.busy'));
    },
  };
}

/** Beside the sources TypeScript behind a loader, beside the server's bundle a bundle of its own. */
function workerUrl(): URL {
  const inSources = import.meta.url.endsWith('.ts');
  return new URL(inSources ? './import-worker-from-sources.mjs' : './import-worker.js', import.meta.url);
}
