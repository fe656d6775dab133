import type {Language} from '@plenary/domain/languages';
import type {Why} from '@plenary/domain/sessions/order';
import type {Translate} from '@plenary/locales/message-id';
import {hourWords, lengthWords} from './hours.ts';

/** Why somebody waits at this place. */
export function whyWords(why: Why, language: Language, t: Translate): string {
  switch (why.is) {
    case 'alternates':
      return t('sessions.why.alternates', {after: t(`words.constituency.${why.after}`)});
    case 'least-time':
      return t('sessions.why.least-time', {time: lengthWords(why.spoken, t)});
    case 'asked-first':
      return t('sessions.why.asked-first', {time: hourWords(why.at, language, t)});
    case 'placed-by-chair':
    case 'group':
    case 'first-time':
    case 'absent':
      return t(`sessions.why.${why.is}`);
  }
}
