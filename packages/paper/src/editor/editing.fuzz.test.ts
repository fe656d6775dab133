import {describe, test} from 'vitest';
import {EditingRun} from '../testing/editing-run.ts';

describe('editors over one paper', () => {
  test.each([0, 1, 2, 3, 4, 5])(
    'lose nothing and agree, part %i of 6',
    part => {
      for (let seed = part * 60 + 1; seed <= part * 60 + 60; seed++) {
        try {
          const run = new EditingRun(seed);
          run.play(40);
          run.judge();
        } catch (error) {
          throw new Error(`seed ${seed}`, {cause: error});
        }
      }
    },
    120_000,
  );
});
