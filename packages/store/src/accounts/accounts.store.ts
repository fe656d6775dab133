import {eq} from 'drizzle-orm';
import type {Queries} from '../database.ts';
import type {AccountStore} from '../store.ts';
import {accounts, credentials, signIns, verifications} from './accounts.table.ts';

/** better-auth's names for its tables. */
const schema = {user: accounts, session: signIns, account: credentials, verification: verifications};

export function accountStore(database: Queries): AccountStore {
  return {
    database,
    schema,
    async remove(account) {
      await database.delete(accounts).where(eq(accounts.id, account));
    },
  };
}
