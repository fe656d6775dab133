import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import {encodeNumbered, encodeSync, frameType, syncType} from '@plenary/protocol/frames';
import {appendWords, type RawRoom} from '../support/raw-room.ts';
import {marker, pause, type Grounds} from './grounds.ts';

/** mulberry32. */
function chance(seed: number): (below: number) => number {
  let a = seed >>> 0;
  return below => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

/** What the attacker's own Yjs would send, to begin with. */
function honestUpdate(doc: Y.Doc): Uint8Array {
  const own = new Y.Doc();
  Y.applyUpdate(own, Y.encodeStateAsUpdate(doc));
  const updates: Uint8Array[] = [];
  own.on('update', (update: Uint8Array) => updates.push(update));
  appendWords(marker)(own);
  return updates[0] ?? new Uint8Array([0, 0]);
}

/** One change of the kinds that find bugs in decoders: bits, runs, lengths, ends, pieces twice. */
function mutate(bytes: Uint8Array, next: (below: number) => number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  const at = next(Math.max(1, copy.length));
  switch (next(7)) {
    case 0:
      copy[at] = (copy[at] ?? 0) ^ (1 << next(8));
      return copy;
    case 1:
      copy[at] = [0, 1, 127, 128, 255][next(5)] ?? 0;
      return copy;
    case 2:
      return copy.subarray(0, at);
    case 3:
      return Uint8Array.from([
        ...copy.subarray(0, at),
        ...Array.from({length: 1 + next(9)}, () => next(256)),
        ...copy.subarray(at),
      ]);
    case 4:
      return Uint8Array.from([...copy, ...copy.subarray(at)]);
    case 5:
      // A varint that promises more than there is.
      return Uint8Array.from([...copy.subarray(0, at), 0xff, 0xff, 0xff, 0xff, 0x0f, ...copy.subarray(at + 1)]);
    default:
      return Uint8Array.from([...copy.subarray(0, at), ...copy.subarray(at + 1 + next(5))]);
  }
}

function wrapped(update: Uint8Array, n: number, next: (below: number) => number): Uint8Array {
  const sync = encodeSync(next(2) ? syncType.update : syncType.step2, update);
  switch (next(6)) {
    case 0:
      return encodeNumbered(n, sync.subarray(1));
    case 1: {
      const encoder = encoding.createEncoder();
      encoding.writeVarUint(encoder, frameType.awareness);
      encoding.writeVarUint8Array(encoder, update);
      return encoding.toUint8Array(encoder);
    }
    case 2:
      return mutate(sync, next);
    case 3:
      return encodeSync(syncType.step1, update);
    default:
      return sync;
  }
}

/**
 * So many frames, each one an honest one that was changed somewhere, on connections that are dialled again when the room
 * hangs up or has refused one. The attacker has the rights of a delegate, so that what still is an honest update is taken
 * like any other; what must hold is that the paper stays one that everybody can open, with one text.
 */
export async function fuzz(
  grounds: Grounds,
  frames: number,
  seed = 1,
): Promise<{sent: number; connections: number; wrong: string | null}> {
  const next = chance(seed);
  let sent = 0;
  let connections = 0;
  let room: RawRoom | null = null;
  let base: Uint8Array<ArrayBufferLike> = new Uint8Array();
  while (sent < frames) {
    if (!room || room.closed !== undefined || room.refused) {
      room?.close();
      room = await grounds.join({hello: next(3) > 0});
      base = honestUpdate(room.doc);
      connections++;
      continue;
    }
    let update = mutate(base, next);
    for (let more = next(3); more > 0; more--) update = mutate(update, next);
    room.send(wrapped(update, 1, next));
    sent++;
    if (sent % 20 === 0) await pause(0);
    if (sent % 200 === 0) await pause(5);
  }
  room?.close();
  return {sent, connections, wrong: await judge(grounds)};
}

/** Two who come now hold the same, with nothing that waits for what is not there. */
async function judge(grounds: Grounds): Promise<string | null> {
  const [one, two] = await Promise.all([grounds.join({cookie: grounds.cookies.chair}), grounds.join()]);
  try {
    if (one.closed !== undefined || two.closed !== undefined) return 'The paper does not open any more.';
    if (one.doc.store.pendingStructs || two.doc.store.pendingStructs) return 'The paper leans on what is not there.';
    return Y.equalSnapshots(Y.snapshot(one.doc), Y.snapshot(two.doc))
      ? null
      : 'Two who come now read different papers.';
  } finally {
    one.close();
    two.close();
  }
}
