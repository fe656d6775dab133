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
export async function savePaper(app: App, actor: Actor, key: string, wish: Wish): Promise<SavedFile> {
  const seen = await readablePaper(app, actor, key);
  const revision = wish.revision === null ? null : await findRevision(app, seen, wish.revision);
  return writePaper(app, seen.paper, wish.format, revision);
}

/** The same without asking who reads: for the operator's command line. */
export async function writePaper(
  app: App,
  paper: StoredPaperRow,
  format: ExportFormatName,
  revision: StoredRevision | null,
): Promise<SavedFile> {
  const {exported, state} = revision ? revisionText(paper, revision) : await workingText(app, paper);
  const {bytes, sha256} = await app.exporter.write(format, exported, state);
  const {mediaType, extension} = exportFormats[format];
  return {bytes, sha256, mediaType, fileName: `${fileNameOf(exported.symbol || paper.slug)}${extension}`};
}

interface Text {
  readonly exported: Exported;
  /** Two texts with one state are the same. */
  readonly state: string;
}

async function workingText(app: App, paper: StoredPaperRow): Promise<Text> {
  const {title, symbol, language} = paper;
  const {paragraphs, seq} = await app.rooms.read(paper);
  return {exported: {paragraphs, title, symbol, language}, state: `${paper.id} ${paper.epoch}.${seq}`};
}

function revisionText({title, language}: StoredPaperRow, {id, symbol, content}: StoredRevision): Text {
  return {exported: {paragraphs: readContent(content), title, symbol, language}, state: id};
}

/** `TFD/IE/L.3/Rev.1` → `TFD-IE-L.3-Rev.1`: what every file system takes. */
function fileNameOf(symbol: string): string {
  return symbol
    .replace(/[\p{Cc}\p{Cf}/\\:*?"<>|]+/gu, '-')
    .replace(/^[.\s-]+|[.\s-]+$/g, '')
    .slice(0, 100);
}
