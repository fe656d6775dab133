import {expect, test} from 'vitest';
import {runFaults, shortScale} from './campaign.ts';

test('R2, R20, R70, R71, R72: whatever breaks while people type, nothing that they saw as Saved is lost, and they read Saved again', async () => {
  const lines = await runFaults({scale: shortScale, say: line => console.log(line)});
  expect(lines.filter(({lost, doubled, falselySaved, refused}) => lost + doubled + falselySaved + refused > 0)).toEqual(
    [],
  );
  expect(lines.filter(({isWhole}) => !isWhole)).toEqual([]);
  expect(lines.length).toBeGreaterThan(8);
});
