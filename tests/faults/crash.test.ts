import {test} from 'vitest';
import {crashWhileTyping} from '../support/crash.ts';

test('R20: nothing that was acknowledged is lost when the server is killed in mid-typing', async () => {
  await crashWhileTyping({rounds: 5, writers: 4, perRound: 200});
});
