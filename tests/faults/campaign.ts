import {appendFileSync, writeFileSync} from 'node:fs';
import {backupFaults} from './backup-fault.ts';
import {crowdFaults} from './crowd-faults.ts';
import {databaseFaults} from './database-faults.ts';
import {diskFaults} from './disk-faults.ts';
import type {Fault, Outcome, Scale} from './fault.ts';
import {openGrounds, type DatabaseKind, type Grounds} from './grounds.ts';
import {machinesFaults} from './machines-faults.ts';
import {processFaults} from './process-faults.ts';

export const faults: readonly Fault[] = [
  ...processFaults,
  ...crowdFaults,
  ...diskFaults,
  ...backupFaults,
  ...databaseFaults,
  ...machinesFaults,
];

/** A few rounds of everything, for every run of the tests. */
export const shortScale: Scale = {writers: 4, words: 60, kills: 2, rounds: 1, outage: 1_500, crowd: 60, isShort: true};
/** What is promised. */
export const wholeScale: Scale = {
  writers: 8,
  words: 500,
  kills: 20,
  rounds: 5,
  outage: 30_000,
  crowd: 500,
  isShort: false,
};

export interface Line extends Outcome {
  readonly fault: string;
  readonly promise: number;
  readonly kept: boolean;
}

export interface CampaignOptions {
  readonly scale: Scale;
  /** Part of the names of those that are wanted; all when absent. */
  readonly only?: string | undefined;
  /** Gets one JSON line a fault. */
  readonly json?: string | undefined;
  readonly say: (line: string) => void;
}

/** One fault after the other, each on people who type. */
export async function runFaults({scale, only, json, say}: CampaignOptions): Promise<readonly Line[]> {
  const wanted = faults.filter(
    ({name, on, isLong}) =>
      (only === undefined || name.includes(only)) && canRunOn(on) && !(scale.isShort && (isLong ?? false)),
  );
  if (json !== undefined) writeFileSync(json, '');
  say(header);
  const lines: Line[] = [];
  for (const kind of ['embedded', 'postgres', 'machines'] as const) {
    const group = wanted.filter(({on}) => on === kind);
    if (group.length === 0) continue;
    const grounds = await openGrounds(kind);
    try {
      for (const fault of group) {
        const line = await strike(fault, grounds, scale);
        lines.push(line);
        say(rowOf(line));
        if (json !== undefined) appendFileSync(json, `${JSON.stringify(line)}\n`);
      }
    } finally {
      await grounds.close();
    }
  }
  return lines;
}

function canRunOn(kind: DatabaseKind): boolean {
  const {TEST_DATABASE_URL: postgres, TEST_REDIS_URL: redis} = process.env;
  return kind === 'embedded' || (postgres !== undefined && (kind === 'postgres' || redis !== undefined));
}

async function strike(fault: Fault, grounds: Grounds, scale: Scale): Promise<Line> {
  const outcome = await fault.run(grounds, scale);
  const {lost, doubled, falselySaved, refused, recovered, isWhole} = outcome;
  const kept =
    lost + doubled + falselySaved + refused === 0 && isWhole && recovered <= fault.promise && outcome.acknowledged > 0;
  return {fault: fault.name, promise: fault.promise, kept, ...outcome};
}

const columns = [58, 12, 5, 12, 8, 6] as const;
const header = row('fault', 'acknowledged', 'lost', 'false Saved', 'seconds', '');

function rowOf({fault, acknowledged, lost, falselySaved, recovered, kept, note, ...rest}: Line): string {
  const why = [
    ...(rest.isWhole ? [] : ['replicas or words differ']),
    ...(rest.doubled > 0 ? [`${rest.doubled} doubled`] : []),
    ...(rest.refused > 0 ? [`${rest.refused} refused`] : []),
    ...(note === undefined ? [] : [note]),
  ].join(', ');
  const seconds = (recovered / 1000).toFixed(1);
  return `${row(fault, acknowledged, lost, falselySaved, seconds, kept ? 'kept' : 'BROKEN')} ${why}`.trimEnd();
}

function row(...cells: readonly (string | number)[]): string {
  return cells
    .map((cell, at) => (at === 0 ? String(cell).padEnd(columns[0]) : String(cell).padStart(columns[at] ?? 0)))
    .join(' ');
}
