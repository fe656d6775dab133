import * as Y from 'yjs';
import {attributesRoot, bodyRoot, headName, isMark, isOpener, paragraphAttributes, textMarks} from './guard-shape.ts';
import type {AttributeName} from './guard-shape.ts';
import type {Marks, Run} from './view.ts';

export const noMarks: Marks = Object.freeze({});

/** Stands for a unit that this version does not know; it is kept and shown, and counts as one. */
export const placeholder = '\uFFFC';

/**
 * An opener and the units up to the next opener: what the shared text holds of one paragraph. The object lives as long as
 * its opener does, so it can be used as a key; `version` goes up whenever anything that is shown of it changes.
 */
export interface Segment {
  /** Null for text before the first opener. */
  readonly opener: Y.Item | null;
  /** As it stands in the opener; '' before the first one. */
  readonly id: string;
  name: string;
  runs: readonly Run[];
  /** UTF-16 units without the opener. */
  length: number;
  /** Marks that are open at the opener and at the end. */
  marksBefore: Marks;
  marksAfter: Marks;
  gone: boolean;
  /** Key of the run it stands in; '' for the run that has none. */
  run: string;
  /** Its own order key, if it has one and is the keeper of its name. */
  key: string | null;
  /** Place in storage order, and among the shown ones (-1: hidden). */
  stored: number;
  shown: number;
  version: number;
}

interface Walk {
  readonly last: Segment;
  readonly next: Segment | null;
}

export function sameMarks(a: Marks, b: Marks): boolean {
  return a === b || (a.b === b.b && a.i === b.i && a.u === b.u && a.s === b.s && a.link === b.link);
}

export function withFormat(marks: Marks, key: string, value: unknown): Marks {
  if (!isMark(key)) return marks;
  const next: Record<string, unknown> = {...marks};
  if (value === null || !textMarks[key](value)) delete next[key];
  else next[key] = value;
  return next;
}

function openerId(item: Y.Item): string | null {
  return item.content instanceof Y.ContentEmbed && isOpener(item.content.embed) ? item.content.embed.p : null;
}

function isLiveOpener(item: Y.Item): boolean {
  return !item.deleted && openerId(item) !== null;
}

/**
 * A paper's Y.Doc as segments in storage order, reading order and as shown. Built by one walk; afterwards `read` takes in
 * one transaction by its new structs and its delete set, and only touched segments are walked again.
 *
 * The rules (names unique without writing, order keys, hidden and shown) stand here and nowhere else.
 */
export class PaperIndex {
  readonly doc: Y.Doc;
  readonly body: Y.Text;
  readonly attributes: Y.Map<unknown>;
  /** Segments walked since the start: lets a test hold that work per key does not grow with the paper. */
  walked = 0;
  /** Goes up when segments come, go, or change places. */
  structure = 0;
  #stored: Segment[] = [];
  #order: Segment[] = [];
  #shown: Segment[] = [];
  #byOpener = new Map<Y.Item, Segment>();
  #byName = new Map<string, Segment>();
  #head: Segment;
  #structureDirty = true;
  #shownDirty = true;

  constructor(doc: Y.Doc) {
    this.doc = doc;
    this.body = doc.getText(bodyRoot);
    this.attributes = doc.getMap(attributesRoot);
    this.#head = newSegment(null, '');
    this.#walk(this.#head);
    this.#settle();
  }

  /** In storage order. The head is among them only where it holds text or nothing else is there. */
  get stored(): readonly Segment[] {
    this.#settle();
    return this.#stored;
  }

  /** In reading order, the hidden ones included. */
  get order(): readonly Segment[] {
    this.#settle();
    return this.#order;
  }

  /** In reading order without the hidden ones; never empty. */
  get shown(): readonly Segment[] {
    this.#settle();
    return this.#shown;
  }

  byName(name: string): Segment | undefined {
    this.#settle();
    return this.#byName.get(name);
  }

  byOpener(item: Y.Item): Segment | undefined {
    return this.#byOpener.get(item);
  }

  get head(): Segment {
    return this.#head;
  }

  /** A derived name reads its own attribute first and then that of the id it shares. Values outside the shape count as absent. */
  attribute(segment: Segment, attribute: AttributeName): unknown {
    let value = this.attributes.get(`${segment.name}.${attribute}`);
    if (value === undefined && segment.name !== segment.id) value = this.attributes.get(`${segment.id}.${attribute}`);
    return paragraphAttributes[attribute](value) ? value : undefined;
  }

