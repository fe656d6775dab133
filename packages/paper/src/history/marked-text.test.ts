import * as Y from 'yjs';
import {describe, expect, test} from 'vitest';
import {joinRuns} from '../canonical.ts';
import {readPaper} from '../read.ts';
import {expectSame, paperOf, replicaOf, seededNumbers} from '../testing/papers.ts';
import {textOf} from '../view.ts';
import {
  deleteParagraph,
  deleteRange,
  insertText,
  joinWithPrevious,
  moveParagraph,
  restoreParagraph,
  setKind,
  setMark,
  splitParagraph,
} from '../write.ts';
import {replayStep, replayText, type MarkedParagraph} from './marked-text.ts';
import type {LoggedEdit} from './step-record.ts';

/** A log as a room keeps it; entry 1 is the paper as it began. */
class Log {
  readonly entries: LoggedEdit[] = [];

  constructor(doc: Y.Doc) {
    this.entries.push({actor: 0, bytes: Y.encodeStateAsUpdate(doc)});
  }

  /** What one actor does to a doc. */
  write(actor: number, doc: Y.Doc, act: () => void): void {
    const hear = (bytes: Uint8Array): void => void this.entries.push({actor, bytes});
    doc.on('update', hear);
    act();
    doc.off('update', hear);
  }

  step(first: number, last: number): MarkedParagraph[] {
    const before = this.entries.slice(0, first - 1).map(({bytes}) => bytes);
    return replayStep({state: null, before, step: this.entries.slice(first - 1, last)});
  }
}

/** `same +added{by} -deleted{by}`, paragraphs behind their names. */
function shown(paragraphs: readonly MarkedParagraph[]): string[] {
  return paragraphs.map(({name, is, moved, by, was, pieces}) => {
    const words = pieces.map(piece => {
      if (piece.is === 'same') return piece.was ? `~${piece.text}~` : piece.text;
      return `${piece.is === 'added' ? '+' : '-'}[${piece.text}]${piece.by}`;
    });
    const notes = [is, ...(moved ? ['moved'] : []), ...(by === null ? [] : [`by ${by}`]), ...(was ? [was.kind] : [])];
    return `${name} (${notes.join(' ')}): ${words.join('')}`;
  });
}

describe('a step of a history', () => {
  const begin = () => {
    const doc = paperOf('We agree on it.', 'Others follow.', 'The end.');
    return {doc, log: new Log(doc)};
  };

  test('says which words came and went, and by whom', () => {
    const {doc, log} = begin();
    log.write(7, doc, () => insertText(doc, {paragraph: 'p1', offset: 3}, 'all '));
    log.write(8, doc, () => deleteRange(doc, {paragraph: 'p2', offset: 0}, {paragraph: 'p2', offset: 7}));
    expect(shown(log.step(2, 3))).toEqual([
      'p1 (changed): We +[all ]7agree on it.',
      'p2 (changed): -[Others ]8follow.',
      'p3 (same): The end.',
    ]);
    expect(shown(log.step(3, 3))).toEqual([
      'p1 (same): We all agree on it.',
      'p2 (changed): -[Others ]8follow.',
      'p3 (same): The end.',
    ]);
  });

  test('shows deleted words at moments at which they stood, and not after', () => {
    const {doc, log} = begin();
    log.write(7, doc, () => insertText(doc, {paragraph: 'p1', offset: 3}, 'never '));
    log.write(7, doc, () => deleteRange(doc, {paragraph: 'p1', offset: 3}, {paragraph: 'p1', offset: 9}));
    log.write(7, doc, () => insertText(doc, {paragraph: 'p1', offset: 3}, 'all '));
    expect(shown(log.step(2, 2))[0]).toContain('We +[never ]7agree');
    expect(shown(log.step(3, 3))[0]).toContain('We -[never ]7agree');
    expect(shown(log.step(4, 4))[0]).toContain('We +[all ]7agree');
    // What came and went within the step is in neither text.
    expect(shown(log.step(2, 4))[0]).toContain('We +[all ]7agree');
  });

  test('names paragraphs that were opened, joined, deleted, moved and turned into another kind', () => {
    const {doc, log} = begin();
    log.write(7, doc, () => splitParagraph(doc, {paragraph: 'p1', offset: 8}, 'fresh'));
    log.write(8, doc, () => deleteParagraph(doc, 'p2'));
    log.write(9, doc, () => setKind(doc, 'p3', 'heading'));
    expect(shown(log.step(2, 4))).toEqual([
      'p1 (same): We agree',
      'fresh (added by 7):  on it.',
      'p2 (deleted): -[Others follow.]8',
      'p3 (changed text): The end.',
    ]);
    log.write(9, doc, () => joinWithPrevious(doc, 'fresh'));
    expect(shown(log.step(5, 5))).toEqual(['p1 (changed): We agree-[¶]9 on it.', 'p3 (same): The end.']);
    log.write(9, doc, () => moveParagraph(doc, 'p3', null));
    expect(shown(log.step(6, 6))).toEqual(['p3 (changed moved): The end.', 'p1 (same): We agree on it.']);
  });

  test('says where words look another way', () => {
    const {doc, log} = begin();
    log.write(7, doc, () => setMark(doc, {paragraph: 'p1', offset: 3}, {paragraph: 'p1', offset: 8}, 'b', true));
    expect(shown(log.step(2, 2))[0]).toBe('p1 (changed): We ~agree~ on it.');
  });

  test('begins with an empty paper', () => {
    const {log} = begin();
    expect(shown(log.step(1, 1))[0]).toBe('p1 (added by 0): +[We agree on it.]0');
  });
});

