import {expect} from 'vitest';
import * as Y from 'yjs';
import {readPaper} from '../read.ts';
import {textOf} from '../view.ts';
import type {ParagraphContent} from '../view.ts';
import {writeContent} from '../write.ts';

/** Content with one unmarked run; what is not said is ordinary. */
export function says(text: string, rest: Partial<ParagraphContent> = {}): ParagraphContent {
  return {kind: 'text', level: 0, dir: null, lang: null, runs: text === '' ? [] : [{text, marks: {}}], ...rest};
}

/** Names p1, p2 … in order of asking. */
export function countingNames(prefix = 'p'): () => string {
  let count = 0;
  return () => `${prefix}${++count}`;
}

/** A paper whose paragraphs are called p1, p2 …, written by client 1. */
export function paperOf(...content: (string | ParagraphContent)[]): Y.Doc {
  const doc = new Y.Doc();
  doc.clientID = 1;
  writeContent(
    doc,
    content.map(part => (typeof part === 'string' ? says(part) : part)),
    countingNames(),
  );
  return doc;
}

/** Another replica of a paper as it is now. */
export function replicaOf(doc: Y.Doc, clientID: number): Y.Doc {
  const replica = new Y.Doc();
  Y.applyUpdate(replica, Y.encodeStateAsUpdate(doc));
  replica.clientID = clientID;
  return replica;
}

export function exchange(...docs: Y.Doc[]): void {
  // Twice: tidying of formats after the first round is itself a change.
  for (let round = 0; round < 3; round++) {
    for (const from of docs) {
      for (const to of docs)
        if (from !== to) Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)), 'net');
    }
  }
}

/** `p1:one p2:two`, a deleted one with `!`. */
export function shownTexts(doc: Y.Doc): string {
  return readPaper(doc)
    .map(paragraph => `${paragraph.name}${paragraph.gone ? '!' : ''}:${textOf(paragraph)}`)
    .join(' ');
}

/** A small generator of numbers below n that a seed decides (mulberry32). */
export function seededNumbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return below => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** As `expect(is).toEqual(should)`, but quick where they are: fuzz runs compare thousands of papers. */
export function expectSame(is: unknown, should: unknown): void {
  if (JSON.stringify(is) !== JSON.stringify(should)) expect(is).toEqual(should);
}
