import {mkdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {slugPattern} from '@plenary/domain/ids';
import {exportFormatNames, exportFormats, type ExportFormatName} from '@plenary/formats/registry';
import type {Exported} from '@plenary/formats/export/exported';
import {refusalJson} from '@plenary/protocol/api/refusal';
import type {Store, StoredPaperRow} from '@plenary/store/store';
import {fileNameOf, revisionExport, workingExport} from '../exchange/exchange.service.ts';
import {StoredTexts} from '../papers/rooms/stored-text.ts';
import {configOrEnd, openInstanceStore, say} from './opened.ts';
import {readWords, Usage} from './usage.ts';

export const exportHelp = `  export <paper> [--format <format>]             saves a paper as a file, here under its symbol
                                                 formats: ${exportFormatNames.join(', ')}
                                                 with --revision <id or symbol> for a revision in place of the
                                                 working text, and --out <file> for another name
  export --all <folder> [--format <format>]      saves every paper and every issued revision into a folder
  export … --url <address>                       asks a running instance for what the public may read`;

interface Wanted {
  readonly paper: string | null;
  readonly format: ExportFormatName;
  readonly revision: string | null;
  readonly out: string | null;
  readonly all: string | null;
  readonly url: string | null;
}

/** A file that is ready to be written. */
interface Written {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Where papers come from: the database, or an instance that runs. */
interface Source {
  papers(): Promise<readonly string[]>;
  /** Symbols or ids of issued revisions. */
  revisionsOf(paper: string): Promise<readonly string[]>;
  write(paper: string, revision: string | null, format: ExportFormatName): Promise<Written>;
  close(): Promise<void>;
}

/** Says what it has written; resolves with the exit code. */
export async function exportPapers(args: readonly string[]): Promise<number> {
  const wanted = readArguments(args);
  const source = wanted.url === null ? await openDatabase() : openAddress(wanted.url);
  try {
    if (wanted.paper !== null) await exportOne(source, wanted.paper, wanted);
    else await exportAll(source, wanted.all ?? '.', wanted.format);
    return 0;
  } finally {
    await source.close();
  }
}

function readArguments(args: readonly string[]): Wanted {
  const text = {type: 'string'} as const;
  const options = {format: text, revision: text, out: text, all: text, url: text};
  const {values, positionals} = readWords({args: [...args], options, allowPositionals: true, strict: true});
  const [paper = null, ...others] = positionals;
  const format = values.format ?? 'docx';
  if (!isFormat(format)) throw new Usage(`“${format}” is no format. There are: ${exportFormatNames.join(', ')}.`);
  if (others.length > 0) throw new Usage(`One paper at a time: “${others.join(' ')}” is too much.`);
  if (paper === null && values.all === undefined) throw new Usage(`Which paper?\n\n${exportHelp}`);
  if (values.all !== undefined && (paper !== null || values.revision !== undefined || values.out !== undefined))
    throw new Usage('With --all, every paper is saved under its own name: leave the rest out.');
  return {
    paper,
    format,
    revision: values.revision ?? null,
    out: values.out ?? null,
    all: values.all ?? null,
    url: values.url ?? null,
  };
}

function isFormat(name: string): name is ExportFormatName {
  return (exportFormatNames as readonly string[]).includes(name);
}

async function exportOne(source: Source, paper: string, {format, revision, out}: Wanted): Promise<void> {
  const {name, bytes} = await source.write(paper, revision, format);
  save(out ?? name, bytes);
}

/** A folder a paper, since two papers may have one symbol. */
async function exportAll(source: Source, folder: string, format: ExportFormatName): Promise<void> {
  for (const paper of await source.papers()) {
    const working = await source.write(paper, null, format);
    save(join(folder, paper, `working-text${exportFormats[format].extension}`), working.bytes);
    for (const revision of await source.revisionsOf(paper)) {
      const {name, bytes} = await source.write(paper, revision, format);
      save(join(folder, paper, name), bytes);
    }
  }
}

function save(path: string, bytes: Uint8Array): void {
  try {
    mkdirSync(dirname(path), {recursive: true});
    writeFileSync(path, bytes);
  } catch (error) {
    throw new Usage(`“${path}” cannot be written: ${error instanceof Error ? error.message : ''}`);
  }
  say(`${path} (${bytes.length} bytes)`);
}

async function openDatabase(): Promise<Source> {
  const store = await storeOrSentence();
  const texts = new StoredTexts(store.updates);
  const paperOf = async (key: string): Promise<StoredPaperRow> => {
    const paper = await store.papers.find(key);
    if (!paper) throw new Usage(`There is no paper “${key}”.`);
    return paper;
  };
  const textOf = async (paper: StoredPaperRow, key: string | null): Promise<Exported> => {
    if (key === null) return workingExport(paper, (await texts.read(paper.number)).paragraphs);
    const revision = await store.revisions.find(paper.id, key);
    if (!revision) throw new Usage(`“${paper.slug}” has no revision “${key}”.`);
    return revisionExport(paper, revision);
  };
  return {
    papers: async () => (await store.papers.all()).map(({slug}) => slug),
    async revisionsOf(key) {
      const all = await store.revisions.of((await paperOf(key)).id);
      return all.filter(({kind}) => kind === 'issued').map(({id}) => id);
    },
    async write(key, revision, format) {
      const paper = await paperOf(key);
      const exported = await textOf(paper, revision);
      return {name: fileNameOf(paper, exported, format), bytes: Buffer.from(exportFormats[format].write(exported))};
    },
    close: () => store.close(),
  };
}

async function storeOrSentence(): Promise<Store> {
  try {
    return await openInstanceStore(configOrEnd());
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('is in use by process')) throw error;
    throw new Usage(`${error.message} Or ask it for what the public may read: --url http://localhost:3000`);
  }
}

function openAddress(url: string): Source {
  const ask = async (path: string): Promise<Response> => {
    let answer;
    try {
      answer = await fetch(new URL(path, url));
    } catch (error) {
      throw new Usage(`${url} does not answer: ${error instanceof Error ? error.message : ''}`);
    }
    if (answer.ok) return answer;
    const refused = refusalJson.safeParse(await answer.json().catch(() => null));
    throw new Usage(refused.success ? refused.data.sentence : `${url}${path} answers ${answer.status}.`);
  };
  const list = async <Item>(path: string, name: string): Promise<readonly Item[]> => {
    const all = ((await (await ask(path)).json()) as Record<string, unknown>)[name];
    return Array.isArray(all) ? (all as Item[]) : [];
  };
  return {
    async papers() {
      const all = await list<{slug: string; mayRead: boolean}>('/api/papers', 'papers');
      // They become names of folders.
      return all.filter(({slug, mayRead}) => mayRead && slugPattern.test(slug)).map(({slug}) => slug);
    },
    async revisionsOf(paper) {
      const path = `/api/papers/${encodeURIComponent(paper)}/revisions`;
      const all = await list<{id: string; kind: string}>(path, 'revisions');
      return all.filter(({kind}) => kind === 'issued').map(({id}) => id);
    },
    async write(paper, revision, format) {
      const query = new URLSearchParams({format, lang: 'en', ...(revision !== null && {revision})});
      const answer = await ask(`/api/papers/${encodeURIComponent(paper)}/export?${query}`);
      const given = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get('content-disposition') ?? '')?.[1];
      // A name from elsewhere never leads out of the folder.
      const name =
        decodeURIComponent(given ?? '').replace(/[/\\]/g, '-') || `${paper}${exportFormats[format].extension}`;
      return {name, bytes: Buffer.from(await answer.arrayBuffer())};
    },
    close: async () => undefined,
  };
}
