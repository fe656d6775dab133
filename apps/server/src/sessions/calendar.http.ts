import type {Request, Response} from 'express';
import type {Language} from '@plenary/domain/languages';
import type {Actor} from '@plenary/domain/members/actor';
import {languageOf} from '../core/language.ts';
import type {RequestLocals} from '../core/refuse.ts';
import {limitKey, open, paramOf, type Web} from '../core/route.ts';
import {whoIs} from '../core/who.ts';
import {consultationCalendar, sessionCalendar} from './calendar.service.ts';
import {sendRecordFile} from './record-file.ts';

const mediaType = 'text/calendar; charset=utf-8';

/** Opened before the sessions themselves, whose addresses would take the ending for a part of the name. */
export function openCalendars(web: Web): void {
  const {app} = web;
  web.described.push(
    {door: 'GET /api/sessions/:session.ics', summary: 'A session for calendars (RFC 5545)'},
    {
      door: 'GET /api/consultations/:consultation/calendar.ics',
      summary: 'All sessions of a consultation for calendars',
    },
  );
  open(web, 'GET /api/sessions/:session.ics', async (request, response) => {
    const {actor, language} = await reader(request, response);
    const {session, file} = await sessionCalendar(app, actor, paramOf(request, 'session'), language);
    sendRecordFile(request, response, {bytes: Buffer.from(file), mediaType, fileName: `${session.slug}.ics`});
  });
  open(web, 'GET /api/consultations/:consultation/calendar.ics', async (request, response) => {
    const {actor, language} = await reader(request, response);
    const {slug, file} = await consultationCalendar(app, actor, paramOf(request, 'consultation'), language);
    sendRecordFile(request, response, {bytes: Buffer.from(file), mediaType, fileName: `${slug}.ics`});
  });

  async function reader(request: Request, response: Response): Promise<{actor: Actor; language: Language}> {
    const {actor, language: own} = await whoIs(app, request);
    const language = languageOf(request, own);
    (response.locals as RequestLocals).language = language;
    app.limits.spend('read', limitKey(actor, request));
    return {actor, language};
  }
}
