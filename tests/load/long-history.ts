import * as Y from 'yjs';
import type {AppendRow, Store} from '@plenary/store/store';

const words =
  'the parties shall ensure that public oversight of digital systems remains open and accountable to those whom it concerns and recall that every region takes part on an equal footing'.split(
    ' ',
  );
const wordLength = 6;
/** Keys that one person presses before they go somewhere else, at most. */
const longestBurst = 48;

/** A small generator of numbers below n that a seed decides (mulberry32). */
function numbersOf(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return below => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

export interface LongHistory {
  readonly paper: number;
  /** Numbers of the members who take turns. */
  readonly authors: readonly number[];
  readonly edits: number;
  /** About so many stay in the text however long its history grows. */
  readonly words: number;
  /** Milliseconds since 1970, of the first edit. */
  readonly from: number;
}

/**
 * Writes a paper's log as people would have: bursts of keys at one place, one update a key, words taken out again, a new
 * clientID with every page that is opened. It goes through the real store, `setNow` moves the store's clock, and it leaves the
 * snapshots that a room would have left: one every 200 updates.
 */
export async function writeHistory(
  {updates}: Pick<Store, 'updates'>,
  {paper, authors, edits, words: wanted, from}: LongHistory,
  {setNow, said}: {setNow: (now: number) => void; said: (edits: number) => void},
): Promise<Y.Doc> {
  const next = numbersOf(edits + wanted);
  const doc = new Y.Doc();
  const body = doc.getText('body');
  const clients = new Map<number, number>();
  const bound = new Set<number>();
  const counts = new Map<number, number>();
  let rows: AppendRow[] = [];
  let author = authors[0] ?? 1;
  let now = from;
  let seq = 0;
  let snapshotAt = 200;

  doc.on('update', (bytes: Uint8Array) => {
    const n = (counts.get(author) ?? 0) + 1;
    counts.set(author, n);
    const binds = bound.has(doc.clientID) ? [] : [doc.clientID];
    bound.add(doc.clientID);
    rows.push({actor: author, connection: 1, n, bytes, binds});
  });

  async function store(): Promise<void> {
    setNow(now);
    const stored = await updates.append(paper, rows);
    seq = stored.at(-1) ?? seq;
    rows = [];
    if (seq < snapshotAt) return;
    snapshotAt = seq + Math.max(200, Math.floor(edits / 50));
    await updates.saveSnapshot(paper, Y.encodeStateAsUpdate(doc), seq);
    said(seq);
  }

  function takeTurn(): void {
    author = authors[next(authors.length)] ?? author;
    if (!clients.has(author) || next(40) === 0) clients.set(author, 1 + next(2 ** 32 - 2));
    doc.clientID = clients.get(author)!;
  }

  takeTurn();
  doc.transact(() => {
    const paragraphs = Math.max(1, Math.round(wanted / 60));
    for (let at = 0; at < paragraphs; at++) {
      body.insertEmbed(body.length, {p: `long-history-${at}`}, {});
      let text = '';
      for (let word = 0; word < Math.min(60, wanted); word++) text += `${words[next(words.length)]} `;
      body.insert(body.length, text, {});
    }
  });
  for (let done = 1; done < edits;) {
    takeTurn();
    now += 3_000 + next(60_000) + (next(400) === 0 ? 8 * 3_600_000 : 0);
    const most = Math.min(edits - done, 1 + next(longestBurst));
    const isTooLong = body.length > wanted * wordLength * 1.1;
    const isTooShort = body.length < wanted * wordLength * 0.9;
    const isDeleting = isTooLong || (!isTooShort && next(2) === 0);
    // Never before the first paragraph's opener.
    let place = 1 + next(body.length);
    for (let key = 0; key < most; key++) {
      if (isDeleting) {
        if (place < 2) break;
        place -= 1;
        body.delete(place, 1);
      } else {
        const word = words[(place + key) % words.length]!;
        body.insert(place, word[key % word.length] ?? ' ', {});
        place += 1;
      }
      done += 1;
    }
    if (rows.length > 0 && (edits <= 100_000 || rows.length > 900)) await store();
  }
  if (rows.length > 0) await store();
  await updates.saveSnapshot(paper, Y.encodeStateAsUpdate(doc), seq);
  return doc;
}
