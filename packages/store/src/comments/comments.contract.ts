import {describe, expect, it} from 'vitest';
import type {CommentEntryId, CommentId, MemberId, PaperId} from '@plenary/domain/ids';
import type {Store, NewCommentEntry} from '../store.ts';
import {aMember, aPaper, newId} from '../testing/builders.ts';

export function commentContract(the: () => Store): void {
  async function begun(): Promise<{paper: PaperId; author: MemberId; id: CommentId; entry: CommentEntryId}> {
    const {id: paper} = await aPaper(the());
    const {id: author} = await aMember(the());
    const id: CommentId = newId();
    await the().comments.create({id, paper, anchor: {on: 'text', revision: null}, author, createdAt: 1, change: 1});
    const entry: CommentEntryId = newId();
    await the().comments.addEntry(anEntry({id: entry, comment: id, paper, author}));
    return {paper, author, id, entry};
  }

  function anEntry(
    given: Pick<NewCommentEntry, 'comment' | 'paper' | 'author'> & Partial<NewCommentEntry>,
  ): NewCommentEntry {
    return {
      id: newId(),
      key: newId(),
      organisation: null,
      role: 'delegate',
      at: 1,
      text: 'Whose working days?',
      salt: new Uint8Array(16),
      mentions: [],
      change: 1,
      ...given,
    };
  }

  describe('comments', () => {
    it('are given back with their entries in order, and who is mentioned in them', async () => {
      const {paper, author, id, entry} = await begun();
      const {id: ben} = await aMember(the());
      await the().comments.addEntry(
        anEntry({comment: id, paper, author: ben, at: 2, text: 'UTC days.', mentions: [author], change: 2}),
      );
      const comment = await the().comments.find(paper, id);
      expect(comment).toMatchObject({id, paper, author, change: 2, resolved: null, anchor: {on: 'text'}});
      expect(comment?.entries).toMatchObject([
        {id: entry, author, text: 'Whose working days?', mentions: [], hidden: null, withdrawnAt: null},
        {author: ben, text: 'UTC days.', mentions: [author]},
      ]);
      expect(await the().comments.find(newId(), id)).toBeNull();
      expect(await the().comments.find(paper, newId())).toBeNull();
    });

    it('keep an anchor as it was given', async () => {
      const {paper, id} = await begun();
      const anchor = {
        on: 'words',
        paragraph: 'p1',
        start: {tname: 'body', item: {client: 4_294_967_295, clock: 12}, assoc: 0},
        end: {tname: 'body', item: {client: 1, clock: 14}, assoc: -1},
        quote: {before: 'no later than ', exact: 'seven “أيام” 😀\n', after: ''},
        revision: null,
      } as const;
      await the().comments.setAnchor(id, anchor, 2);
      expect(await the().comments.find(paper, id)).toMatchObject({anchor, change: 2});
    });

    it('are asked for by what has changed since', async () => {
      const {paper, author, id} = await begun();
      const later: CommentId = newId();
      await the().comments.create({
        id: later,
        paper,
        anchor: {on: 'text', revision: null},
        author,
        createdAt: 2,
        change: 2,
      });
      const changed = async (since: number) => (await the().comments.of(paper, since)).map(comment => comment.id);
      expect(await changed(0)).toEqual([id, later]);
      expect(await changed(1)).toEqual([later]);
      expect(await the().comments.lastChange(paper)).toBe(2);
      await the().comments.setResolved(id, {by: author, at: 3}, 3);
      expect(await changed(2)).toEqual([id]);
      expect((await the().comments.find(paper, id))?.resolved).toEqual({by: author, at: 3});
      await the().comments.setResolved(id, null, 4);
      expect(await the().comments.find(paper, id)).toMatchObject({resolved: null, change: 4});
      expect(await the().comments.lastChange(await aPaper(the()).then(({id: other}) => other))).toBe(0);
    });

    it('are written once under one key of one author', async () => {
      const {paper, author, id} = await begun();
      const key = newId();
      await the().comments.addEntry(anEntry({comment: id, paper, author, key}));
      expect(await the().comments.findByKey(paper, author, key)).toBe(id);
      expect(await the().comments.findByKey(paper, newId(), key)).toBeNull();
      await expect(the().comments.addEntry(anEntry({comment: id, paper, author, key}))).rejects.toThrow('insert into');
    });

    it('have other words, salt and mentions in place of the first ones when they are edited', async () => {
      const {paper, author, id, entry} = await begun();
      const {id: ben} = await aMember(the());
      const salt = new Uint8Array(16).fill(7);
      await the().comments.editEntry(id, entry, {text: 'UTC days, @ben?', salt, at: 9, mentions: [ben]}, 4);
      const [edited] = (await the().comments.find(paper, id))?.entries ?? [];
      expect(edited).toMatchObject({text: 'UTC days, @ben?', at: 1, editedAt: 9, mentions: [ben]});
      expect([...((await the().comments.saltOf(entry)) ?? [])]).toEqual([...salt]);
      await the().comments.editEntry(id, entry, {text: 'UTC days.', salt, at: 10, mentions: []}, 5);
      expect((await the().comments.find(paper, id))?.entries[0]).toMatchObject({editedAt: 10, mentions: []});
      expect(await the().comments.lastChange(paper)).toBe(5);
      expect(await the().comments.writtenBy(author)).toHaveLength(1);
    });

    it('lose their words when they are withdrawn, and keep them when they are hidden', async () => {
      const {paper, author, id, entry} = await begun();
      const {id: chair} = await aMember(the());
      const second: CommentEntryId = newId();
      await the().comments.addEntry(anEntry({id: second, comment: id, paper, author, mentions: [chair]}));
      await the().comments.hideEntry(id, entry, {by: chair, at: 5, reason: 'spam'}, 2);
      const written = (one: CommentEntryId) => ({paper, comment: id, entry: one});
      expect((await the().comments.writtenBy(author)).length).toBe(2);
      await the().comments.eraseEntry(id, second, 6, 3);
      expect(await the().comments.writtenBy(author)).toEqual([written(entry)]);
      expect(await the().comments.writtenBy(chair)).toEqual([]);
      expect((await the().comments.find(paper, id))?.entries).toMatchObject([
        {text: 'Whose working days?', hidden: {by: chair, at: 5, reason: 'spam'}, withdrawnAt: null},
        {text: null, hidden: null, withdrawnAt: 6, mentions: []},
      ]);
      expect(await the().comments.countHidden(paper)).toBe(1);
      expect(await the().comments.lastChange(paper)).toBe(3);
    });
  });
}
