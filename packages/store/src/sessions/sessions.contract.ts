import {randomBytes} from 'node:crypto';
import {describe, expect, it} from 'vitest';
import type {PollId, TextId} from '@plenary/domain/sessions/session';
import type {Act, Store, StoredSession} from '../store.ts';
import {aConsultation, aMember, newId, newSlug} from '../testing/builders.ts';

export function sessionContract(the: () => Store, another: () => Promise<Store>): void {
  async function aSession(given: Partial<StoredSession> = {}): Promise<StoredSession> {
    const session: StoredSession = {
      id: newId(),
      slug: newSlug(),
      consultation: given.consultation ?? (await aConsultation(the())).id,
      title: newId(),
      startsAt: 1_000,
      endsAt: 2_000,
      zone: 'Africa/Nairobi',
      life: 'planned',
      publication: {policy: 'public', embargoUntil: null},
      seq: 1,
      ...given,
    };
    await the().sessions.create(session);
    return session;
  }

  const aText = (words: string) => ({id: newId<'session-text'>(), salt: new Uint8Array(randomBytes(16)), words});

  describe('sessions', () => {
    it('are found by slug and id, listed by their beginning, and change all but their place', async () => {
      const later = await aSession({startsAt: 5_000, endsAt: 6_000});
      const {consultation} = later;
      const first = await aSession({consultation});
      const {sessions} = the();
      expect(await sessions.find(first.slug)).toEqual(first);
      expect(await sessions.find(first.id)).toEqual(first);
      expect(await sessions.find('nothing')).toBeNull();
      expect(await sessions.of(consultation)).toEqual([first, later]);
      expect((await sessions.of(null)).filter(one => one.consultation === consultation)).toEqual([first, later]);
      expect(await sessions.sitting(consultation)).toEqual([]);
      const changed: StoredSession = {
        ...first,
        life: 'open',
        seq: 7,
        publication: {policy: 'embargo', embargoUntil: 9_000},
      };
      await the().transaction(async tx => {
        expect(await tx.sessions.lock(first.id)).toEqual(first);
        await tx.sessions.save(changed);
      });
      expect(await sessions.find(first.id)).toEqual(changed);
      expect(await sessions.sitting(consultation)).toEqual([{id: first.id, seq: 7}]);
    });

    it('never share a slug', async () => {
      const {slug} = await aSession();
      await expect(aSession({slug})).rejects.toMatchObject({code: 'slug.taken', details: {slug}});
    });

    it('give no hidden words to anyone', async () => {
      const session = await aSession();
      const other = await aSession();
      const [said, hidden] = [aText('The floor is yours.'), aText('A personal attack')];
      await the().sessions.addTexts(session.id, [said, hidden]);
      await the().sessions.addTexts(other.id, [aText('Elsewhere')]);
      await the().sessions.hideText(other.id, hidden.id, 'spam');
      expect((await the().sessions.texts(session.id)).get(hidden.id)).toBe('A personal attack');
      await the().sessions.hideText(session.id, hidden.id, 'personal-attack');
      const known = new Map<TextId, string | null>([
        [said.id, 'The floor is yours.'],
        [hidden.id, null],
      ]);
      expect(await the().sessions.texts(session.id)).toEqual(known);
      expect(await the().sessions.texts(session.id, [hidden.id])).toEqual(new Map([[hidden.id, null]]));
      expect(await the().sessions.texts(session.id, [])).toEqual(new Map());
    });

    it('forget words for good', async () => {
      const session = await aSession();
      const [stays, goes] = [aText('Lunch at one.'), aText('Because I say so.')];
      await the().sessions.addTexts(session.id, [stays, goes]);
      await the().sessions.eraseTexts([]);
      await the().sessions.eraseTexts([goes.id]);
      const known = new Map<TextId, string | null>([
        [stays.id, 'Lunch at one.'],
        [goes.id, null],
      ]);
      expect(await the().sessions.texts(session.id)).toEqual(known);
    });

    it('are listed with their titles', async () => {
      const title = aText('Opening');
      const session = await aSession({title: title.id});
      await the().sessions.addTexts(session.id, [title]);
      expect(await the().sessions.titles([session.id])).toEqual(new Map([[session.id, 'Opening']]));
      expect(await the().sessions.titles([])).toEqual(new Map());
    });

    it('remember the keys of acts by member, each once', async () => {
      const session = await aSession();
      const [{id: ana}, {id: ben}] = [await aMember(the()), await aMember(the())];
      const key = newSlug();
      await the().sessions.addKeys(session.id, [
        {member: ana, key, seq: 4},
        {member: ben, key, seq: 5},
      ]);
      const known = await the().sessions.keys(session.id, [key, key, 'unknown']);
      expect(known.toSorted((one, other) => one.seq - other.seq)).toEqual([
        {member: ana, key, seq: 4},
        {member: ben, key, seq: 5},
      ]);
      expect(await the().sessions.keys((await aSession()).id, [key])).toEqual([]);
      await expect(the().sessions.addKeys(session.id, [{member: ana, key, seq: 6}])).rejects.toThrow('insert into');
    });

    it('hold that somebody answered in one row a question, until it is forgotten', async () => {
      const session = await aSession();
      const [poll, other]: [PollId, PollId] = [newId(), newId()];
      await the().sessions.setAnswered(session.id, poll, new Uint8Array([1, 2]));
      await the().sessions.setAnswered(session.id, poll, new Uint8Array([0, 1, 2]));
      await the().sessions.setAnswered(session.id, other, new Uint8Array([3]));
      const answered = await the().sessions.answered([poll, other, newId()]);
      expect([...(answered.get(poll) ?? [])]).toEqual([0, 1, 2]);
      expect(answered.size).toBe(2);
      await the().sessions.forgetAnswered([poll]);
      expect([...(await the().sessions.answered([poll, other])).keys()]).toEqual([other]);
    });

    it('count without a row per person, over servers', async () => {
      const session = await aSession();
      const [here, there] = [the(), await another()];
      const poll: PollId = newId();
      await Promise.all(
        Array.from({length: 20}, (_, turn) =>
          (turn % 2 ? here : there).sessions.count(session.id, [{poll, choice: turn % 4 ? 'warm' : 'cold', count: 3}]),
        ),
      );
      const counts = await the().sessions.counts(session.id);
      expect(counts.toSorted((one, other) => one.count - other.count)).toEqual([
        {poll, choice: 'cold', count: 15},
        {poll, choice: 'warm', count: 45},
      ]);
    });
  });

  describe('many acts at once', () => {
    const act = (stream: string, event: Act['event']): Act => ({
      stream,
      act: 'position.taken',
      at: 1_764_000_000_000,
      actor: null,
      event,
    });

    it('stand in the ledger in their order, in one stream or several, without a gap whoever writes at the same time', async () => {
      const [here, there] = [the(), await another()];
      const streams = [`session:${newSlug()}`, `session:${newSlug()}`];
      const size = await the().ledger.size();
      await Promise.all(
        Array.from({length: 6}, (_, turn) =>
          (turn % 2 ? here : there).transaction(async tx => {
            const acts = Array.from({length: 30}, (_value, n) => act(streams[n % 3 ? 0 : 1] ?? '', {turn, n}));
            const entries = await tx.ledger.appendMany(acts);
            expect(entries.map(({event}) => event)).toEqual(acts.map(({event}) => event));
            expect(entries.map(({index}) => index)).toEqual(entries.map((_value, n) => (entries[0]?.index ?? 0) + n));
          }),
        ),
      );
      expect(await the().ledger.size()).toBe(size + 180);
      for (const [stream, length] of [
        [streams[0] ?? '', 120],
        [streams[1] ?? '', 60],
      ] as const) {
        const entries = await the().ledger.read(stream, 0, 1_000);
        expect(entries.map(({seq}) => seq)).toEqual(Array.from({length}, (_, n) => n + 1));
        const places = entries.map(({event}) => Number(event.n));
        const half = length / 6;
        for (let turn = 0; turn < 6; turn++) {
          const own = places.slice(turn * half, (turn + 1) * half);
          expect(own).toEqual(own.toSorted((one, other) => one - other));
        }
      }
    });

    it('may be none, and stand there only inside a transaction', async () => {
      const size = await the().ledger.size();
      expect(await the().transaction(tx => tx.ledger.appendMany([]))).toEqual([]);
      expect(await the().ledger.size()).toBe(size);
      await expect(the().ledger.appendMany([act('instance', {})])).rejects.toThrow('inside a transaction');
    });
  });
}
