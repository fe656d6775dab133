import {importFile, importText} from '@plenary/formats/registry';
import type {Imported} from '@plenary/formats/import/imported';

export type ImportSource =
  | {readonly text: string}
  | {readonly bytes: Uint8Array; /** Its end tells the format. */ readonly name: string};

/** Refuses `format.unknown`, `format.not-text`, `input.too-large`. */
export function importSource(source: ImportSource, language: string | null): Imported {
  const options = language === null ? {} : {language};
  return 'text' in source ? importText(source.text, options) : importFile(source.bytes, source.name, options);
}
