import {describe, expect, test} from 'vitest';
import {addRuns, stepsOf, type WrittenRun} from './history.ts';

/** `[actor, from, to]` in milliseconds, ten entries each. */
function runsOf(...given: readonly (readonly [actor: number, from: number, to: number])[]): WrittenRun[] {
  return given.map(([actor, from, to], place) => ({actor, first: place * 10 + 1, last: place * 10 + 10, from, to}));
}

const ranges = (runs: readonly WrittenRun[], most = 100) =>
  stepsOf(runs, most).steps.map(({first, last, actors}) => `${first}–${last} ${actors.join('+')}`);

describe('the steps of a history', () => {
  test('what one author writes without a pause is one step', () => {
    expect(ranges(runsOf([1, 0, 900], [1, 2_000, 50_000], [1, 60_000, 61_000]))).toEqual(['1–20 1', '21–30 1']);
  });

  test('another author begins another step', () => {
    expect(ranges(runsOf([1, 0, 9_000], [2, 9_500, 12_000]))).toEqual(['1–10 1', '11–20 2']);
  });

  test('authors who write at once share a step, for half a minute at a time', () => {
    const letters = Array.from({length: 100}, (_, n): [number, number, number] => [1 + (n % 2), n * 400, n * 400]);
    expect(ranges(runsOf(...letters))).toEqual(['1–760 1+2', '761–1000 1+2']);
  });

  test('a long history has few steps, and says that there are finer ones', () => {
    const long = runsOf(...Array.from({length: 5_000}, (_, n): [number, number, number] => [1, n * 5_000, n * 5_000]));
    const {steps, isFinest} = stepsOf(long, 400);
    expect(isFinest).toBe(false);
    expect(steps.length).toBeLessThanOrEqual(400);
    expect(steps[0]?.first).toBe(1);
    expect(steps.at(-1)?.last).toBe(50_000);
    steps.slice(1).forEach((step, place) => expect(step.first).toBe(steps[place]!.last + 1));
  });

  test('however it was written, there are never more than were asked for', () => {
    const day = 86_400_000;
    const rare = runsOf(
      ...Array.from({length: 1_000}, (_, n): [number, number, number] => [n, n * 9 * day, n * 9 * day]),
    );
    expect(stepsOf(rare, 30).steps.length).toBeLessThanOrEqual(30);
    expect(stepsOf(rare, 30).steps.at(-1)?.last).toBe(10_000);
    expect(stepsOf([], 30)).toEqual({steps: [], isFinest: true});
  });

  test('a run that was read in two parts is one', () => {
    const [one, two, three] = runsOf([1, 0, 10], [1, 20, 30], [2, 40, 50]) as [WrittenRun, WrittenRun, WrittenRun];
    const runs = [one];
    addRuns(runs, [two, three]);
    expect(runs).toEqual([{...one, last: 20, to: 30}, three]);
    addRuns(runs, []);
    expect(runs).toHaveLength(2);
  });
});
