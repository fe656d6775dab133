import type {Language} from '@plenary/domain/languages';

const day = {day: 'numeric', month: 'long'} as const;
const year = {year: 'numeric'} as const;
const hour = {hour: '2-digit', minute: '2-digit', hour12: false} as const;
const inUtc = {timeZone: 'UTC', timeZoneName: 'short'} as const;

function said(instant: string, language: Language, parts: Intl.DateTimeFormatOptions): string {
  // English as the UN writes it: 4 December.
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, parts).format(new Date(instant));
}

/** On the clock of the device; null where that clock shows UTC too. */
function saidHere(instant: string, language: Language, parts: Intl.DateTimeFormatOptions): string | null {
  return new Date(instant).getTimezoneOffset() === 0 ? null : said(instant, language, parts);
}

/** `4 December`, with the year when it is not this one, in UTC. */
export function dayOf(instant: string, language: Language, now = new Date()): string {
  const isThisYear = new Date(instant).getUTCFullYear() === now.getUTCFullYear();
  return said(instant, language, {...day, ...(isThisYear ? {} : year), timeZone: 'UTC'});
}

/** `4 December, 18:00 UTC`. */
export function momentOf(instant: string, language: Language): string {
  return said(instant, language, {...day, ...hour, ...inUtc});
}

/** `4 December 2026 at 18:00 UTC`: what is to be found again years later says its year. */
export function dateOf(instant: string, language: Language): string {
  return said(instant, language, {...day, ...year, ...hour, ...inUtc});
}

/** `4 December 2026 at 18:00:05 UTC`: where one moment is told from the next. */
export function exactOf(instant: string, language: Language): string {
  return said(instant, language, {...day, ...year, ...hour, second: '2-digit', ...inUtc});
}

/** `14:32 UTC`. */
export function hourOf(instant: string, language: Language): string {
  return said(instant, language, {...hour, ...inUtc});
}

/** `15:00`, where one is. */
export function hourHere(instant: string, language: Language): string | null {
  return saidHere(instant, language, hour);
}

/** The same moment, day and hour, where one is. */
export function momentHere(instant: string, language: Language): string | null {
  return saidHere(instant, language, {...day, ...hour});
}

export function daysUntil(instant: string, now = Date.now()): number {
  return Math.ceil((Date.parse(instant) - now) / 86_400_000);
}
