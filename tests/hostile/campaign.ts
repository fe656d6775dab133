import {fork} from 'node:child_process';
import {join} from 'node:path';
import {call} from '../support/members.ts';
import {fuzz} from './fuzz.ts';
import {marker, pause, prepareGrounds, type Attack, type Cookies, type Grounds} from './grounds.ts';
import type {Afterwards} from './honest-people.ts';
import type {Order} from './honest-process.ts';
import {liveAttacks} from './live-attacks.ts';
import {roomAttacks} from './room-attacks.ts';
import {wireAttacks} from './wire-attacks.ts';

export interface CampaignOptions {
  readonly url: string;
  readonly cookies: Cookies;
  readonly consultation?: string;
  /** Fuzzed frames. */
  readonly frames: number;
  /** How many attacks go on at the same time; one after the other unless said, so that each one's cost is seen. */
  readonly atOnce?: number;
  readonly say: (line: string) => void;
}

export interface Report {
  readonly attacks: number;
  /** What succeeded, as sentences. */
  readonly successes: readonly string[];
  readonly typed: number;
  readonly lost: number;
  readonly refusals: number;
  /** Milliseconds from a word to its acknowledgement, at rest and under attack. */
  readonly calm: {readonly p50: number; readonly p95: number};
  readonly stormy: {readonly p50: number; readonly p95: number};
  /** The longest that an honest word took during each attack. */
  readonly costs: readonly {readonly name: string; readonly worst: number}[];
  /** Bytes of heap that are still held after the attacks, over what was held before. */
  readonly heapGrowth: number;
}

/** All attacks while three honest people type. */
export async function attackInstance({
  url,
  cookies,
  consultation,
  frames,
  atOnce = 1,
  say,
}: CampaignOptions): Promise<Report> {
  const [grounds, fuzzed] = [
    await prepareGrounds(url, cookies, consultation),
    await prepareGrounds(url, cookies, consultation),
  ];
  const heapBefore = await heapOf(url);
  const people = await sitDown(grounds);
  await pause(4_000);
  const calm = await people.times();
  const stormy: number[] = [];
  const costs: {name: string; worst: number}[] = [];
  const note = async (name: string): Promise<void> => {
    const times = await people.times();
    costs.push({name, worst: Math.max(0, ...times)});
    stormy.push(...times);
  };
  const successes: string[] = [];
  let attacks = 0;
  let forged = 0;
  const groups = {'on rooms': roomAttacks, 'on the wire': wireAttacks, 'on live events': liveAttacks};
  for (const [name, group] of Object.entries(groups)) {
    let wins = 0;
    for (let first = 0; first < group.length; first += atOnce) {
      const wave = group.slice(first, first + atOnce);
      const found = await Promise.all(wave.map(attack => sentenceOf(attack, grounds)));
      const standing = (await grounds.text()).split(marker).length - 1;
      if (standing > forged) found.push(`${wave.map(one => one.name).join(' or ')}: Forged words stand in the paper.`);
      forged = standing;
      attacks += wave.length;
      await note(wave.map(one => one.name).join(', '));
      for (const sentence of found) {
        if (sentence === null) continue;
        wins++;
        successes.push(sentence);
        say(`  ${sentence}`);
      }
    }
    say(`${group.length} attacks ${name}, ${wins} successes`);
  }
  const {sent, connections, wrong} = await fuzz(fuzzed, frames);
  attacks++;
  if (wrong) successes.push(`Fuzzed frames: ${wrong}`);
  say(`${sent} fuzzed frames on ${connections} connections, ${wrong ? 1 : 0} successes`);
  await note('fuzzed frames');
  const after = await people.getUp();
  if (after.differ) successes.push('The honest people read different papers.');
  if (after.doubled > 0) successes.push(`${after.doubled} honest words stand there twice.`);
  const {status} = await call(url, null, 'GET', '/healthz');
  if (status !== 200) successes.push('The server does not answer any more.');
  await pause(5_000);
  const heapGrowth = (await heapOf(url)) - heapBefore;
  const {typed, lost, refusals} = after;
  return {attacks, successes, typed, lost, refusals, calm: spread(calm), stormy: spread(stormy), costs, heapGrowth};
}

async function sentenceOf(attack: Attack, grounds: Grounds): Promise<string | null> {
  const success = await attack.run(grounds).catch((error: unknown) => `It ended in an error: ${String(error)}`);
  return success === null ? null : `${attack.name}: ${success}`;
}

function spread(times: readonly number[]): {p50: number; p95: number} {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return {p50: at(0.5), p95: at(0.95)};
}

interface People {
  times(): Promise<number[]>;
  getUp(): Promise<Afterwards>;
}

async function sitDown({url, paper, cookies}: Grounds): Promise<People> {
  const child = fork(join(import.meta.dirname, 'honest-process.ts'), {execArgv: ['--import', 'tsx']});
  const ask = <Value>(order: Order): Promise<Value> =>
    new Promise((resolve, reject) => {
      child.once('message', (said: {value?: Value; error?: string}) =>
        said.error ? reject(new Error(said.error)) : resolve(said.value as Value),
      );
      child.send(order);
    });
  await ask({do: 'sit-down', url, paper, cookies});
  return {
    times: () => ask({do: 'times'}),
    async getUp() {
      const after = await ask<Afterwards>({do: 'get-up'});
      child.disconnect();
      return after;
    },
  };
}

/** As the instance counts it; 0 where it does not tell. */
async function heapOf(url: string): Promise<number> {
  const {body} = await call<string>(url, null, 'GET', '/metrics');
  return Number(/^nodejs_heap_used_bytes (\d+)/m.exec(body)?.[1] ?? 0);
}

export function sayReport(report: Report, say: (line: string) => void): boolean {
  const {attacks, successes, typed, lost, refusals, calm, stormy, costs, heapGrowth} = report;
  const ms = (time: number): string => time.toFixed(1);
  say(`Honest people: ${typed} words typed, ${lost} lost, ${refusals} refused`);
  say(
    `From a word to its being saved: p50 ${ms(calm.p50)} ms and p95 ${ms(calm.p95)} ms at rest, p50 ${ms(stormy.p50)} ms and p95 ${ms(stormy.p95)} ms under attack`,
  );
  const dearest = costs.toSorted((one, other) => other.worst - one.worst).slice(0, 5);
  for (const {name, worst} of dearest) say(`  longest wait ${ms(worst)} ms, during “${name}”`);
  say(`Heap after the attacks: ${(heapGrowth / 1e6).toFixed(1)} MB more than before`);
  for (const success of successes) say(`SUCCESS ${success}`);
  say(`${attacks} attacks, ${successes.length} successes`);
  return successes.length === 0 && lost === 0 && refusals === 0;
}