describe('whatever three people do', () => {
  const seeds = [1, 2, 3, 5, 8, 13, 21, 34, 55, 89];

  test.each(seeds)('both sides of every step are the text before and the text after it (seed %i)', seed => {
    const next = seededNumbers(seed * 7919);
    const first = paperOf('一二三四', '五六七八', '九十');
    const log = new Log(first);
    const writers = [7, 8, 9].map(actor => ({actor, doc: replicaOf(first, actor * 1000), read: 1}));
    const typedBy = new Map<string, number>();
    let typed = 0x4e00 + 500;
    let names = 0;
    for (let turn = 0; turn < 120; turn++) {
      const writer = writers[next(writers.length)]!;
      const {doc, actor} = writer;
      if (next(3) > 0) {
        for (const {bytes} of log.entries.slice(writer.read)) Y.applyUpdate(doc, bytes);
        writer.read = log.entries.length;
      }
      log.write(actor, doc, () => {
        const paragraphs = readPaper(doc);
        const paragraph = paragraphs[next(paragraphs.length)]!;
        const length = textOf(paragraph).length;
        const place = {paragraph: paragraph.name, offset: next(length + 1)};
        const end = {...place, offset: Math.min(length, place.offset + 1 + next(4))};
        const act = next(12);
        if (act < 5) {
          let text = '';
          for (let count = 1 + next(4); count > 0; count--) text += String.fromCharCode(typed++);
          for (const character of text) typedBy.set(character, actor);
          insertText(doc, place, text, next(4) ? {} : {b: true});
        } else if (act < 7) deleteRange(doc, place, end);
        else if (act === 7) splitParagraph(doc, place, `n${++names}`);
        else if (act === 8) joinWithPrevious(doc, paragraph.name);
        else if (act === 9) setMark(doc, place, end, 'i', next(2) ? true : null);
        else if (act === 10) (next(2) ? deleteParagraph : restoreParagraph)(doc, paragraph.name);
        else setKind(doc, paragraph.name, next(2) ? 'heading' : 'text');
      });
    }
    const textAt = (seq: number) =>
      replayText({state: null, before: log.entries.slice(0, seq).map(({bytes}) => bytes)});
    for (let round = 0; round < 12; round++) {
      const from = next(log.entries.length);
      const to = from + 1 + next(Math.min(12, log.entries.length - from));
      // From a state in between it is the same.
      const kept = next(from + 1);
      const {state, paragraphs: old} = textAt(from);
      const now = textAt(to).paragraphs;
      const edits = log.entries.slice(from, to);
      const marked = replayStep({state, before: [], step: edits});
      const before = log.entries.slice(kept, from).map(({bytes}) => bytes);
      expectSame(replayStep({state: textAt(kept).state, before, step: edits}), marked);
      const after = marked.filter(({is}) => is !== 'deleted');
      expectSame(
        after.map(({name, kind, pieces}) => ({name, kind, runs: joinRuns(pieces.filter(({is}) => is !== 'deleted'))})),
        now.map(({name, kind, runs}) => ({name, kind, runs: joinRuns(runs)})),
      );
      const pieces = marked.flatMap(paragraph => paragraph.pieces);
      const was = pieces.filter(({is, isOpening}) => is !== 'added' && !isOpening).map(({text}) => text);
      expect([...was.join('')].toSorted()).toEqual([...old.map(textOf).join('')].toSorted());
      for (const {is, text, by} of pieces) {
        if (is === 'added') for (const character of text) expect(by).toBe(typedBy.get(character) ?? 0);
        if (is === 'deleted') expect(edits.map(({actor}) => actor)).toContain(by);
      }
    }
  });
});
