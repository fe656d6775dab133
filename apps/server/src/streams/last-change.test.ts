import {expect, test} from 'vitest';
import type {FollowedParagraph} from './followed-text.ts';
import {ParagraphChanges, wordsChanged} from './last-change.ts';

function paragraph(name: string, text: string): FollowedParagraph {
  const runs = [{text, marks: {}}];
  const source = {
    name,
    kind: 'text' as const,
    level: 0,
    dir: null,
    lang: null,
    gone: false,
    runs,
  };
  return {source, label: '', text, frame: '', stretches: []};
}

test('words that came are quoted whole, words that went are counted', () => {
  expect(wordsChanged('within seven days', 'within seven working days')).toEqual({added: ['working'], deleted: 0});
  expect(wordsChanged('within seven days;', 'within ten days;')).toEqual({added: ['ten'], deleted: 1});
  expect(wordsChanged('all of it, at once', 'all of it')).toEqual({added: [], deleted: 2});
  const {added} = wordsChanged('', 'word '.repeat(100));
  expect(added[0]?.length).toBeLessThanOrEqual(82);
  expect(added[0]).toMatch(/word …$/);
});

test('typing is one change until it rests for a minute, and what was typed and taken back is no word of it', () => {
  const changes = new ParagraphChanges();
  const states = ['Call upon all', 'Call upon a', 'Call upon an', 'Call upon any', 'Call upon any'].map(text => [
    paragraph('p', text),
  ]);
  for (let i = 1; i < states.length; i++) changes.note(states[i - 1]!, states[i]!, 1000 * i);
  expect(changes.lastOf(states.at(-1)!)?.change).toEqual({at: 4000, added: ['any'], deleted: 1});
  const later = [paragraph('p', 'Call upon any one')];
  changes.note(states.at(-1)!, later, 100_000);
  expect(changes.lastOf(later)?.change).toEqual({at: 100_000, added: ['one'], deleted: 0});
});

test('the paragraph that changed last is the one that is told of', () => {
  const changes = new ParagraphChanges();
  const [a, b] = [paragraph('a', 'One'), paragraph('b', 'Two')];
  expect(changes.lastOf([a, b])).toBeNull();
  const more = paragraph('b', 'Two and more');
  changes.note([a, b], [a, more], 1);
  expect(changes.lastOf([a, more])).toMatchObject({paragraph: more, change: {added: ['and more']}});
  expect(changes.lastOf([a])).toBeNull();
});
