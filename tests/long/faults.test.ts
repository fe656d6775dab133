import {expect, test} from 'vitest';
import {runFaults, wholeScale} from '../faults/campaign.ts';

test('R20: every promise about what breaks is kept, in figures', async () => {
  const lines = await runFaults({scale: wholeScale, say: line => console.log(line)});
  expect(lines.filter(({kept}) => !kept)).toEqual([]);
  const killed = lines.find(({fault}) => fault.startsWith('killed'));
  expect(killed?.acknowledged).toBeGreaterThanOrEqual(10_000);
});
