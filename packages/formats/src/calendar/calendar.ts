export interface CalendarEntry {
  /** The same for ever, on every instance. */
  readonly uid: string;
  /** Goes up with every change of what stands here. */
  readonly sequence: number;
  /** When it was last changed; milliseconds since 1970, UTC, as all times here. */
  readonly changedAt: number;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly title: string;
  readonly description: string;
  readonly url: string;
}

/**
 * An iCalendar file (RFC 5545): UTC, folded at 75 octets, CRLF. Every stamp comes from the entries, so that the same
 * record gives the same bytes.
 */
export function calendarFile(name: string, entries: readonly CalendarEntry[]): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Plenary//Sessions//EN',
    'CALSCALE:GREGORIAN',
    // The first is the standard's (RFC 7986), the second what most programs read.
    `NAME:${escaped(name)}`,
    `X-WR-CALNAME:${escaped(name)}`,
    ...entries.flatMap(eventLines),
    'END:VCALENDAR',
  ];
  return lines.map(line => `${folded(line)}\r\n`).join('');
}

function eventLines({uid, sequence, changedAt, startsAt, endsAt, title, description, url}: CalendarEntry): string[] {
  return [
    'BEGIN:VEVENT',
    `UID:${escaped(uid)}`,
    `DTSTAMP:${utc(changedAt)}`,
    `LAST-MODIFIED:${utc(changedAt)}`,
    `SEQUENCE:${sequence}`,
    `DTSTART:${utc(startsAt)}`,
    `DTEND:${utc(endsAt)}`,
    `SUMMARY:${escaped(title)}`,
    ...(description === '' ? [] : [`DESCRIPTION:${escaped(description)}`]),
    // Of the type URI, which is not escaped.
    `URL:${url}`,
    'STATUS:CONFIRMED',
    'END:VEVENT',
  ];
}

/** `20261125T143000Z`, down to the second. */
function utc(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

/** Line breaks as the format knows them; other control characters may not stand in it. */
function escaped(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\P{Cc}\n]/gu, ' ')
    .replaceAll(/[\\;,]/g, '\\$&')
    .replaceAll('\n', '\\n');
}

/** At most 75 octets a line, of which a continued one begins with a space; no letter is cut, nor what belongs to it. */
function folded(line: string): string {
  let text = '';
  let octets = 0;
  for (const {segment} of letters.segment(line)) {
    const size = encoder.encode(segment).length;
    // A letter with endless marks on it is cut between its code points.
    const parts = size > 74 ? [...segment] : [segment];
    for (const part of parts) {
      const width = parts.length === 1 ? size : encoder.encode(part).length;
      if (octets + width > 75) {
        text += '\r\n ';
        octets = 1;
      }
      text += part;
      octets += width;
    }
  }
  return text;
}

const encoder = new TextEncoder();
const letters = new Intl.Segmenter('en', {granularity: 'grapheme'});
