import type {Language} from '@plenary/domain/languages';
import type {Sitting} from '@plenary/domain/sessions/session';

/** How minutes write moments and lengths: in figures that are the same in every language, in UTC and on the meeting's clocks. */
export interface MinutesTimes {
  /** `25 November 2026`, in UTC. */
  day(at: number): string;
  /** `14:30 (15:30)`; with the date before it on another day than the session's first. */
  moment(at: number): string;
  /** `14:30:07 (15:30:07)`. */
  second(at: number): string;
  /** `14:30–15:00 (15:30–16:00)`; without an end while it lasts. With `named`, `UTC` stands after the first. */
  span(sitting: Sitting, named?: 'named'): string;
  /** `14:30`, in UTC alone. */
  hour(at: number): string;
}

export function minutesTimes(firstDay: number, zone: string, language: Language): MinutesTimes {
  const local = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const long = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : `${language}-u-nu-latn`, {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
  const utc = (at: number) => new Date(at).toISOString();
  const day = utc(firstDay).slice(0, 10);
  const there = (at: number): string => {
    const part = Object.fromEntries(local.formatToParts(at).map(({type, value}) => [type, value]));
    return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}:${part.second}`;
  };
  const write = (iso: string, length: number): string => {
    const hour = iso.slice(11, 11 + length);
    return iso.startsWith(day) ? hour : `${iso.slice(0, 10)} ${hour}`;
  };
  const both = (texts: (iso: (at: number) => string) => string, name = ''): string => {
    const [here, elsewhere] = [texts(utc), texts(there)];
    return here === elsewhere ? `${here}${name}` : `${here}${name} (${elsewhere})`;
  };
  return {
    day: at => long.format(at),
    moment: at => both(iso => write(iso(at), 5)),
    second: at => both(iso => write(iso(at), 8)),
    span: ({from, to}, named) =>
      both(iso => `${write(iso(from), 5)}–${to === null ? '' : write(iso(to), 5)}`, named && ' UTC'),
    hour: at => write(utc(at), 5),
  };
}

/** `3:00`, `1:02:03`; of milliseconds, down to the second. */
export function lengthOf(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const rest = String(seconds % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}
