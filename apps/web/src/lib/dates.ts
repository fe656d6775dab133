import type {Language} from '@plenary/domain/languages';

/** English as the UN writes it: 4 December. */
function localeOf(language: Language): string {
  return language === 'en' ? 'en-GB' : language;
}

/** `4 December`, with the year when it is not this one, in UTC. */
export function dayOf(instant: string, language: Language, now = new Date()): string {
  const date = new Date(instant);
  const year = date.getUTCFullYear() === now.getUTCFullYear() ? {} : {year: 'numeric' as const};
  return new Intl.DateTimeFormat(localeOf(language), {day: 'numeric', month: 'long', ...year, timeZone: 'UTC'}).format(
    date,
  );
}

/** `4 December, 18:00 UTC`. */
export function momentOf(instant: string, language: Language): string {
  return new Intl.DateTimeFormat(localeOf(language), {
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
    timeZone: 'UTC',
    timeZoneName: 'short',
  }).format(new Date(instant));
}

/** `15:00`, on the clock of the device; null where that clock shows UTC too. */
export function hourHere(instant: string, language: Language): string | null {
  const date = new Date(instant);
  if (date.getTimezoneOffset() === 0) return null;
  return new Intl.DateTimeFormat(localeOf(language), {hour: '2-digit', minute: '2-digit', hour12: false}).format(date);
}

export function daysUntil(instant: string, now = Date.now()): number {
  return Math.ceil((Date.parse(instant) - now) / 86_400_000);
}

/** `4 December 2026 at 18:00 UTC`: what is to be found again years later says its year. */
export function dateOf(instant: string, language: Language): string {
  return new Intl.DateTimeFormat(localeOf(language), {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
    timeZone: 'UTC',
    timeZoneName: 'short',
  }).format(new Date(instant));
}

/** The same moment, day and hour, on the clock of the device; null where that clock shows UTC too. */
export function momentHere(instant: string, language: Language): string | null {
  const date = new Date(instant);
  if (date.getTimezoneOffset() === 0) return null;
  return new Intl.DateTimeFormat(localeOf(language), {
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(date);
}

/** `14:32 UTC`. */
export function hourOf(instant: string, language: Language): string {
  return new Intl.DateTimeFormat(localeOf(language), {
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
    timeZone: 'UTC',
    timeZoneName: 'short',
  }).format(new Date(instant));
}
