/** What the page tells its script. Sentences keep their `{…}` for the script to fill in. */
export interface PageSetup {
  /** Path of the stream. */
  readonly events: string;
  readonly tick: number;
  /** Id of the state that was served. */
  readonly id: string;
  /** Last recorded act that the page shows. */
  readonly acts: number;
  readonly language: string;
  readonly words: {
    readonly live: string;
    readonly connecting: string;
    readonly paused: string;
    readonly lost: string;
    readonly ended: string;
    readonly pause: string;
    readonly resume: string;
    readonly announce: string;
    /** Off, important, all. */
    readonly levels: readonly string[];
    readonly changed: string;
    readonly rules: string;
    readonly place: string;
    readonly state: string;
    readonly gone: string;
  };
}
