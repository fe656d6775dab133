import {createHash} from 'node:crypto';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import type {ReadAsset, ReadAssets} from './assets.ts';

/** Scripts and styles of the pages for followers, minified. For the build of the server, for development and for tests. */
export async function buildReadAssets(): Promise<ReadAssets> {
  const [script, style, sessionScript, sessionStyle, hallStyle] = await Promise.all([
    bundled('page-script.ts', 'script'),
    bundled('page.css', 'style'),
    bundled('session-script.ts', 'session'),
    bundled('session.css', 'session'),
    bundled('hall.css', 'hall'),
  ]);
  return {
    script,
    style,
    session: {script: sessionScript, style: sessionStyle},
    hall: {script: sessionScript, style: hallStyle},
  };
}

async function bundled(source: string, name: string): Promise<ReadAsset> {
  const {outputFiles} = await build({
    entryPoints: [fileURLToPath(new URL(source, import.meta.url))],
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
  const content = outputFiles[0]?.text ?? '';
  const hash = createHash('sha256').update(content).digest('base64url').slice(0, 8);
  return {file: `${name}-${hash}.${source.endsWith('.css') ? 'css' : 'js'}`, content};
}
