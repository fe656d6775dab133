import * as Y from 'yjs';
import type {Paragraph} from '@plenary/paper/view';
import {readPaper} from '@plenary/paper/read';
import {pauses} from './limits.ts';
import type {StoredPaper} from './ports.ts';

export interface DurableText {
  readonly seq: number;
  readonly paragraphs: Paragraph[];
}

/** The text as the log has it, read in a doc of its own: what is only on its way is nobody's to read. */
export function readStored(stored: StoredPaper): {doc: Y.Doc; seq: number} {
  const doc = new Y.Doc();
  if (stored.snapshot) Y.applyUpdate(doc, stored.snapshot);
  for (const {bytes} of stored.tail) Y.applyUpdate(doc, bytes);
  return {doc, seq: lastSeq(stored)};
}

export function lastSeq({snapshotSeq, tail}: StoredPaper): number {
  return tail.at(-1)?.seq ?? snapshotSeq;
}

/** Those who follow the durable text. Keeps a doc of it while there are any. */
export class Hearing {
  readonly #hearers = new Set<(text: DurableText) => void>();
  #reading: {doc: Y.Doc; seq: number} | null = null;
  /** Released while the doc is being read from the store. */
  #meanwhile: {seq: number; bytes: Uint8Array}[] = [];
  #isLoading = false;
  /** Counts up whenever what is being loaded is of no use any more. */
  #age = 0;
  #toldAt = -Infinity;
  #told = -1;
  /** Told once it is there, whatever the pause. */
  readonly #fresh = new Set<(text: DurableText) => void>();

  get isEmpty(): boolean {
    return this.#hearers.size === 0;
  }

  follow(hear: (text: DurableText) => void): () => void {
    this.#hearers.add(hear);
    this.#fresh.add(hear);
    return () => {
      this.#hearers.delete(hear);
      this.#fresh.delete(hear);
      if (this.isEmpty) this.forget();
    };
  }

  /** An update became durable. */
  released(seq: number, bytes: Uint8Array): void {
    if (this.#isLoading) this.#meanwhile.push({seq, bytes});
    else if (this.#reading) this.#take(this.#reading, seq, bytes);
  }

  /** What was read can no longer be followed update by update. */
  forget(): void {
    this.#reading = null;
    this.#meanwhile = [];
    this.#age += 1;
  }

  /** `load` reads the store. */
  async tick(now: number, load: () => Promise<StoredPaper>): Promise<void> {
    if (this.isEmpty || this.#isLoading) return;
    if (!this.#reading) {
      this.#isLoading = true;
      const age = this.#age;
      try {
        const reading = readStored(await load());
        for (const {seq, bytes} of this.#meanwhile) if (seq > reading.seq) this.#take(reading, seq, bytes);
        if (age === this.#age) this.#reading = reading;
      } finally {
        this.#isLoading = false;
        this.#meanwhile = [];
      }
    }
    this.#tell(now);
  }

  #tell(now: number): void {
    const reading = this.#reading;
    if (!reading) return;
    const isNew = reading.seq !== this.#told && now - this.#toldAt >= pauses.hearing;
    const listeners = isNew ? this.#hearers : this.#fresh;
    if (listeners.size === 0) return;
    const text: DurableText = {seq: reading.seq, paragraphs: readPaper(reading.doc)};
    if (isNew) {
      this.#told = reading.seq;
      this.#toldAt = now;
    }
    const heard = [...listeners];
    this.#fresh.clear();
    for (const hear of heard) hear(text);
  }

  #take(reading: {doc: Y.Doc; seq: number}, seq: number, bytes: Uint8Array): void {
    Y.applyUpdate(reading.doc, bytes);
    reading.seq = seq;
  }
}
