import {parentPort} from 'node:worker_threads';
import {Refusal} from '@plenary/domain/refusal';
import type {ThreadAnswer} from './thread.ts';

/** The other end of `createThread`: answers every piece of work that comes in. */
export function workInThread<Asked, Done>(work: (asked: Asked) => Done | Promise<Done>): void {
  const port = parentPort;
  if (!port) throw new Error('This file is a worker.');
  port.on('message', (asked: Asked) => {
    void answer(asked, work).then(answered => port.postMessage(answered));
  });
  const ready: ThreadAnswer<Done> = {ready: true};
  port.postMessage(ready);
}

async function answer<Asked, Done>(
  asked: Asked,
  work: (asked: Asked) => Done | Promise<Done>,
): Promise<ThreadAnswer<Done>> {
  try {
    return {done: await work(asked)};
  } catch (error) {
    if (error instanceof Refusal) return {refused: {code: error.code, details: error.details}};
    return {failed: error instanceof Error ? (error.stack ?? error.message) : 'unknown'};
  }
}
