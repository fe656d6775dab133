import type {Database} from '../database.ts';
import type {UpdateLog} from '../store.ts';
import {int4, int8} from '../wire/binary.ts';
import type {Prepared, WireValue} from '../wire/prepared.ts';
import {appendStatement} from './append.ts';
import {Appender} from './appender.ts';

/** Rows and bytes that one statement reads at most: a long one would keep every writer waiting. */
const sliceRows = 1_000;
const sliceBytes = 2 * 1024 * 1024;

const findPaper: Prepared = {
  name: 'find_paper',
  columns: ['number', 'number', 'number', 'bytes'],
  sql: `
select p.epoch::int8, h.seq, s.seq, s.bytes
from update_heads h join papers p on p.number = h.paper left join snapshots s on s.paper = h.paper
where h.paper = $1::int4`,
};

const readSlice: Prepared = {
  name: 'read_slice',
  columns: ['number', 'number', 'number', 'bytes'],
  sql: `
select seq, actor::int8, at, bytes from (
  select *, sum(octet_length(bytes)) over (order by seq) - octet_length(bytes) as before
  from (select * from updates where paper = $1::int4 and seq > $2::int8 order by seq limit $3::int8) line
) slice
where before < ${sliceBytes} order by seq`,
};

const readAuthors: Prepared = {
  name: 'read_authors',
  columns: ['number', 'number'],
  sql: 'select client, actor::int8 from authors where paper = $1::int4',
};

const readHead: Prepared = {
  name: 'read_head',
  columns: ['number'],
  sql: 'select seq from update_heads where paper = $1::int4',
};

/** An older state never takes the place of a newer one. */
const storeSnapshot: Prepared = {
  name: 'store_snapshot',
  columns: [],
  sql: `
insert into snapshots (paper, seq, bytes) values ($1::int4, $2::int8, $3::bytea)
on conflict (paper) do update set seq = excluded.seq, bytes = excluded.bytes where snapshots.seq < excluded.seq`,
};

export interface UpdateStore extends UpdateLog {
  close(): Promise<void>;
}

export function updateStore(database: Database, now: () => number): UpdateStore {
  const appender = new Appender(async parameters => {
    const rows = await database.append(appendStatement, parameters);
    return rows.map(([seq]) => numberIn(seq));
  }, now);

  async function read(paper: number, since: number, limit: number) {
    const lines: {seq: number; actor: number; at: number; bytes: Uint8Array}[] = [];
    let last = since;
    while (lines.length < limit) {
      const rows = Math.min(sliceRows, limit - lines.length);
      const slice = await database.read(readSlice, [int4(paper), int8(last), int8(rows)]);
      if (slice.length === 0) break;
      for (const [seq, actor, at, bytes] of slice) {
        last = numberIn(seq);
        lines.push({seq: last, actor: numberIn(actor), at: numberIn(at), bytes: bytesIn(bytes)});
      }
    }
    return lines;
  }

  return {
    append: (paper, rows) => appender.append(paper, rows),
    read,

    async load(paper) {
      const [row] = await database.read(findPaper, [int4(paper)]);
      if (!row) throw new Error(`There is no paper with number ${paper}.`);
      const [epoch, head, snapshotSeq, snapshot] = row;
      const since = snapshotSeq === null ? 0 : numberIn(snapshotSeq);
      const tail = await read(paper, since, Math.max(0, numberIn(head) - since));
      const bindings = await database.read(readAuthors, [int4(paper)]);
      return {
        epoch: numberIn(epoch),
        snapshot: snapshot === null ? null : bytesIn(snapshot),
        snapshotSeq: since,
        tail: tail.map(({seq, actor, bytes}) => ({seq, actor, bytes})),
        bindings: bindings.map(([client, actor]) => [numberIn(client), numberIn(actor)]),
      };
    },

    async saveSnapshot(paper, snapshot, seq) {
      await database.read(storeSnapshot, [int4(paper), int8(seq), Buffer.from(snapshot)]);
    },

    async lastSeq(paper) {
      const [row] = await database.read(readHead, [int4(paper)]);
      return row ? numberIn(row[0]) : 0;
    },

    close: () => appender.close(),
  };
}

function numberIn(value: WireValue | undefined): number {
  if (typeof value !== 'number') throw new TypeError('The database gave no number.');
  return value;
}

function bytesIn(value: WireValue | undefined): Uint8Array {
  if (!(value instanceof Uint8Array)) throw new TypeError('The database gave no bytes.');
  return value;
}
