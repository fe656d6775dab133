import {describe, expect, test} from 'vitest';
import {Simulation, type Weather} from './simulation.ts';

async function live(weather: Weather): Promise<Simulation> {
  const simulation = new Simulation(weather);
  await simulation.run();
  const wrong = await simulation.judge();
  if (wrong.length > 0) throw new Error(`${JSON.stringify(weather)}: ${[...new Set(wrong)].join(' ')}`);
  return simulation;
}

/** More with SIMULATION_SEEDS. */
const seeds = Number(process.env['SIMULATION_SEEDS'] ?? 45);

async function liveAll(weather: Omit<Weather, 'seed'>): Promise<void> {
  let edits = 0;
  for (let seed = 1; seed <= seeds; seed++) edits += (await live({...weather, seed})).edits;
  expect(edits).toBeGreaterThan(20 * seeds);
}

describe('A room keeps its promises', () => {
  test('on a fair day: offline, half-open lines, reloads, moves.', () => liveAll({}), 600_000);
  test('when people undo.', () => liveAll({undoes: true}), 600_000);
  test('on a disk that fails, before or after storing.', () => liveAll({failing: 60}), 600_000);
  test('when the store is gone for seconds.', () => liveAll({outages: true}), 600_000);
  test('when what is stored may be stored in part.', () => liveAll({tears: true, kills: true}), 600_000);
  test('when the server is killed.', () => liveAll({kills: true, failing: 15}), 600_000);
  test.each(['before', 'after'] as const)(
    'when the one call to the store fails, %s it did what was asked, whichever call it is.',
    async when => {
      let calls = 0;
      for (let seed = 5; seed < 5 + seeds / 45; seed++) {
        let call = 1;
        while ((await live({seed, steps: 80, kills: true, failsAt: {call, when}})).hasFailed) call++;
        calls += call - 1;
      }
      expect(calls).toBeGreaterThan(30);
    },
    600_000,
  );
  test('on two servers whose hints get lost.', () => liveAll({twoNodes: true, kills: true}), 600_000);
  test('when writing is refused for a while.', () => liveAll({freezes: true}), 600_000);
  test('to a client that comes from the other server and knows more than this one.', async () => {
    await live({twoNodes: true, kills: true, seed: 62});
  });
});
