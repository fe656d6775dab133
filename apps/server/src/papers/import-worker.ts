// Reads imported files in a thread of its own: a long one takes a second, in which nobody else could type.
import {parentPort} from 'node:worker_threads';
import {Refusal} from '@plenary/domain/refusal';
import {importSource} from './import-source.ts';
import type {ImportAnswer, ImportAsked} from './importing.ts';

const port = parentPort;
if (!port) throw new Error('This file is a worker.');

port.on('message', ({id, source, language}: ImportAsked) => {
  port.postMessage(answer(id, () => importSource(source, language)));
});

function answer(id: number, read: () => ReturnType<typeof importSource>): ImportAnswer {
  try {
    return {id, imported: read()};
  } catch (error) {
    if (error instanceof Refusal) return {id, refused: {code: error.code, details: error.details}};
    return {id, failed: error instanceof Error ? error.message : 'unknown'};
  }
}
