import {
  addRuns,
  bytesOfMomentAnEntry,
  entriesBetweenMoments,
  pauseBetweenRuns,
  type WrittenRun,
} from '@plenary/domain/papers/history';
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
with kept as (
  insert into moments (paper, seq, bytes)
  select $1::int4, $2::int8, $3::bytea
  where $2::int8 >= greatest(${entriesBetweenMoments}, octet_length($3::bytea) / ${bytesOfMomentAnEntry})
    + coalesce((select max(seq) from moments where paper = $1::int4), 0)
  on conflict do nothing
)
insert into snapshots (paper, seq, bytes) values ($1::int4, $2::int8, $3::bytea)
on conflict (paper) do update set seq = excluded.seq, bytes = excluded.bytes where snapshots.seq < excluded.seq`,
};

const storeMoment: Prepared = {
  name: 'store_moment',
  columns: [],
  sql: 'insert into moments (paper, seq, bytes) values ($1::int4, $2::int8, $3::bytea) on conflict do nothing',
};

const findMoment: Prepared = {
  name: 'find_moment',
  columns: ['number', 'bytes'],
  sql: 'select seq, bytes from moments where paper = $1::int4 and seq <= $2::int8 order by seq desc limit 1',
};

/** The database counts them, so that one row comes for what one author wrote in a go and not one for each key. */
const readRuns: Prepared = {
  name: 'read_runs',
  columns: ['number', 'number', 'number', 'number', 'number'],
  sql: `
select actor::int8, min(seq), max(seq), min(at), max(at) from (
  select seq, actor, at, sum(breaks) over (order by seq) as run from (
    select seq, actor, at,
      case when actor = lag(actor) over w and at - lag(at) over w <= ${pauseBetweenRuns} then 0 else 1 end as breaks
    from (
      select seq, actor, at from updates where paper = $1::int4 and seq > $2::int8 order by seq limit $3::int8
    ) line
    window w as (order by seq)
  ) broken
) counted
group by run, actor order by 2`,
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

  async function authors(paper: number): Promise<[client: number, actor: number][]> {
    const rows = await database.read(readAuthors, [int4(paper)]);
    return rows.map(([client, actor]) => [numberIn(client), numberIn(actor)]);
  }

  return {
    append: (paper, rows) => appender.append(paper, rows),
    read,
    authors,

    async load(paper) {
      const [row] = await database.read(findPaper, [int4(paper)]);
      if (!row) throw new Error(`There is no paper with number ${paper}.`);
      const [epoch, head, snapshotSeq, snapshot] = row;
      const since = snapshotSeq === null ? 0 : numberIn(snapshotSeq);
      const tail = await read(paper, since, Math.max(0, numberIn(head) - since));
      return {
        epoch: numberIn(epoch),
        snapshot: snapshot === null ? null : bytesIn(snapshot),
        snapshotSeq: since,
        tail: tail.map(({seq, actor, bytes}) => ({seq, actor, bytes})),
        bindings: await authors(paper),
      };
    },

    async saveSnapshot(paper, snapshot, seq) {
      await database.read(storeSnapshot, [int4(paper), int8(seq), Buffer.from(snapshot)]);
    },

    async lastSeq(paper) {
      const [row] = await database.read(readHead, [int4(paper)]);
      return row ? numberIn(row[0]) : 0;
    },

    async momentBefore(paper, seq) {
      const [row] = await database.read(findMoment, [int4(paper), int8(seq)]);
      return row ? {seq: numberIn(row[0]), state: bytesIn(row[1])} : null;
    },

    async keepMoment(paper, state, seq) {
      await database.read(storeMoment, [int4(paper), int8(seq), Buffer.from(state)]);
    },

    async runs(paper, since, limit) {
      const found: WrittenRun[] = [];
      for (let last = since, left = limit; left > 0;) {
        const rows = Math.min(sliceRows, left);
        const slice = await database.read(readRuns, [int4(paper), int8(last), int8(rows)]);
        const runs = slice.map(row => {
          const [actor = 0, first = 0, end = 0, from = 0, to = 0] = row.map(numberIn);
          return {actor, first, last: end, from, to};
        });
        const end = runs.at(-1)?.last ?? last;
        addRuns(found, runs);
        if (end - last < rows) break;
        left -= rows;
        last = end;
      }
      return found;
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
