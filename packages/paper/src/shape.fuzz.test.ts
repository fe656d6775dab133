import {describe, expect, test} from 'vitest';
import * as Y from 'yjs';
import {PaperIndex} from './paper-index.ts';
import {readPaper} from './read.ts';
import {expectSame, seededNumbers} from './testing/papers.ts';
import {textOf} from './view.ts';
import type {Paragraph} from './view.ts';
import {
  deleteParagraph,
  deleteRange,
  insertText,
  joinParagraph,
  joinWithPrevious,
  moveParagraph,
  pasteContent,
  placesBefore,
  repinAfter,
  restoreParagraph,
  setKind,
  setMark,
  splitParagraph,
  writeContent,
} from './write.ts';

/**
 * Two to four people and the server write one paper with offline windows, undo and moves; every character is unique, so its
 * fate can be followed. What must hold is the list of invariants of the flat paper.
 */

const own = 'own';
const kinds = ['text', 'heading', 'preambular', 'operative', 'item', 'quote'];

interface Replica {
  readonly number: number;
  readonly doc: Y.Doc;
  readonly index: PaperIndex;
  readonly undo: Y.UndoManager | null;
  sent: Uint8Array[];
  received: number;
  offlineUntil: number;
}

interface Entry {
  readonly update: Uint8Array;
  readonly by: number;
}

class Run {
  readonly #next: (below: number) => number;
  readonly #log: Entry[] = [];
  readonly #people: Replica[] = [];
  readonly #server: Replica;
  readonly #asked: string[] = [];
  #characters = 0;
  #ids = 0;
  #moved = new Set<string>();
  readonly #deleted = new Set<string>();
  readonly #typed = new Set<string>();
  /** Kinds that someone has given to each id, since a split hands its kind on. */
  readonly #kinds = new Map<string, Set<string>>();
  readonly moves: boolean;
  readonly undoes: boolean;

