export type Rank = 'append' | 'query' | 'upkeep';

interface Turn {
  readonly since: number;
  go(): Promise<void>;
}

/** How long a query or upkeep waits at most while appends go before it, in milliseconds. */
const patience = 50;

/** One job at a time on the one connection: appends first, then queries, then upkeep; nobody waits for ever. */
export class Lane {
  readonly #waiting: Record<Rank, Turn[]> = {append: [], query: [], upkeep: []};
  #busy = false;

  take<Value>(rank: Rank, job: () => Promise<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      this.#waiting[rank].push({
        since: performance.now(),
        go: async () => {
          try {
            resolve(await job());
          } catch (error) {
            reject(error);
          }
        },
      });
      if (!this.#busy) void this.#work();
    });
  }

  async #work(): Promise<void> {
    this.#busy = true;
    for (let turn = this.#next(); turn; turn = this.#next()) await turn.go();
    this.#busy = false;
  }

  #next(): Turn | undefined {
    const {append, query, upkeep} = this.#waiting;
    const tooLate = performance.now() - patience;
    if (query[0] && query[0].since < tooLate) return query.shift();
    if (upkeep[0] && upkeep[0].since < tooLate) return upkeep.shift();
    return append.shift() ?? query.shift() ?? upkeep.shift();
  }
}
