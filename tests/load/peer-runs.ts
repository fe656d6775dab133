/** A run of the load generator: one scenario at one size against one server. */
export interface Run {
  readonly target: string;
  readonly scenario: string;
  readonly writers?: number;
  readonly followers?: number;
  readonly docs?: number;
  readonly edits?: number;
  readonly quietS?: number;
  readonly p50?: number;
  readonly p99?: number;
  readonly delivered?: number;
  readonly expected?: number;
  readonly serverCpuPct?: number;
  readonly usPerDelivery?: number;
  readonly genCpuPct?: number;
  readonly othersOnServerCpuPct?: number;
  readonly othersOnGenCpuPct?: number;
  readonly coldContentMs?: number;
  readonly warmContentMs?: number;
  readonly ingestPerSec?: number;
  readonly correct?: string;
  readonly seenByOthers?: number;
  readonly lostSeen?: number;
  readonly lostSent?: number;
  readonly perConnKB?: number;
  readonly perDocKB?: number;
  readonly error?: string;
}

/** What is asked of the load generator, and for which servers it makes sense. */
export interface Job {
  readonly name: string;
  readonly title: string;
  readonly args: readonly string[];
  readonly suits: (target: string) => boolean;
}

const keepsPapers = (target: string): boolean => !target.startsWith('relay') && target !== 'plenary-stream';
const isRoom = (target: string): boolean => target !== 'plenary-stream';
const anybody = (): boolean => true;

/** `seconds` is how long people type in each. */
export function jobs(seconds: number): readonly Job[] {
  const typing = ['--seconds', String(seconds)];
  const coEdit = [10, 50, 100].map(writers => ({
    name: `co-edit ${writers}`,
    title: `${writers} writers in one paper`,
    args: ['--scenario', 'a', '--writers', String(writers), ...typing],
    suits: isRoom,
  }));
  const follow = [200, 1000, 2000].map(followers => ({
    name: `follow ${followers}`,
    title: `3 writers, ${followers.toLocaleString('en')} who follow`,
    args: ['--scenario', 'b', '--followers', String(followers), ...typing],
    suits: anybody,
  }));
  return [
    ...coEdit,
    ...follow,
    {
      name: 'overload',
      title: '24 writers, 1,000 who follow: 120,000 deliveries a second',
      args: ['--scenario', 'b', '--followers', '1000', '--writers', '24', '--seconds', '8', '--drain', '20'],
      suits: isRoom,
    },
    {
      name: 'papers',
      title: '200 papers, 3 connections each, one of whom types',
      args: ['--scenario', 'c', '--docs', '200', '--clients', '3', ...typing],
      suits: isRoom,
    },
    {
      name: 'cold open',
      title: 'A paper of 100,000 edits, opened after a restart',
      args: ['--scenario', 'd', '--edits', '100000', '--repeats', '5'],
      suits: keepsPapers,
    },
    ...[0, 2].map(quiet => ({
      name: `kill ${quiet}`,
      title: quiet ? `kill -9 after ${quiet} s of silence` : 'kill -9 in mid-typing',
      args: ['--scenario', 'e', '--quiet', String(quiet)],
      suits: keepsPapers,
    })),
    {
      name: 'memory',
      title: '1,000 idle connections; 500 open papers of 10 kB',
      args: ['--scenario', 'f', '--connections', '1000', '--docs', '500', '--docbytes', '10000'],
      suits: isRoom,
    },
  ];
}

/** This server. */
export function isOurs(target: string): boolean {
  return target.startsWith('plenary');
}
/** Bytes passed on without a document, an identity or a log: what the machine can do at most. */
export function isRelay(target: string): boolean {
  return target.startsWith('relay');
}

/** Of several runs of one target the one that other programs disturbed least. */
export function leastDisturbed(runs: readonly Run[]): Run | undefined {
  const noise = (run: Run): number => (run.othersOnServerCpuPct ?? 0) + (run.othersOnGenCpuPct ?? 0);
  return runs.filter(run => run.error === undefined).toSorted((a, b) => noise(a) - noise(b))[0];
}

type Column = readonly [head: string, value: (run: Run) => number | string | undefined];

const latency: readonly Column[] = [
  ['p50 ms', run => run.p50],
  ['p99 ms', run => run.p99],
  ['CPU %', run => run.serverCpuPct],
  ['CPU µs a delivery', run => run.usPerDelivery],
  ['delivered', run => (run.delivered === run.expected ? 'all' : `${run.delivered} of ${run.expected}`)],
  ['others on the CPUs %', run => `${run.othersOnServerCpuPct ?? '?'}/${run.othersOnGenCpuPct ?? '?'}`],
];
const opening: readonly Column[] = [
  ['whole text ms', run => run.coldContentMs],
  ['again ms', run => run.warmContentMs],
  ['edits/s typed in', run => run.ingestPerSec],
  ['correct', run => run.correct],
];
const survival: readonly Column[] = [
  ['seen by others', run => run.seenByOthers],
  ['of these lost', run => run.lostSeen],
  ['sent and lost', run => run.lostSent],
];
const memory: readonly Column[] = [
  ['kB an idle connection', run => run.perConnKB],
  ['kB an open paper', run => run.perDocKB],
];

function columnsOf(name: string): {columns: readonly Column[]; measure: (run: Run) => number | undefined} {
  if (name === 'cold open') return {columns: opening, measure: run => run.coldContentMs};
  if (name.startsWith('kill')) return {columns: survival, measure: run => run.lostSeen};
  if (name === 'memory') return {columns: memory, measure: run => run.perConnKB};
  return {columns: latency, measure: run => run.p99};
}

/** A table a job, with the ratio to the best of the peers (below 1: better than every peer). */
export function tablesOf(asked: readonly Job[], runs: ReadonlyMap<string, readonly Run[]>): string {
  return asked
    .map(({name, title}) => {
      const {columns, measure} = columnsOf(name);
      const targets = new Map<string, Run[]>();
      for (const run of runs.get(name) ?? []) targets.set(run.target, [...(targets.get(run.target) ?? []), run]);
      const best = [...targets.values()].flatMap(of => leastDisturbed(of) ?? []);
      const peers = best.filter(run => !isOurs(run.target) && !isRelay(run.target)).flatMap(run => measure(run) ?? []);
      const bestPeer = Math.min(...peers);
      const rows = best.map(run => {
        const own = measure(run);
        const ratio =
          own !== undefined && bestPeer > 0 && Number.isFinite(bestPeer) ? (own / bestPeer).toFixed(2) : '–';
        return [run.target, ...columns.map(([, value]) => value(run) ?? '–'), ratio];
      });
      const head = ['server', ...columns.map(([text]) => text), 'to the best peer'];
      return [
        `### ${title}`,
        '',
        `| ${head.join(' | ')} |`,
        `|${' --- |'.repeat(head.length)}`,
        ...rows.map(row => `| ${row.join(' | ')} |`),
      ].join('\n');
    })
    .join('\n\n');
}
