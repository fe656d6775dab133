import * as Y from 'yjs';
import * as encoding from 'lib0/encoding';

export interface DeletedRange {
  readonly client: number;
  readonly clock: number;
  readonly length: number;
}

type Struct = Y.Item | Y.GC | Y.Skip;

/** Bytes of an update that are not structs: counts and clocks of a handful of writers. */
const overhead = 256;
/** What an item costs beside its text: info, two origins, parent. */
const itemOverhead = 48;

/**
 * Cuts one encoded V1 update into updates of at most `limit` bytes. Sent in order, each is complete in itself: its
 * clocks follow on, what it builds on stands in it or before it, and deletions come after everything else.
 * `deletes` takes the place of the update's own delete set when it is given.
 */
export function partsOf(update: Uint8Array, limit: number, deletes?: readonly DeletedRange[]): Uint8Array[] {
  if (deletes === undefined && update.byteLength <= limit) return [update];
  const {structs, ds} = Y.decodeUpdate(update);
  const parts = new PartWriter(limit);
  for (const struct of inOrderOfNeed(structs)) parts.addStruct(struct);
  for (const range of deletes ?? rangesOf(ds)) parts.addDelete(range);
  return parts.finish();
}

export function rangesOf(deleteSet: {clients: Map<number, {clock: number; len: number}[]>}): DeletedRange[] {
  return [...deleteSet.clients].flatMap(([client, items]) =>
    items.map(item => ({client, clock: item.clock, length: item.len})),
  );
}

/** Sorted, with neighbours and overlaps made one. */
export function mergeRanges(ranges: readonly DeletedRange[]): DeletedRange[] {
  const merged: {client: number; clock: number; length: number}[] = [];
  for (const range of [...ranges].sort((a, b) => a.client - b.client || a.clock - b.clock)) {
    const last = merged.at(-1);
    if (last?.client === range.client && range.clock <= last.clock + last.length) {
      last.length = Math.max(last.length, range.clock + range.length - last.clock);
    } else {
      merged.push({...range});
    }
  }
  return merged;
}

/** True for an update that brings no struct, only deletions or nothing. */
export function hasStructs(update: Uint8Array): boolean {
  return update[0] !== 0;
}

/** Every struct after those that it builds on. What stands behind a gap in a writer's clocks is left out. */
function* inOrderOfNeed(structs: readonly Struct[]): Generator<Struct> {
  const queues = new Map<number, {structs: Struct[]; next: number}>();
  for (const struct of structs) {
    const queue = queues.get(struct.id.client);
    if (queue === undefined) queues.set(struct.id.client, {structs: [struct], next: 0});
    else queue.structs.push(struct);
  }
  for (const queue of queues.values()) {
    const gap = queue.structs.findIndex(struct => struct instanceof Y.Skip);
    if (gap >= 0) queue.structs.length = gap;
  }
  const missing = (id: Y.ID | null | undefined): number | null => {
    const queue = id && queues.get(id.client);
    const waiting = queue && queue.structs[queue.next];
    return id && waiting && id.clock >= waiting.id.clock ? id.client : null;
  };
  for (const first of queues.keys()) {
    const turn = [first];
    while (turn.length > 0) {
      const client = turn.at(-1) as number;
      const queue = queues.get(client);
      const struct = queue?.structs[queue.next];
      if (queue === undefined || struct === undefined) {
        turn.pop();
        continue;
      }
      const need = needsOf(struct)
        .map(missing)
        .find(other => other !== null && other !== client);
      if (need !== undefined && need !== null && !turn.includes(need)) {
        turn.push(need);
        continue;
      }
      queue.next++;
      yield struct;
      // Go back to the one that waited as soon as it can go on.
      if (turn.length > 1) turn.pop();
    }
  }
}

function needsOf(struct: Struct): (Y.ID | null)[] {
  if (!(struct instanceof Y.Item)) return [];
  return [
    struct.origin,
    struct.rightOrigin,
    struct.parent instanceof Object && isId(struct.parent) ? struct.parent : null,
  ];
}

function isId(value: object): value is Y.ID {
  return 'client' in value && 'clock' in value;
}

class PartWriter {
  private readonly limit: number;
  private readonly parts: Uint8Array[] = [];
  private structs = new Map<number, Struct[]>();
  private deletes: DeletedRange[] = [];
  private size = overhead;

  constructor(limit: number) {
    this.limit = limit;
  }

