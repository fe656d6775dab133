import {expect, test} from 'vitest';
import * as Y from 'yjs';
import type {CommentAnchor} from '@plenary/domain/comments/anchor';
import {findItem} from '../editor/anchors.ts';
import {PaperIndex, type Segment} from '../paper-index.ts';
import {expectSame, paperOf, replicaOf, seededNumbers} from '../testing/papers.ts';
import {textOf} from '../view.ts';
import {
  deleteParagraph,
  deleteRange,
  insertText,
  joinParagraph,
  joinWithPrevious,
  moveParagraph,
  placesBefore,
  repinAfter,
  setKind,
  splitParagraph,
} from '../write.ts';
import {anchorOnGap, anchorOnParagraph, anchorOnWords} from './make.ts';
import {Placer, type Piece} from './place.ts';

/**
 * Two to four people and the server write one paper with offline windows, undo and moves, and comment on it meanwhile. What
 * must hold: all replicas place every comment alike; one whose words live is on all of them that are shown; one that was
 * found by its quote shows just that; one that is detached has no living word and its quote is nowhere.
 */

type Unit = readonly [client: number, clock: number];

interface Made {
  readonly anchor: CommentAnchor;
  /** The units that it was made on. */
  readonly units: readonly Unit[];
}

interface Person {
  readonly doc: Y.Doc;
  readonly undo: Y.UndoManager;
  sent: Uint8Array[];
  received: number;
  offlineUntil: number;
}

class Run {
  readonly made: Made[] = [];
  readonly tally = {positions: 0, paragraph: 0, paper: 0, detached: 0};
  readonly #next: (below: number) => number;
  readonly #log: {update: Uint8Array; by: Y.Doc}[] = [];
  readonly #server: Y.Doc;
  #serverSent: Uint8Array[] = [];
  #serverReceived = 0;
  readonly #people: Person[] = [];
  #names = 0;
  #words = 0;

