import {describe, expect, it} from 'vitest';
import * as Y from 'yjs';
import {chanceOf} from './testing/chance.ts';
import {mergeRanges, partsOf} from './update-parts.ts';

const limit = 32 * 1024;

function arrives(update: Uint8Array, into: Y.Doc, size = limit): Uint8Array[] {
  const parts = partsOf(update, size);
  for (const part of parts) {
    expect(part.byteLength).toBeLessThanOrEqual(size);
    Y.applyUpdate(into, part);
    // Each part is complete in itself.
    expect(into.store.pendingStructs).toBeNull();
    expect(into.store.pendingDs).toBeNull();
  }
  return parts;
}

function same(a: Y.Doc, b: Y.Doc): void {
  expect(b.getText('body').toDelta()).toEqual(a.getText('body').toDelta());
  expect(b.getMap('paragraphs').toJSON()).toEqual(a.getMap('paragraphs').toJSON());
  expect([...Y.decodeStateVector(Y.encodeStateVector(b))].sort()).toEqual(
    [...Y.decodeStateVector(Y.encodeStateVector(a))].sort(),
  );
  expect(Y.equalDeleteSets(Y.createDeleteSetFromStructStore(a.store), Y.createDeleteSetFromStructStore(b.store))).toBe(
    true,
  );
}

describe('parts of an update', () => {
  it('leave a small one as it is', () => {
    const doc = new Y.Doc();
    doc.getText('body').insert(0, 'Recalling', {});
    const update = Y.encodeStateAsUpdate(doc);
    expect(partsOf(update, limit)).toEqual([update]);
  });

  it('carry a pasted draft of 120 kB, in one paragraph or in many', () => {
    const sentence = 'Recalling also its resolution 70/125 of 16 December 2015, ';
    for (const paragraphs of [1, 400]) {
      const doc = new Y.Doc();
      const body = doc.getText('body');
      doc.transact(() => {
        for (let i = 0; i < paragraphs; i++) {
          body.insertEmbed(body.length, {p: `paragraph-${i}`}, {});
          doc.getMap('paragraphs').set(`paragraph-${i}.kind`, 'preambular');
          body.insert(body.length, sentence.repeat(Math.ceil(120_000 / sentence.length / paragraphs)), {});
        }
      });
      const other = new Y.Doc();
      const parts = arrives(Y.encodeStateAsUpdate(doc), other);
      expect(parts.length).toBeGreaterThanOrEqual(4);
      expect(parts.length).toBeLessThanOrEqual(8);
      same(doc, other);
    }
  });

  it('never cut a character of four bytes', () => {
    const doc = new Y.Doc();
    doc.getText('body').insert(0, `x${'𝒫'.repeat(2000)}عربي${'中文'.repeat(500)}`, {});
    const other = new Y.Doc();
    arrives(Y.encodeStateAsUpdate(doc), other, 1000);
    same(doc, other);
  });

  it('keep the order of need between several writers', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const chance = chanceOf(seed);
      const writers = [new Y.Doc(), new Y.Doc(), new Y.Doc()];
      for (let step = 0; step < 120; step++) {
        const doc = writers[Math.floor(chance() * 3)] as Y.Doc;
        const body = doc.getText('body');
        const at = Math.floor(chance() * (body.length + 1));
        const act = chance();
        if (act < 0.25 && body.length > 0) body.delete(Math.min(at, body.length - 1), 1);
        else if (act < 0.4) body.insertEmbed(at, {p: `p${seed}-${step}`}, {});
        else if (act < 0.5) body.format(0, Math.min(5, body.length), {b: chance() < 0.5 ? true : null});
        else if (act < 0.6) doc.getMap('paragraphs').set(`p${Math.floor(chance() * 3)}.kind`, `kind ${step}`);
        else body.insert(at, `words of step ${step} `.repeat(1 + Math.floor(chance() * 12)), {});
        const other = writers[Math.floor(chance() * 3)] as Y.Doc;
        if (chance() < 0.4) Y.applyUpdate(other, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(other)));
      }
      const [first, second] = writers as [Y.Doc, Y.Doc];
      for (const writer of writers) Y.applyUpdate(first, Y.encodeStateAsUpdate(writer));
      const copy = new Y.Doc();
      arrives(Y.encodeStateAsUpdate(first), copy, 700);
      same(first, copy);
      arrives(Y.encodeStateAsUpdate(first, Y.encodeStateVector(second)), second, 700);
      same(first, second);
    }
  });

  it('stop before a gap: what stands behind it could not be read', () => {
    const doc = new Y.Doc();
    const updates: Uint8Array[] = [];
    doc.on('update', update => updates.push(update));
    for (const word of ['one', 'two', 'three']) doc.getText('body').insert(0, word, {});
    const holed = Y.mergeUpdates([updates[0], updates[2]] as Uint8Array[]);
    const other = new Y.Doc();
    for (const part of partsOf(holed, limit, [])) Y.applyUpdate(other, part);
    expect(other.getText('body').toJSON()).toBe('one');
    expect(other.store.pendingStructs).toBeNull();
  });

  it('are one empty update when nothing is missing', () => {
    expect(partsOf(Y.encodeStateAsUpdate(new Y.Doc()), limit, [])).toEqual([new Uint8Array([0, 0])]);
  });
});

it('ranges that touch become one', () => {
  const range = (client: number, clock: number, length: number) => ({client, clock, length});
  expect(mergeRanges([range(2, 5, 1), range(1, 9, 1), range(2, 6, 2), range(2, 4, 1), range(2, 20, 1)])).toEqual([
    range(1, 9, 1),
    range(2, 4, 4),
    range(2, 20, 1),
  ]);
});
