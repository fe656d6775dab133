import {sql as template} from 'drizzle-orm';
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import {publicKeyOf} from '@plenary/ledger/checkpoint';
import {leafHash} from '@plenary/ledger/leaf';
import type {Queries} from '@plenary/store/database';
import type {Act, Store} from '@plenary/store/store';
import {testDatabases} from '@plenary/store/testing/test-databases';
import {createLog} from '../core/log.ts';
import {auditLedger, sentenceOf, type Flaw} from './audit.ts';
import {createLedger} from './ledger.ts';
import {leafOf} from './proofs.service.ts';
import {signingKeyFrom} from './signing-key.ts';

const secret = 'a secret that only this test knows';
const ownKey = publicKeyOf(signingKeyFrom(secret));

for (const database of testDatabases().filter(({name}) => name !== 'PGlite in a folder')) {
  describe(`R43: what was changed behind the back of the ledger is found and named, on ${database.name}`, () => {
    let store: Store;
    let logged = '';
    let now = 1_764_000_000_000;

    const ledgerOf = (withSecret = secret) =>
      createLedger({
        store,
        clock: {now: () => now++},
        secret: withSecret,
        log: createLog({write: line => void (logged += line)}),
      });

    beforeAll(async () => {
      store = await database.open();
      const ledger = ledgerOf();
      for (let turn = 0; turn < 24; turn++) {
        const act: Act = {
          stream: `paper:P${turn % 3}`,
          act: 'paper.mode-set',
          at: 1_764_000_000_000 + turn,
          actor: null,
          event: {mode: turn % 2 ? 'open' : 'frozen', turn},
        };
        await store.transaction(tx => tx.ledger.append(act));
        if (turn === 9) await ledger.close();
      }
      await ledgerOf().close();
      await sql('create table kept_entries as select * from ledger_entries');
      await sql('create table kept_checkpoints as select * from ledger_checkpoints');
    });
    afterEach(async () => {
      await sql('delete from ledger_entries');
      await sql('insert into ledger_entries select * from kept_entries');
      await sql('delete from ledger_checkpoints');
      await sql('insert into ledger_checkpoints select * from kept_checkpoints');
      await sql('update ledger_head set entries = 24');
    });
    afterAll(() => database.drop());

    /** What somebody with the password of the database can do. */
    async function sql(statement: string): Promise<void> {
      await (store.accounts.database as Queries).execute(template.raw(statement));
    }

    const flaws = async (): Promise<readonly Flaw[]> => (await auditLedger(store, ownKey)).flaws;

    test('an untouched ledger has no flaw', async () => {
      expect(await auditLedger(store, ownKey)).toMatchObject({acts: 24, checkpoints: 2, unsigned: 0, flaws: []});
    });

    test('one letter of an event, of an actor, of a time, one byte of a salt or of a hash', async () => {
      const changes = [
        `update ledger_entries set event = jsonb_set(event, '{mode}', '"opem"') where index = 7`,
        `update ledger_entries set actor = '{"member": "x", "organisation": null, "role": "chair"}' where index = 7`,
        'update ledger_entries set at = at + 1 where index = 7',
        `update ledger_entries set act = 'paper.mode-sed' where index = 7`,
        'update ledger_entries set salt = set_byte(salt, 3, (get_byte(salt, 3) + 1) % 256) where index = 7',
      ];
      for (const change of changes) {
        await sql(change);
        expect(await flaws(), change).toEqual([
          {is: 'leaf-differs', index: 7, act: change.includes('mode-sed') ? 'paper.mode-sed' : 'paper.mode-set'},
        ]);
        await sql('delete from ledger_entries');
        await sql('insert into ledger_entries select * from kept_entries');
      }
      await sql(
        'update ledger_entries set leaf_hash = set_byte(leaf_hash, 0, (get_byte(leaf_hash, 0) + 1) % 256) where index = 7',
      );
      expect(await flaws()).toEqual([
        {is: 'leaf-differs', index: 7, act: 'paper.mode-set'},
        {is: 'root-differs', from: 0, size: 10},
      ]);
    });

    test('a row that was changed together with its hash', async () => {
      const entry = await store.ledger.find(15);
      if (!entry) return expect.fail('there is no act 15');
      const forged = leafHash(entry.salt, {...leafOf(entry), event: {mode: 'open', turn: 999}});
      const hex = Buffer.from(forged).toString('hex');
      await sql(
        `update ledger_entries set event = '{"mode": "open", "turn": 999}', leaf_hash = '\\x${hex}' where index = 15`,
      );
      expect(await flaws()).toEqual([{is: 'root-differs', from: 10, size: 24}]);
    });

    test('a row that was removed, in the middle or at the end', async () => {
      await sql('delete from ledger_entries where index = 12');
      expect(await flaws()).toEqual([
        {is: 'missing', from: 12, to: 12},
        {is: 'seq-differs', index: 15, stream: 'paper:P0'},
        {is: 'count-differs', counted: 24, acts: 23},
      ]);
      await sql('delete from ledger_entries where index >= 12');
      expect(await flaws()).toEqual([
        {is: 'cut-short', size: 24, acts: 12},
        {is: 'count-differs', counted: 24, acts: 12},
      ]);
      await sql('update ledger_head set entries = 12');
      expect(await flaws()).toEqual([{is: 'cut-short', size: 24, acts: 12}]);
    });

    test('two rows that were swapped', async () => {
      await sql('update ledger_entries set index = 100 where index = 4');
      await sql('update ledger_entries set index = 4 where index = 7');
      await sql('update ledger_entries set index = 7 where index = 100');
      expect((await flaws()).map(({is, ...rest}) => [is, 'index' in rest ? rest.index : null])).toEqual([
        ['leaf-differs', 4],
        ['seq-differs', 4],
        ['leaf-differs', 7],
        ['seq-differs', 7],
        ['root-differs', null],
        ['seq-differs', 10],
      ]);
    });

    test('a row that was added silently', async () => {
      await sql(
        `insert into ledger_entries select 24, stream, 9, act, at, actor, event, salt, leaf_hash from kept_entries where index = 21`,
      );
      expect(await flaws()).toEqual([
        {is: 'leaf-differs', index: 24, act: 'paper.mode-set'},
        {is: 'count-differs', counted: 24, acts: 25},
      ]);
    });

    test('a checkpoint that was changed, or signed by another', async () => {
      await sql(`update ledger_checkpoints set at = at + 1 where size = 10`);
      expect(await flaws()).toEqual([{is: 'unsound-checkpoint', size: 10, problem: 'columns'}]);
      await sql(`update ledger_checkpoints set note = replace(note, '10' || chr(10), '11' || chr(10)) where size = 10`);
      expect(await flaws()).toEqual([{is: 'unsound-checkpoint', size: 10, problem: 'signature-wrong'}]);
      const other = await auditLedger(store, publicKeyOf(signingKeyFrom('another secret of another instance')));
      expect(other.flaws).toContainEqual({is: 'other-key', size: 24, key: expect.any(String) as string});
      for (const flaw of other.flaws) expect(sentenceOf(flaw)).toMatch(/^[A-Z].*\.$/);
    });

    test('R40: a process signs nothing on top of what was changed', async () => {
      await sql(
        'update ledger_entries set leaf_hash = set_byte(leaf_hash, 0, 1 - get_byte(leaf_hash, 0) % 2) where index = 7',
      );
      await sql('update ledger_head set entries = 25');
      await sql(
        `insert into ledger_entries select 24, stream, 9, act, at, actor, event, salt, leaf_hash from kept_entries where index = 21`,
      );
      const ledger = ledgerOf();
      await expect(ledger.checkpoints.newest()).rejects.toMatchObject({code: 'ledger.damaged'});
      await ledger.close();
      expect((await store.checkpoints.newest())?.size).toBe(24);
      expect(logged).toContain('npm run plenary -- verify');
    });

    test('R40: another secret is another key, made known by an act, and old checkpoints stay valid', async () => {
      const renewed = ledgerOf('a new secret after the old one leaked');
      const published = await renewed.checkpoints.published();
      expect(published?.keys.map(({serves}) => serves)).toEqual([false, true]);
      expect(await renewed.checkpoints.newest()).toMatchObject({size: 25});
      const audit = await auditLedger(store, publicKeyOf(signingKeyFrom('a new secret after the old one leaked')));
      expect(audit).toMatchObject({acts: 25, checkpoints: 3, flaws: []});
      expect((await store.ledger.find(24))?.act).toBe('ledger.key-changed');
      await renewed.close();
    });
  });
}
