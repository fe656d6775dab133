import {translatorFor} from '@plenary/locales/translate';
import {languages} from '@plenary/domain/languages';
import {paragraphKinds} from '@plenary/paper/view';
import {describe, expect, it} from 'vitest';
import {leftKinds} from './import/report.ts';
import {exportFormats} from './registry.ts';

describe.each(languages)('in %s', language => {
  const translate = translatorFor(language);

  it('everything that an import may leave has its sentence', () => {
    for (const what of leftKinds) {
      for (const count of [1, 2, 3, 11, 100]) {
        expect(translate(`exchange.left.${what}`, {count})).not.toMatch(/exchange\.|[{}#]/);
      }
    }
  });

  it('every kind of paragraph and every format has a name', () => {
    for (const kind of paragraphKinds) expect(translate(`words.kind.${kind}`)).not.toContain('words.');
    for (const format of Object.keys(exportFormats) as (keyof typeof exportFormats)[]) {
      expect(translate(`exchange.format.${format}`)).not.toContain('exchange.');
    }
  });
});
