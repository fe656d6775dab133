import {pause} from '../hostile/grounds.ts';
import {call} from '../support/members.ts';
import {whileTyping, type Fault} from './fault.ts';
import type {Grounds} from './grounds.ts';
import type {Typists} from './typists.ts';

const afterReturn = 3_000;
/** What had been stored when the line broke may still be told. */
const underWay = 300;

/** Everybody types on for so long while nothing can be stored; answers with what was called Saved meanwhile. */
async function typeInVain(typists: Typists, ms: number): Promise<number> {
  await pause(Math.min(underWay, ms));
  const saved = typists.saved.size;
  await pause(Math.max(0, ms - underWay));
  return typists.saved.size - saved;
}

async function heapOf({server}: Grounds): Promise<number> {
  const {body} = await call<string>(server.url, null, 'GET', '/metrics');
  return Number(/^nodejs_heap_used_bytes (\d+)/m.exec(body)?.[1] ?? 0) / 1e6;
}

/** What happens to PostgreSQL, or to the line to it. */
export const databaseFaults: readonly Fault[] = [
  {
    name: 'the database is gone',
    on: 'postgres',
    promise: afterReturn,
    run: (grounds, scale) =>
      whileTyping(grounds, {writers: scale.writers, words: scale.words}, async ({typists}) => {
        const before = await heapOf(grounds);
        grounds.database?.cut();
        const falselySaved = await typeInVain(typists, scale.outage);
        const grown = (await heapOf(grounds)) - before;
        grounds.database?.mend();
        const returnedAt = performance.now();
        return {returnedAt, falselySaved, note: `${scale.outage / 1000} s, heap ${grown.toFixed(0)} MB more`};
      }),
  },
  {
    name: 'the database is gone, and the clock is set back an hour meanwhile',
    on: 'postgres',
    promise: afterReturn,
    run: (grounds, scale) =>
      whileTyping(grounds, {writers: scale.writers, words: scale.words, joined: 7_200_000}, async ({typists}) => {
        grounds.database?.cut();
        await pause(200);
        await grounds.order({clock: -3_600_000});
        const falselySaved = await typeInVain(typists, 1_500);
        grounds.database?.mend();
        return {returnedAt: performance.now(), falselySaved};
      }),
  },
  {
    name: 'the database falls silent',
    on: 'postgres',
    promise: afterReturn,
    isLong: true,
    run: (grounds, scale) =>
      whileTyping(grounds, {writers: scale.writers, words: scale.words}, async ({typists}) => {
        grounds.database?.mute();
        const falselySaved = await typeInVain(typists, Math.min(scale.outage, 8_000));
        grounds.database?.speak();
        return {returnedAt: performance.now(), falselySaved};
      }),
  },
  {
    name: 'the database answers two seconds late',
    on: 'postgres',
    promise: afterReturn,
    isLong: true,
    run: (grounds, scale) =>
      whileTyping(grounds, {writers: scale.writers, words: scale.words}, async ({typists}) => {
        if (grounds.database) grounds.database.delay = 2_000;
        await pause(4_000);
        const {size} = typists.saved;
        if (grounds.database) grounds.database.delay = 0;
        return {returnedAt: performance.now(), note: `${size} words saved by then`};
      }),
  },
  {
    name: 'what was stored is never told (commit unknown)',
    on: 'postgres',
    promise: afterReturn,
    run: (grounds, scale) =>
      whileTyping(grounds, {...scale, rounds: scale.rounds}, async () => {
        await grounds.database?.swallowAnswerTo('append');
        return {returnedAt: performance.now()};
      }),
  },
];
