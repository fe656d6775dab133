import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';

export interface Child {
  readonly process: ChildProcess;
  /** What it has written so far. */
  readonly lines: readonly string[];
  /** Resolves when it has written that many lines; rejects when it ends before. */
  writes(count: number): Promise<void>;
  kill(): Promise<void>;
}

/** Runs a script of this folder in a process of its own. */
export function startChild(script: string, ...parameters: readonly string[]): Child {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), path, ...parameters], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const waiting: {count: number; resolve(): void; reject(error: Error): void}[] = [];
  const reader = createInterface(child.stdout);
  reader.on('line', line => {
    lines.push(line);
    for (const {count, resolve} of waiting) if (lines.length >= count) resolve();
  });
  reader.on('close', () => {
    for (const {reject} of waiting) reject(new Error(`${script} ended after ${lines.length} lines.`));
  });
  return {
    process: child,
    lines,
    writes: count =>
      new Promise((resolve, reject) => {
        if (lines.length >= count) resolve();
        else waiting.push({count, resolve, reject});
      }),
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = Promise.all([once(child, 'exit'), once(reader, 'close')]);
      child.kill('SIGKILL');
      await ended;
    },
  };
}
