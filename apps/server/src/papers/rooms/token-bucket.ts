/** How fast somebody may send. Who is too fast is not refused but read more slowly: the network holds the rest back. */
export class TokenBucket {
  readonly #perSecond: number;
  readonly #burst: number;
  #left: number;
  #at: number;

  constructor(perSecond: number, burst: number, now: number) {
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#left = burst;
    this.#at = now;
  }

  /** May leave a debt: a frame is taken as a whole. */
  take(cost: number, now: number): void {
    this.#refill(now);
    this.#left -= cost;
  }

  hasTokens(now: number): boolean {
    this.#refill(now);
    return this.#left > 0;
  }

  isFull(now: number): boolean {
    this.#refill(now);
    return this.#left === this.#burst;
  }

  #refill(now: number): void {
    this.#left = Math.min(this.#burst, this.#left + (Math.max(0, now - this.#at) / 1000) * this.#perSecond);
    this.#at = now;
  }
}