  addStruct(struct: Struct): void {
    let rest: Struct | null = struct;
    while (rest !== null) {
      const room = this.limit - this.size;
      const size = sizeOf(rest);
      if (size <= room) {
        this.put(rest, size);
        return;
      }
      const cut = cutAt(rest, room);
      if (cut === null) {
        // Nothing of it fits here; alone in a part it goes out whole, since it cannot be cut.
        if (this.isEmpty()) {
          this.put(rest, size);
          return;
        }
        this.flush();
        continue;
      }
      this.put(cut[0], sizeOf(cut[0]));
      rest = cut[1];
      this.flush();
    }
  }

  addDelete(range: DeletedRange): void {
    const size = 15;
    if (this.size + size > this.limit) this.flush();
    this.deletes.push(range);
    this.size += size;
  }

  /** At least one part: an empty update says that nothing is missing. */
  finish(): Uint8Array[] {
    if (!this.isEmpty() || this.parts.length === 0) this.flush();
    return this.parts;
  }

  private put(struct: Struct, size: number): void {
    const run = this.structs.get(struct.id.client);
    if (run === undefined) this.structs.set(struct.id.client, [struct]);
    else run.push(struct);
    this.size += size;
  }

  private isEmpty(): boolean {
    return this.structs.size === 0 && this.deletes.length === 0;
  }

  private flush(): void {
    this.parts.push(encodeUpdate(this.structs, this.deletes));
    this.structs = new Map();
    this.deletes = [];
    this.size = overhead;
  }
}

function sizeOf(struct: Struct): number {
  if (!(struct instanceof Y.Item)) return 16;
  const content = struct.content;
  if (content instanceof Y.ContentString) return itemOverhead + bytesOf(content.str);
  const encoder = new Y.UpdateEncoderV1();
  struct.write(encoder, 0);
  return encoding.length(encoder.restEncoder) + 1;
}

/** UTF-8 length. */
function bytesOf(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    // A surrogate counts 2, so that a pair makes the 4 bytes that it has.
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3;
  }
  return bytes;
}

/** The two halves of an item of text, the first of at most `room` bytes; null when it cannot be cut there. */
function cutAt(struct: Struct, room: number): [Y.Item, Y.Item] | null {
  if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) return null;
  const text = struct.content.str;
  let length = 0;
  for (let bytes = itemOverhead; length < text.length; length++) {
    bytes += bytesOf(text[length] as string);
    if (bytes > room) break;
  }
  // Yjs puts U+FFFD in place of a surrogate pair that is cut.
  const last = text.charCodeAt(length - 1);
  if (last >= 0xd800 && last <= 0xdbff) length--;
  if (length < 1 || length >= text.length) return null;
  const {client, clock} = struct.id;
  const right = new Y.Item(
    Y.createID(client, clock + length),
    null,
    Y.createID(client, clock + length - 1),
    null,
    struct.rightOrigin,
    struct.parent,
    struct.parentSub,
    new Y.ContentString(text.slice(length)),
  );
  const left = new Y.Item(
    struct.id,
    null,
    struct.origin,
    null,
    struct.rightOrigin,
    struct.parent,
    struct.parentSub,
    new Y.ContentString(text.slice(0, length)),
  );
  return [left, right];
}

function encodeUpdate(structs: ReadonlyMap<number, readonly Struct[]>, deletes: readonly DeletedRange[]): Uint8Array {
  const encoder = new Y.UpdateEncoderV1();
  const rest = encoder.restEncoder;
  encoding.writeVarUint(rest, structs.size);
  // Yjs writes the higher clientIDs first.
  for (const [client, run] of [...structs].sort(([a], [b]) => b - a)) {
    encoding.writeVarUint(rest, run.length);
    encoder.writeClient(client);
    encoding.writeVarUint(rest, run[0]?.id.clock ?? 0);
    for (const struct of run) struct.write(encoder, 0);
  }
  const byClient = new Map<number, DeletedRange[]>();
  for (const range of deletes) {
    const ranges = byClient.get(range.client);
    if (ranges === undefined) byClient.set(range.client, [range]);
    else ranges.push(range);
  }
  encoding.writeVarUint(rest, byClient.size);
  for (const [client, ranges] of [...byClient].sort(([a], [b]) => b - a)) {
    encoder.resetDsCurVal();
    encoding.writeVarUint(rest, client);
    encoding.writeVarUint(rest, ranges.length);
    for (const range of ranges.sort((a, b) => a.clock - b.clock)) {
      encoder.writeDsClock(range.clock);
      encoder.writeDsLen(range.length);
    }
  }
  return encoder.toUint8Array();
}
