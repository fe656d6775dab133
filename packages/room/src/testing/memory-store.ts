import {Refusal} from '@plenary/domain/refusal';
import type {Append, LoggedUpdate, RoomStore, StoredPaper} from '../ports.ts';

interface Row extends Append {
  readonly seq: number;
}

/** A paper's log in memory, as the database keeps it: gapless, idempotent, one owner a client. */
export class MemoryStore implements RoomStore {
  epoch = 1;
  rows: Row[] = [];
  snapshot: Uint8Array | null = null;
  snapshotSeq = 0;
  readonly owners = new Map<number, number>();
  protected readonly seqs = new Map<string, number>();

  async load(): Promise<StoredPaper> {
    await Promise.resolve();
    return {
      epoch: this.epoch,
      snapshot: this.snapshot,
      snapshotSeq: this.snapshotSeq,
      tail: this.rows.slice(this.snapshotSeq),
      bindings: [...this.owners],
    };
  }

  async append(updates: readonly Append[]): Promise<readonly number[]> {
    await Promise.resolve();
    return this.store(updates);
  }

  async read(since: number, limit: number): Promise<readonly LoggedUpdate[]> {
    await Promise.resolve();
    return this.rows.slice(since, since + limit);
  }

  async saveSnapshot(snapshot: Uint8Array, seq: number): Promise<void> {
    await Promise.resolve();
    if (seq <= this.snapshotSeq) return;
    this.snapshot = snapshot;
    this.snapshotSeq = seq;
  }

  /** All or nothing, at once. */
  protected store(updates: readonly Append[]): number[] {
    for (const {actor, binds} of updates) {
      for (const client of binds) {
        if ((this.owners.get(client) ?? actor) !== actor) throw new Refusal('room.identity-taken');
      }
    }
    return updates.map(update => {
      const key = `${update.actor} ${update.connection} ${update.n}`;
      const known = this.seqs.get(key);
      if (known !== undefined) return known;
      const row = {...update, seq: this.rows.length + 1};
      this.rows.push(row);
      this.seqs.set(key, row.seq);
      for (const client of update.binds) this.owners.set(client, update.actor);
      return row.seq;
    });
  }
}
