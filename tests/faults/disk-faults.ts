import {rmSync, writeFileSync} from 'node:fs';
import {openStore} from '@plenary/store/open-store';
import {spoilUpdate} from '@plenary/store/testing/spoil-update';
import {pause} from '../hostile/grounds.ts';
import {until} from '../support/server.ts';
import {whileTyping, type Fault} from './fault.ts';

const afterReturn = 3_000;
/** What had been stored when the disk was full may still be told. */
const underWay = 300;

/** What happens to the disk under the embedded database. */
export const diskFaults: readonly Fault[] = [
  {
    name: 'the disk is full, and the clock is set back an hour meanwhile',
    on: 'embedded',
    promise: afterReturn,
    run: (grounds, {writers, words}) =>
      whileTyping(grounds, {writers, words, joined: 7_200_000}, async ({typists}) => {
        writeFileSync(grounds.diskSwitch, '');
        await pause(underWay);
        const {size} = typists.saved;
        await grounds.order({clock: -3_600_000});
        await pause(2_000);
        const falselySaved = typists.saved.size - size;
        rmSync(grounds.diskSwitch);
        return {returnedAt: performance.now(), falselySaved};
      }),
  },
  {
    name: 'a row of a paper\u2019s log is damaged: that paper closes',
    on: 'embedded',
    promise: 5_000,
    async run(grounds, {writers, words}) {
      const spoilt = await grounds.seat(2, 'unlucky');
      try {
        spoilt.typists.begin();
        await spoilt.typists.whenSaved(10, 20_000);
        spoilt.typists.rest();
        await spoilt.typists.whenAllSaved(20_000);
        return await whileTyping(grounds, {writers, words}, async () => {
          await grounds.server.stop();
          const store = await openStore({dataDir: grounds.dataDir});
          await spoilUpdate(store, spoilt.paper);
          await store.close();
          await grounds.server.start();
          const returnedAt = performance.now();
          await until(
            () => spoilt.typists.states.every(({refusal}) => refusal?.code === 'paper.damaged'),
            10_000,
            'those in the damaged paper to be told',
          );
          return {returnedAt, note: 'its people are told, all others write on'};
        });
      } finally {
        await spoilt.typists.getUp();
      }
    },
  },
];
