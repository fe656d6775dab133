import * as Y from 'yjs';
import {
  databaseName,
  findKeptPaper,
  findOffered,
  forgetReplica,
  openReplica,
  readMarks,
  saveOffered,
  ask,
  type OfferedText,
} from './device.ts';
import {offerOf} from './refused-words.ts';

export interface WordsOnDevice {
  /** Its id. */
  readonly paper: string;
  readonly title: string;
  readonly offered: readonly OfferedText[];
}

/**
 * A paper that its reader may no longer open: what they wrote on this device and nobody has acknowledged is offered to
 * them, and all else of the paper leaves the device. Null where there is nothing. Its room must be closed.
 */
export async function takeWordsFromDevice(
  member: string,
  key: string,
  refusal: {readonly code: string; readonly sentence: string},
): Promise<WordsOnDevice | null> {
  const replica = await findKeptPaper(member, key);
  if (replica === null) return null;
  const {paper, epoch, title, isGone} = replica;
  if (!isGone) {
    const offered = await unsentWords(databaseName(member, paper, epoch), refusal);
    if (offered !== null) await saveOffered(member, paper, offered);
    await forgetReplica(replica);
  }
  const offered = await findOffered(member, paper);
  return offered.length === 0 ? null : {paper, title, offered};
}

async function unsentWords(
  name: string,
  refusal: {readonly code: string; readonly sentence: string},
): Promise<OfferedText | null> {
  const marks = await readMarks(name);
  if (marks.length === 0) return null;
  const doc = new Y.Doc();
  const database = await openReplica(name);
  try {
    const updates = await ask<Uint8Array[]>(database.transaction('updates').objectStore('updates').getAll());
    for (const update of updates) Y.applyUpdate(doc, update);
  } finally {
    database.close();
  }
  const acknowledged = new Map(marks.map(({client, from}) => [client, from]));
  return offerOf(doc, client => acknowledged.get(client) ?? Infinity, refusal);
}
