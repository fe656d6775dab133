import {afterEach, describe, expect, test} from 'vitest';
import type {Bus} from './bus.ts';

export interface BusUnderTest {
  /** Another end of the same bus, as another process has it; the same end again where there is only one process. */
  open(): Promise<Bus>;
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition() && tries < 500; tries++) await new Promise(resolve => setTimeout(resolve, 10));
  expect(condition()).toBe(true);
}

/** What every bus keeps; run on memory and on Redis. */
export function describeBus(kind: string, prepare: () => Promise<BusUnderTest>): void {
  describe(`the bus ${kind}`, () => {
    const open: Bus[] = [];
    async function ends(): Promise<[Bus, Bus]> {
      const under = await prepare();
      const pair: [Bus, Bus] = [await under.open(), await under.open()];
      open.push(...pair);
      return pair;
    }
    afterEach(async () => {
      for (const bus of open.splice(0)) await bus.close();
    });

    /** Publishes on `from` until `to` hears that topic: subscribing over a network takes a moment. */
    async function joined(from: Bus, to: Bus, topic: string): Promise<void> {
      const probes: unknown[] = [];
      const end = to.subscribe(topic, message => {
        if ('probe' in (message as object)) probes.push(message);
      });
      await until(() => {
        from.publish(topic, {probe: true});
        return probes.length > 0;
      });
      end();
    }

    function collect(bus: Bus, topic: string): {seqs: number[]; end: () => void} {
      const seqs: number[] = [];
      const end = bus.subscribe(topic, message => {
        const {seq} = message as {seq?: number};
        if (seq !== undefined) seqs.push(seq);
      });
      return {seqs, end};
    }

    test('a message reaches hearers of its topic at both ends, in order, and nobody else', async () => {
      const [ana, ben] = await ends();
      const here = collect(ana, 'paper:one');
      const there = collect(ben, 'paper:one');
      const other = collect(ben, 'paper:two');
      await joined(ana, ben, 'paper:one');
      for (let seq = 1; seq <= 50; seq++) ana.publish('paper:one', {seq});
      const all = Array.from({length: 50}, (_value, index) => index + 1);
      await until(() => here.seqs.length === 50 && there.seqs.length === 50);
      expect([here.seqs, there.seqs, other.seqs]).toEqual([all, all, []]);
    });

    test('whoever publishes goes on before anybody hears it', async () => {
      const [ana] = await ends();
      const {seqs} = collect(ana, 'paper:one');
      ana.publish('paper:one', {seq: 1});
      expect(seqs).toEqual([]);
      await until(() => seqs.length === 1);
    });

    test('who has left hears nothing more, also when others still listen', async () => {
      const [ana] = await ends();
      const leaves = collect(ana, 'paper:one');
      const stays = collect(ana, 'paper:one');
      leaves.end();
      leaves.end();
      ana.publish('paper:one', {seq: 1});
      await until(() => stays.seqs.length === 1);
      expect(leaves.seqs).toEqual([]);
    });

    test('who left and came back at once hears again', async () => {
      const [ana, ben] = await ends();
      for (let round = 0; round < 5; round++) collect(ben, 'paper:one').end();
      const back = collect(ben, 'paper:one');
      await joined(ana, ben, 'paper:one');
      ana.publish('paper:one', {seq: 7});
      await until(() => back.seqs.includes(7));
    });

    test('a hearer that throws harms nobody', async () => {
      const [ana] = await ends();
      ana.subscribe('paper:one', () => {
        throw new Error('a bug of mine');
      });
      const {seqs} = collect(ana, 'paper:one');
      ana.publish('paper:one', {seq: 1});
      await until(() => seqs.length === 1);
    });

    test('after it is closed nothing is heard, and nothing throws', async () => {
      const [ana] = await ends();
      const {seqs} = collect(ana, 'paper:one');
      await ana.close();
      ana.publish('paper:one', {seq: 1});
      await ana.close();
      await new Promise(resolve => setImmediate(resolve));
      expect(seqs).toEqual([]);
    });
  });
}
