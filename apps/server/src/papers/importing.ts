import type {Imported} from '@plenary/formats/import/imported';
import {isPacked} from '@plenary/formats/registry';
import {createThread} from '../core/thread.ts';
import {importSource, type ImportAsked, type ImportSource} from './import-source.ts';

export interface Importer {
  /** Refuses what the formats refuse. `language`: BCP 47, null when it is not known. */
  read(source: ImportSource, language: string | null, signal?: AbortSignal): Promise<Imported>;
  close(): Promise<void>;
}

/** Shorter ones are read at once: handing them over would take longer. */
const shortSource = 8_192;
/** R37: the answer is there within ten seconds. */
const longestReading = 8_000;

export function createImporter(): Importer {
  const thread = createThread<ImportAsked, Imported>({
    sources: '../papers/import-worker.ts',
    bundle: './import-worker.js',
    longest: longestReading,
    tooMuch: 'format.too-large',
  });
  return {
    async read(source, language, signal) {
      return isQuick(source) ? importSource(source, language) : thread.ask({source, language}, signal);
    },
    close: () => thread.close(),
  };
}

function isQuick(source: ImportSource): boolean {
  if ('text' in source) return source.text.length <= shortSource;
  return source.bytes.byteLength <= shortSource && !isPacked(source.bytes);
}
