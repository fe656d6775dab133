// Node alone cannot run TypeScript; in development and tests tsx, which is there then, teaches this thread to.
import {register} from 'tsx/esm/api';

register();
await import('./import-worker.ts');
