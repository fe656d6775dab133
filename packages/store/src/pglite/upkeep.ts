/** The write-ahead log between two checkpoints at most (within a second), and the time. Bytes and milliseconds. */
const mostLog = 16 * 1024 * 1024;
const mostTime = 10_000;
/** How often it looks, in milliseconds. */
const tick = 1_000;
/** After how many bytes of log the tables are tidied: often and little, since everybody waits meanwhile. */
const tidyAfter = 32 * 1024 * 1024;
/**
 * Rows from which on a table's statistics are left as they are: to take them anew stops all writers for a quarter of a second,
 * and what is asked of a long table goes by its keys whatever they say.
 */
const longTable = 5_000;

/**
 * PGlite has neither a checkpointer nor autovacuum: its log would only grow, and a start after a crash would take ever
 * longer. Does nothing while nothing is written.
 */
export class Upkeep {
  readonly #run: <Row>(sql: string) => Promise<Row[]>;
  readonly #log: (message: string) => void;
  readonly #timer: NodeJS.Timeout;
  #checkpointAt = performance.now();
  #checkpointed = 0;
  #tidied = 0;
  #used = true;
  #looking = false;

  /** `run` executes one statement when nothing more urgent waits. */
  constructor(run: <Row>(sql: string) => Promise<Row[]>, log: (message: string) => void) {
    this.#run = run;
    this.#log = log;
    this.#timer = setInterval(() => void this.#look(), tick);
    this.#timer.unref();
  }

  /** Something was asked of the database. */
  noteUse(): void {
    this.#used = true;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    if (!this.#used || this.#looking) return;
    this.#looking = true;
    this.#used = false;
    try {
      const written = await this.#written();
      const late = performance.now() - this.#checkpointAt > mostTime;
      if (written - this.#checkpointed > mostLog || (late && written > this.#checkpointed))
        await this.#checkpoint(written);
      else if (written > this.#checkpointed) this.#used = true;
    } catch (error) {
      this.#used = true;
      this.#log(`The database could not be tidied: ${String(error)}`);
    } finally {
      this.#looking = false;
    }
  }

  async #checkpoint(written: number): Promise<void> {
    if (this.#tidied === 0) this.#tidied = written;
    if (written - this.#tidied > tidyAfter) {
      await this.#tidy();
      this.#tidied = written;
    }
    await this.#run('checkpoint');
    this.#checkpointAt = performance.now();
    this.#checkpointed = await this.#written();
  }

  async #tidy(): Promise<void> {
    const tables = await this.#run<{name: string; long: boolean}>(`
      select relname as name, n_live_tup > ${longTable} as long from pg_stat_user_tables
      where n_mod_since_analyze > 1000 or n_dead_tup > 1000 or n_ins_since_vacuum > 1000`);
    for (const {name, long} of tables) await this.#run(long ? `vacuum "${name}"` : `vacuum (analyze) "${name}"`);
  }

  /** Bytes of log since the database was made. */
  async #written(): Promise<number> {
    const [row] = await this.#run<{written: number}>(`select (pg_current_wal_insert_lsn() - '0/0')::int8 as written`);
    return row?.written ?? 0;
  }
}
