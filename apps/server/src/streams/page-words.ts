/** What the script says, in the order in which the page hands it over: one attribute, `|` between the sentences. */
export type PageWords = readonly [
  live: string,
  paused: string,
  lost: string,
  pause: string,
  resume: string,
  announcements: string,
  off: string,
  important: string,
  all: string,
  /** With `{places}`. */
  changed: string,
  /** With `{number}`. */
  place: string,
  gone: string,
];
