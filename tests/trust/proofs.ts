/** A suite that proves a promise, in a long and a short form. */
export interface Proof {
  readonly promise: string;
  readonly whole: readonly string[];
  readonly short: readonly string[];
  readonly environment?: (isShort: boolean) => Record<string, string>;
  /** The lines of its output that hold its figures; one at least must be there. */
  readonly figures: RegExp;
}

const unit = (...where: readonly string[]): readonly string[] => [
  'npx',
  'vitest',
  'run',
  '--project',
  'unit',
  ...where,
];
const summary = /^\s*(Test Files|Tests)\s/;

export const proofs: readonly Proof[] = [
  {
    promise:
      'A room keeps its invariants through crashes, torn writes, half-open lines and a failing store (simulated).',
    whole: unit('packages/room/src/simulation'),
    short: unit('packages/room/src/simulation'),
    environment: isShort => ({SIMULATION_SEEDS: isShort ? '45' : '1000'}),
    figures: summary,
  },
  {
    promise:
      'What is called Saved survives what happens to processes, disks, databases and machines; nothing else is called Saved.',
    whole: ['npm', 'run', '-s', 'faults'],
    short: ['npm', 'run', '-s', 'faults', '--', '--short'],
    figures: /(kept|BROKEN)\b|^\d+ faults/,
  },
  {
    promise: 'A hostile client destroys, forges and delays nothing of others.',
    whole: ['npm', 'run', '-s', 'hostile'],
    short: ['npm', 'run', '-s', 'hostile', '--', '--frames', '2000'],
    figures: /attacks|fuzzed frames|^Honest people|^From a word|^Heap|SUCCESS/,
  },
  {
    promise: 'The guard refuses what would break a paper, and no honest edit.',
    whole: unit('packages/room/src/guard.test.ts', 'packages/room/src/guard.fuzz.test.ts'),
    short: unit('packages/room/src/guard.test.ts', 'packages/room/src/guard.fuzz.test.ts'),
    figures: summary,
  },
  {
    promise: 'Editing together loses no word, whatever is split, joined, moved and undone.',
    whole: unit('packages/paper'),
    short: unit('packages/paper'),
    figures: summary,
  },
  {
    promise: 'The ledger shows every change of what it recorded; no changed receipt is accepted.',
    whole: ['node', '--import', 'tsx', 'packages/ledger/src/testing/fuzz-receipts.ts', '100000', '20261125'],
    short: ['node', '--import', 'tsx', 'packages/ledger/src/testing/fuzz-receipts.ts', '10000', '20261125'],
    figures: /changed receipts/,
  },
  {
    promise: 'Data folders and clients of every earlier release open and join.',
    whole: ['npx', 'vitest', 'run', '--project', 'whole', 'tests/upgrade'],
    short: ['npx', 'vitest', 'run', '--project', 'whole', 'tests/upgrade'],
    figures: /✓|×|^\s*Tests\s/,
  },
];
