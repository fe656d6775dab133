import {rmSync} from 'node:fs';
import {createServer} from 'node:http';
import {join} from 'node:path';
import {packBackup} from '@plenary/store/backup/pack-backup';
import type {App} from '../app.ts';

/** What whoever may read the data folder may ask a running server for; see `doors`. */
export const operatorDoors = ['operator backup'] as const;

/** Longer names a socket may not have everywhere. */
const longestPath = 100;

export function operatorSocket(dataDir: string): string {
  return join(dataDir, 'operator.sock');
}

/**
 * The embedded database belongs to the server's process, so that a back-up is asked of it, over a socket in the data folder:
 * no network reaches it, and the folder says who may. Resolves with how it is closed.
 */
export async function openOperatorDoor({config, store, log}: App): Promise<() => void> {
  const path = operatorSocket(config.dataDir);
  if (Buffer.byteLength(path) > longestPath) {
    log.warn({path}, 'The name of the data folder is too long for a socket in it: back-ups need a stop of the server.');
    return () => undefined;
  }
  // Left by a process that was killed: the lock of the folder says that nobody else is here.
  rmSync(path, {force: true});
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/backup') {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {'Content-Type': 'application/gzip'});
    // The asker sees that the end is missing.
    packBackup(store, response).catch((err: unknown) => log.error({err}, 'A back-up failed.'));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({path, readableAll: false, writableAll: false}, resolve);
  });
  return () => {
    server.close();
    server.closeAllConnections();
  };
}
