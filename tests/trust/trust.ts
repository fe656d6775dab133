import {execFileSync, spawn} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {cpus} from 'node:os';
import {join} from 'node:path';
import {parseArgs, stripVTControlCharacters} from 'node:util';
import {pageOf, type Shown} from './trust-page.ts';
import {proofs, type Proof} from './proofs.ts';

/**
 * Runs the suites that prove what Plenary promises, and writes TRUST.md from what they print: `npm run trust`. What fails
 * is written down as what fails. `--short` runs each for a shorter time, `--only <words>` some of them, without writing.
 */
const {values} = parseArgs({options: {short: {type: 'boolean', default: false}, only: {type: 'string'}}});
const root = join(import.meta.dirname, '..', '..');

async function show(proof: Proof): Promise<Shown> {
  const args = values.short ? proof.short : proof.whole;
  const [program = '', ...words] = args;
  console.log(`\n${proof.promise}\n  ${args.join(' ')}`);
  const began = performance.now();
  const child = spawn(program, words, {cwd: root, env: {...process.env, ...proof.environment?.(values.short)}});
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', chunk => {
      output += String(chunk);
      process.stdout.write(chunk as Buffer);
    });
  }
  const code = await new Promise<number | null>(resolve => child.once('close', resolve));
  const plain = stripVTControlCharacters(output);
  const figures = plain.split('\n').filter(line => proof.figures.test(line));
  return {
    proof,
    command: args.join(' '),
    isKept: code === 0 && figures.length > 0,
    seconds: Math.round((performance.now() - began) / 1000),
    figures: figures.map(line => line.trim()),
    // The end of it is what one needs to know of a failure.
    trouble: code === 0 ? [] : plain.trimEnd().split('\n').slice(-15),
  };
}

const chosen = proofs.filter(({promise}) => values.only === undefined || promise.includes(values.only));
const shown: Shown[] = [];
for (const proof of chosen) shown.push(await show(proof));
const page = pageOf(shown, {
  date: new Date().toISOString().slice(0, 10),
  commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], {cwd: root, encoding: 'utf8'}).trim(),
  machine: `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.versions.node}`,
});
if (values.only === undefined) writeFileSync(join(root, 'TRUST.md'), page);
const broken = shown.filter(({isKept}) => !isKept).length;
console.log(`\n${shown.length} proofs, ${broken} failed`);
process.exitCode = broken === 0 ? 0 : 1;
