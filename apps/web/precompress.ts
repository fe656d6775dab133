import {readdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {brotliCompress, constants, gzip} from 'node:zlib';
import type {Plugin} from 'vite';

const worthwhile = /\.(?:js|css|svg)$/;
const smallest = 512;

/** Writes `<file>.br` and `<file>.gz` beside every asset, so that the server never compresses while it answers. */
export function precompress(): Plugin {
  let folder = '';
  return {
    name: 'plenary:precompress',
    apply: 'build',
    configResolved(config) {
      folder = join(config.root, config.build.outDir, config.build.assetsDir);
    },
    async closeBundle() {
      for (const name of await readdir(folder)) {
        if (!worthwhile.test(name)) continue;
        const path = join(folder, name);
        const content = await readFile(path);
        if (content.length < smallest) continue;
        const [brotli, zipped] = await Promise.all([
          promisify(brotliCompress)(content, {params: {[constants.BROTLI_PARAM_SIZE_HINT]: content.length}}),
          promisify(gzip)(content, {level: 9}),
        ]);
        await Promise.all([writeFile(`${path}.br`, brotli), writeFile(`${path}.gz`, zipped)]);
      }
    },
  };
}
