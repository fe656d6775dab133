/**
 * Tells other parts of this process, and other processes, that something happened. A message is a hint: it may be lost or
 * come twice, and is never the truth, which stands in the store. Whoever needs every act reads the store when a hint
 * comes, and now and then without one.
 *
 * Topics: `paper:<id>` `{seq}` of the paper's record · `room:<paper number>` `{seq}` of its update log ·
 * `presence:<id>` counts of another process. After a break of the connection between processes every hearer gets
 * `{missed: true}` once. Messages are JSON.
 */
export interface Bus {
  /** Never throws and never waits. Hearers in this process hear it too, after the caller's own turn. */
  publish(topic: string, message: unknown): void;
  /** Returns the end of it. A hearer that throws is logged and harms nobody else. */
  subscribe(topic: string, hear: (message: unknown) => void): () => void;
  close(): Promise<void>;
}

/** What a bus says when messages may have been lost. */
export const missed = {missed: true} as const;
