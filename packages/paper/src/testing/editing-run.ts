import {joinBackward, splitBlock, toggleMark} from 'prosemirror-commands';
import {TextSelection} from 'prosemirror-state';
import type {EditorView} from 'prosemirror-view';
import {expect} from 'vitest';
import * as Y from 'yjs';
import {PaperIndex} from '../paper-index.ts';
import {readPaper} from '../read.ts';
import {expectSame, seededNumbers} from './papers.ts';
import {textOf} from '../view.ts';
import {joinParagraph, moveParagraph, placesBefore, repinAfter, writeContent} from '../write.ts';
import {carets, withCarets} from '../editor/carets.ts';
import {numbers} from '../editor/numbers.ts';
import {numberParagraphs} from '../numbering.ts';
import {PaperEditing} from '../editor/editing.ts';
import {attributesOf, fromFragment, paperSchema, paragraphType, shownKind} from '../editor/schema.ts';

/**
 * Two to four editors and a server over one paper, delayed and cut off, typing unique characters. What must hold: nothing
 * typed is lost, all replicas and all editors say the same, names are unique and stand.
 */

interface Writer {
  readonly number: number;
  readonly doc: Y.Doc;
  readonly editing: PaperEditing;
  readonly view: EditorView | null;
  sent: Uint8Array[];
  received: number;
  offlineUntil: number;
  composing: boolean;
}

/** Puts a view over an editing; absent: state alone. */
export type MakeView = (editing: PaperEditing) => EditorView;

const kinds = ['text', 'heading', 'preambular', 'operative', 'item', 'quote'];

export class EditingRun {
  readonly #next: (below: number) => number;
  readonly #log: {update: Uint8Array; by: number}[] = [];
  readonly #writers: Writer[] = [];
  readonly #server = new Y.Doc();
  #serverSent: Uint8Array[] = [];
  #serverReceived = 0;
  readonly #asked: string[] = [];
  #characters = 0;
  #ids = 0;
  readonly #typed = new Set<string>();
  readonly #deleted = new Set<string>();
  readonly #undoes: boolean;

  readonly #makeView: MakeView | null;

