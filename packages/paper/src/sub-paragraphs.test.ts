import {expect, test} from 'vitest';
import {countSubParagraphs} from './sub-paragraphs.ts';
import type {ParagraphKind} from './view.ts';

const text = (...paragraphs: [kind: ParagraphKind, level: number][]) =>
  paragraphs.map(([kind, level]) => ({kind, level}));

test('what is indented under a paragraph belongs to it, up to the next one beside or above', () => {
  const resolution = text(['operative', 0], ['operative', 1], ['operative', 2], ['operative', 1], ['operative', 0]);
  expect(resolution.map((_, place) => countSubParagraphs(resolution, place))).toEqual([3, 1, 0, 0, 0]);
});

test('a list belongs to the paragraph before it, and none of its items to another', () => {
  const list = text(['text', 0], ['item', 0], ['item', 1], ['item', 0], ['heading', 0], ['operative', 0]);
  expect(list.map((_, place) => countSubParagraphs(list, place))).toEqual([3, 1, 0, 0, 0, 0]);
});

test('a paragraph that is not there has none', () => {
  expect(countSubParagraphs([], 0)).toBe(0);
});
