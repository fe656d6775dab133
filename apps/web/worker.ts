import {createHash} from 'node:crypto';
import type {Plugin, Rolldown} from 'vite';

const sentences = /^virtual:sentences\/(\w+)\/(\w\w)$/;
/** Pages that open without a network. */
const pages = /\/src\/(?:shell\/away-page|areas\/papers\/paper-page)\.tsx$/;
/** Sentences that they may say. */
const parts = ['core', 'pages', 'comments', 'exchange', 'sessions'];

/** Tells the service worker the files of its build that a paper needs: in all languages, and in each. */
export function worker(): Plugin {
  return {
    name: 'plenary:worker',
    apply: 'build',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter(one => one.type === 'chunk');
      const own = chunks.find(({fileName}) => fileName === 'service-worker.js');
      if (!own) throw new Error('The service worker was not built.');
      const everywhere = new Set<string>();
      const of: Record<string, string[]> = {};
      for (const chunk of chunks) {
        const [, part = '', language = ''] = sentences.exec(chunk.facadeModuleId?.slice(1) ?? '') ?? [];
        if (parts.includes(part)) (of[language] ??= []).push(`/${chunk.fileName}`);
        if (chunk.isEntry && chunk !== own) follow(chunk, chunks, false, everywhere);
        if (pages.test(chunk.facadeModuleId ?? '')) follow(chunk, chunks, true, everywhere);
      }
      const files = {everywhere: [...everywhere].toSorted(), of};
      const build = createHash('sha256').update(JSON.stringify(files)).update(own.code).digest('hex').slice(0, 12);
      own.code = own.code.replace(/\bFILES\b/g, () => JSON.stringify({build, ...files}));
    },
  };
}

/** A chunk with all that it imports and, if `later`, all that it may import later, but for sentences. */
function follow(
  chunk: Rolldown.OutputChunk,
  chunks: readonly Rolldown.OutputChunk[],
  later: boolean,
  found: Set<string>,
): void {
  const path = `/${chunk.fileName}`;
  if (found.has(path) || sentences.test(chunk.facadeModuleId?.slice(1) ?? '')) return;
  found.add(path);
  const {importedCss, importedAssets} = (
    chunk as {viteMetadata?: {importedCss: Set<string>; importedAssets: Set<string>}}
  ).viteMetadata ?? {importedCss: new Set<string>(), importedAssets: new Set<string>()};
  for (const name of [...importedCss, ...importedAssets]) found.add(`/${name}`);
  for (const name of [...chunk.imports, ...(later ? chunk.dynamicImports : [])]) {
    const next = chunks.find(({fileName}) => fileName === name);
    if (next) follow(next, chunks, later, found);
  }
}
