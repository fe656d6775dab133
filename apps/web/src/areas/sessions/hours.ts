import type {Language} from '@plenary/domain/languages';
import type {Translate} from '@plenary/locales/message-id';
import {dayOf, hourHere, hourOf} from '../../lib/dates.ts';

function localeOf(language: Language): string {
  return language === 'en' ? 'en-GB' : language;
}

function clockOf(at: number, language: Language, timeZone?: string): string {
  return new Intl.DateTimeFormat(localeOf(language), {
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
    ...(timeZone === undefined ? {} : {timeZone}),
  }).format(at);
}

/** Keeps its own direction among words of another script. */
function isolated(words: string): string {
  return `\u2068${words}\u2069`;
}

/** `14:30 UTC, 17:30 where you are`; the second only where it differs. */
export function hourWords(at: number, language: Language, t: Translate): string {
  const instant = new Date(at).toISOString();
  const utc = hourOf(instant, language);
  const here = hourHere(instant, language);
  return isolated(here === null ? utc : t('sessions.hour.both', {utc: isolated(utc), here: isolated(here)}));
}

/** The hours of a meeting in UTC, on the reader's clock, and in its own zone, each where it differs from those before. */
export function hoursWords(
  {startsAt, endsAt, zone}: {startsAt: number; endsAt: number; zone: string},
  language: Language,
  t: Translate,
): readonly string[] {
  const range = (timeZone?: string) => ({
    from: clockOf(startsAt, language, timeZone),
    to: clockOf(endsAt, language, timeZone),
  });
  const [utc, here, there] = [range('UTC'), range(), range(zone)];
  const hours = [
    t('sessions.hours.utc', {day: dayOf(new Date(startsAt).toISOString(), language), ...utc}),
    ...(here.from === utc.from ? [] : [t('sessions.hours.here', here)]),
    ...(there.from === utc.from || there.from === here.from
      ? []
      : [t('sessions.hours.zone', {...there, zone: zoneName(zone)})]),
  ];
  return hours;
}

export function zoneName(zone: string): string {
  return zone.replaceAll('_', ' ');
}

/** `2:14`, of milliseconds; below zero as if above. */
export function minutesAndSeconds(ms: number): string {
  const seconds = Math.abs(wholeSeconds(ms));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** As a clock shows them: 0:01 until nothing is left, and from then on the seconds that are over in full. */
export function wholeSeconds(ms: number): number {
  return ms > 0 ? Math.ceil(ms / 1000) : Math.ceil(ms / 1000) || 0;
}

/** `14 min 10 s`. */
export function lengthWords(ms: number, t: Translate): string {
  const seconds = Math.round(ms / 1000);
  return t('sessions.time.length', {minutes: Math.floor(seconds / 60), seconds: String(seconds % 60).padStart(2, '0')});
}
