import {rmSync} from 'node:fs';
import {startServer} from './server.ts';

/**
 * Lets a server play its scene once for all files of a run: each server of the tests starts on a copy of that folder,
 * which saves it ten seconds. A server with other circumstances than `LIMITS` makes a folder of its own, as a newcomer's
 * does.
 */
export async function setup(): Promise<void> {
  const server = await startServer();
  await server.stop();
  process.env.PREPARED_FOLDER = server.dataDir;
}

export function teardown(): void {
  const {PREPARED_FOLDER: folder} = process.env;
  if (folder) rmSync(folder, {recursive: true, force: true});
}
