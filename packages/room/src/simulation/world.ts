/** Virtual time: nothing happens but what was planned, in order of its time. The only clock of a simulation. */
export class World {
  readonly next: (below: number) => number;
  #now = 1_000_000;
  #plans: {at: number; order: number; run: () => void}[] = [];
  #order = 0;

  constructor(next: (below: number) => number) {
    this.next = next;
  }

  now(): number {
    return this.#now;
  }

  get planned(): number {
    return this.#plans.length;
  }

  plan(delay: number, run: () => void): void {
    const plan = {at: this.#now + delay, order: this.#order++, run};
    let index = this.#plans.length;
    while (index > 0 && isLater(this.#plans[index - 1]!, plan)) index--;
    this.#plans.splice(index, 0, plan);
  }

  /** Resolves after so many virtual milliseconds. */
  wait(delay: number): Promise<void> {
    return new Promise(resolve => this.plan(delay, resolve));
  }

  async pass(duration: number): Promise<void> {
    const end = this.#now + duration;
    for (let plan = this.#plans[0]; plan && plan.at <= end; plan = this.#plans[0]) {
      this.#plans.shift();
      this.#now = Math.max(this.#now, plan.at);
      plan.run();
      // All that follows without waiting for time.
      await new Promise(resolve => setImmediate(resolve));
    }
    this.#now = end;
  }
}

function isLater(a: {at: number; order: number}, b: {at: number; order: number}): boolean {
  return a.at > b.at || (a.at === b.at && a.order > b.order);
}
