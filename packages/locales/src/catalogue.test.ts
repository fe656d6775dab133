import {compileMessage} from '@lingui/message-utils/compileMessage';
import {languages, type Language} from '@plenary/domain/languages';
import {refusalCodes} from '@plenary/domain/refusal';
import {describe, expect, it} from 'vitest';
import {messages as ar} from './languages/ar.ts';
import {messages as en} from './languages/en.ts';
import {messages as es} from './languages/es.ts';
import {messages as fr} from './languages/fr.ts';
import {messages as ru} from './languages/ru.ts';
import {messages as zh} from './languages/zh.ts';
import {refusalSentence} from './refusal-sentence.ts';
import {translatorFor} from './translate.ts';

const catalogues: Record<Language, Record<string, string>> = {ar, zh, en, fr, ru, es};
const others = languages.filter(language => language !== 'en');

/** Words that are the same in two languages; everything else must have been translated. */
const sameOnPurpose: Record<string, readonly Language[]> = {
  'exchange.format.markdown': ['ar', 'zh', 'fr', 'ru', 'es'],
  'words.role.auditor': ['es'],
  'common.nav.consultations': ['fr'],
  'common.nav.organisations': ['fr'],
  'consultations.organisation': ['fr'],
  'consultations.phase': ['fr'],
  'people.invitation': ['fr'],
  'people.organisation': ['fr'],
  'reading.pause': ['fr'],
  'sessions.absent': ['fr'],
  'sessions.extend': ['fr', 'es'],
  'sessions.pause': ['fr'],
  'sessions.poll.question': ['fr'],
  'sessions.time.by.delegations': ['fr'],
  'sessions.time.length': ['fr', 'es'],
  'minutes.consultation': ['fr'],
  'minutes.interventions': ['fr'],
  'minutes.organisation': ['fr'],
  'minutes.organisations': ['fr'],
  'minutes.participant': ['fr'],
  'minutes.participant-column': ['fr'],
  'minutes.participants': ['fr'],
};

interface Choice {
  readonly id: string;
  readonly placeholder: string;
  readonly type: string;
  readonly cases: readonly string[];
}

interface Parts {
  /** Placeholders that are shown as they are. */
  readonly values: ReadonlySet<string>;
  /** Placeholders that a choice is made by. */
  readonly counts: ReadonlySet<string>;
  readonly choices: readonly Choice[];
}

/** A sentence as the compiler of the product reads it. Throws where it is no ICU message. */
function partsOf(id: string, sentence: string): Parts {
  const values = new Set<string>();
  const choices: Choice[] = [];
  const walk = (parts: unknown): void => {
    if (!Array.isArray(parts)) return;
    for (const part of parts as unknown[]) {
      if (!Array.isArray(part)) continue;
      const [name, type, format] = part as unknown[];
      if (typeof name !== 'string') continue;
      if (typeof type === 'string' && typeof format === 'object' && format !== null) {
        choices.push({id, placeholder: name, type, cases: Object.keys(format)});
        for (const branch of Object.values(format)) walk(branch);
      } else if (name !== '#') values.add(name);
    }
  };
  const compiled: unknown = compileMessage(sentence);
  // The compiler hands back what it cannot read as it stands.
  if (typeof compiled === 'string' ? /[{}]/.test(compiled) : !Array.isArray(compiled)) {
    throw new Error(`${id} is no ICU message: ${sentence}`);
  }
  walk(compiled);
  return {values, counts: new Set(choices.map(choice => choice.placeholder)), choices};
}

function idsWhere(language: Language, holds: (sentence: string, id: string) => boolean): string[] {
  return Object.entries(catalogues[language]).flatMap(([id, sentence]) => (holds(sentence, id) ? [id] : []));
}

describe.each(languages)('the sentences in %s', language => {
  const catalogue = catalogues[language];

  it('are there for every id, and for no other', () => {
    expect(Object.keys(catalogue).sort()).toEqual(Object.keys(en).sort());
  });

  it('can be read as ICU messages and name the same values as in English', () => {
    for (const [id, sentence] of Object.entries(catalogue)) {
      const {values, counts} = partsOf(id, sentence);
      const english = partsOf(id, catalogues.en[id] ?? '');
      expect([id, ...[...values].sort()]).toEqual([id, ...[...english.values].sort()]);
      // A language may need fewer choices than English: "line" and "lines" are one word in Chinese.
      expect([...counts].filter(name => !english.counts.has(name) && !english.values.has(name))).toEqual([]);
    }
  });

  it('have a form for every plural category of the language', () => {
    const cardinal = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const ordinal = new Intl.PluralRules(language, {type: 'ordinal'}).resolvedOptions().pluralCategories;
    const needed: Record<string, readonly string[]> = {plural: cardinal, selectordinal: ordinal, select: ['other']};
    const short = Object.entries(catalogue)
      .flatMap(([id, sentence]) => partsOf(id, sentence).choices)
      .filter(({type, cases}) => needed[type]?.some(category => !cases.includes(category)));
    expect(short).toEqual([]);
  });

  it('are never empty, never exclaim, and never begin or end with a space', () => {
    expect(idsWhere(language, sentence => sentence.trim() === '' || /^\s| $/.test(sentence))).toEqual([]);
    expect(idsWhere(language, sentence => /[!！]/u.test(sentence))).toEqual([]);
  });

  it('say why of every refusal', () => {
    const translate = translatorFor(language);
    for (const code of refusalCodes) {
      const sentence = refusalSentence(translate, {code});
      expect(sentence).not.toContain('refusals.');
      expect(sentence).not.toMatch(/[{}]|undefined/);
      expect(sentence.length).toBeGreaterThan(8);
    }
  });
});

describe('the sentences in English', () => {
  it('are plain', () => {
    const banned = /\b(?:please|oops|successful(?:ly)?|simply|just|user|users|document|project|workspace)\b/i;
    expect(idsWhere('en', sentence => banned.test(sentence))).toEqual([]);
  });
});

describe.each(others)('the sentences in %s', language => {
  it('are not left in English', () => {
    const same = idsWhere(
      language,
      (sentence, id) =>
        sentence === catalogues.en[id] && /\p{L}{2}/u.test(words(sentence)) && !sameOnPurpose[id]?.includes(language),
    );
    expect(same).toEqual([]);
  });
});

/** What of a sentence is neither a placeholder nor the name of the product. */
function words(sentence: string): string {
  return sentence.replace(/\{\w+\}|Plenary/g, '');
}

describe('the sentence of a refusal', () => {
  it('names the seconds to wait where they are known', () => {
    const translate = translatorFor('en');
    expect(refusalSentence(translate, {code: 'rate.limited', details: {seconds: 3}})).toContain('in 3 seconds');
    expect(refusalSentence(translate, {code: 'rate.limited'})).toContain('a minute');
  });
});
