import {once} from 'node:events';
import type {Writable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {createGzip} from 'node:zlib';
import type {Store} from '../store.ts';
import type {BackupEnd} from './backup-file.ts';

/** Writes a back-up as the file that `restoreStore` reads, no faster than it is taken, and ends `out`. */
export async function packBackup(store: Pick<Store, 'backup'>, out: Writable): Promise<BackupEnd> {
  const packed = createGzip();
  const written = pipeline(packed, out);
  const failed = new Promise<never>((_resolve, reject) => void written.catch(reject));
  try {
    const end = await Promise.race([
      failed,
      store.backup(async text => {
        if (!packed.write(text)) await Promise.race([failed, once(packed, 'drain')]);
      }),
    ]);
    packed.end();
    await written;
    return end;
  } catch (error) {
    packed.destroy();
    await written.catch(() => undefined);
    throw error;
  }
}