  /** Index in the body of the unit at `offset` of a segment. */
  bodyIndex(segment: Segment, offset: number): number {
    this.#settle();
    let index = 0;
    for (let i = 0; i < segment.stored; i++) {
      const before = this.#stored[i];
      if (before) index += before.length + (before.opener ? 1 : 0);
    }
    return index + (segment.opener ? 1 : 0) + offset;
  }

  /** The segment in which an item stands, live or deleted, and the number of live units of it to the item's left. */
  locate(item: Y.Item): {segment: Segment; offset: number} {
    let offset = 0;
    for (let left = item.left; left !== null; left = left.left) {
      if (left.deleted) continue;
      const segment = this.#byOpener.get(left);
      if (segment) return {segment, offset};
      if (left.countable) offset += left.length;
    }
    return {segment: this.#head, offset};
  }

  /** Takes in what a finished transaction changed. */
  read(transaction: Y.Transaction): void {
    const touched = new Set<Segment>();
    for (const [client, end] of transaction.afterState) {
      const start = transaction.beforeState.get(client) ?? 0;
      if (end > start) this.#touchRange(client, start, end - start, touched);
    }
    for (const [client, deletions] of transaction.deleteSet.clients) {
      for (const deletion of deletions) this.#touchRange(client, deletion.clock, deletion.len, touched);
    }
    for (const segment of touched) this.refresh(segment);
    const keys = transaction.changed.get(
      this.attributes as unknown as Y.AbstractType<Y.YEvent<Y.AbstractType<unknown>>>,
    );
    if (keys) this.#touchAttributes(keys);
  }

  /** Walks one segment again, and those after it as far as marks run on. To be called after writing into it. */
  refresh(segment: Segment): void {
    let current: Segment | undefined = segment;
    while (current) {
      if (current.opener?.deleted) {
        this.#forget(current);
        current = this.#before(current);
        continue;
      }
      const {last, next}: Walk = this.#walk(current);
      if (!next || sameMarks(next.marksBefore, last.marksAfter)) return;
      next.marksBefore = last.marksAfter;
      current = next;
    }
  }

  /** Attributes were written under these names. To be called after writing them. */
  touch(names: Iterable<string>): void {
    const touched = new Set(names);
    for (const segment of [this.#head, ...this.#byOpener.values()]) {
      if (touched.has(segment.name) || touched.has(segment.id)) segment.version++;
    }
    this.#shownDirty = true;
  }

  /** An order key was written. */
  touchOrder(): void {
    this.#structureDirty = true;
  }

  #touchAttributes(keys: ReadonlySet<string | null>): void {
    const names = new Set<string>();
    for (const key of keys) {
      if (key === null) continue;
      const dot = key.lastIndexOf('.');
      if (key.slice(dot + 1) === 'at') this.touchOrder();
      else names.add(key.slice(0, dot));
    }
    if (names.size > 0) this.touch(names);
  }

  #touchRange(client: number, clock: number, length: number, touched: Set<Segment>): void {
    const structs = this.doc.store.clients.get(client);
    if (!structs) return;
    for (let i = Y.findIndexSS(structs, clock); i < structs.length; i++) {
      const item = structs[i];
      if (!item || item.id.clock >= clock + length) return;
      if (!(item instanceof Y.Item) || (item.parent as unknown) !== this.body) continue;
      const own = this.#byOpener.get(item);
      touched.add(own && item.deleted ? own : this.locate(item).segment);
    }
  }

