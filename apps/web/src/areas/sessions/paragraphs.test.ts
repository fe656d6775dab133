import {expect, test} from 'vitest';
import {applyChange, textOf, withSubParagraphs, type ReadParagraph} from './paragraphs.ts';

function parse(html: string, name: string | null): ReadParagraph {
  const words = [{text: html, within: [], href: null}];
  return {name, label: '', className: 'pp', lang: null, dir: null, words};
}

const opened: ReadParagraph = {
  ...parse('', 'b'),
  words: [
    {text: 'Calls', within: ['em'], href: null},
    {text: ' upon conveners', within: [], href: null},
  ],
};
const three = [parse('one', 'a'), opened, parse('three', 'c')];

function words(paragraphs: readonly ReadParagraph[]): string[] {
  return paragraphs.map(textOf);
}

test('words change where they stand and keep their look', () => {
  const after = applyChange(three, {text: [[1, 3, 4, 'LS up']]}, parse);
  expect(words(after)).toEqual(['one', 'CalLS uppon conveners', 'three']);
  expect(after[1]?.words.map(({text, within}) => [text, within.join()])).toEqual([
    ['CalLS up', 'em'],
    ['pon conveners', ''],
  ]);
  expect(after[0]).toBe(three[0]);
});

test('words come at the end, and into a paragraph that had none', () => {
  const empty = [{...parse('', 'a'), words: []}];
  expect(words(applyChange(empty, {text: [[0, 0, 0, 'First']]}, parse))).toEqual(['First']);
  expect(words(applyChange(three, {text: [[2, 5, 0, ' more']]}, parse))[2]).toBe('three more');
});

test('paragraphs go and come without the others losing their names', () => {
  const after = applyChange(three, {cut: [0], put: [[1, 'new', 'new']], label: [[0, 'OP 1']]}, parse);
  expect(after.map(({name}) => name)).toEqual(['b', null, 'c']);
  expect(after[0]?.label).toBe('OP 1');
  expect(applyChange(after, {set: [[0, 'again', 'again']]}, parse)[0]?.name).toBe('b');
});

test('what stands under a paragraph is shown with it', () => {
  const under = (html: string, level: number) => ({...parse(html, html), className: `pp lev lev-${level}`});
  const all = [parse('head', 'h'), under('a', 1), under('i', 2), under('point', 1), parse('next', 'n')];
  expect(words(withSubParagraphs(all, all[0]!))).toEqual(['head', 'a', 'i', 'point']);
  expect(words(withSubParagraphs(all, all[1]!))).toEqual(['a', 'i']);
  expect(words(withSubParagraphs(all, all[4]!))).toEqual(['next']);
});
