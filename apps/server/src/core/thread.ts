import {Worker} from 'node:worker_threads';
import {Refusal, type RefusalCode, type RefusalDetails} from '@plenary/domain/refusal';

/** What a thread says: that it has loaded, then what became of each piece of work. */
export type ThreadAnswer<Done> =
  | {readonly ready: true}
  | {readonly done: Done}
  | {readonly refused: {readonly code: RefusalCode; readonly details: RefusalDetails | undefined}}
  | {readonly failed: string};

export interface Thread<Asked, Done> {
  /** Refuses what the work refuses, `tooMuch` when it takes too long or too much memory, and `server.busy`. */
  ask(asked: Asked, signal?: AbortSignal): Promise<Done>;
  close(): Promise<void>;
}

export interface ThreadOptions {
  /** The module beside the sources, from this folder, and beside the server's bundle. */
  readonly sources: string;
  readonly bundle: string;
  /** Longest time for one piece of work, in milliseconds; what takes longer was made to. */
  readonly longest: number;
  readonly tooMuch: RefusalCode;
}

interface Job<Asked, Done> {
  readonly asked: Asked;
  resolve(done: Done): void;
  reject(error: unknown): void;
}

/** As much as the longest papers need, a few times over. Megabytes of JavaScript objects. */
const memory = 512;
const mostWaiting = 100;

/**
 * A thread for work that would keep everybody else waiting. It does one piece after another, and each by itself: one that is
 * ended takes nobody else's work with it.
 */
export function createThread<Asked, Done>(options: ThreadOptions): Thread<Asked, Done> {
  const waiting: Job<Asked, Done>[] = [];
  let current: Job<Asked, Done> | null = null;
  let worker: Worker | null = null;
  let isReady = false;
  let late: NodeJS.Timeout | undefined;
  let isClosed = false;

  function settle(use: (job: Job<Asked, Done>) => void): void {
    clearTimeout(late);
    const job = current;
    current = null;
    if (job) use(job);
    next();
  }

  /** Ends the thread in the middle of its work; the next piece gets a new one. */
  function end(error: unknown): void {
    const ended = worker;
    worker = null;
    isReady = false;
    void ended?.terminate();
    settle(job => job.reject(error));
  }

  function start(): Worker {
    const made = startWorker(options);
    made.unref();
    made.on('message', (answer: ThreadAnswer<Done>) => {
      if (worker !== made) return;
      if ('ready' in answer) {
        isReady = true;
        watch();
        return;
      }
      settle(job => {
        if ('done' in answer) job.resolve(answer.done);
        else if ('refused' in answer) job.reject(new Refusal(answer.refused.code, answer.refused.details));
        else job.reject(new Error(`A thread failed: ${answer.failed}`));
      });
    });
    made.on('error', (error: NodeJS.ErrnoException) => {
      if (worker !== made) return;
      const tooMuch = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      end(tooMuch ? new Refusal(options.tooMuch) : new Error('A thread failed.', {cause: error}));
    });
    return made;
  }

  /** The time that a thread takes to load is nobody's fault. */
  function watch(): void {
    clearTimeout(late);
    if (current && isReady) late = setTimeout(() => end(new Refusal(options.tooMuch)), options.longest);
  }

  function next(): void {
    if (current || isClosed) return;
    const job = waiting.shift();
    if (!job) return;
    current = job;
    worker ??= start();
    watch();
    worker.postMessage(job.asked, []);
  }

  return {
    ask(asked, signal) {
      return new Promise((resolve, reject) => {
        if (isClosed || waiting.length >= mostWaiting) {
          reject(new Refusal('server.busy'));
          return;
        }
        const job: Job<Asked, Done> = {asked, resolve, reject};
        waiting.push(job);
        signal?.addEventListener('abort', () => {
          const place = waiting.indexOf(job);
          if (place >= 0) waiting.splice(place, 1);
          if (current === job) end(signal.reason);
          else reject(signal.reason);
        });
        next();
      });
    },
    async close() {
      isClosed = true;
      for (const job of waiting.splice(0)) job.reject(new Refusal('server.busy'));
      const ended = worker;
      worker = null;
      settle(job => job.reject(new Refusal('server.busy')));
      await ended?.terminate();
    },
  };
}

/** Beside the sources TypeScript behind a loader, beside the server's bundle a bundle of its own. */
function startWorker({sources, bundle}: ThreadOptions): Worker {
  const inSources = import.meta.url.endsWith('.ts');
  const url = new URL(inSources ? './thread-from-sources.mjs' : bundle, import.meta.url);
  return new Worker(url, {
    execArgv: [],
    resourceLimits: {maxOldGenerationSizeMb: memory},
    workerData: {module: new URL(sources, import.meta.url).href},
  });
}
