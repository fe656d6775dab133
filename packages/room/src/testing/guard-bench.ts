import * as Y from 'yjs';
import {Guard} from '../guard.ts';
import {Authors} from '../guard/authors.ts';
import {isPlaced} from '../guard/order.ts';
import {rootsOf} from '../guard/places.ts';
import {seeded} from './seeded.ts';

/** Prints what judging one keystroke costs in papers of 100 to 10,000 words: `npx tsx packages/room/src/testing/guard-bench.ts`. */

const rounds = 20_000;

function paperOf(words: number): Y.Doc {
  const next = seeded(words);
  const doc = new Y.Doc();
  const body = doc.getText('body');
  for (let at = 0; at < words / 25; at++) body.insertEmbed(body.length, {p: `paragraph-${at}`}, {});
  // Scattered, so that the text falls into many structs as after months of editing.
  for (let at = 0; at < words; at++) body.insert(1 + next(body.length), 'words ', {});
  return doc;
}

function microseconds(act: () => void): number {
  for (let at = 0; at < rounds / 10; at++) act();
  const started = performance.now();
  for (let at = 0; at < rounds; at++) act();
  return ((performance.now() - started) / rounds) * 1_000;
}

for (const words of [100, 1_000, 10_000]) {
  const writer = paperOf(words);
  const doc = new Y.Doc();
  const roots = rootsOf(doc);
  const whole = Y.encodeStateAsUpdate(writer);
  Y.applyUpdate(doc, whole);
  const guard = new Guard(doc, new Authors([[writer.clientID, 1]]));
  let key = new Uint8Array();
  writer.on('update', (update: Uint8Array) => {
    key = update as Uint8Array<ArrayBuffer>;
  });
  const body = writer.getText('body');
  body.insert(Math.floor(body.length / 2), 'k', {});
  const sender = {actor: 1, isServer: false};
  const check = microseconds(() => guard.check(key, sender));
  const {before} = guard.check(key, sender);
  Y.applyUpdate(doc, key);
  const placed = microseconds(() => isPlaced(doc, roots.body._start, before));
  const empty = new Guard(new Y.Doc(), new Authors([]));
  const started = performance.now();
  let sync: string;
  try {
    empty.check(whole, sender);
    sync = `${(performance.now() - started).toFixed(0)} ms`;
  } catch (error) {
    sync = `refused: ${(error as Error).message}`;
  }
  process.stdout.write(
    `${words} words, ${whole.byteLength} bytes: keystroke ${check.toFixed(1)} µs to judge, ${placed.toFixed(2)} µs to place; all in one update ${sync}\n`,
  );
}
