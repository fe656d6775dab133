import {spawn} from 'node:child_process';
import {join} from 'node:path';
import type {Fault} from './fault.ts';
import type {Grounds} from './grounds.ts';
import {wordsIn} from './proof.ts';
import {areEqual} from './typists.ts';

const root = join(import.meta.dirname, '..', '..');

/** The built command line on the server's data folder. */
async function plenary({dataDir}: Grounds, ...args: readonly string[]): Promise<void> {
  const {DATABASE_URL: _database, ...environment} = process.env;
  const child = spawn(process.execPath, [join(root, 'apps/server/dist/plenary.js'), ...args], {
    env: {...environment, DATA_DIR: dataDir},
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', chunk => (complaint += String(chunk)));
  const code = await new Promise<number | null>(resolve => child.once('exit', resolve));
  if (code !== 0) throw new Error(`plenary ${args[0]} ended with ${code}: ${complaint}`);
}

/** Words that were saved before the back-up began are in what is restored; unsaved ones are offered back to who typed them. */
export const backupFaults: readonly Fault[] = [
  {
    name: 'backed up while people type, then restored under them',
    on: 'embedded',
    promise: 5_000,
    async run(grounds, {writers, words}) {
      const {paper, typists} = await grounds.seat(writers);
      const {server, wire} = grounds;
      const file = join(grounds.dataDir, 'of-the-campaign.backup.gz');
      try {
        typists.begin();
        await typists.whenSaved(words, 60_000);
        const before = [...typists.saved];
        await plenary(grounds, 'backup', '--out', file);
        await typists.whenSaved(typists.saved.size + words, 60_000);
        await server.stop();
        wire.cut();
        typists.rest();
        // Nobody is there to save these.
        typists.typeOnce();
        const unsaved = [...typists.typed].filter(word => !typists.saved.has(word));
        await plenary(grounds, 'restore', '--from', file, '--replace');
        await server.start();
        const returnedAt = performance.now();
        const found = wordsIn(await grounds.read(paper));
        wire.mend();
        await typists.whenAllSaved(30_000);
        const recovered = performance.now() - returnedAt;
        const offered = typists.states.flatMap(state => state.offered.map(({text}) => text)).join(' ');
        const lost = [...before.filter(word => !found.has(word)), ...unsaved.filter(word => !offered.includes(word))];
        const isWhole = areEqual(typists.docs) && typists.states.every(({epoch}) => epoch !== null && epoch > 1);
        return {
          acknowledged: typists.saved.size,
          lost: lost.length,
          doubled: [...found.values()].filter(times => times > 1).length,
          falselySaved: 0,
          refused: 0,
          recovered,
          isWhole,
          note: `${before.length} words before the back-up are there, ${unsaved.length} unsaved ones offered back`,
        };
      } finally {
        await typists.getUp();
      }
    },
  },
];
