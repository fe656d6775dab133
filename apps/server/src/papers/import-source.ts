import {importFile, importText} from '@plenary/formats/registry';
import type {Imported} from '@plenary/formats/import/imported';

export type ImportSource =
  | {readonly text: string}
  | {readonly bytes: Uint8Array; /** Its end tells the format. */ readonly name: string};

export interface ImportAsked {
  readonly source: ImportSource;
  readonly language: string | null;
}

/** Refuses what the formats refuse. */
export async function importSource(source: ImportSource, language: string | null): Promise<Imported> {
  const options = language === null ? {} : {language};
  return 'text' in source ? importText(source.text, options) : importFile(source.bytes, source.name, options);
}
