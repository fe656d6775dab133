import fc from 'fast-check';
import ICAL from 'ical.js';
import {describe, expect, test} from 'vitest';
import {calendarFile} from './calendar.ts';
import type {CalendarEntry} from './calendar.ts';

const startsAt = Date.UTC(2026, 10, 25, 14, 30);

function anEntry(given: Partial<CalendarEntry> = {}): CalendarEntry {
  return {
    uid: 'session-1@plenary',
    sequence: 0,
    changedAt: Date.UTC(2026, 10, 20, 9),
    startsAt,
    endsAt: startsAt + 3 * 3_600_000,
    title: 'First reading',
    description: '',
    url: 'https://plenary.example/follow/opening',
    ...given,
  };
}

function readBack(file: string) {
  ICAL.design.strict = true;
  const calendar = new ICAL.Component(ICAL.parse(file) as unknown[]);
  return calendar.getAllSubcomponents('vevent').map(component => ({component, event: new ICAL.Event(component)}));
}

describe('R62: a calendar file', () => {
  test('is read back as it was written, in UTC, by a strict reader', () => {
    const [read] = readBack(
      calendarFile('Copenhagen', [anEntry({sequence: 3, description: 'Agenda:\n1. Opening; and, more'})]),
    );
    expect(read?.event.uid).toBe('session-1@plenary');
    expect(read?.event.summary).toBe('First reading');
    expect(read?.event.description).toBe('Agenda:\n1. Opening; and, more');
    expect(read?.event.sequence).toBe(3);
    expect(read?.event.startDate.toJSDate().getTime()).toBe(startsAt);
    expect(read?.event.endDate.toJSDate().getTime()).toBe(startsAt + 3 * 3_600_000);
    expect(read?.component.getFirstPropertyValue('url')).toBe('https://plenary.example/follow/opening');
  });

  test('has the lines that the standard asks for', () => {
    const lines = calendarFile('Copenhagen', [anEntry()]).split('\r\n');
    expect(lines.slice(0, 2)).toEqual(['BEGIN:VCALENDAR', 'VERSION:2.0']);
    expect(lines.at(-1)).toBe('');
    expect(lines).toContain('DTSTART:20261125T143000Z');
    expect(lines).toContain('DTSTAMP:20261120T090000Z');
    expect(lines.every(line => !/[\r\n]/.test(line))).toBe(true);
  });

  test('is the same to the last byte when it is made again', () => {
    expect(calendarFile('Copenhagen', [anEntry()])).toBe(calendarFile('Copenhagen', [anEntry()]));
  });

  test('folds titles in any script at 75 octets without cutting a letter', () => {
    const texts = fc.oneof(
      fc.string({unit: 'grapheme', maxLength: 200}),
      fc
        .array(fc.constantFrom('القراءة الأولى ', '第一次审议，', '👩🏽‍🚀', 'a,b;c\\d\n', 'é'), {maxLength: 60})
        .map(all => all.join('')),
    );
    fc.assert(
      fc.property(texts, texts, (title, description) => {
        const file = calendarFile(title, [anEntry({title, description})]);
        const bytes = new TextEncoder().encode(file);
        expect(new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes)).toBe(file);
        for (const line of file.split('\r\n')) {
          const length = new TextEncoder().encode(line).length;
          expect(length, line).toBeLessThanOrEqual(75);
          expect(line).not.toContain('\uFFFD');
        }
        const [read] = readBack(file);
        expect(read?.event.summary).toBe(cleaned(title));
        expect(read?.event.description ?? '').toBe(cleaned(description));
      }),
      {numRuns: 300},
    );
  });
});

function cleaned(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n').replaceAll(/[^\P{Cc}\n]/gu, ' ');
}
