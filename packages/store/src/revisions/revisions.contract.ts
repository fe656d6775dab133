import {createHash} from 'node:crypto';
import {describe, expect, it} from 'vitest';
import type {Store, StoredRevision} from '../store.ts';
import {aMember, aPaper, newId} from '../testing/builders.ts';

export function aRevision(given: Partial<StoredRevision> & Pick<StoredRevision, 'paper'>): StoredRevision {
  const text = given.text ?? 'We agree.\n';
  return {
    id: newId(),
    kind: 'issued',
    number: 0,
    symbol: 'TFD/1',
    title: '',
    sha256: createHash('sha256').update(text, 'utf8').digest('hex'),
    issuedAt: 2_000,
    issuedBy: null,
    seq: 7,
    state: Uint8Array.of(0, 0),
    content: [{name: 'p', kind: 'text', runs: [{text: 'We agree.', marks: {b: true}}]}],
    text,
    ...given,
  };
}

export function revisionContract(the: () => Store): void {
  describe('revisions', () => {
    it('are kept byte for byte, and found by id and by symbol within their paper', async () => {
      const {id: paper} = await aPaper(the());
      const {id: issuedBy} = await aMember(the());
      const revision = aRevision({
        paper,
        issuedBy,
        title: 'After the second reading',
        state: Uint8Array.from({length: 256}, (_, byte) => byte),
        text: 'Ö 人权 حقوق\n\n',
      });
      await the().revisions.add(revision);
      expect(await the().revisions.find(paper, revision.id)).toEqual(revision);
      expect(await the().revisions.find(paper, 'TFD/1')).toEqual(revision);
      expect(await the().revisions.find(paper, 'TFD/1/Rev.1')).toBeNull();
      const {id: other} = await aPaper(the());
      expect(await the().revisions.find(other, revision.id)).toBeNull();
    });

    it('are listed newest first, without their words', async () => {
      const {id: paper} = await aPaper(the());
      const zero = aRevision({paper});
      const kept = aRevision({paper, kind: 'kept', number: 1, symbol: 'TFD/1/Kept.1', issuedAt: 3_000, seq: 8});
      const first = aRevision({paper, number: 1, symbol: 'TFD/1/Rev.1', issuedAt: 3_000, seq: 9});
      for (const revision of [kept, first, zero]) await the().revisions.add(revision);
      const listed = await the().revisions.of(paper);
      expect(listed.map(({id}) => id)).toEqual([first.id, kept.id, zero.id]);
      const {state: _state, content: _content, text: _text, ...summary} = first;
      expect(listed[0]).toEqual(summary);
      expect(await the().revisions.of((await aPaper(the())).id)).toEqual([]);
    });

    it('never share a symbol or a number within their paper', async () => {
      const {id: paper} = await aPaper(the());
      await the().revisions.add(aRevision({paper}));
      await expect(the().revisions.add(aRevision({paper, number: 1}))).rejects.toThrow('insert into');
      await expect(the().revisions.add(aRevision({paper, symbol: 'TFD/1/Rev.1'}))).rejects.toThrow('insert into');
      const {id: other} = await aPaper(the());
      await the().revisions.add(aRevision({paper: other}));
      expect(await the().revisions.of(paper)).toHaveLength(1);
    });
  });
}
