import {Fragment, Slice} from 'prosemirror-model';
import type {Node} from 'prosemirror-model';
import {TextSelection} from 'prosemirror-state';
import type {EditorState, Transaction} from 'prosemirror-state';
import {ReplaceStep} from 'prosemirror-transform';
import * as Y from 'yjs';
import {deleteUnits, insertRuns, isJoinable} from '../operations.ts';
import type {Spot} from '../operations.ts';
import {PaperIndex} from '../paper-index.ts';
import type {Segment} from '../paper-index.ts';
import {anchorAt, placeOf, storedPlaceOf} from './anchors.ts';
import type {Anchor, AnchoredSelection} from './anchors.ts';
import {attributesOf, paperSchema, paragraphType, toFragment} from './schema.ts';
import {textChange, writeStep} from './steps.ts';

/** Meta of transactions that only show what the shared text says. */
export const fromText = 'from-text';

export interface BindingOptions {
  readonly doc: Y.Doc;
  /** A fresh paragraph id of 12 or more characters. */
  readonly newName: () => string;
  /** The server has to join this paragraph to the one before: a move stands between them. */
  readonly requestJoin: (name: string) => void;
  /** The shared text changed other than by `write`: show it. Called after `beforeChange`. */
  readonly onChange: () => void;
  /** Just before the shared text changes other than by `write`. */
  readonly beforeChange: () => void;
}

/** The text of one paragraph as it stood when an input method began to compose in it. */
interface Held {
  readonly segment: Segment;
  readonly base: Node;
  /** The unit at each offset of the base. */
  readonly units: readonly {readonly client: number; readonly clock: number; readonly length: number}[];
}

/**
 * Between a ProseMirror document (`doc > paragraph*`) and the shared text. Neither side is ever compared as a whole: steps
 * become operations, transactions of Yjs touch segments, and only paragraphs of touched segments are built again.
 *
 * Invariant after `write` and `show`: the document's paragraphs are the index's shown segments, in order, by name, with the
 * same words — but for a paragraph in which an input method composes.
 */
export class PaperBinding {
  index: PaperIndex;
  /** Paragraphs built from the shared text since the start: a test holds that it does not grow with the paper. */
  built = 0;
  readonly #options: BindingOptions;
  #doc: Y.Doc;
  #held: Held | null = null;
  #nodes = new WeakMap<Segment, {version: number; node: Node}>();

  constructor(options: BindingOptions) {
    this.#options = options;
    this.#doc = options.doc;
    this.index = new PaperIndex(options.doc);
    this.#listen();
  }

  get doc(): Y.Doc {
    return this.#doc;
  }

  /** Another replica of the same paper, or of another one. To be followed by `show`. */
  setDoc(doc: Y.Doc): void {
    this.#silence();
    this.#doc = doc;
    this.index = new PaperIndex(doc);
    this.#held = null;
    this.#nodes = new WeakMap();
    this.#listen();
  }

  destroy(): void {
    this.#silence();
  }