  /** Reads a segment's units up to the next known live opener, taking up unknown openers on the way. */
  #walk(first: Segment): Walk {
    let segment = first;
    let item = first.opener ? first.opener.right : this.body._start;
    let marks = first.marksBefore;
    let runs: {text: string; marks: Marks}[] = [];
    let length = 0;
    const close = (): void => {
      this.walked++;
      const wasEmpty = segment.length === 0;
      segment.runs = runs;
      segment.length = length;
      segment.marksAfter = marks;
      segment.version++;
      if (wasEmpty !== (length === 0) && (segment.gone || segment.opener === null)) {
        this.#shownDirty = true;
        if (segment.opener === null) this.#structureDirty = true;
      }
    };
    const add = (text: string): void => {
      length += text.length;
      const last = runs.at(-1);
      if (last && sameMarks(last.marks, marks)) last.text += text;
      else runs.push({text, marks});
    };
    for (; item !== null; item = item.right) {
      if (item.deleted) continue;
      const content = item.content;
      if (content instanceof Y.ContentString) add(content.str);
      else if (content instanceof Y.ContentFormat) marks = withFormat(marks, content.key, content.value);
      else if (isLiveOpener(item)) {
        const known = this.#byOpener.get(item);
        close();
        if (known) return {last: segment, next: known};
        segment = newSegment(item, openerId(item) ?? '');
        segment.marksBefore = marks;
        this.#byOpener.set(item, segment);
        this.#structureDirty = true;
        runs = [];
        length = 0;
      } else if (item.countable) add(placeholder.repeat(item.length));
    }
    close();
    return {last: segment, next: null};
  }

  /** The live segment that stands before one in storage, whatever is dirty. */
  #before(segment: Segment): Segment {
    return segment.opener ? this.locate(segment.opener).segment : this.#head;
  }

  #forget(segment: Segment): void {
    if (segment.opener) this.#byOpener.delete(segment.opener);
    this.#structureDirty = true;
  }

  #settle(): void {
    if (this.#structureDirty) this.#restructure();
    if (this.#shownDirty) this.#reshow();
  }

  #restructure(): void {
    this.#structureDirty = false;
    this.#shownDirty = true;
    this.structure++;
    const stored = this.#storageOrder();
    this.#name(stored);
    this.#stored = stored;
    let run = '';
    let keyed = false;
    stored.forEach((segment, place) => {
      segment.stored = place;
      const key = segment.name === segment.id ? this.attribute(segment, 'at') : undefined;
      segment.key = typeof key === 'string' ? key : null;
      if (segment.key !== null) {
        run = segment.key;
        keyed = true;
      }
      segment.run = run;
    });
    this.#order = keyed ? stored.toSorted((a, b) => compareText(a.run, b.run) || a.stored - b.stored) : stored;
  }

  /** Known segments by following the openers; the head first where it shows. */
  #storageOrder(): Segment[] {
    const stored: Segment[] = [];
    if (this.#head.length > 0 || this.#byOpener.size === 0) stored.push(this.#head);
    for (let item = this.body._start; item !== null; item = item.right) {
      if (item.deleted || !(item.content instanceof Y.ContentEmbed)) continue;
      const segment = this.#byOpener.get(item);
      if (segment) stored.push(segment);
    }
    return stored;
  }

  /** Of all live openers with one id, the one with the smallest (client, clock) keeps it; the others are called after theirs. */
  #name(stored: readonly Segment[]): void {
    const keepers = new Map<string, Segment>();
    for (const segment of stored) {
      if (!segment.opener) continue;
      const keeper = keepers.get(segment.id);
      if (!keeper?.opener || compareIds(segment.opener.id, keeper.opener.id) < 0) keepers.set(segment.id, segment);
    }
    this.#byName.clear();
    for (const segment of stored) {
      const name = nameOf(segment, keepers.get(segment.id) === segment);
      if (segment.name !== name) {
        segment.name = name;
        segment.version++;
      }
      this.#byName.set(name, segment);
    }
  }

  #reshow(): void {
    this.#shownDirty = false;
    for (const segment of this.#stored) {
      const gone = this.attribute(segment, 'gone') === true;
      if (gone !== segment.gone) segment.version++;
      segment.gone = gone;
      segment.shown = -1;
    }
    const shown = this.#order.filter(segment => !(segment.gone && segment.length === 0));
    const first = this.#order[0];
    this.#shown = shown.length === 0 && first ? [first] : shown;
    this.#shown.forEach((segment, place) => {
      segment.shown = place;
    });
  }
}

function newSegment(opener: Y.Item | null, id: string): Segment {
  return {
    opener,
    id,
    name: opener ? '' : headName,
    runs: [],
    length: 0,
    marksBefore: noMarks,
    marksAfter: noMarks,
    gone: false,
    run: '',
    key: null,
    stored: 0,
    shown: -1,
    version: 0,
  };
}

function nameOf(segment: Segment, keeper: boolean): string {
  if (!segment.opener) return headName;
  const {client, clock} = segment.opener.id;
  return keeper ? segment.id : `${segment.id}~${client}.${clock}`;
}

function compareIds(a: Y.ID, b: Y.ID): number {
  return a.client - b.client || a.clock - b.clock;
}

/** By code unit, the same in every locale: replicas must agree. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
