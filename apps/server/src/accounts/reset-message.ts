import type {Language} from '@plenary/domain/languages';
import {translatorFor} from '@plenary/locales/translate';
import type {Message} from '../adapters/mail.ts';

/** The link that lets the holder of an account choose a new password. */
export function resetMessage(to: string, handle: string, language: Language, link: string): Message {
  const t = translatorFor(language);
  return {to, subject: t('server.reset.subject'), text: t('server.reset.text', {handle, link})};
}
