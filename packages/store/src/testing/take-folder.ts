// A process of its own for the test of the lock: tries to take the folder, says how it went, and lives on.
import {FolderLock} from '../pglite/folder-lock.ts';

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('A folder is needed.');
try {
  await FolderLock.take(folder);
  process.stdout.write('taken\n');
} catch (error) {
  process.stdout.write(`${String(error)}\n`);
}
setInterval(() => {}, 60_000);
