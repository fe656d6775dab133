import {describe, expect, test} from 'vitest';
import {languages, type Language} from '@plenary/domain/languages';
import {translatorFor} from '@plenary/locales/translate';
import type {Poll} from '@plenary/domain/sessions/polls/poll';
import type {PollId, TextId} from '@plenary/domain/sessions/session';
import {resultWords} from './positions.ts';

const poll: Poll = {
  id: 'poll' as PollId,
  kind: 'positions',
  question: 'question' as TextId,
  paper: null,
  paragraph: null,
  located: null,
  openedAt: 0,
  state: {is: 'open'},
  answers: [],
};

function told(language: Language, counts: Record<string, number>, kind: Poll['kind'] = 'positions'): string {
  return resultWords({...poll, kind}, counts, language, translatorFor(language)).replaceAll('\u00a0', ' ');
}

describe('what the chair reads out', () => {
  test.each([
    ['en', 'Of twelve organisations, seven support, three have reservations, one opposes and one abstains.'],
    ['fr', 'Sur douze organisations, sept sont pour, trois ont des réserves, une est contre et une s’abstient.'],
    ['es', 'De doce organizaciones, siete están a favor, tres tienen reservas, una está en contra y una se abstiene.'],
    ['ru', 'Из двенадцати организаций семь поддерживают, три имеют оговорки, одна возражает и одна воздерживается.'],
    ['zh', '十二个组织中，七个支持、三个有保留、一个反对和一个弃权。'],
    ['ar', 'من بين اثنتي عشرة منظمة، تؤيد سبع وتتحفظ ثلاث وتعارض واحدة وتمتنع واحدة.'],
  ] as const)('is a sentence with numbers as words (%s)', (language, sentence) => {
    expect(told(language, {support: 7, reserve: 3, oppose: 1, abstain: 1})).toBe(sentence);
  });

  test('has figures from thirteen on, and leaves out what nobody said', () => {
    expect(told('en', {support: 13, reserve: 0, oppose: 1, abstain: 0})).toBe(
      'Of 14 organisations, 13 support and one opposes.',
    );
    expect(told('ru', {support: 21, reserve: 0, oppose: 2, abstain: 0})).toBe(
      'Из 23 организаций 21 поддерживает и две возражают.',
    );
    expect(told('ar', {support: 100, reserve: 2, oppose: 0, abstain: 0})).toContain('102 منظمة');
  });

  test.each(languages)('is plain when nobody answered, and for a temperature check (%s)', language => {
    expect(told(language, {})).not.toMatch(/[{}]|sessions\./);
    const temperature = told(language, {warm: 5, lukewarm: 3, cold: 1}, 'temperature');
    for (const number of ['5', '3', '1']) expect(temperature).toContain(number);
  });
});
