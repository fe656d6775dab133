import {betterAuth} from 'better-auth';
import {drizzleAdapter} from 'better-auth/adapters/drizzle';
import {getAuthTables} from 'better-auth/db';
import {getTableColumns} from 'drizzle-orm';
import type {PgTable} from 'drizzle-orm/pg-core';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {Store} from '../store.ts';
import {aMember, newSlug} from '../testing/builders.ts';
import {testDatabases} from '../testing/test-databases.ts';

for (const database of testDatabases().filter(({name}) => name !== 'PGlite in a folder')) {
  describe(`accounts on ${database.name}`, () => {
    let store: Store;
    beforeAll(async () => {
      store = await database.open();
    });
    afterAll(() => database.drop());

    function auth() {
      const {schema, database: queries} = store.accounts;
      return betterAuth({
        baseURL: 'http://localhost:3000',
        secret: 'a secret for tests, longer than 32 characters',
        database: drizzleAdapter(queries as Record<string, unknown>, {
          provider: 'pg',
          schema,
          transaction: true,
        }),
        emailAndPassword: {enabled: true},
        telemetry: {enabled: false},
      });
    }

    it('have the columns that better-auth asks for', () => {
      for (const [model, {fields}] of Object.entries(getAuthTables({}))) {
        const table = store.accounts.schema[model] as PgTable;
        expect(Object.keys(getTableColumns(table))).toEqual(expect.arrayContaining(['id', ...Object.keys(fields)]));
      }
    });

    it('are made, signed in to and removed with all that hangs on them', async () => {
      const {api} = auth();
      const email = `${newSlug()}@example.org`;
      const {user} = await api.signUpEmail({body: {name: 'Ana', email, password: 'correct horse battery'}});
      const member = await aMember(store, {account: user.id});
      expect(await store.members.findByAccount(user.id)).toEqual(member);

      const {headers} = await api.signInEmail({body: {email, password: 'correct horse battery'}, returnHeaders: true});
      const cookie = headers
        .getSetCookie()
        .map(line => line.split(';')[0])
        .join('; ');
      const session = await api.getSession({headers: new Headers({cookie})});
      expect(session?.user.id).toBe(user.id);
      expect(session?.session.expiresAt).toBeInstanceOf(Date);
      await expect(api.signInEmail({body: {email, password: 'wrong'}})).rejects.toThrow('Invalid email or password');

      await store.accounts.remove(user.id);
      expect(await api.getSession({headers: new Headers({cookie})})).toBeNull();
      expect(await store.members.findByAccount(user.id)).toBeNull();
      expect(await store.members.find(member.id)).toEqual(member);
    });
  });
}
