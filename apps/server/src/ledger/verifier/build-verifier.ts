import {readFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import {build, transform} from 'esbuild';
import type {VerifierParts} from './verifier-page.ts';

/** Script and style of the offline verifier. For the build of the server, for development and for tests. */
export async function buildVerifier(): Promise<VerifierParts> {
  const script = await build({
    entryPoints: [fileURLToPath(new URL('verifier-script.ts', import.meta.url))],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    define: {'process.env.NODE_ENV': '"production"'},
  });
  const css = await readFile(new URL('verifier.css', import.meta.url), 'utf8');
  const style = await transform(css, {loader: 'css', minify: true, charset: 'utf8'});
  return {script: script.outputFiles[0]?.text ?? '', style: style.code};
}
