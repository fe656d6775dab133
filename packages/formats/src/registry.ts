import {Refusal} from '@plenary/domain/refusal';
import {exportDocx} from './docx/export.ts';
import {importDocx} from './docx/import.ts';
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
  readonly read: (bytes: Uint8Array, options: ImportOptions) => Imported | Promise<Imported>;
}

/** Every format that a paper can begin with. A new one is a file and a line here; menu, HTTP and command line read this list. */
export const importFormats = {
  docx: {extensions: ['.docx'], read: importDocx},
  markdown: {
    extensions: ['.md', '.markdown', '.mdown'],
    read: (bytes, options) => importDecoded(bytes, options, 'markdown'),
  },
  text: {extensions: ['.txt', '.text'], read: (bytes, options) => importDecoded(bytes, options, 'text')},
} as const satisfies Record<string, ImportFormat>;
export type ImportFormatName = keyof typeof importFormats;

interface ExportFormat {
  readonly extension: string;
  readonly mediaType: string;
  readonly write: (paper: Exported) => string | Uint8Array;
}

/** Every format that a paper can leave in. */
export const exportFormats = {
  docx: {
    extension: '.docx',
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    write: exportDocx,
  },
  markdown: {extension: '.md', mediaType: 'text/markdown; charset=utf-8', write: exportMarkdown},
  text: {extension: '.txt', mediaType: 'text/plain; charset=utf-8', write: exportText},
  html: {extension: '.html', mediaType: 'text/html; charset=utf-8', write: exportHtml},
} as const satisfies Record<string, ExportFormat>;
export type ExportFormatName = keyof typeof exportFormats;
export const exportFormatNames = Object.keys(exportFormats) as ExportFormatName[];

/** What a file chooser may offer: `.docx`, `.md`, … */
export const importExtensions: readonly string[] = Object.values(importFormats).flatMap(format => format.extensions);

type TextFormat = 'markdown' | 'text';

/** Reads text that is at hand as a string. `auto` looks whether it is written as Markdown. Refuses `input.too-large`. */
export function importText(
  source: string,
  {format = 'auto', ...options}: ImportOptions & {readonly format?: TextFormat | 'auto'} = {},
): Imported {
  const name = format === 'auto' ? (looksLikeMarkdown(source) ? 'markdown' : 'text') : format;
  return name === 'markdown' ? importMarkdown(source, options) : importPlainText(source, options);
}

/** Word files that carry programs are refused by name already. */
const macros = /\.(?:docm|dotm)$/;

/**
 * Reads a file by the end of its name; one without an end by what it holds. Refuses `format.unknown` and whatever its format
 * refuses. An encoding that had to be guessed stands in the report.
 */
export async function importFile(bytes: Uint8Array, fileName: string, options: ImportOptions = {}): Promise<Imported> {
  const lower = fileName.toLowerCase();
  if (macros.test(lower)) throw new Refusal('format.macros');
  const named = Object.values(importFormats).find(({extensions}) => extensions.some(end => lower.endsWith(end)));
  if (named) return named.read(bytes, options);
  if (/\.[a-z0-9]{1,8}$/.test(lower)) throw new Refusal('format.unknown');
  return isPacked(bytes) ? importDocx(bytes, options) : importDecoded(bytes, options, 'auto');
}

/** Whether what a file holds is packed or must otherwise be unfolded: its size says nothing of the work that it makes. */
export function isPacked(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(4, bytes.byteLength)).toString('latin1');
  return start === 'PK\u0003\u0004' || start === 'ÐÏ\u0011à';
}

function importDecoded(bytes: Uint8Array, options: ImportOptions, format: TextFormat | 'auto'): Imported {
  const {text, certain} = decodeText(bytes);
  const imported = importText(text, {...options, format});
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
