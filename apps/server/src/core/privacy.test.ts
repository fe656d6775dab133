import {readFileSync} from 'node:fs';
import {sql} from 'drizzle-orm';
import {expect, test} from 'vitest';
import {cookieOf, seatCast, startInstance} from '../testing/instance.ts';

const agent = 'PlantedAgent/7.7 (to be found)';
const address = '203.0.113.77';

test('R25: no address and no agent is stored or logged, and an e-mail address only in the account', async () => {
  const instance = await startInstance({TRUST_PROXY: '1'});
  try {
    await seatCast(instance);
    const headers = {'user-agent': agent, 'x-forwarded-for': address, 'x-real-ip': address};
    const account = {handle: 'Planted', email: 'planted-address@example.org', password: 'a long password'};
    const signUp = await instance.call('POST', '/api/auth/sign-up/email', {body: account, headers});
    const as = cookieOf(signUp.headers);
    await instance.call('POST', '/api/auth/sign-in/email', {body: account, headers});
    await instance.call('POST', '/api/auth/sign-in/email', {body: {...account, password: 'not this one'}, headers});
    await instance.call('POST', '/api/auth/request-password-reset', {body: account, headers});
    await instance.call('POST', '/api/demo/sign-in', {
      body: {as: 'w1', role: 'delegate', organisation: 'valmora'},
      headers,
    });
    await instance.call('PATCH', '/api/me', {as, body: {handle: 'Planted twice'}, headers});
    await instance.call('GET', '/', {as, headers});
    await instance.call('GET', '/read/none', {as, headers});
    // A query that fails names its values: they must not reach the log.
    const {transaction} = instance.app.store;
    const failure = new Error(`Failed query: insert … params: ${account.email}`);
    const fail = () => Promise.reject(Object.assign(failure, {query: 'insert …', params: [address]}));
    Object.assign(instance.app.store, {transaction: fail});
    await instance.call('POST', '/api/auth/sign-up/email', {
      body: {...account, handle: 'Other', email: 'o@example.org'},
      headers,
    });
    Object.assign(instance.app.store, {transaction});

    const database = instance.store.accounts.database as {
      execute(query: unknown): Promise<{rows: Record<string, unknown>[]}>;
    };
    const {rows: tables} = await database.execute(
      sql`select table_name as name from information_schema.tables where table_schema = 'public'`,
    );
    const holding: string[] = [];
    for (const {name} of tables) {
      const {rows} = await database.execute(sql.raw(`select * from "${String(name)}"`));
      const text = JSON.stringify(rows);
      expect(text.includes('PlantedAgent'), String(name)).toBe(false);
      expect(text.includes(address), String(name)).toBe(false);
      if (text.includes('planted-address')) holding.push(String(name));
    }
    expect(tables.length).toBeGreaterThan(8);
    expect(holding).toEqual(['accounts']);
    for (const planted of [agent, 'PlantedAgent', address, 'planted-address', 'o@example.org', '127.0.0.1']) {
      expect(instance.log()).not.toContain(planted);
    }
    expect(instance.log()).not.toBe('');
  } finally {
    await instance.close();
  }
});

test('R25: nothing in the server reads the agent', () => {
  // The streams and rooms answer by cookie alone as well.
  for (const file of ['./route.ts', './who.ts', './language.ts', '../accounts/accounts.http.ts']) {
    expect(readFileSync(new URL(file, import.meta.url), 'utf8')).not.toMatch(/user-agent/i);
  }
});
