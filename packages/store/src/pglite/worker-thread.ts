import {Worker} from 'node:worker_threads';
import {DatabaseError} from '../wire/database-error.ts';
import type {FromWorker, Job, JobResults, ToWorker, WorkerStart} from './port.ts';

interface Waiting {
  resolve(value: JobResults[keyof JobResults]): void;
  reject(error: Error): void;
}

/** Beside the sources this is TypeScript behind a loader, beside the server's bundle a bundle of its own. */
function defaultWorkerUrl(): URL {
  const inSources = import.meta.url.endsWith('.ts');
  return new URL(inSources ? './worker-from-sources.mjs' : './pglite-worker.js', import.meta.url);
}

/** The database's thread: jobs go in and come out in order. Once it has ended, everything fails until another is started. */
export class WorkerThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #ended: Error | null = null;
  readonly ended: Promise<void>;
  readonly #opened: Promise<void>;
  #settleOpening: {resolve(): void; reject(error: Error): void} | null = null;

  private constructor(worker: Worker) {
    this.#worker = worker;
    this.#opened = new Promise((resolve, reject) => {
      this.#settleOpening = {resolve, reject};
    });
    this.ended = new Promise(resolve => {
      worker.once('exit', () => {
        this.#end(new Error('The database has stopped.'));
        resolve();
      });
    });
    worker.on('error', error => this.#end(new Error('The database failed.', {cause: error})));
    worker.on('message', (message: FromWorker) => this.#receive(message));
  }

  static async start(start: WorkerStart, workerUrl: URL | undefined): Promise<WorkerThread> {
    const thread = new WorkerThread(new Worker(workerUrl ?? defaultWorkerUrl(), {workerData: start, execArgv: []}));
    await thread.#opened;
    return thread;
  }

  get alive(): boolean {
    return this.#ended === null;
  }

  ask<Wanted extends Job>(job: Wanted): Promise<JobResults[Wanted['do']]> {
    return new Promise((resolve, reject) => {
      if (this.#ended) return reject(this.#ended);
      this.#lastId += 1;
      this.#waiting.set(this.#lastId, {resolve: resolve as Waiting['resolve'], reject});
      const message: ToWorker = {id: this.#lastId, job};
      this.#worker.postMessage(message, job.do === 'wire' ? [job.message.buffer] : []);
    });
  }

  async stop(): Promise<void> {
    this.#end(new Error('The database has stopped.'));
    await this.#worker.terminate();
  }

  #receive(message: FromWorker): void {
    if ('ready' in message) return this.#settleOpening?.resolve();
    if ('unopened' in message) return this.#end(new Error(`The database could not be opened. ${message.unopened}`));
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if ('failure' in message) waiting?.reject(new DatabaseError(message.failure));
    else waiting?.resolve(message.result);
  }

  #end(error: Error): void {
    this.#ended ??= error;
    this.#settleOpening?.reject(this.#ended);
    for (const {reject} of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}
