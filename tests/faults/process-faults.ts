import {pause} from '../hostile/grounds.ts';
import {until} from '../support/server.ts';
import {whileTyping, type Fault} from './fault.ts';
import {killAndRead} from './proof.ts';

const hour = 3_600_000;
const afterRestart = 5_000;

/** What happens to the server's process. */
export const processFaults: readonly Fault[] = [
  {
    name: 'killed in mid-typing (SIGKILL)',
    on: 'embedded',
    promise: afterRestart,
    run: (grounds, {writers, words, kills}) =>
      whileTyping(grounds, {writers, words, rounds: kills}, async ({paper, typists}) => {
        const {lost, doubled, listeningAt} = await killAndRead(grounds, paper, typists);
        return {returnedAt: listeningAt, lost, doubled};
      }),
  },
  {
    name: 'told to end (SIGTERM), and started again',
    on: 'embedded',
    promise: afterRestart,
    run: (grounds, {writers, words, rounds}) =>
      whileTyping(grounds, {writers, words, rounds}, async ({typists}) => {
        const code = await grounds.server.stop();
        const kept = typists.states.filter(({save}) => save === 'saved').length;
        await grounds.server.start();
        return {
          returnedAt: performance.now(),
          falselySaved: typists.typed.size > typists.saved.size && kept === typists.states.length ? 1 : 0,
          ...(code !== 0 && {note: `ended with ${code}`, lost: 1}),
        };
      }),
  },
  {
    name: 'stopped for two seconds (SIGSTOP)',
    on: 'embedded',
    promise: afterRestart,
    isLong: true,
    run: (grounds, scale) =>
      whileTyping(grounds, scale, async () => {
        grounds.server.signal('SIGSTOP');
        await pause(2_000);
        grounds.server.signal('SIGCONT');
        return {returnedAt: performance.now()};
      }),
  },
  {
    name: 'its event loop stands still for two seconds',
    on: 'embedded',
    promise: afterRestart,
    run: (grounds, scale) =>
      whileTyping(grounds, scale, async () => {
        await grounds.order({stall: 2_000});
        await pause(2_000);
        return {returnedAt: performance.now()};
      }),
  },
  {
    name: 'its clock jumps an hour ahead and two back',
    on: 'embedded',
    promise: afterRestart,
    run: (grounds, scale) =>
      whileTyping(grounds, {...scale, rounds: 2, joined: 3 * hour}, async ({typists}, round) => {
        const before = grounds.wire.lines;
        await grounds.order({clock: round === 0 ? hour : -hour});
        const returnedAt = performance.now();
        // Pings are due every fifteen seconds: whoever is asked after the jump must not be taken for gone.
        await typists.whenSaved(typists.saved.size + scale.words, 10_000);
        return {returnedAt, ...(grounds.wire.lines < before && {note: 'connections were dropped'})};
      }),
  },
  {
    name: 'lines left half-open, which end late',
    on: 'embedded',
    promise: afterRestart,
    run: (grounds, scale) =>
      whileTyping(grounds, scale, async ({typists}) => {
        const end = grounds.wire.leaveHalfOpen();
        const returnedAt = performance.now();
        await until(
          () => typists.states.every(({connection}) => connection === 'open'),
          20_000,
          'everybody to be back',
        );
        const lines = grounds.wire.lines;
        end();
        await typists.whenSaved(typists.saved.size + scale.words, 10_000);
        return {
          returnedAt,
          ...(grounds.wire.lines < lines && {note: 'a late end took its successor with it', lost: 1}),
        };
      }),
  },
];
