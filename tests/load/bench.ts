import {spawn, spawnSync} from 'node:child_process';
import {appendFileSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {cpus} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {jobs, tablesOf, type Job, type Run} from './peer-runs.ts';

/**
 * This server beside others, alternating, in one run on one machine: `npm run bench`. The load generator and the peers lie
 * beside this repository and are no part of it; where they are absent, `npm run bench -- room` measures this server alone.
 * Each run prints one JSON line; the tables go into docs/performance.md. `BENCH_DATABASE_URL` names a PostgreSQL server on
 * which databases may be made, and adds a target.
 *
 * `--jobs co-edit,overload` and `--targets plenary-pglite,hocuspocus4-sqlite` choose; `--seconds 20`, `--rounds 1`.
 */
const root = join(import.meta.dirname, '..', '..');
const {values} = parseArgs({
  options: {
    jobs: {type: 'string'},
    targets: {type: 'string'},
    seconds: {type: 'string', default: '20'},
    rounds: {type: 'string', default: '1'},
    write: {type: 'boolean', default: false},
  },
});

const ours = ['plenary-pglite', ...(process.env.BENCH_DATABASE_URL ? ['plenary-postgres'] : []), 'plenary-stream'];
const others = ['relay-net', 'relay-ws', 'relay-socketio', 'y-websocket-server-level', 'hocuspocus4-sqlite'];

/** Where the generator can run: a copy with its packages, since the original is not ours to write in. */
function generatorFolder(): string | null {
  if (process.env.PEERBENCH) return process.env.PEERBENCH;
  const original = join(root, '..', 'shared', 'peerbench');
  if (!existsSync(join(original, 'bench.mjs'))) return null;
  const copy = join(root, '.cache', 'peerbench');
  if (!existsSync(join(copy, 'node_modules', '.package-lock.json'))) {
    console.error('Installing the peers …');
    cpSync(original, copy, {recursive: true});
    spawnSync('chmod', ['-R', 'u+w', copy]);
    const {status} = spawnSync('npm', ['run', 'setup'], {cwd: copy, stdio: ['ignore', 'ignore', 'inherit']});
    if (status !== 0) throw new Error('The peers could not be installed.');
  }
  return copy;
}

/** A run takes as long as its scenario; one that hangs is given up after ten minutes. */
async function measure(folder: string, target: string, job: Job): Promise<Run> {
  // One peer chokes on messages without a pause.
  const pace = job.name === 'cold open' && target.startsWith('hocuspocus') ? ['--pace', '4000'] : [];
  const child = spawn(
    process.execPath,
    ['bench.mjs', '--target', target, ...job.args, ...pace, '--var', join(root, '.cache', 'bench')],
    {
      cwd: folder,
      env: {...process.env, PEERBENCH_TARGETS: join(import.meta.dirname, 'peer-targets.mjs')},
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 600_000,
    },
  );
  let output = '';
  let trouble = '';
  child.stdout.on('data', chunk => (output += String(chunk)));
  child.stderr.on('data', chunk => (trouble += String(chunk)));
  await new Promise(resolve => child.once('close', resolve));
  const line = output.trim().split('\n').at(-1);
  return line?.startsWith('{')
    ? (JSON.parse(line) as Run)
    : {target, scenario: job.name, error: trouble.slice(-300) || 'It was given up.'};
}

function write(tables: string): void {
  const page = join(root, 'docs', 'performance.md');
  const [before] = readFileSync(page, 'utf8').split('<!-- measured -->');
  const model = cpus()[0]?.model ?? 'unknown';
  const about = `Measured on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} cores (${model}), Node ${process.versions.node}; the server on one core, the load generator on the other.`;
  writeFileSync(page, `${before}<!-- measured -->\n\n${about}\n\n${tables}\n`);
}

const folder = generatorFolder();
if (!folder) {
  console.error('The load generator with the peers is not here (../shared/peerbench): nothing is compared.');
  console.error('`npm run bench -- room` measures this server alone.');
  process.exit(1);
}
const chosenJobs = jobs(Number(values.seconds)).filter(
  ({name}) => !values.jobs || values.jobs.split(',').some(one => name === one || name.startsWith(`${one} `)),
);
const chosenTargets = values.targets?.split(',') ?? [...ours, ...others];
const lines = join(root, '.cache', 'bench', `${new Date().toISOString().slice(0, 16).replace(':', '')}.jsonl`);
mkdirSync(join(root, '.cache', 'bench'), {recursive: true});
const runs = new Map<string, Run[]>();
for (const job of chosenJobs) {
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const target of chosenTargets.filter(job.suits)) {
      const run = await measure(folder, target, job);
      const line = JSON.stringify({job: job.name, ...run});
      console.log(line);
      appendFileSync(lines, `${line}\n`);
      runs.set(job.name, [...(runs.get(job.name) ?? []), run]);
    }
  }
}
const tables = tablesOf(chosenJobs, runs);
console.log(`\n${tables}`);
if (values.write) write(tables);
