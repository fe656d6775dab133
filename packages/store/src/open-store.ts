import {commentStore} from './comments/comments.store.ts';
import {consultationStore} from './consultations/consultations.store.ts';
import type {Database, Queries} from './database.ts';
import {accountStore} from './accounts/accounts.store.ts';
import {invitationStore} from './invitations/invitations.store.ts';
import {checkpointStore} from './ledger/checkpoints.store.ts';
import {ledgerStore} from './ledger/ledger.store.ts';
import {memberStore} from './members/members.store.ts';
import {defaultMigrationsFolder} from './migrate.ts';
import {organisationStore} from './organisations/organisations.store.ts';
import {paperStore} from './papers/papers.store.ts';
import {openInFolder, openInMemory} from './pglite/pglite.ts';
import {openPostgres} from './postgres/postgres.ts';
import {revisionStore} from './revisions/revisions.store.ts';
import {sessionStore} from './sessions/sessions.store.ts';
import type {Areas, Store} from './store.ts';
import {AsyncLocalStorage} from 'node:async_hooks';
import {sql} from 'drizzle-orm';
import {takeBackup} from './backup/take-backup.ts';
import {updateStore} from './updates/updates.store.ts';

export interface StoreOptions {
  /** Holds the embedded database; made when it is missing. Not used with `databaseUrl` or `memory`. */
  readonly dataDir?: string;
  /** An embedded database that is gone when it is closed, for tests. */
  readonly memory?: boolean;
  /** PostgreSQL 15 or later in place of the embedded database. */
  readonly databaseUrl?: string | undefined;
  /** Found beside the sources and beside the bundle when not given. */
  readonly migrationsFolder?: string;
  /** The embedded database's worker; found beside the sources and beside the bundle when not given. */
  readonly workerUrl?: URL;
  readonly log?: (message: string) => void;
  readonly now?: () => number;
}

/** Opens the database, brings it to the newest state, and refuses a data folder that another process uses. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const log = options.log ?? (() => {});
  const database = await openDatabase(options, log);
  const updates = updateStore(database, options.now ?? Date.now);
  const inside = new AsyncLocalStorage<{open: boolean}>();
  let closing: Promise<void> | null = null;

  async function close() {
    await updates.close();
    await database.close();
  }

  return {
    dialect: database.dialect,
    ...areas(database.queries, false),
    updates,
    accounts: accountStore(database.queries),

    async transaction(work) {
      if (inside.getStore()?.open) throw new Error('A transaction was opened inside a transaction.');
      const told: (() => void)[] = [];
      const state = {open: true};
      let value;
      try {
        // The work keeps its own context, whoever's turn it is that lets it begin.
        value = await database.transaction(queries =>
          inside.run(state, () =>
            work({
              ...areas(queries, true),
              afterCommit(tell) {
                told.push(tell);
              },
            }),
          ),
        );
      } finally {
        state.open = false;
      }
      for (const tell of told) {
        try {
          tell();
        } catch (error) {
          // What is committed stays committed: one listener's fault must not look like a failed act.
          log(
            `Something failed after a commit: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
          );
        }
      }
      return value;
    },

    async ping() {
      await database.queries.execute(sql`select 1`);
    },

    backup: write => takeBackup(database, (options.now ?? Date.now)(), write),

    close: () => (closing ??= close()),
  };
}

function areas(queries: Queries, transaction: boolean): Areas {
  return {
    members: memberStore(queries),
    organisations: organisationStore(queries),
    consultations: consultationStore(queries),
    invitations: invitationStore(queries),
    papers: paperStore(queries),
    revisions: revisionStore(queries),
    comments: commentStore(queries),
    sessions: sessionStore(queries),
    ledger: ledgerStore(queries, {transaction}),
    checkpoints: checkpointStore(queries),
  };
}

async function openDatabase(options: StoreOptions, log: (message: string) => void): Promise<Database> {
  const migrationsFolder = options.migrationsFolder ?? defaultMigrationsFolder();
  if (options.databaseUrl) return openPostgres({url: options.databaseUrl, migrationsFolder, log});
  const embedded = {migrationsFolder, workerUrl: options.workerUrl, log};
  if (options.memory) return openInMemory(embedded);
  if (options.dataDir === undefined)
    throw new Error('A store needs a data folder, a database address, or memory alone.');
  return openInFolder(options.dataDir, embedded);
}
