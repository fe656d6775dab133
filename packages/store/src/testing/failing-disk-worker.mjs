// The database's thread on a disk that fails when it is told to: while the file FAILING_DISK exists, no sync succeeds.
import fs from 'node:fs';
import {syncBuiltinESMExports} from 'node:module';
import {register} from 'tsx/esm/api';

const {fdatasyncSync} = fs;
fs.fdatasyncSync = file => {
  if (fs.existsSync(process.env.FAILING_DISK))
    throw Object.assign(new Error('EIO: i/o error, fdatasync'), {code: 'EIO'});
  fdatasyncSync(file);
};
syncBuiltinESMExports();
register();
await import('../pglite/worker.ts');
