import {until} from '../support/server.ts';
import type {Grounds} from './grounds.ts';
import {areEqual, type Typists} from './typists.ts';

export interface Finding {
  /** Words that a client has shown as Saved and that a fresh process does not find. */
  readonly lost: number;
  /** Words that stand there more than once. */
  readonly doubled: number;
  /** When the new process answered. */
  readonly listeningAt: number;
}

/**
 * Kills the server, and reads what a new process finds before any client comes back: a client would bring again what was
 * lost, and hide it.
 */
export async function killAndRead(
  {server, wire, read}: Grounds,
  paper: string,
  typists: Pick<Typists, 'saved'>,
): Promise<Finding> {
  await server.crash();
  wire.cut();
  const saved = [...typists.saved];
  await server.start();
  const listeningAt = performance.now();
  const found = wordsIn(await read(paper));
  wire.mend();
  return {
    lost: saved.filter(word => !found.has(word)).length,
    doubled: [...found.values()].filter(times => times > 1).length,
    listeningAt,
  };
}

/** After everybody reads Saved: each word that was typed stands there once, and all replicas are the same. */
export async function isWhole(grounds: Grounds, paper: string, typists: Typists): Promise<boolean> {
  const found = wordsIn(await grounds.read(paper));
  const isComplete = typists.refusals > 0 || [...typists.typed].every(word => found.get(word) === 1);
  // What was saved last may be on its way to the others.
  await until(() => areEqual(typists.docs), 5_000, 'all replicas to be the same').catch(() => undefined);
  return isComplete && areEqual(typists.docs) && [...found.values()].every(times => times === 1);
}

/** How often each word stands there. */
export function wordsIn(text: string): Map<string, number> {
  const found = new Map<string, number>();
  for (const [word] of text.matchAll(/<\d+\.\d+>/g)) found.set(word, (found.get(word) ?? 0) + 1);
  return found;
}
