import {afterEach, describe, expect, it, vi} from 'vitest';
import {Upkeep} from './upkeep.ts';

const megabyte = 1024 * 1024;

describe('the upkeep of the embedded database', () => {
  let written = 1;
  let ran: string[] = [];
  const run = async <Row>(sql: string): Promise<Row[]> => {
    if (sql.includes('pg_current_wal_insert_lsn')) return [{written}] as Row[];
    if (sql.includes('pg_stat_user_tables'))
      return [
        {name: 'updates', long: true},
        {name: 'papers', long: false},
      ] as Row[];
    ran.push(sql);
    return [];
  };

  function start(): Upkeep {
    vi.useFakeTimers();
    written = 1;
    ran = [];
    return new Upkeep(run, () => {});
  }
  afterEach(() => {
    vi.useRealTimers();
  });

  it('makes a checkpoint ten seconds after something was written, and none while nothing is', async () => {
    const upkeep = start();
    await vi.advanceTimersByTimeAsync(9_000);
    expect(ran).toEqual([]);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(ran).toEqual(['checkpoint']);
    upkeep.noteUse();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(ran).toEqual(['checkpoint']);
    written += 100;
    upkeep.noteUse();
    await vi.advanceTimersByTimeAsync(12_000);
    expect(ran).toEqual(['checkpoint', 'checkpoint']);
    upkeep.stop();
  });

  it('makes one within a second after 16 MB, and tidies the tables now and then', async () => {
    const upkeep = start();
    for (let turn = 1; turn <= 3; turn += 1) {
      written += 17 * megabyte;
      upkeep.noteUse();
      await vi.advanceTimersByTimeAsync(1_000);
      expect(ran.filter(sql => sql === 'checkpoint')).toHaveLength(turn);
    }
    expect(ran).toContain('vacuum "updates"');
    expect(ran).toContain('vacuum (analyze) "papers"');
    upkeep.stop();
  });

  it('goes on after a failure', async () => {
    vi.useFakeTimers();
    const said: string[] = [];
    let fails = true;
    const upkeep = new Upkeep(
      async <Row>(sql: string): Promise<Row[]> => {
        if (fails) throw new Error('busy');
        return run<Row>(sql);
      },
      message => said.push(message),
    );
    ran = [];
    await vi.advanceTimersByTimeAsync(2_000);
    expect(said[0]).toContain('busy');
    fails = false;
    await vi.advanceTimersByTimeAsync(12_000);
    expect(ran).toEqual(['checkpoint']);
    upkeep.stop();
  });
});
