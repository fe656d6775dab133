import {setupI18n} from '@lingui/core';
import {compileMessage} from '@lingui/message-utils/compileMessage';
import type {Language} from '@plenary/domain/languages';
import type {MessageValues} from './message-id.ts';

/** Says sentences of one area alone, for a page that must carry all it says with it. */
export function speakerOf<Id extends string>(
  language: Language,
  messages: Readonly<Record<Id, string>>,
): (id: Id, values?: MessageValues) => string {
  const i18n = setupI18n({locale: language, messages: {[language]: messages}});
  i18n.setMessagesCompiler(compileMessage);
  return (id, values) => i18n._(id, values);
}