  constructor(seed: number) {
    this.#next = seededNumbers(seed * 6151 + 3);
    this.#server = paperOf(...Array.from({length: 4}, () => this.#fresh(6)));
    this.#server.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'net') this.#serverSent.push(update);
    });
    for (let i = 0; i < 2 + (seed % 3); i++) this.#people.push(this.#person());
  }

  #person(): Person {
    const doc = replicaOf(this.#server, 2 + this.#next(0x7ffffff0));
    const tracked = [doc.getText('body'), doc.getMap('paragraphs')];
    const undo = new Y.UndoManager(tracked, {trackedOrigins: new Set(['own']), captureTimeout: 0});
    const person: Person = {doc, undo, sent: [], received: 0, offlineUntil: 0};
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'net') person.sent.push(update);
    });
    return person;
  }

  /** Distinct short words. */
  #fresh(count: number): string {
    return Array.from({length: count}, () => `w${(this.#words++).toString(36)}`).join(' ');
  }

  #exchange(person: Person): void {
    for (const update of person.sent.splice(0)) this.#log.push({update, by: person.doc});
    while (this.#serverReceived < this.#log.length) {
      const entry = this.#log[this.#serverReceived++];
      if (!entry || entry.by === this.#server) continue;
      const before = placesBefore(this.#server);
      Y.applyUpdate(this.#server, entry.update, 'net');
      repinAfter(this.#server, before);
    }
    for (const update of this.#serverSent.splice(0)) this.#log.push({update, by: this.#server});
    for (; person.received < this.#log.length; person.received++) {
      const entry = this.#log[person.received];
      if (entry && entry.by !== person.doc) Y.applyUpdate(person.doc, entry.update, 'net');
    }
  }

  step(turn: number): void {
    const person = this.#people[this.#next(this.#people.length)];
    if (!person) return;
    if (this.#next(6) === 0) this.#comment(person.doc);
    else this.#write(person);
    if (this.#next(12) === 0) this.#serve();
    if (this.#next(25) === 0) person.offlineUntil = turn + 15;
    if (turn >= person.offlineUntil) this.#exchange(person);
  }

  #write({doc, undo}: Person): void {
    const {shown} = new PaperIndex(doc);
    const segment = this.#one(shown);
    const place = {paragraph: segment.name, offset: this.#next(segment.length + 1)};
    const end = {paragraph: segment.name, offset: Math.min(segment.length, place.offset + 1 + this.#next(12))};
    const other = this.#one(shown);
    switch (this.#next(14)) {
      case 0:
      case 1:
      case 2:
      case 3:
        return insertText(doc, place, this.#fresh(1 + this.#next(3)), {}, 'own');
      case 4:
      case 5:
        return void deleteRange(doc, place, end, 'own');
      case 6:
        return this.#retype(doc, other);
      case 7:
        return splitParagraph(doc, place, `q${this.#names++}`.padEnd(12, '-'), 'own');
      case 8:
        return void joinWithPrevious(doc, segment.name, 'own');
      case 9:
        return setKind(doc, segment.name, this.#next(2) === 0 ? 'heading' : 'operative', 'own');
      case 10:
        return shown.length > 2 ? deleteParagraph(doc, segment.name, 'own') : undefined;
      case 11: {
        const last = shown[Math.min(shown.length - 1, segment.shown + 1)] ?? segment;
        if (last === segment) return;
        return void deleteRange(doc, place, {paragraph: last.name, offset: this.#next(last.length + 1)}, 'own');
      }
      case 12:
        return void undo.undo();
      default:
        return void undo.redo();
    }
  }

  /** Commented words are deleted and typed again, at their place or in another paragraph. */
  #retype(doc: Y.Doc, other: Segment): void {
    const made = this.made[this.#next(this.made.length || 1)];
    if (made?.anchor.on !== 'words') return;
    const index = new PaperIndex(doc);
    const placed = new Placer(index).place(made.anchor);
    const [piece] = placed.at === 'words' ? placed.pieces : [];
    if (!piece) return;
    const {paragraph, from, to} = piece;
    const words = textOf(the(index, paragraph)).slice(from, to);
    deleteRange(doc, {paragraph, offset: from}, {paragraph, offset: to}, 'own');
    const now = new PaperIndex(doc);
    const goal = this.#next(2) === 0 ? now.byName(paragraph) : now.byName(other.name);
    if (!goal || goal.shown < 0) return;
    const offset = goal.name === paragraph ? Math.min(from, goal.length) : this.#next(goal.length + 1);
    insertText(doc, {paragraph: goal.name, offset}, words, {}, 'own');
  }

  #serve(): void {
    const {shown} = new PaperIndex(this.#server);
    const [segment, other] = [this.#one(shown), this.#one(shown)];
    try {
      if (this.#next(3) === 0 && segment.shown > 0) joinParagraph(this.#server, segment.name);
      else moveParagraph(this.#server, segment.name, other.name);
    } catch (error) {
      if (!/impossible|unknown/.test((error as Error).message)) throw error;
    }
  }

  #comment(doc: Y.Doc): void {
    const index = new PaperIndex(doc);
    const segment = this.#one(index.shown);
    const kind = this.#next(8);
    if (kind === 0) return void this.made.push({anchor: anchorOnParagraph(index, segment), units: []});
    if (kind === 1) return void this.made.push({anchor: anchorOnGap(index, segment), units: []});
    const last = kind === 2 ? (index.shown[segment.shown + 1] ?? segment) : segment;
    const begin = {segment, offset: this.#next(segment.length + 1)};
    const end = {segment: last, offset: this.#next(last.length + 1)};
    if (last === segment && begin.offset > end.offset) return;
    const anchor = anchorOnWords(index, begin, end);
    if (!anchor) return;
    const placed = new Placer(index).place(anchor);
    if (placed.at !== 'words' || placed.by !== 'positions') throw new Error('A new comment is not where it was made.');
    this.made.push({anchor, units: placed.pieces.flatMap(piece => unitsOf(index, piece))});
  }

  #one(segments: readonly Segment[]): Segment {
    const segment = segments[this.#next(segments.length)];
    if (!segment) throw new Error('A paper shows at least one paragraph.');
    return segment;
  }

  /** Everyone hears everything, and every comment is looked for by everyone. */
  judge(): void {
    for (let round = 0; round < 4; round++) for (const person of this.#people) this.#exchange(person);
    const places = this.#people.map(({doc}) => {
      const placer = new Placer(new PaperIndex(doc));
      return this.made.map(({anchor}) => placer.place(anchor));
    });
    for (const others of places.slice(1)) expectSame(others, places[0]);
    const doc = this.#people[0]?.doc;
    if (!doc) return;
    const index = new PaperIndex(doc);
    const text = index.shown.map(segment => `${textOf(segment)}\n`).join('');
    this.made.forEach(({anchor, units}, i) => {
      const placed = places[0]?.[i];
      if (!placed || anchor.on !== 'words') return;
      const living = units.filter(unit => isShown(index, unit));
      if (placed.at === 'detached') {
        this.tally.detached++;
        expect(living, 'a detached comment has no living word').toEqual([]);
        if (anchor.quote.exact.length >= 12) expect(text.includes(anchor.quote.exact)).toBe(false);
        return;
      }
      if (placed.at !== 'words') throw new Error(`Words are placed as ${placed.at}.`);
      this.tally[placed.by]++;
      expect(placed.pieces.length).toBeGreaterThan(0);
      if (placed.by === 'positions') {
        const covered = new Set(placed.pieces.flatMap(piece => unitsOf(index, piece)).map(String));
        expect(
          living.filter(unit => !covered.has(String(unit))),
          'all living words are shown',
        ).toEqual([]);
      } else {
        expect(living, 'living words come before a quote').toEqual([]);
        const words = placed.pieces.map(({paragraph, from, to}) => textOf(the(index, paragraph)).slice(from, to));
        expect(words.join('')).toBe(anchor.quote.exact.replaceAll('\n', ''));
      }
    });
  }
}

function the(index: PaperIndex, name: string): Segment {
  const segment = index.byName(name);
  if (!segment) throw new Error(`There is no ${name}.`);
  return segment;
}

/** The living units of a piece, by client and clock. */
function unitsOf(index: PaperIndex, {paragraph, from, to}: Piece): Unit[] {
  const segment = the(index, paragraph);
  const units: Unit[] = [];
  let offset = 0;
  for (let item = segment.opener ? segment.opener.right : index.body._start; item && offset < to; item = item.right) {
    if (item.deleted || !item.countable) continue;
    if (index.byOpener(item)) break;
    for (let k = 0; k < item.length; k++, offset++) {
      if (offset >= from && offset < to) units.push([item.id.client, item.id.clock + k]);
    }
  }
  return units;
}

function isShown(index: PaperIndex, unit: Unit): boolean {
  const found = findItem(index.doc, unit[0], unit[1]);
  return found !== null && !found.item.deleted && index.locate(found.item).segment.shown >= 0;
}

test('R27: no comment is lost, and each is where its words are: 250 seeded papers', () => {
  const tally = {positions: 0, paragraph: 0, paper: 0, detached: 0};
  for (let seed = 1; seed <= 250; seed++) {
    const run = new Run(seed);
    try {
      for (let turn = 0; turn < 90; turn++) run.step(turn);
      run.judge();
    } catch (error) {
      throw new Error(`seed ${seed}`, {cause: error});
    }
    for (const by of Object.keys(tally) as (keyof typeof tally)[]) tally[by] += run.tally[by];
  }
  // Every way of finding one is walked; otherwise this run holds nothing.
  for (const count of Object.values(tally)) expect(count).toBeGreaterThan(5);
});
