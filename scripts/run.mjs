// Every npm script goes through here, so that a machine with only Node and npm can run it: the exact pnpm comes through
// npx, packages are installed when the lockfile changed, and what is built is built again only when its sources changed.
import {spawn, spawnSync} from 'node:child_process';
import {existsSync, readFileSync, rmSync, writeFileSync, mkdirSync} from 'node:fs';
import {createHash} from 'node:crypto';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {ensureChromium} from './chromium.mjs';
import {sourcesDigest} from './sources.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(root);
const [command = 'start', ...rest] = process.argv.slice(2);

const pnpmVersion = JSON.parse(readFileSync('package.json', 'utf8')).packageManager.split('@')[1];

function say(sentence) {
  process.stdout.write(`${sentence}\n`);
}

function run(program, args, environment = {}) {
  const {status, signal} = spawnSync(program, args, {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: {...process.env, ...environment},
  });
  return signal ? 1 : (status ?? 1);
}

function must(program, args, environment) {
  const status = run(program, args, environment);
  if (status !== 0) process.exit(status);
}

function bin(name) {
  return join('node_modules', '.bin', name);
}

function digestOf(...texts) {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text);
  return hash.digest('hex');
}

function install() {
  const stamp = join('node_modules', '.plenary-installed');
  const wanted = digestOf(readFileSync('pnpm-lock.yaml'), pnpmVersion, process.version);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say('Installing packages …');
  must('npx', ['--yes', `pnpm@${pnpmVersion}`, 'install', '--frozen-lockfile', '--prefer-offline']);
  writeFileSync(stamp, wanted);
}

function build() {
  const stamp = join('.cache', 'built');
  const wanted = sourcesDigest();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && existsSync('apps/server/dist/serve.js')) return;
  rmSync(stamp, {force: true});
  say('Building the pages …');
  must(bin('vite'), ['build', '--logLevel', 'warn', 'apps/web']);
  say('Building the server …');
  must(process.execPath, ['scripts/build-server.mjs']);
  mkdirSync('.cache', {recursive: true});
  writeFileSync(stamp, wanted);
}

/** Runs in the foreground and hands signals on, so that a stop of npm stops the server properly. */
function become(program, args, environment = {}) {
  const child = spawn(program, args, {stdio: 'inherit', env: {...process.env, ...environment}});
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

function runTests(projects) {
  const report = join('.cache', 'tests.json');
  mkdirSync('.cache', {recursive: true});
  rmSync(report, {force: true});
  const browser = ensureChromium(say);
  const environment = browser ? {CHROMIUM: browser} : {};
  const status = run(
    bin('vitest'),
    [
      'run',
      ...projects.flatMap(name => ['--project', name]),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...rest,
    ],
    environment,
  );
  let passed = 0;
  let failed = 0;
  let skipped = 0;
  if (existsSync(report)) {
    const result = JSON.parse(readFileSync(report, 'utf8'));
    passed = result.numPassedTests;
    failed = result.numFailedTests;
    skipped = result.numPendingTests + result.numTodoTests;
    // A file that does not load has no failed test in it, and yet must not pass.
    if (failed === 0 && (status !== 0 || result.success === false)) failed = 1;
  } else {
    failed = 1;
  }
  say(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
  process.exit(failed === 0 && passed > 0 ? 0 : 1);
}

const commands = {
  start() {
    install();
    build();
    become(process.execPath, ['apps/server/dist/serve.js']);
  },
  dev() {
    install();
    become(process.execPath, ['scripts/dev.mjs']);
  },
  build() {
    install();
    build();
  },
  test() {
    install();
    build();
    runTests(['unit', 'whole']);
  },
  'test:all'() {
    install();
    build();
    runTests(['unit', 'whole', 'long']);
  },
  check() {
    install();
    const steps = [
      ['formatting', bin('oxfmt'), ['--check', '.']],
      ['lint', bin('oxlint'), ['--type-aware']],
      ['types', bin('tsc'), ['-p', '.']],
      ...(rest.includes('--without-tests') ? [] : [['unit tests', bin('vitest'), ['run', '--project', 'unit']]]),
    ];
    for (const [name, program, args] of steps) {
      say(`Checking ${name} …`);
      must(program, args);
    }
  },
  /** Simulated lives of rooms, `npm run soak -- 5000` of each kind. */
  soak() {
    install();
    const seeds = rest[0] ?? '2000';
    become(bin('vitest'), ['run', '--project', 'unit', 'packages/room/src/simulation'], {SIMULATION_SEEDS: seeds});
  },
  hostile() {
    install();
    build();
    become(process.execPath, ['--import', 'tsx', 'tests/hostile/hostile.ts', ...rest]);
  },
  faults() {
    install();
    build();
    become(process.execPath, ['--import', 'tsx', 'tests/faults/run.ts', ...rest]);
  },
  /** Runs every proof and writes TRUST.md from what they print; half an hour. */
  trust() {
    install();
    build();
    become(process.execPath, ['--import', 'tsx', 'tests/trust/trust.ts', ...rest]);
  },
  /** `npm run bench` measures this server beside others; `-- room`, `-- storm`, `-- follow`, `-- history` measure it alone. */
  bench() {
    install();
    build();
    const [name, ...more] = rest[0]?.startsWith('--')
      ? ['bench', ...rest]
      : ['bench', ...rest].slice(rest.length ? 1 : 0);
    become(process.execPath, ['--import', 'tsx', join('tests', 'load', `${name}.ts`), ...more]);
  },
  plenary() {
    install();
    build();
    become(process.execPath, ['apps/server/dist/plenary.js', ...rest]);
  },
};

const chosen = commands[command];
if (!chosen) {
  say(`There is no command “${command}”. There are: ${Object.keys(commands).join(', ')}.`);
  process.exit(2);
}
chosen();
