import {Refusal} from '@plenary/domain/refusal';
import type {Exported} from './export/exported.ts';
import {exportHtml} from './export/html.ts';
import {exportMarkdown} from './export/markdown.ts';
import {exportText} from './export/text.ts';
import {decodeText} from './import/decode.ts';
import type {Imported, ImportOptions} from './import/imported.ts';
import {importMarkdown} from './import/markdown.ts';
import {importText as importPlainText} from './import/text.ts';

interface ImportFormat {
  /** Ends of file names, lower case, with the dot. */
  readonly extensions: readonly string[];
  readonly read: (source: string, options: ImportOptions) => Imported;
}

/** Every format that a paper can begin with. A new one is a file and a line here; menu, HTTP and command line read this list. */
export const importFormats = {
  markdown: {extensions: ['.md', '.markdown', '.mdown'], read: importMarkdown},
  text: {extensions: ['.txt', '.text'], read: (source, options) => importPlainText(source, options)},
} as const satisfies Record<string, ImportFormat>;
export type ImportFormatName = keyof typeof importFormats;

interface ExportFormat {
  readonly extension: string;
  readonly mediaType: string;
  readonly write: (paper: Exported) => string;
}

/** Every format that a paper can leave in. */
export const exportFormats = {
  markdown: {extension: '.md', mediaType: 'text/markdown; charset=utf-8', write: exportMarkdown},
  text: {extension: '.txt', mediaType: 'text/plain; charset=utf-8', write: exportText},
  html: {extension: '.html', mediaType: 'text/html; charset=utf-8', write: exportHtml},
} as const satisfies Record<string, ExportFormat>;
export type ExportFormatName = keyof typeof exportFormats;

/** What a file chooser may offer: `.md,.markdown,…`. */
export const importExtensions: readonly string[] = Object.values(importFormats).flatMap(format => format.extensions);

/** Reads text that is at hand as a string. `auto` looks whether it is written as Markdown. Refuses `input.too-large`. */
export function importText(
  source: string,
  {format = 'auto', ...options}: ImportOptions & {readonly format?: ImportFormatName | 'auto'} = {},
): Imported {
  const name = format === 'auto' ? (looksLikeMarkdown(source) ? 'markdown' : 'text') : format;
  return importFormats[name].read(source, options);
}

/**
 * Reads a file by the end of its name. Refuses `format.unknown`, `format.not-text`, `input.too-large`.
 * An encoding that had to be guessed stands in the report.
 */
export function importFile(bytes: Uint8Array, fileName: string, options: ImportOptions = {}): Imported {
  const lower = fileName.toLowerCase();
  const names = Object.keys(importFormats) as ImportFormatName[];
  const named = names.find(name => importFormats[name].extensions.some(end => lower.endsWith(end)));
  if (!named && /\.[a-z0-9]{1,8}$/.test(lower)) throw new Refusal('format.unknown');
  const {text, certain} = decodeText(bytes);
  const imported = importText(text, {...options, format: named ?? 'auto'});
  if (certain) return imported;
  const left = [...imported.report.left, {what: 'encoding' as const, count: 1, lines: []}];
  return {...imported, report: {...imported.report, left}};
}

/** Headings, lists, emphasis, links or front matter at more than one place, or a heading at all. */
export function looksLikeMarkdown(source: string): boolean {
  const sample = source.slice(0, 40_000);
  if (/^\uFEFF?---\r?\n[A-Za-z_][\w-]*:/.test(sample) || /^#{1,6} \S/m.test(sample)) return true;
  const signs = sample.match(
    /^ {0,3}(?:[-*+] \S|> \S)|\*\*[^\s*][^*\n]*\*\*|(?<![\p{L}\p{N}*])\*[^\s*][^*\n]*\*(?!\*)|\]\([^)\s]+\)/gmu,
  );
  return (signs?.length ?? 0) >= 2;
}
