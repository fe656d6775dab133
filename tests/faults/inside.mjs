// Runs inside a server under test, in its threads too: sets its clock, keeps it busy and fills its disk when it is told to.
import fs from 'node:fs';
import {syncBuiltinESMExports} from 'node:module';
import {isMainThread} from 'node:worker_threads';

const {FAULT_ORDERS, FAULT_DISK} = process.env;

if (isMainThread) {
  const RealDate = Date;
  let ahead = 0;
  globalThis.Date = class extends RealDate {
    constructor(...given) {
      if (given.length === 0) super(RealDate.now() + ahead);
      else super(...given);
    }
    static now() {
      return RealDate.now() + ahead;
    }
  };
  process.on('SIGUSR2', () => {
    const {clock, stall} = JSON.parse(fs.readFileSync(FAULT_ORDERS, 'utf8'));
    fs.rmSync(FAULT_ORDERS);
    if (clock !== undefined) ahead = clock;
    if (stall !== undefined) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, stall);
  });
} else {
  for (const name of ['writeSync', 'fdatasyncSync']) {
    const real = fs[name];
    fs[name] = (...given) => {
      if (fs.existsSync(FAULT_DISK))
        throw Object.assign(new Error('ENOSPC: no space left on device, write'), {code: 'ENOSPC', errno: -28});
      return real(...given);
    };
  }
  syncBuiltinESMExports();
}
