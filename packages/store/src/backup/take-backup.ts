import {sql, type SQL} from 'drizzle-orm';
import type {Database, Queries} from '../database.ts';
import {ask} from './ask.ts';
import {BackupWriter, backupVersion, type BackupEnd} from './backup-file.ts';

/** One look at a long table keeps everybody waiting for a few milliseconds. */
const sliceRows = 200;
const sliceBytes = 256 * 1024;

/** Up to where the tables that only grow are taken. */
interface Heads {
  readonly papers: readonly {readonly paper: number; readonly seq: number}[];
  readonly acts: number;
  readonly revisions: readonly string[];
  readonly lastMember: number;
}

/**
 * Writes all rows as of one moment, while others go on. PostgreSQL gives one state to a transaction, however long it takes. The
 * embedded database has one connection, for which nobody may wait long: there one short transaction reads what changes and how
 * long the tables are that only grow; their rows, which never change, are read before and after it in slices.
 */
export async function takeBackup(
  database: Database,
  at: number,
  write: (text: string) => Promise<void>,
): Promise<BackupEnd> {
  const writer = new BackupWriter(write);
  if (database.dialect === 'pglite') return take(database.queries, work => database.transaction(work), writer, at);
  return database.transaction(async queries => {
    await queries.execute(sql`set transaction isolation level repeatable read, read only`);
    // A slow disk at the other end is no reason to end it.
    await queries.execute(sql`set local idle_in_transaction_session_timeout = 0`);
    return take(queries, work => work(queries), writer, at);
  });
}

async function take(
  queries: Queries,
  atOnce: <Value>(work: (queries: Queries) => Promise<Value>) => Promise<Value>,
  writer: BackupWriter,
  at: number,
): Promise<BackupEnd> {
  const applied = await texts(queries, sql`select hash as row from migrations order by made`);
  await writer.begin({plenary: 'backup', version: backupVersion, at, migrations: applied});
  // Before the heads: a snapshot holds nothing that is not below them.
  await writeSnapshots(queries, writer);
  const {heads, rest} = await atOnce(readWhatChanges);
  for (const [table, rows] of rest) await writer.rows(table, rows);
  for (const {paper, seq} of heads.papers) await writeUpdates(queries, writer, paper, seq);
  await writeAuthors(queries, writer, heads);
  await writeActs(queries, writer, heads.acts);
  for (const id of heads.revisions) {
    await writer.rows('revisions', await rowsOf(queries, sql`select * from revisions where id = ${id}`));
  }
  return writer.end();
}

/** Written apart, since they are long and only grow. Every other table is read at once, also one that is new. */
const growing = ['snapshots', 'updates', 'authors', 'ledger_entries', 'revisions'];

async function readWhatChanges(queries: Queries): Promise<{heads: Heads; rest: [table: string, rows: string[]][]}> {
  const names = await texts(
    queries,
    sql`select table_name as row from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'migrations' order by table_name`,
  );
  const rest: [string, string[]][] = [];
  for (const name of names) {
    if (!growing.includes(name)) rest.push([name, await rowsOf(queries, sql`select * from ${sql.identifier(name)}`)]);
  }
  const papers = await texts(
    queries,
    sql`select json_build_object('paper', paper, 'seq', seq)::text as row
    from update_heads order by paper`,
  );
  const [acts = '0'] = await texts(queries, sql`select entries::text as row from ledger_head`);
  const [lastMember = '0'] = await texts(queries, sql`select coalesce(max(number), 0)::text as row from members`);
  return {
    heads: {
      papers: papers.map(text => JSON.parse(text) as {paper: number; seq: number}),
      acts: Number(acts),
      lastMember: Number(lastMember),
      revisions: await texts(queries, sql`select id as row from revisions order by id`),
    },
    rest,
  };
}

async function writeSnapshots(queries: Queries, writer: BackupWriter): Promise<void> {
  const papers = await texts(queries, sql`select paper::text as row from snapshots order by paper`);
  for (const paper of papers) {
    await writer.rows('snapshots', await rowsOf(queries, sql`select * from snapshots where paper = ${Number(paper)}`));
  }
}

async function writeUpdates(queries: Queries, writer: BackupWriter, paper: number, head: number): Promise<void> {
  for (let last = 0; last < head;) {
    const rows = await rowsOf(
      queries,
      sql`select paper, seq, actor, connection, n, at, bytes from (
        select *, sum(octet_length(bytes)) over (order by seq) - octet_length(bytes) as before from (
          select * from updates where paper = ${paper} and seq > ${last} and seq <= ${head} order by seq limit ${sliceRows}
        ) line
      ) slice where before < ${sliceBytes} order by seq`,
    );
    if (rows.length === 0) throw new Error(`The log of paper ${paper} ends at ${last} and should at ${head}.`);
    await writer.rows('updates', rows);
    last += rows.length;
  }
}

async function writeAuthors(queries: Queries, writer: BackupWriter, {papers, lastMember}: Heads): Promise<void> {
  for (const {paper} of papers) {
    for (let last = -1; ;) {
      const rows = await rowsOf(
        queries,
        sql`select * from authors where paper = ${paper} and client > ${last} and actor <= ${lastMember}
          order by client limit ${sliceRows}`,
      );
      if (rows.length === 0) break;
      await writer.rows('authors', rows);
      last = (JSON.parse(rows.at(-1) ?? '{}') as {client: number}).client;
    }
  }
}

async function writeActs(queries: Queries, writer: BackupWriter, acts: number): Promise<void> {
  for (let from = 0; from < acts; from += sliceRows) {
    const until = Math.min(acts, from + sliceRows);
    await writer.rows(
      'ledger_entries',
      await rowsOf(
        queries,
        sql`select * from ledger_entries where index >= ${from} and index < ${until} order by index`,
      ),
    );
  }
}

function rowsOf(queries: Queries, select: SQL): Promise<string[]> {
  return texts(queries, sql`select row_to_json(found)::text as row from (${select}) found`);
}

async function texts(queries: Queries, select: SQL): Promise<string[]> {
  return (await ask<{row: string}>(queries, select)).map(({row}) => row);
}
