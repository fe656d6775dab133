import {expect, it} from 'vitest';
import {ServerClock} from './server-clock.ts';

it('shows the server’s hour to within half a round trip, whatever the device thinks', () => {
  let device = 5_000;
  const clock = new ServerClock(() => device);
  const asked = clock.askedAt();
  device += 400;
  // The server said this 100 ms after it was asked: its clock is 1,000,000 ahead.
  clock.hearAnswer(1_005_100, asked);
  expect(Math.abs(clock.now() - 1_005_400)).toBeLessThanOrEqual(200);
});

it('comes closer with every frame that was quick', () => {
  let device = 0;
  const clock = new ServerClock(() => device);
  const asked = clock.askedAt();
  device = 1_000;
  clock.hearAnswer(50_000, asked);
  const before = Math.abs(clock.now() - 51_000);
  device = 2_000;
  clock.hear(51_980);
  expect(Math.abs(clock.now() - 52_000)).toBeLessThan(before);
  expect(Math.abs(clock.now() - 52_000)).toBeLessThanOrEqual(20);
});

it('keeps what it knew when a later answer was slow, and begins anew when the clocks have moved apart', () => {
  let device = 0;
  const clock = new ServerClock(() => device);
  const ask = (server: number, slow: number) => {
    const asked = clock.askedAt();
    device += slow;
    clock.hearAnswer(server, asked);
  };
  ask(50_020, 40);
  expect(Math.abs(clock.now() - 50_040)).toBeLessThanOrEqual(20);
  // The server answered at once, and its answer was long on the way.
  ask(50_040, 3_000);
  expect(Math.abs(clock.now() - 53_040)).toBeLessThanOrEqual(20);
  // The device slept for a minute, and its clock with it.
  ask(113_060, 40);
  expect(Math.abs(clock.now() - 113_080)).toBeLessThanOrEqual(20);
});

it('runs on its own before anything was heard', () => {
  const clock = new ServerClock(() => 7);
  expect(clock.now()).toBe(7);
});
