import * as Y from 'yjs';

interface Range {
  readonly from: number;
  readonly to: number;
  /** Whoever wrote or deleted these units; see `LoggedEdit`. */
  readonly by: number;
}

/** One update and the number of whoever sent it. */
export interface LoggedEdit {
  readonly actor: number;
  readonly bytes: Uint8Array;
}

/** What befell some units of one struct in a step: all of them the same. */
export interface Fate {
  readonly length: number;
  readonly writtenBy: number | null;
  readonly deletedBy: number | null;
}

/** Who wrote and who deleted which units while a few updates were applied to a doc that keeps what is deleted. */
export class StepRecord {
  readonly #written = new Map<number, Range[]>();
  readonly #deleted = new Map<number, Range[]>();

  /** Applies the edits; those of one actor that follow each other are one transaction, which is many times as quick. */
  constructor(doc: Y.Doc, edits: readonly LoggedEdit[]) {
    let at = 0;
    const hear = (transaction: Y.Transaction): void => this.#note(transaction, edits[at]?.actor ?? 0);
    doc.on('afterTransaction', hear);
    while (at < edits.length) {
      const {actor} = edits[at]!;
      let end = at;
      doc.transact(() => {
        for (; edits[end]?.actor === actor; end++) Y.applyUpdate(doc, edits[end]!.bytes);
      });
      at = end;
    }
    doc.off('afterTransaction', hear);
    for (const ranges of this.#deleted.values()) ranges.sort((a, b) => a.from - b.from);
  }

  /** What befell the units of a struct, cut wherever it differs. */
  fatesOf({id: {client, clock}, length}: Pick<Y.Item, 'id' | 'length'>): Fate[] {
    const written = this.#written.get(client);
    const deleted = this.#deleted.get(client);
    if (!written && !deleted) return [{length, writtenBy: null, deletedBy: null}];
    const fates: Fate[] = [];
    for (let at = clock; at < clock + length;) {
      const birth = rangeAt(written, at);
      const death = rangeAt(deleted, at);
      const end = Math.min(clock + length, birth.end, death.end);
      fates.push({length: end - at, writtenBy: birth.by, deletedBy: death.by});
      at = end;
    }
    return fates;
  }

  #note({beforeState, afterState, deleteSet}: Y.Transaction, by: number): void {
    for (const [client, to] of afterState) {
      const from = beforeState.get(client) ?? 0;
      if (to > from) add(this.#written, client, {from, to, by});
    }
    for (const [client, deletions] of deleteSet.clients) {
      for (const {clock, len} of deletions) add(this.#deleted, client, {from: clock, to: clock + len, by});
    }
  }
}

function add(ranges: Map<number, Range[]>, client: number, range: Range): void {
  const known = ranges.get(client);
  if (!known) ranges.set(client, [range]);
  else if (known.at(-1)!.to === range.from && known.at(-1)!.by === range.by) {
    known[known.length - 1] = {...known.at(-1)!, to: range.to};
  } else known.push(range);
}

/** Who it was at a unit, and where that ends. The ranges are in order and do not overlap. */
function rangeAt(ranges: readonly Range[] | undefined, at: number): {by: number | null; end: number} {
  if (!ranges) return {by: null, end: Infinity};
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ranges[middle]!.to <= at) low = middle + 1;
    else high = middle;
  }
  const range = ranges[low];
  if (!range) return {by: null, end: Infinity};
  return range.from <= at ? {by: range.by, end: range.to} : {by: null, end: range.from};
}
