import {test} from 'vitest';
import {crashWhileTyping} from '../support/crash.ts';

test('R20: twenty kills while eight people type, 10,000 acknowledged edits, none lost', async () => {
  await crashWhileTyping({rounds: 20, writers: 8, perRound: 500});
});