  constructor(seed: number, makeView: MakeView | null = null) {
    this.#makeView = makeView;
    this.#next = seededNumbers(seed * 104729 + 7);
    this.#undoes = seed % 2 === 0;
    this.#server.clientID = 1 + this.#next(0x7ffffffe);
    this.#server.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'net') this.#serverSent.push(update);
    });
    writeContent(
      this.#server,
      Array.from({length: 4}, () => ({
        kind: 'text',
        level: 0,
        dir: null,
        lang: null,
        runs: [{text: this.#fresh(6), marks: {}}],
      })),
      () => this.#newId(),
    );
    this.#pushServer();
    for (let i = 0; i < 2 + (seed % 3); i++) this.#writers.push(this.#join(i));
  }

  #join(number: number): Writer {
    const doc = new Y.Doc();
    doc.clientID = 1 + this.#next(0x7ffffffe);
    let received = 0;
    for (; received < this.#log.length; received++)
      Y.applyUpdate(doc, this.#log[received]?.update ?? new Uint8Array(), 'net');
    let view: EditorView | null = null;
    const plugins = this.#makeView
      ? [numbers('en'), carets((doc, anchor) => writer.editing.binding.resolve(doc, anchor))]
      : [];
    const editing = new PaperEditing({
      doc,
      plugins,
      newName: () => this.#newId(),
      requestJoin: name => this.#asked.push(name),
      composing: () => writer.composing,
      show: state => view?.updateState(state),
      pause: 0,
    });
    view = this.#makeView?.(editing) ?? null;
    const writer: Writer = {
      view,
      number,
      doc,
      sent: [],
      received,
      offlineUntil: 0,
      composing: false,
      editing,
    };
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'net') writer.sent.push(update);
    });
    return writer;
  }

  #fresh(count: number): string {
    let text = '';
    for (let i = 0; i < count; i++) text += String.fromCharCode(0x4e00 + this.#characters++);
    for (const character of text) this.#typed.add(character);
    return text;
  }

  #newId(): string {
    return `q${this.#ids++}`.padEnd(12, '-');
  }

  #pushServer(): void {
    for (const update of this.#serverSent.splice(0)) this.#log.push({update, by: 99});
  }

  #push(writer: Writer): void {
    for (const update of writer.sent.splice(0)) this.#log.push({update, by: writer.number});
  }

  #pull(writer: Writer, most = Infinity): void {
    for (let i = 0; i < most && writer.received < this.#log.length; i++) {
      const entry = this.#log[writer.received++];
      if (entry && entry.by !== writer.number) Y.applyUpdate(writer.doc, entry.update, 'net');
    }
  }

  #serve(): void {
    while (this.#serverReceived < this.#log.length) {
      const entry = this.#log[this.#serverReceived++];
      if (!entry || entry.by === 99) continue;
      const before = placesBefore(this.#server);
      Y.applyUpdate(this.#server, entry.update, 'net');
      repinAfter(this.#server, before);
    }
    const paragraphs = readPaper(this.#server);
    for (const name of this.#asked.splice(0)) {
      if (
        readPaper(this.#server)
          .slice(1)
          .some(paragraph => paragraph.name === name)
      )
        joinParagraph(this.#server, name);
    }
    if (this.#next(10) === 0) {
      const moved = paragraphs[this.#next(paragraphs.length)]?.name ?? '';
      const after = paragraphs[this.#next(paragraphs.length)]?.name ?? '';
      try {
        moveParagraph(this.#server, moved, after);
      } catch (error) {
        if (!/impossible|unknown/.test((error as Error).message)) throw error;
      }
    }
    this.#pushServer();
  }

  #text(writer: Writer): Set<string> {
    return new Set(readPaper(writer.doc).flatMap(paragraph => textOf(paragraph).split('')));
  }

  #step(writer: Writer): void {
    const before = this.#text(writer);
    this.#gesture(writer);
    const after = this.#text(writer);
    for (const character of before) if (!after.has(character)) this.#deleted.add(character);
    this.#check(writer);
  }

  #gesture(writer: Writer): void {
    const next = this.#next;
    const {editing} = writer;
    const {state} = editing;
    const {doc} = state;
    const k = next(doc.childCount);
    const node = doc.child(k);
    let start = 0;
    for (let i = 0; i < k; i++) start += doc.child(i).nodeSize;
    const size = node.content.size;
    const at = start + 1 + ([0, size, next(size + 1)][next(3)] ?? 0);
    const select = (from: number, to = from) =>
      editing.dispatch(
        editing.state.tr.setSelection(
          TextSelection.between(editing.state.doc.resolve(from), editing.state.doc.resolve(to)),
        ),
      );
    const choice = next(100);
    if (choice < 40) {
      select(at);
      editing.dispatch(editing.state.tr.insertText(this.#fresh(1 + next(3))));
    } else if (choice < 52) {
      select(at);
      splitBlock(editing.state, editing.dispatch);
      expect(attributesOf(editing.state.doc.child(k)).name).toBe(attributesOf(node).name);
    } else if (choice < 60) {
      select(start + 1);
      if (k > 0 && editing.binding.canJoin(attributesOf(node).name)) joinBackward(editing.state, editing.dispatch);
      else if (k > 0) this.#asked.push(attributesOf(node).name);
    } else if (choice < 66) {
      editing.dispatch(state.tr.setNodeAttribute(start, 'kind', kinds[next(kinds.length)]));
    } else if (choice < 68) {
      editing.dispatch(state.tr.setBlockType(at, at, paragraphType, {...node.attrs, level: next(3)}));
    } else if (choice < 74) {
      select(at, Math.min(doc.content.size - 1, at + 1 + next(4)));
      editing.dispatch(editing.state.tr.deleteSelection());
    } else if (choice < 78) {
      // Over paragraphs, and typed over.
      const end = Math.min(doc.content.size - 1, at + 4 + next(20));
      select(at, end);
      if (next(2)) editing.dispatch(editing.state.tr.insertText(this.#fresh(2)));
      else editing.dispatch(editing.state.tr.deleteSelection());
    } else if (choice < 81) {
      select(start + 1, start + 1 + size);
      toggleMark(next(2) ? paperSchema.marks.b : paperSchema.marks.i)(editing.state, editing.dispatch);
    } else if (choice < 84) {
      if (doc.childCount > 2) editing.dispatch(state.tr.delete(start, start + node.nodeSize));
    } else if (choice < 87) {
      const pasted = Array.from({length: 1 + next(3)}, () =>
        paragraphType.create({kind: 'item', level: next(2)}, paperSchema.text(this.#fresh(2))),
      );
      const slice = paperSchema.nodes.doc
        .create(null, pasted)
        .slice(1, pasted.reduce((sum, part) => sum + part.nodeSize, 0) - 1);
      select(at);
      editing.dispatch(editing.state.tr.replaceSelection(slice));
    } else if (choice < 89) {
      editing.dispatch(state.tr.insert(start, paragraphType.create({kind: 'quote'}, paperSchema.text(this.#fresh(2)))));
    } else if (choice < 94) {
      select(at);
      writer.composing = true;
      for (const letters of ['n', 'ni', this.#fresh(1)]) {
        const {from} = editing.state.selection;
        const typed = letters === 'ni' ? from - 1 : letters === 'n' ? from : from - 2;
        editing.dispatch(editing.state.tr.insertText(letters, typed, from));
        if (next(2)) this.#pull(writer, next(3));
      }
      writer.composing = false;
      editing.endComposition();
    } else if (this.#undoes) {
      if (next(3)) editing.undoGesture();
      else editing.redoGesture();
    }
  }

  #check({doc, editing, view}: Writer): void {
    const paragraphs = readPaper(doc);
    const shown = editing.state.doc.children.map(node => {
      const {name, kind, level, dir, lang, gone} = attributesOf(node);
      return {name, kind: shownKind(kind), level, dir, lang, gone, runs: fromFragment(node.content)};
    });
    expectSame(shown, paragraphs);
    expect(new Set(paragraphs.map(paragraph => paragraph.name)).size).toBe(paragraphs.length);
    const stored = (index: PaperIndex) => index.stored.map(segment => segment.name);
    expectSame(stored(editing.binding.index), stored(new PaperIndex(doc)));
    editing.state.doc.check();
    if (!view) return;
    expect(view.state).toBe(editing.state);
    const words = [...view.dom.querySelectorAll('.pp')].map(paragraph => {
      const text = paragraph.querySelector('.text')?.cloneNode(true) as HTMLElement;
      for (const caret of text.querySelectorAll('.caret')) caret.remove();
      return [paragraph.getAttribute('data-p'), text.textContent];
    });
    const labels = numberParagraphs(paragraphs, 'en');
    expectSame(
      words,
      paragraphs.map(paragraph => [paragraph.name, textOf(paragraph)]),
    );
    const seen = [...view.dom.querySelectorAll('.pp')].map(
      paragraph =>
        `${paragraph.querySelector('.pn')?.textContent}${paragraph.querySelector('.lab')?.textContent ?? ''}`,
    );
    expectSame(seen, labels);
  }

  /** Tells everyone where the others are, as a room would. */
  #present(): void {
    for (const {editing, number} of this.#writers) {
      const others = this.#writers.filter(other => other.number !== number);
      const people = others.flatMap(other => {
        const at = other.editing.selection();
        return at ? [{id: String(other.number), name: `W${other.number}`, colour: other.number + 1, ...at}] : [];
      });
      editing.dispatch(withCarets(editing.state, people));
    }
  }

  destroy(): void {
    for (const {view, editing} of this.#writers) {
      editing.destroy();
      view?.destroy();
    }
  }

  play(steps: number): void {
    for (let now = 0; now < steps; now++) {
      this.#step(this.#writers[this.#next(this.#writers.length)] as Writer);
      for (const writer of this.#writers) {
        if (writer.offlineUntil > now) continue;
        if (this.#next(12) === 0) writer.offlineUntil = now + 5 + this.#next(20);
        else if (this.#next(3) > 0) {
          this.#push(writer);
          this.#serve();
          this.#pull(writer, this.#next(2) ? Infinity : this.#next(4));
          if (this.#makeView) this.#present();
          this.#check(writer);
        }
      }
    }
    for (let round = 0; round < 4; round++) {
      this.#writers.forEach(writer => this.#push(writer));
      this.#serve();
      this.#writers.forEach(writer => this.#pull(writer));
    }
    this.#writers.forEach(writer => this.#push(writer));
    this.#serve();
    this.#writers.forEach(writer => this.#pull(writer));
  }

  judge(): void {
    const replay = new Y.Doc();
    for (const {update} of this.#log) Y.applyUpdate(replay, update);
    const final = readPaper(replay);
    expectSame(readPaper(this.#server), final);
    for (const writer of this.#writers) {
      this.#check(writer);
      expectSame(readPaper(writer.doc), final);
    }
    const text = final.map(textOf).join('');
    const found = new Set(text);
    expect([...this.#typed].filter(character => !found.has(character) && !this.#deleted.has(character))).toEqual([]);
    if (!this.#undoes) expect(text.length).toBe(found.size);
  }
}
