import {describe, expect, test} from 'vitest';
import type {CommentJson} from '@plenary/protocol/api/comments';
import {everyOpenOne, fits, organisationsIn} from './filter.ts';
import {stack, type Stacked} from './stack.ts';

const at = (id: string, wanted: number, height = 100): Stacked => ({id, wanted, height});
const placed = (items: Stacked[], current: string | null = null, top = 0) =>
  Object.fromEntries(stack(items, current, 10, top));

describe('threads in the margin', () => {
  test('stand beside their words where there is room', () => {
    expect(placed([at('a', 0), at('b', 300)])).toEqual({a: 0, b: 300});
  });

  test('come one after another where there is none, in the order of the text', () => {
    expect(placed([at('b', 40), at('a', 20), at('c', 60)])).toEqual({a: 20, b: 130, c: 240});
  });

  test('make way for the one in view, which stands by its words', () => {
    expect(placed([at('a', 300), at('b', 340), at('c', 350)], 'b')).toEqual({a: 230, b: 340, c: 450});
  });

  test('never stand over what is above them all', () => {
    const places = placed([at('a', 0), at('b', 10), at('c', 20)], 'c', 50);
    expect(places).toEqual({a: 50, b: 160, c: 270});
  });

  test('never overlap, whatever they want: 500 seeded columns', () => {
    let state = 7;
    const next = (below: number) => (state = (state * 48_271) % 0x7fff_ffff) % below;
    for (let run = 0; run < 500; run++) {
      const items = Array.from({length: 1 + next(8)}, (_, i) => at(`${i}`, next(900), 20 + next(200)));
      const current = next(3) === 0 ? null : `${next(items.length)}`;
      const top = next(200);
      const places = stack(items, current, 10, top);
      const order = items.toSorted((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0));
      let free = top;
      for (const {id, height} of order) {
        expect(places.get(id)).toBeGreaterThanOrEqual(free);
        free = (places.get(id) ?? 0) + height + 10;
      }
    }
  });
});

describe('the choice of threads', () => {
  function aThread(more: Partial<CommentJson>, ...by: {id: string; organisation?: string; mentions?: string[]}[]) {
    const entries = by.map(({id, organisation, mentions = []}, i) => ({
      id: `${i}`,
      by: {
        id,
        handle: id,
        role: 'delegate' as const,
        organisation: organisation ? {id: organisation, name: organisation.toUpperCase()} : null,
      },
      at: '2026-11-25T07:00:00.000Z',
      text: 'Words.',
      edited: null,
      withdrawn: false,
      hidden: null,
      mentions: mentions.map(handle => ({id: handle, handle})),
    }));
    return {id: 't', anchor: {on: 'text' as const, revision: null}, resolved: null, change: 1, entries, ...more};
  }
  const resolved = {by: {id: 'ana', handle: 'Ana'}, at: '2026-11-25T08:00:00.000Z'};

  test('shows the open ones unless others are asked for', () => {
    const open = aThread({}, {id: 'ana'});
    const done = aThread({resolved}, {id: 'ana'});
    const shown = (state: 'open' | 'resolved' | 'all') =>
      [open, done].map(thread => fits(thread, {...everyOpenOne, state}, 'ben'));
    expect([shown('open'), shown('resolved'), shown('all')]).toEqual([
      [true, false],
      [false, true],
      [true, true],
    ]);
  });

  test('by who takes part, who is mentioned and for whom they speak, anywhere in the thread', () => {
    const thread = aThread({}, {id: 'ana', organisation: 'a'}, {id: 'ben', organisation: 'b', mentions: ['cho']});
    const has = (part: Partial<typeof everyOpenOne>, me: string) => fits(thread, {...everyOpenOne, ...part}, me);
    expect([has({whose: 'mine'}, 'ben'), has({whose: 'mine'}, 'cho')]).toEqual([true, false]);
    expect([has({whose: 'mentions'}, 'cho'), has({whose: 'mentions'}, 'ben')]).toEqual([true, false]);
    expect([has({organisation: 'b'}, 'dina'), has({organisation: 'c'}, 'dina')]).toEqual([true, false]);
    expect(organisationsIn([thread])).toEqual([
      {id: 'a', name: 'A'},
      {id: 'b', name: 'B'},
    ]);
  });
});
