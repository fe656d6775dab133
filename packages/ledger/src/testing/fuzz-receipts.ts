import {verifyReceipt} from '../verify.ts';
import {aLedger} from './a-ledger.ts';
import {chanceFrom, mutate} from './mutations.ts';

export interface FuzzReport {
  readonly tried: number;
  /** Changes that changed nothing, and were not tried. */
  readonly same: number;
  readonly accepted: readonly string[];
  readonly problems: Readonly<Record<string, number>>;
}

/** Asks for a verdict on `count` receipts that are not valid, and before them on the valid ones they are made of. */
export function fuzzReceipts(count: number, seed: number): FuzzReport {
  const ledger = aLedger(70);
  const other = aLedger(70, {seed: 9});
  for (let size = 1; size <= 70; size++) {
    for (let index = 0; index < size; index += 7) {
      const text = JSON.stringify(ledger.receipt(index, size));
      if (!verifyReceipt(text, ledger.keys).ok) throw new Error(`The honest receipt ${index} of ${size} is refused.`);
    }
  }
  const chance = chanceFrom(seed);
  const accepted: string[] = [];
  const problems: Record<string, number> = {};
  let tried = 0;
  let same = 0;
  while (tried < count) {
    const text = mutate(ledger, other, chance);
    if (text === null) {
      same++;
      continue;
    }
    tried++;
    const found = verifyReceipt(text, ledger.keys);
    if (found.ok) accepted.push(text);
    else problems[found.problem] = (problems[found.problem] ?? 0) + 1;
  }
  return {tried, same, accepted, problems};
}

// node --import tsx packages/ledger/src/testing/fuzz-receipts.ts [count] [seed]
if (process.argv[1]?.endsWith('fuzz-receipts.ts')) {
  const count = Number(process.argv[2] ?? 100_000);
  const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
  const {tried, accepted, problems} = fuzzReceipts(count, seed);
  process.stdout.write(`${tried} changed receipts, ${accepted.length} accepted (seed ${seed})\n`);
  for (const [problem, times] of Object.entries(problems)) process.stdout.write(`  ${problem}: ${times}\n`);
  for (const text of accepted.slice(0, 5)) process.stdout.write(`${text}\n`);
  process.exitCode = accepted.length === 0 ? 0 : 1;
}
