// Work that never ends, or takes all the memory that there is, for the tests of threads.
import {workInThread} from '../core/thread-work.ts';

workInThread(({for: what}: {for: 'ever' | 'memory' | 0}) => {
  const taken: number[][] = [];
  if (what === 'ever') for (;;) taken.length = 0;
  if (what === 'memory') for (;;) taken.push(Array.from({length: 1_000_000}, () => taken.length));
  return 'done';
});
