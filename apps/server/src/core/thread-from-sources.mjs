// Node alone cannot run TypeScript; in development and tests tsx, which is there then, teaches this thread to.
import {workerData} from 'node:worker_threads';
import {register} from 'tsx/esm/api';

register();
await import(workerData.module);
