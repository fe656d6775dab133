import {expect, test} from 'vitest';
import {runFaults, shortScale} from './campaign.ts';

/** Everything else that breaks is struck in `npm run faults`, and in `npm run test:all`. */
test(
  'R2, R20: killed again and again while people type, the server loses nothing that they saw as Saved',
  {timeout: 300_000},
  async () => {
    const lines = await runFaults({scale: shortScale, only: 'SIGKILL', say: line => console.log(line)});
    expect(
      lines.filter(({lost, doubled, falselySaved, refused}) => lost + doubled + falselySaved + refused > 0),
    ).toEqual([]);
    expect(lines.filter(({isWhole}) => !isWhole)).toEqual([]);
    expect(lines).toHaveLength(1);
  },
);
