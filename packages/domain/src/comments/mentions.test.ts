import {expect, test} from 'vitest';
import {mentionsIn} from './mentions.ts';

const people = ['Ana', 'Ana 2', 'Ben', 'Мария', 'ليلى'].map(handle => ({handle}));
const named = (text: string) => mentionsIn(text, people).map(({handle}) => handle);

test('whoever is named by @handle is mentioned, once', () => {
  expect(named('@Ben and @Ana: what do you say, @Ben?')).toEqual(['Ben', 'Ana']);
  expect(named('Спросим (@Мария), и @ليلى.')).toEqual(['Мария', 'ليلى']);
});

test('neither case nor the width of a letter matters', () => {
  expect(named('@ANA, @ｂｅｎ')).toEqual(['Ana', 'Ben']);
});

test('of two handles that fit, the longer one is meant', () => {
  expect(named('@Ana 2 said so')).toEqual(['Ana 2']);
  expect(named('@Ana 23')).toEqual(['Ana']);
});

test('a handle inside a longer word or behind one is none', () => {
  expect(named('@Anabel, write to office@ben.example')).toEqual([]);
  expect(named('Ana, Ben and an @')).toEqual([]);
});
