import {expect, test} from 'vitest';
import {momentIn, wallClockAt} from './zoned.ts';

test('an hour of any zone is found, in summer and in winter', () => {
  const noon = {day: '2026-11-25', time: '12:00'};
  expect(new Date(momentIn(noon, 'Africa/Nairobi')).toISOString()).toBe('2026-11-25T09:00:00.000Z');
  expect(new Date(momentIn(noon, 'America/New_York')).toISOString()).toBe('2026-11-25T17:00:00.000Z');
  expect(new Date(momentIn({day: '2026-07-01', time: '00:15'}, 'Asia/Kathmandu')).toISOString()).toBe(
    '2026-06-30T18:30:00.000Z',
  );
  expect(new Date(momentIn({day: '2026-07-01', time: '12:00'}, 'America/New_York')).toISOString()).toBe(
    '2026-07-01T16:00:00.000Z',
  );
});

test('what a zone shows leads back to the moment, around the change of hours too', () => {
  for (const zone of ['Europe/Paris', 'America/New_York', 'Australia/Lord_Howe', 'UTC', 'Asia/Tehran']) {
    for (let at = Date.UTC(2026, 2, 1); at < Date.UTC(2026, 11, 1); at += 53 * 3_600_000) {
      const again = momentIn(wallClockAt(at, zone), zone);
      // The hour that a zone lives twice in autumn has two moments.
      expect([at, at - 3_600_000, at + 3_600_000, at - 1_800_000, at + 1_800_000]).toContain(again);
      expect(wallClockAt(again, zone)).toEqual(wallClockAt(at, zone));
    }
  }
});
