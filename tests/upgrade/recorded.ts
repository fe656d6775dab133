/** What a release left behind beside its data folder. */
export interface Recorded {
  readonly paper: string;
  /** Of the cast: whose words these are. */
  readonly as: string;
  readonly saved: string;
  readonly unsent: string;
  /** In base64: what that member's client sends when it comes back with its unsent words. */
  readonly frames: readonly string[];
  /** SHA-256 of the canonical text of each paper that anyone may read. */
  readonly texts: Readonly<Record<string, string>>;
}