  constructor(seed: number) {
    this.#next = seededNumbers(seed * 7919 + 17);
    this.moves = seed % 3 !== 0;
    this.undoes = seed % 2 === 0;
    const people = 2 + (seed % 3);
    for (let i = 0; i < people; i++) this.#people.push(this.#replica(i));
    this.#server = this.#replica(99);
    writeContent(
      this.#server.doc,
      Array.from({length: 5}, (_, i) => ({
        kind: 'text',
        level: 0,
        dir: null,
        lang: null,
        runs: [{text: this.#fresh(8), marks: i % 2 ? {b: true} : {}}],
      })),
      () => this.#newId(),
      own,
    );
    this.#push(this.#server);
    this.#people.forEach(person => this.#pull(person));
  }

  #replica(number: number): Replica {
    const doc = new Y.Doc();
    doc.clientID = 1 + this.#next(0x7ffffffe);
    const scope = [doc.getText('body'), doc.getMap('paragraphs')] as unknown as Y.Text[];
    const undo =
      number < 99 && this.undoes ? new Y.UndoManager(scope, {trackedOrigins: new Set([own]), captureTimeout: 0}) : null;
    const replica: Replica = {number, doc, index: new PaperIndex(doc), undo, sent: [], received: 0, offlineUntil: 0};
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'net') replica.sent.push(update);
    });
    doc.on('afterTransaction', (transaction: Y.Transaction) => replica.index.read(transaction));
    return replica;
  }

  #fresh(count: number): string {
    let text = '';
    for (let i = 0; i < count; i++) text += String.fromCharCode(0x4e00 + this.#characters++);
    for (const character of text) this.#typed.add(character);
    return text;
  }

  #newId(): string {
    return `q${this.#ids++}`;
  }

  #push(replica: Replica): void {
    for (const update of replica.sent) this.#log.push({update, by: replica.number});
    replica.sent = [];
  }

  #pull(replica: Replica, most = Infinity): void {
    for (let i = 0; i < most && replica.received < this.#log.length; i++) {
      const entry = this.#log[replica.received++];
      if (!entry || entry.by === replica.number) continue;
      const before = replica === this.#server ? placesBefore(replica.doc) : null;
      Y.applyUpdate(replica.doc, entry.update, 'net');
      if (repinAfter(replica.doc, before, own)) this.#push(replica);
    }
  }

  #act(replica: Replica, act: (paragraphs: Paragraph[]) => void): void {
    const before = readPaper(replica.doc);
    act(before);
    const after = new Set(readPaper(replica.doc).flatMap(paragraph => textOf(paragraph).split('')));
    for (const paragraph of before) {
      for (const character of textOf(paragraph)) if (!after.has(character)) this.#deleted.add(character);
    }
  }

  #allow(id: string, kind: string): void {
    const allowed = this.#kinds.get(id) ?? new Set();
    allowed.add(kind);
    this.#kinds.set(id, allowed);
  }

  #step(person: Replica): void {
    const {doc} = person;
    const next = this.#next;
    const paragraphs = readPaper(doc);
    const k = next(paragraphs.length);
    const paragraph = paragraphs[k] as Paragraph;
    const length = textOf(paragraph).length;
    const place = {paragraph: paragraph.name, offset: [0, length, next(length + 1), next(length + 1)][next(4)] ?? 0};
    const choice = next(100);
    this.#act(person, () => {
      if (choice < 45) insertText(doc, place, this.#fresh(1 + next(4)), next(6) ? {} : {b: true}, own);
      else if (choice < 57) {
        const id = this.#newId();
        splitParagraph(doc, place, id, own);
        this.#allow(id, paragraph.kind);
        expect(readPaper(doc)[k]?.name).toBe(paragraph.name);
      } else if (choice < 65) {
        const answer = joinWithPrevious(doc, paragraph.name, own);
        if (answer === 'ask-server') this.#asked.push(paragraph.name);
        if (answer === 'joined') {
          const before = paragraphs[k - 1] as Paragraph;
          const now = readPaper(doc).find(({name}) => name === before.name);
          expect(now ? textOf(now) : '').toBe(textOf(before) + textOf(paragraph));
        }
      } else if (choice < 73) {
        const kind = kinds[next(kinds.length)] ?? 'text';
        setKind(doc, paragraph.name, kind, own);
        this.#allow(paragraph.name, kind);
      } else if (choice < 79)
        deleteRange(doc, place, {...place, offset: Math.min(length, place.offset + 1 + next(4))}, own);
      else if (choice < 83) {
        const later = paragraphs[Math.min(paragraphs.length - 1, k + 1 + next(2))] as Paragraph;
        deleteRange(doc, place, {paragraph: later.name, offset: next(textOf(later).length + 1)}, own);
      } else if (choice < 86) {
        if (paragraphs.length > 2) deleteParagraph(doc, paragraph.name, own);
      } else if (choice < 88) {
        if (paragraph.gone) restoreParagraph(doc, paragraph.name, own);
      } else if (choice < 91) setMark(doc, place, {...place, offset: length}, 'b', next(3) ? true : null, own);
      else if (choice < 93) {
        const content = Array.from({length: 2 + next(2)}, () => ({
          kind: 'text' as const,
          level: 0,
          dir: null,
          lang: null,
          runs: [{text: this.#fresh(2), marks: {}}],
        }));
        pasteContent(
          doc,
          place,
          content,
          () => {
            const id = this.#newId();
            this.#allow(id, 'text');
            return id;
          },
          own,
        );
        this.#allow(paragraph.name, 'text');
      } else if (next(3)) person.undo?.undo();
      else person.undo?.redo();
    });
    this.#check(person);
  }

  #check({doc, index}: Replica): void {
    const fresh = new PaperIndex(doc);
    const show = (of: PaperIndex) => of.shown.map(segment => [segment.name, segment.gone, segment.run, segment.runs]);
    expectSame(show(index), show(fresh));
    expect(doc.store.pendingStructs).toBeNull();
  }

  #serve(): void {
    this.#pull(this.#server);
    for (const name of this.#asked.splice(0)) {
      if (
        !readPaper(this.#server.doc)
          .slice(1)
          .some(paragraph => paragraph.name === name)
      )
        continue;
      joinParagraph(this.#server.doc, name, own);
    }
    if (this.moves && this.#next(8) === 0) {
      const names = readPaper(this.#server.doc).map(paragraph => paragraph.name);
      const name = names[this.#next(names.length)] ?? '';
      const after = names[this.#next(names.length)] ?? '';
      if (name !== after && !/~/.test(name + after)) {
        try {
          moveParagraph(this.#server.doc, name, after, own);
          this.#moved.add(name);
          const rest = names.filter(other => other !== name);
          rest.splice(rest.indexOf(after) + 1, 0, name);
          expect(readPaper(this.#server.doc).map(paragraph => paragraph.name)).toEqual(rest);
        } catch (error) {
          if ((error as Error).message !== 'move.impossible') throw error;
        }
      }
    }
    this.#push(this.#server);
  }

  play(steps: number): void {
    for (let now = 0; now < steps; now++) {
      this.#step(this.#people[this.#next(this.#people.length)] as Replica);
      for (const person of this.#people) {
        if (person.offlineUntil > now) continue;
        if (this.#next(12) === 0) person.offlineUntil = now + 5 + this.#next(25);
        else if (this.#next(3) > 0) {
          this.#push(person);
          this.#serve();
          this.#pull(person, this.#next(2) ? Infinity : this.#next(4));
        }
      }
    }
    for (let round = 0; round < 4; round++) {
      this.#people.forEach(person => this.#push(person));
      this.#people.forEach(person => this.#pull(person));
      this.#pull(this.#server);
      this.#push(this.#server);
    }
  }

  judge(): void {
    const replay = new Y.Doc();
    for (const {update} of this.#log) Y.applyUpdate(replay, update);
    const final = readPaper(replay);
    for (const replica of [...this.#people, this.#server]) {
      expectSame(readPaper(replica.doc), final);
      this.#check(replica);
    }
    const names = final.map(paragraph => paragraph.name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).not.toContain('~head');

    const found = new Set(final.flatMap(paragraph => textOf(paragraph).split('')));
    expect([...this.#typed].filter(character => !found.has(character) && !this.#deleted.has(character))).toEqual([]);
    if (!this.undoes)
      expect(final.reduce((length, paragraph) => length + textOf(paragraph).length, 0)).toBe(found.size);

    for (const {name, kind} of final) {
      if (!this.undoes) expect(new Set(['text', ...(this.#kinds.get(name) ?? [])])).toContain(kind);
    }
    const seeded = names.filter(name => /^q[0-4]$/.test(name) && !this.#moved.has(name));
    if (!this.undoes) expect(seeded).toEqual(seeded.toSorted());
    for (const {update, by} of this.#log) {
      if (by === 99) continue;
      const keys = Y.decodeUpdate(update).structs.map(struct => (struct instanceof Y.Item ? struct.parentSub : null));
      expect(keys.filter(key => key?.endsWith('.at'))).toEqual([]);
    }
  }
}

describe('the flat paper under concurrent hands', () => {
  test.each([0, 1, 2, 3, 4, 5])(
    'holds its invariants, part %i of 6',
    part => {
      for (let seed = part * 60 + 1; seed <= part * 60 + 60; seed++) {
        try {
          const run = new Run(seed);
          run.play(50);
          run.judge();
        } catch (error) {
          throw new Error(`seed ${seed}`, {cause: error});
        }
      }
    },
    120_000,
  );
});
