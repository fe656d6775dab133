import {createHash} from 'node:crypto';
import {readFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import {build, transform} from 'esbuild';
import type {ReadAssets} from './assets.ts';

/** Script and style of the reading page, minified. For the build of the server, for development and for tests. */
export async function buildReadAssets(): Promise<ReadAssets> {
  const script = await build({
    entryPoints: [fileURLToPath(new URL('page-script.ts', import.meta.url))],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    // Strict code needs no "use strict" to be correct, and every follower loads it.
    tsconfigRaw: {compilerOptions: {alwaysStrict: false}},
  });
  const css = await readFile(new URL('page.css', import.meta.url), 'utf8');
  const style = await transform(css, {loader: 'css', minify: true, charset: 'utf8'});
  return {
    script: asset('script', 'js', script.outputFiles[0]?.text ?? ''),
    style: asset('style', 'css', style.code),
  };
}

function asset(name: string, ending: string, content: string): ReadAssets['script'] {
  const hash = createHash('sha256').update(content).digest('base64url').slice(0, 8);
  return {file: `${name}-${hash}.${ending}`, content};
}
