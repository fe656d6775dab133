// Development: the server restarts when its sources change, the pages change in place. Open the address that Vite prints;
// the server's own port answers too, with the pages as they were built last.
import {spawn} from 'node:child_process';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const port = process.env.PORT ?? '3000';
const target = `http://127.0.0.1:${port}`;
process.env.PLENARY_SERVER = target;
// It belongs to the client's package.
const {createServer} = await import(
  pathToFileURL(createRequire(join(root, 'apps/web/package.json')).resolve('vite')).href
);

const server = spawn(
  process.execPath,
  ['--import', 'tsx', '--watch', '--watch-preserve-output', 'apps/server/src/bin/serve.ts'],
  {
    cwd: root,
    stdio: 'inherit',
    env: {...process.env, PORT: port, PUBLIC_URL: 'http://localhost:5173', WEB_FOLDER: join(root, 'apps/web')},
  },
);

/** The server fills pages in for their reader; Vite then puts in what it needs to change them in place. */
const pagesFromServer = {
  name: 'plenary:pages-from-server',
  configureServer(vite) {
    vite.middlewares.use((request, response, next) => {
      const path = request.url?.split('?')[0] ?? '/';
      const isPage = request.method === 'GET' && request.headers.accept?.includes('text/html');
      if (!isPage || /^\/(?:@|(?:api|read|rt|rooms|src|node_modules)(?:\/|$))/.test(path)) return next();
      void answerPage(vite, request, response);
    });
  },
};

async function answerPage(vite, request, response) {
  try {
    const {cookie = '', 'accept-language': language = ''} = request.headers;
    const page = await fetch(target + request.url, {headers: {cookie, 'accept-language': language}});
    const html = await vite.transformIndexHtml(request.url, await page.text());
    // Vite's own script stands inside the page, so the server's content policy cannot hold here.
    response.writeHead(page.status, {'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store'});
    response.end(html);
  } catch (error) {
    response.writeHead(503, {'content-type': 'text/plain; charset=utf-8', 'retry-after': '1'});
    response.end(`The server at ${target} does not answer yet (${error.message}). Reload in a moment.`);
  }
}

const vite = await createServer({root: join(root, 'apps/web'), plugins: [pagesFromServer]});
await vite.listen();
vite.printUrls();

let isEnding = false;
async function end(code) {
  if (isEnding) return;
  isEnding = true;
  server.kill('SIGTERM');
  await vite.close();
  process.exit(code);
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void end(0));
server.on('exit', code => void end(code ?? 1));
