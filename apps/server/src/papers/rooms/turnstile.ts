import {Refusal} from '@plenary/domain/refusal';

/**
 * Lets only so many through at a time, in the order in which they came: finding out who somebody is costs the database
 * more than any of their words, and a crowd at the door must not slow down those who are inside.
 */
export class Turnstile {
  readonly #width: number;
  readonly #queue: number;
  readonly #waiting: (() => void)[] = [];
  #inside = 0;

  /** `queue`: how many may wait; whoever comes then is refused with `server.busy`. */
  constructor(width: number, queue: number) {
    this.#width = width;
    this.#queue = queue;
  }

  async pass<Value>(work: () => Promise<Value>): Promise<Value> {
    if (this.#inside >= this.#width) {
      if (this.#waiting.length >= this.#queue) throw new Refusal('server.busy');
      await new Promise<void>(go => this.#waiting.push(go));
    } else this.#inside++;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#inside--;
    }
  }
}
