import {z} from 'zod';
import {languages, type Language} from '@plenary/domain/languages';
import type {Actor} from '@plenary/domain/members/actor';
import {Refusal} from '@plenary/domain/refusal';
import {statusOf} from '@plenary/protocol/status';
import type {App} from '../app.ts';
import {languageOf} from '../core/language.ts';
import type {RequestLocals} from '../core/refuse.ts';
import {limitKey, open, paramOf, route, type Web} from '../core/route.ts';
import {whoIs} from '../core/who.ts';
import {minutesPage, minutesPolicy, noMinutesPage} from './minutes-page.ts';
import {minutesFor, minutesFormats, writeMinutes, type MinutesFormat} from './minutes.service.ts';
import {sendRecordFile} from './record-file.ts';

export const minutesQuery = z.object({
  format: z.enum(Object.keys(minutesFormats) as [MinutesFormat, ...MinutesFormat[]]).default('html'),
  /** The reader's language unless said. */
  lang: z.enum(languages).optional(),
});

export function openMinutes(web: Web): void {
  const {app} = web;
  route(
    web,
    'GET /api/sessions/:session/minutes',
    {summary: 'The minutes of a session as a file', query: minutesQuery},
    async ({actor, language, param, query, request, response}) => {
      const named = await minutesFor(app, actor, param('session'));
      const {extension, mediaType} = minutesFormats[query.format];
      const inLanguage = query.lang ?? language;
      const bytes =
        query.format === 'docx'
          ? await app.exporter.writeMinutes(named, inLanguage)
          : await writeMinutes(named, query.format, inLanguage);
      response.setHeader('Content-Security-Policy', minutesPolicy);
      sendRecordFile(request, response, {bytes, mediaType, fileName: `minutes-${named.session.slug}${extension}`});
    },
  );
  open(web, 'GET /sessions/:session/minutes', async (request, response) => {
    const {actor, language: own} = await whoIs(app, request);
    const language = languageOf(request, own);
    (response.locals as RequestLocals).language = language;
    app.limits.spend('read', limitKey(actor, request));
    response.setHeader('Content-Security-Policy', minutesPolicy);
    const answer = await pageFor(app, actor, paramOf(request, 'session'), language);
    response.status(answer.status);
    const bytes = Buffer.from(answer.page);
    sendRecordFile(request, response, {bytes, mediaType: 'text/html; charset=utf-8', fileName: null});
  });
}

async function pageFor(
  app: App,
  actor: Actor,
  session: string,
  language: Language,
): Promise<{status: number; page: string}> {
  try {
    return {status: 200, page: minutesPage(await minutesFor(app, actor, session), language)};
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return {status: statusOf[error.code], page: noMinutesPage(error, language)};
  }
}
