import type {Actor} from '@plenary/domain/members/actor';
import type {Exported} from '@plenary/formats/export/exported';
import {exportFormats, type ExportFormatName} from '@plenary/formats/registry';
import {readContent} from '@plenary/paper/canonical';
import type {StoredPaperRow, StoredRevision} from '@plenary/store/store';
import type {App} from '../app.ts';
import {findRevision, readablePaper} from '../revisions/revisions.service.ts';

export interface SavedFile {
  readonly bytes: Buffer;
  readonly sha256: string;
  readonly mediaType: string;
  readonly fileName: string;
}

export interface Wish {
  readonly format: ExportFormatName;
  /** Id or symbol; null for the working text. */
  readonly revision: string | null;
}

/** A paper as a file, as far as this reader may see it. Refuses `not-found`, `paper.closed`, `paper.damaged`. */
export async function savePaper(app: App, actor: Actor, key: string, {format, revision}: Wish): Promise<SavedFile> {
  const seen = await readablePaper(app, actor, key);
  const {exported, state} =
    revision === null
      ? await workingText(app, seen.paper)
      : revisionText(seen.paper, await findRevision(app, seen, revision));
  const {bytes, sha256} = await app.exporter.write(format, exported, state);
  return {
    bytes,
    sha256,
    mediaType: exportFormats[format].mediaType,
    fileName: fileNameOf(seen.paper, exported, format),
  };
}

interface Text {
  readonly exported: Exported;
  /** Two texts with one state are the same. */
  readonly state: string;
}

async function workingText(app: App, paper: StoredPaperRow): Promise<Text> {
  const {paragraphs, seq} = await app.rooms.read(paper);
  return {exported: workingExport(paper, paragraphs), state: `${paper.id} ${paper.epoch}.${seq}`};
}

function revisionText(paper: StoredPaperRow, revision: StoredRevision): Text {
  return {exported: revisionExport(paper, revision), state: revision.id};
}

export function workingExport({title, symbol, language}: StoredPaperRow, paragraphs: Exported['paragraphs']): Exported {
  return {paragraphs, title, symbol, language};
}

/** A revision goes by its own symbol. */
export function revisionExport({title, language}: StoredPaperRow, {symbol, content}: StoredRevision): Exported {
  return {paragraphs: readContent(content), title, symbol, language};
}

/** `TFD/IE/L.3/Rev.1` → `TFD-IE-L.3-Rev.1.docx`: what every file system takes. */
export function fileNameOf({slug}: StoredPaperRow, {symbol}: Exported, format: ExportFormatName): string {
  const name = (symbol || slug)
    .replace(/[\p{Cc}\p{Cf}/\\:*?"<>|]+/gu, '-')
    .replace(/^[.\s-]+|[.\s-]+$/g, '')
    .slice(0, 100);
  return `${name || slug}${exportFormats[format].extension}`;
}
