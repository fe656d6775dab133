import {until} from '../support/server.ts';
import type {Fault} from './fault.ts';
import {killAndRead} from './proof.ts';
import {Typists} from './typists.ts';

/** Between two who come or go; an empty room is given up some seconds after the last has left. */
const linger = 10_000;

export const crowdFaults: readonly Fault[] = [
  {
    name: 'all come back at once after a restart',
    on: 'embedded',
    promise: 20_000,
    async run(grounds, {writers, words, crowd}) {
      const {paper, typists} = await grounds.seat(writers);
      const readers = await Typists.sitDown({servers: [grounds.url], paper, count: crowd, names: 'reader', each: 20});
      try {
        // Each word goes to everybody: a crowd this large reads, and few write.
        typists.begin(crowd);
        await typists.whenSaved(Math.min(words, crowd), 120_000);
        await grounds.server.stop();
        await grounds.server.start();
        const listeningAt = performance.now();
        typists.rest();
        const back: number[] = [];
        await until(
          () => {
            const open = readers.states.filter(({synced}) => synced).length;
            while (back.length < open) back.push(performance.now() - listeningAt);
            return typists.areAllSaved && readers.areAllSaved;
          },
          60_000,
          'everybody to be back',
        );
        const recovered = performance.now() - listeningAt;
        const most = Math.max(...back.map(at => back.filter(other => other >= at && other < at + 1_000).length));
        const {lost, doubled} = await killAndRead(grounds, paper, typists);
        return {
          acknowledged: typists.saved.size,
          lost,
          doubled,
          falselySaved: 0,
          refused: typists.refusals,
          recovered,
          isWhole: true,
          note: `${crowd + writers} connections, at most ${most} of them within one second`,
        };
      } finally {
        await Promise.all([typists.getUp(), readers.getUp()]);
      }
    },
  },
  {
    name: 'rooms are left and entered while they are being given up',
    on: 'embedded',
    promise: 5_000,
    isLong: true,
    async run(grounds, {words, rounds}) {
      const {paper, typists} = await grounds.seat(2);
      typists.begin();
      await typists.whenSaved(words, 60_000);
      typists.rest();
      await typists.whenAllSaved(20_000);
      const saved = new Set(typists.saved);
      await typists.getUp();
      let recovered = 0;
      let last = typists;
      for (let round = 0; round < rounds; round++) {
        // Just before, at and just after the moment at which the empty room leaves the memory.
        await new Promise(resolve => setTimeout(resolve, linger - 150 + 100 * (round % 4)));
        const began = performance.now();
        last = await Typists.sitDown({
          servers: [grounds.url],
          paper,
          count: 2,
          names: `late-${round}`,
          mark: `${round}`,
        });
        last.typeOnce();
        await last.whenAllSaved(20_000);
        recovered = Math.max(recovered, performance.now() - began);
        for (const word of last.saved) saved.add(word);
        if (round < rounds - 1) await last.getUp();
      }
      const {lost, doubled} = await killAndRead(grounds, paper, {saved});
      await last.getUp();
      return {acknowledged: saved.size, lost, doubled, falselySaved: 0, refused: 0, recovered, isWhole: true};
    },
  },
];
