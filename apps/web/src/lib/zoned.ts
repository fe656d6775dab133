/** A day `2026-11-25` and an hour `14:30` as the clocks of a time zone show them. */
export interface WallClock {
  readonly day: string;
  readonly time: string;
}

/** What the clocks of an IANA time zone show at a moment, in milliseconds since 1970, UTC. */
export function wallClockAt(at: number, zone: string): WallClock {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find(one => one.type === type)?.value ?? '';
  return {day: `${part('year')}-${part('month')}-${part('day')}`, time: `${part('hour')}:${part('minute')}`};
}

/** When the clocks of a time zone show this; an hour that they leave out in spring counts as the one after it. */
export function momentIn({day, time}: WallClock, zone: string): number {
  const wanted = Date.parse(`${day}T${time}:00Z`);
  let at = wanted;
  // The distance to UTC is that of the moment itself, so the second round settles what the first came near to.
  for (let round = 0; round < 2; round++) {
    const shown = wallClockAt(at, zone);
    at += wanted - Date.parse(`${shown.day}T${shown.time}:00Z`);
  }
  return at;
}

/** Every zone the browser knows, UTC first. */
export function timeZones(): readonly string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone').filter(zone => zone !== 'UTC')];
}

export function zoneHere(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