  #listen(): void {
    this.#doc.on('beforeTransaction', this.#before);
    this.#doc.on('afterTransaction', this.#after);
  }

  #silence(): void {
    this.#doc.off('beforeTransaction', this.#before);
    this.#doc.off('afterTransaction', this.#after);
  }

  readonly #before = (transaction: Y.Transaction): void => {
    if (transaction.origin !== this) this.#options.beforeChange();
  };

  readonly #after = (transaction: Y.Transaction): void => {
    if (transaction.origin === this) return;
    if (transaction.changed.size === 0 && transaction.deleteSet.clients.size === 0) return;
    this.index.read(transaction);
    this.#options.onChange();
  };

  /** The whole text as a document, to begin with. */
  document(): Node {
    return paperSchema.nodes.doc.create(null, this.#target(null));
  }

  /** Writes what was typed, as one transaction of Yjs with this binding as its origin. */
  write(transactions: readonly Transaction[]): void {
    const {newName, requestJoin} = this.#options;
    const asked = new Set<string>();
    const writer = {index: this.index, newName, requestJoin: (name: string) => void asked.add(name)};
    this.#doc.transact(() => {
      for (const transaction of transactions) {
        if (!transaction.docChanged || transaction.getMeta(fromText)) continue;
        transaction.steps.forEach((step, i) => {
          const before = transaction.docs[i];
          if (before) writeStep(writer, step, before, transaction.docs[i + 1] ?? transaction.doc);
        });
      }
    }, this);
    for (const name of asked) requestJoin(name);
  }

  /** Runs one operation on the shared text as this editor's own. */
  act(operation: (index: PaperIndex) => void): void {
    this.#doc.transact(() => operation(this.index), this);
  }

  /**
   * A transaction that makes the editor say what the shared text says, or null when it does. Paragraphs that did not change
   * keep their nodes; within one that did, only the differing part is replaced.
   */
  show(state: EditorState): Transaction | null {
    const {doc} = state;
    const target = this.#target(doc);
    const transaction = this.#patched(state, target) ?? this.#replaced(state, target);
    if (transaction.docChanged) transaction.setMeta(fromText, true).setMeta('addToHistory', false);
    this.#remember(transaction.doc);
    return transaction.docChanged ? transaction : null;
  }

  /** Same paragraphs, other words or attributes: each is patched where it differs. Null when paragraphs came, went or moved. */
  #patched(state: EditorState, target: readonly Node[]): Transaction | null {
    const {doc, tr} = state;
    if (target.length !== doc.childCount) return null;
    const changed: {position: number; node: Node; wanted: Node}[] = [];
    let position = 0;
    for (let k = 0; k < target.length; k++) {
      const node = doc.child(k);
      const wanted = target[k];
      if (!wanted) return null;
      if (node !== wanted && !node.eq(wanted)) {
        if (attributesOf(node).name !== attributesOf(wanted).name) return null;
        changed.push({position, node, wanted});
      }
      position += node.nodeSize;
    }
    for (const {position: at, node, wanted} of changed.toReversed()) {
      const start = node.content.findDiffStart(wanted.content);
      const ends = node.content.findDiffEnd(wanted.content);
      if (start !== null && ends) {
        const overlap = Math.max(0, start - Math.min(ends.a, ends.b));
        const inserted = wanted.content.cut(start, ends.b + overlap);
        tr.step(new ReplaceStep(at + 1 + start, at + 1 + ends.a + overlap, new Slice(inserted, 0, 0)));
      }
      for (const [name, value] of Object.entries(wanted.attrs)) {
        if (node.attrs[name] !== value) tr.setNodeAttribute(at, name, value);
      }
    }
    return tr;
  }

  /** The smallest run of paragraphs outside of which both are the same. */
  #replaced(state: EditorState, target: readonly Node[]): Transaction {
    const {doc, tr} = state;
    const most = Math.min(target.length, doc.childCount);
    let first = 0;
    let from = 0;
    while (first < most && same(doc.child(first), target[first])) from += doc.child(first++).nodeSize;
    let behind = 0;
    let to = doc.content.size;
    while (behind < most - first && same(doc.child(doc.childCount - 1 - behind), target[target.length - 1 - behind])) {
      to -= doc.child(doc.childCount - 1 - behind++).nodeSize;
    }
    const nodes = target.slice(first, target.length - behind);
    return tr.step(new ReplaceStep(from, to, new Slice(Fragment.from(nodes), 0, 0)));
  }

  /** The shown segments as nodes, taken from the cache or the editor where they say the same. */
  #target(doc: Node | null): Node[] {
    const nodes = this.index.shown.map((segment, k) =>
      this.#nodeOf(segment, doc && k < doc.childCount ? doc.child(k) : null),
    );
    if (this.#held && doc) this.#keepHeld(nodes, doc, this.#held);
    return nodes;
  }

  #nodeOf(segment: Segment, beside: Node | null): Node {
    const cached = this.#nodes.get(segment);
    if (cached?.version === segment.version) return cached.node;
    this.built++;
    let node = paragraphType.create(
      {
        name: segment.name,
        kind: this.index.attribute(segment, 'kind') ?? 'text',
        level: this.index.attribute(segment, 'level') ?? 0,
        dir: this.index.attribute(segment, 'dir') ?? null,
        lang: this.index.attribute(segment, 'lang') ?? null,
        gone: segment.gone,
      },
      toFragment(segment.runs),
    );
    if (beside?.eq(node)) node = beside;
    else if (cached?.node.eq(node)) node = cached.node;
    this.#nodes.set(segment, {version: segment.version, node});
    return node;
  }

  /** The paragraph under composition stays as it is in the editor, even where others have deleted it meanwhile. */
  #keepHeld(nodes: Node[], doc: Node, held: Held): void {
    const name = attributesOf(held.base).name;
    const place = doc.children.findIndex(node => attributesOf(node).name === name);
    const shown = doc.maybeChild(place);
    if (!shown) return;
    const now = nodes.findIndex(node => attributesOf(node).name === name);
    if (now >= 0) nodes[now] = shown;
    else nodes.splice(Math.min(place, nodes.length), 0, shown);
  }

  /** Nodes of the document take the place of equal ones that were built, so that they are found unchanged next time. */
  #remember(doc: Node): void {
    this.index.shown.forEach((segment, k) => {
      const node = k < doc.childCount ? doc.child(k) : null;
      const cached = this.#nodes.get(segment);
      if (node && cached && cached.node !== node && cached.version === segment.version && cached.node.eq(node))
        cached.node = node;
    });
  }

  // Places

  /** The spot of a position in a document that shows the shared text. */
  spotOf(doc: Node, position: number): Spot | null {
    const at = doc.resolve(Math.max(1, Math.min(position, doc.content.size - 1)));
    const node = doc.maybeChild(at.index(0));
    const segment = node && this.index.byName(attributesOf(node).name);
    if (!segment) return null;
    const offset = at.depth === 0 ? 0 : at.parentOffset;
    return {segment, offset: Math.min(offset, segment.length)};
  }

  positionOf(doc: Node, {segment, offset}: Spot): number | null {
    let position = 0;
    for (let k = 0; k < doc.childCount; k++) {
      const node = doc.child(k);
      if (attributesOf(node).name === segment.name) return position + 1 + Math.min(offset, node.content.size);
      position += node.nodeSize;
    }
    return null;
  }

  /** A selection as places that stand whatever others do; its edges do not take in what is written beside them. */
  anchor(doc: Node, selection: {readonly anchor: number; readonly head: number}): AnchoredSelection | null {
    const anchor = this.spotOf(doc, selection.anchor);
    const head = this.spotOf(doc, selection.head);
    if (!anchor || !head) return null;
    const side = (mine: number, other: number): 'left' | 'right' => (mine < other ? 'right' : 'left');
    return {
      anchor: anchorAt(anchor, this.index, side(selection.anchor, selection.head)),
      head: anchorAt(head, this.index, side(selection.head, selection.anchor)),
    };
  }

  /** Where an anchor stands in a document that shows the shared text. */
  resolve(doc: Node, anchor: unknown): number | null {
    const spot = placeOf(anchor, this.index);
    return spot && this.positionOf(doc, spot);
  }

  select(transaction: Transaction, selection: AnchoredSelection): Transaction {
    const {doc} = transaction;
    const anchor = this.resolve(doc, selection.anchor);
    const head = this.resolve(doc, selection.head);
    if (anchor === null || head === null) return transaction;
    const now = transaction.selection;
    if (now.anchor === anchor && now.head === head) return transaction;
    return transaction.setSelection(TextSelection.create(doc, anchor, head));
  }

  /** Whether a paragraph can be joined to the one shown before it without the server. */
  canJoin(name: string): boolean {
    const segment = this.index.byName(name);
    const previous = segment && this.index.shown[segment.shown - 1];
    return (
      segment !== undefined &&
      previous !== undefined &&
      (isJoinable(this.index, previous, segment) || segment.length === 0)
    );
  }

  // Composition

  get holding(): boolean {
    return this.#held !== null;
  }

  isHeld(name: string): boolean {
    return this.#held !== null && attributesOf(this.#held.base).name === name;
  }

  /** From now on this paragraph is the input method's: nothing is written from it and nothing shown in it until `release`. */
  hold(base: Node): void {
    const segment = this.index.byName(attributesOf(base).name);
    if (!segment || this.#held) return;
    const units: {client: number; clock: number; length: number}[] = [];
    for (let item = segment.opener ? segment.opener.right : this.index.body._start; item !== null; item = item.right) {
      if (item.deleted || !item.countable) continue;
      if (this.index.byOpener(item)) break;
      units.push({client: item.id.client, clock: item.id.clock, length: item.length});
    }
    this.#held = {segment, base, units};
  }

  /** Writes what was composed, once, where it stands by now among what others wrote. To be followed by `show`. */
  release(doc: Node): void {
    const held = this.#held;
    if (!held) return;
    this.#held = null;
    const node = doc.children.find(child => attributesOf(child).name === attributesOf(held.base).name);
    const change = node && textChange(held.base, node);
    if (!change) return;
    this.act(index => {
      const before = held.segment.opener && change.from === 0 ? held.segment.opener.id : unitAt(held, change.from - 1);
      const anchor: Anchor = {
        tname: 'body',
        ...(before && {item: {client: before.client, clock: before.clock}}),
        assoc: -1,
      };
      for (let offset = change.to - 1; offset >= change.from; offset--) {
        const spot = liveSpot(unitAt(held, offset), index);
        if (spot) deleteUnits(index, spot, 1);
      }
      insertRuns(index, storedPlaceOf(anchor, index) ?? {segment: held.segment, offset: 0}, change.runs);
    });
  }
}

function same(node: Node, wanted: Node | undefined): boolean {
  return wanted !== undefined && (node === wanted || node.eq(wanted));
}

function unitAt({units}: Held, offset: number): {client: number; clock: number} | null {
  let rest = offset;
  for (const {client, clock, length} of units) {
    if (rest >= 0 && rest < length) return {client, clock: clock + rest};
    rest -= length;
  }
  return null;
}

/** Where a unit stands, if nobody has deleted it. */
function liveSpot(unit: {client: number; clock: number} | null, index: PaperIndex): Spot | null {
  const structs = unit && index.doc.store.clients.get(unit.client);
  if (!unit || !structs) return null;
  const item = structs[Y.findIndexSS(structs, unit.clock)];
  if (!(item instanceof Y.Item) || item.deleted) return null;
  const {segment, offset} = index.locate(item);
  return {segment, offset: offset + unit.clock - item.id.clock};
}
