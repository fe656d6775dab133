import {describe, expect, test} from 'vitest';
import * as Y from 'yjs';
import {Refusal} from '@plenary/domain/refusal';
import {readPaper} from '@plenary/paper/read';
import {joinParagraph, moveParagraph, placesBefore, repinAfter, writeContent} from '@plenary/paper/write';
import {lastSeq} from './hearing.ts';
import type {StoredPaper} from './ports.ts';
import {Replica} from './replica.ts';
import {HonestWriter, remote, Tokens} from './testing/honest-writer.ts';
import {seeded} from './testing/seeded.ts';

interface Person {
  readonly actor: number;
  writer: HonestWriter;
  /** What the device keeps of the replica: every update, sent or not. */
  kept: Uint8Array[];
  isOnline: boolean;
  received: number;
}

interface Row {
  readonly seq: number;
  readonly actor: number;
  readonly bytes: Uint8Array;
}

/**
 * Four honest people and the server on one paper: offline for a while, reloading under new clients with unsent words under
 * the old ones, undoing, while paragraphs are moved and the room is opened anew. Nothing of it may be refused.
 */
class Run {
  readonly #next: (below: number) => number;
  readonly #tokens = new Tokens();
  readonly #log: Row[] = [];
  readonly #people: Person[];
  readonly #bindings = new Map<number, number>();
  #snapshot: Uint8Array | null = null;
  #snapshotSeq = 0;
  #replica: Replica;
  #serverClient = 0;
  checked = 0;

  constructor(seed: number) {
    this.#next = seeded(seed * 31 + 7);
    this.#replica = new Replica(this.#stored());
    this.#serverEdit(doc =>
      writeContent(
        doc,
        [0, 1, 2, 3].map(() => ({
          kind: 'text',
          level: 0,
          dir: null,
          lang: null,
          runs: [{text: this.#tokens.fresh(8), marks: {}}],
        })),
        () => this.#tokens.newName(),
      ),
    );
    this.#people = [1, 2, 3, 4].map(actor => this.#join(actor, [], 0));
  }

  #stored(): StoredPaper {
    return {
      epoch: 1,
      snapshot: this.#snapshot,
      snapshotSeq: this.#snapshotSeq,
      tail: this.#log.slice(this.#snapshotSeq),
      bindings: [...this.#bindings],
    };
  }

  #join(actor: number, kept: Uint8Array[], received: number): Person {
    const doc = new Y.Doc();
    doc.clientID = 1 + this.#next(0xfffffffe);
    for (const update of kept) Y.applyUpdate(doc, update, remote);
    const person: Person = {actor, writer: null as unknown as HonestWriter, kept: [...kept], isOnline: true, received};
    person.writer = new HonestWriter(doc, this.#next, this.#tokens, true);
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      person.kept.push(update);
      if (origin !== remote && person.isOnline) this.#admit(update, actor);
    });
    return person;
  }

  #admit(update: Uint8Array, actor: number, isServer = false): void {
    this.checked += 1;
    const verdict = this.#replica.check(update, {actor, isServer});
    if (verdict.adds === 'nothing') return;
    const places = verdict.deletesOpeners && !isServer ? placesBefore(this.#replica.fork()) : null;
    this.#replica.apply(update, verdict);
    for (const client of verdict.binds) this.#bindings.set(client, actor);
    this.#log.push({seq: this.#log.length + 1, actor, bytes: update});
    if (places) this.#serverEdit(doc => repinAfter(doc, places));
  }

  #serverEdit(work: (doc: Y.Doc) => unknown): void {
    const doc = this.#replica.fork();
    doc.clientID = this.#serverClient ||= 1 + this.#next(0xfffffffe);
    const updates: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => updates.push(update));
    try {
      work(doc);
    } catch (error) {
      if (!(error instanceof Refusal) || error.code.startsWith('room.')) throw error;
    }
    for (const update of updates) this.#admit(update, 0, true);
  }

  #pull(person: Person): void {
    for (; person.received < this.#log.length; person.received++) {
      const {actor, bytes} = this.#log[person.received]!;
      if (actor !== person.actor) Y.applyUpdate(person.writer.doc, bytes, remote);
    }
  }

  /** As the stock provider: one answer to step 1. */
  #return(person: Person): void {
    person.isOnline = true;
    this.#admit(Y.encodeStateAsUpdate(person.writer.doc, this.#replica.state()), person.actor);
    this.#pull(person);
  }

  #reload(person: Person): Person {
    const {doc} = person.writer;
    const kept = this.#next(2) ? person.kept : [Y.encodeStateAsUpdate(doc)];
    const again = this.#join(person.actor, kept, person.received);
    again.isOnline = false;
    if (person.isOnline || this.#next(2)) this.#return(again);
    return again;
  }

  play(steps: number): void {
    const next = this.#next;
    this.#people.forEach(person => this.#pull(person));
    for (let step = 0; step < steps; step++) {
      const at = next(this.#people.length);
      const person = this.#people[at]!;
      const choice = next(100);
      if (choice < 82) person.writer.act();
      else if (choice < 88) {
        if (person.isOnline) person.isOnline = false;
        else this.#return(person);
      } else if (choice < 92) this.#people[at] = this.#reload(person);
      else if (choice < 96) this.#moveOrJoin();
      else if (choice < 98) this.#openAnew();
      for (const other of this.#people) if (other.isOnline) this.#pull(other);
    }
    for (let round = 0; round < 3; round++) this.#people.forEach(person => this.#return(person));
    this.#people.forEach(person => this.#pull(person));
  }

  #moveOrJoin(): void {
    const paragraphs = readPaper(this.#replica.fork());
    const one = paragraphs[this.#next(paragraphs.length)]!.name;
    const other = paragraphs[this.#next(paragraphs.length)]!.name;
    this.#serverEdit(doc => (this.#next(2) ? joinParagraph(doc, one) : moveParagraph(doc, one, other)));
  }

  #openAnew(): void {
    if (this.#next(2)) {
      this.#snapshot = this.#replica.encode();
      this.#snapshotSeq = lastSeq(this.#stored());
    }
    this.#replica = new Replica(this.#stored());
    this.#serverClient = 0;
  }

  judge(): void {
    const replay = new Y.Doc();
    for (const {bytes} of this.#log) Y.applyUpdate(replay, bytes);
    const paragraphs = readPaper(replay);
    for (const {writer} of this.#people) expect(readPaper(writer.doc)).toEqual(paragraphs);
    expect(readPaper(this.#replica.fork())).toEqual(paragraphs);
  }
}

/** More with FUZZ_SEEDS. */
const seeds = Number(process.env['FUZZ_SEEDS'] ?? 50);

describe('Honest writers', () => {
  test('are never refused: offline, reloading, undoing, moving, with the room opened anew.', () => {
    let checked = 0;
    for (let seed = 1; seed <= seeds; seed++) {
      try {
        const run = new Run(seed);
        run.play(170);
        run.judge();
        checked += run.checked;
      } catch (cause) {
        throw new Error(`Seed ${seed}`, {cause});
      }
    }
    expect(checked).toBeGreaterThan(100 * seeds);
  }, 600_000);

  test('may undo what two have deleted, in a room opened anew in between.', () => {
    const run = new Run(300);
    run.play(170);
    run.judge();
  });
});
