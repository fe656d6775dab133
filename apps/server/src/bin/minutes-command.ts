import {writeFileSync} from 'node:fs';
import {isLanguage, languages} from '@plenary/domain/languages';
import {minutesForOperator, minutesFormats, writeMinutes, type MinutesFormat} from '../sessions/minutes.service.ts';
import {configOrEnd, openInstanceStore, say} from './opened.ts';
import {readWords, Usage} from './usage.ts';

const formats = Object.keys(minutesFormats).join(', ');

export const minutesHelp = `  minutes <session> [--format <format>]          saves the minutes of a session; formats: ${formats}
                                                 with --lang <language> (${languages.join(', ')}), --out <file>, and
                                                 --public for what anyone may read where the policy gives no names`;

/** Says what it has written; resolves with the exit code. */
export async function saveMinutes(args: readonly string[]): Promise<number> {
  const {session, format, language, out, audience} = readArguments(args);
  const store = await openInstanceStore(configOrEnd());
  try {
    const named = await minutesForOperator({store, clock: {now: Date.now}}, session, audience);
    const name = out ?? `minutes-${named.session.slug}${minutesFormats[format].extension}`;
    writeFileSync(name, await writeMinutes(named, format, language));
    say(name);
    return 0;
  } finally {
    await store.close();
  }
}

function readArguments(args: readonly string[]) {
  const text = {type: 'string'} as const;
  const options = {format: text, lang: text, out: text, public: {type: 'boolean'}} as const;
  const {values, positionals} = readWords({args: [...args], options, allowPositionals: true, strict: true});
  const [session, ...others] = positionals;
  const {format = 'html', lang: language = 'en', out = null} = values;
  if (session === undefined) throw new Usage(`Which session?\n\n${minutesHelp}`);
  if (others.length > 0) throw new Usage(`One session at a time: “${others.join(' ')}” is too much.`);
  if (!isFormat(format)) throw new Usage(`“${format}” is no format. There are: ${formats}.`);
  if (!isLanguage(language)) throw new Usage(`“${language}” is no language here. There are: ${languages.join(', ')}.`);
  return {session, format, language, out, audience: values.public ? ('nameless' as const) : ('inside' as const)};
}

function isFormat(name: string): name is MinutesFormat {
  return Object.hasOwn(minutesFormats, name);
}
