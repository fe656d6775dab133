// A process of its own for the tests that kill one: appends at full speed to the data folder that it is given, and writes
// down each acknowledged update on its standard output.
import {openStore} from '../open-store.ts';
import {aPaper, aRow} from './builders.ts';

const [dataDir, connection, slug] = process.argv.slice(2);
if (!dataDir || !connection || !slug) throw new Error('A data folder, a connection and a slug are needed.');

const store = await openStore({dataDir});
const {number} = (await store.papers.find(slug)) ?? (await aPaper(store, {slug}));

async function write(actor: number): Promise<never> {
  for (let n = 1; ; n += 1) {
    const bytes = new TextEncoder().encode(`${actor} ${n}`);
    const [seq] = await store.updates.append(number, [aRow({actor, connection: Number(connection), n, bytes})]);
    process.stdout.write(`${actor} ${n} ${seq}\n`);
  }
}

await Promise.all(Array.from({length: 16}, (_, place) => write(place + 1)));
