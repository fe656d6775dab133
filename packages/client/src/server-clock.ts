/**
 * What the server's clock shows, to within half a round trip. The device's own clock may be wrong and may be set
 * meanwhile; what is counted on is only that it runs (`local` never goes back).
 */
export class ServerClock {
  private readonly local: () => number;
  /** The server's clock minus the local one lies between these two. */
  private lowest = -Infinity;
  private highest = Infinity;

  constructor(local: () => number = () => performance.timeOrigin + performance.now()) {
    this.local = local;
  }

  /** For `hearAnswer`: when a question leaves. */
  askedAt(): number {
    return this.local();
  }

  /** The server said `now` somewhere between `asked` and this moment. */
  hearAnswer(now: number, asked: number): void {
    const [lowest, highest] = [now - this.local(), now - asked];
    this.lowest = Math.max(this.lowest, lowest);
    this.highest = Math.min(this.highest, highest);
    // What was known does not hold any more: one of the clocks was set, or stood while the device slept.
    if (this.lowest > this.highest) [this.lowest, this.highest] = [lowest, highest];
  }

  /** The server said `now` at this moment or before. */
  hear(now: number): void {
    this.lowest = Math.max(this.lowest, now - this.local());
    if (this.lowest > this.highest) this.highest = this.lowest;
  }

  /** Milliseconds since 1970, UTC. */
  now(): number {
    const local = this.local();
    if (this.lowest === -Infinity) return local;
    return local + (this.highest === Infinity ? this.lowest : (this.lowest + this.highest) / 2);
  }
}
