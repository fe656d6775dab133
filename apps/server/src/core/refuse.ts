import type {ErrorRequestHandler, Request, Response} from 'express';
import type {Logger} from 'pino';
import {ZodError} from 'zod';
import type {Language} from '@plenary/domain/languages';
import {Refusal} from '@plenary/domain/refusal';
import {refusalSentence} from '@plenary/locales/refusal-sentence';
import {translatorFor} from '@plenary/locales/translate';
import type {RefusalJson} from '@plenary/protocol/api/refusal';
import {statusOf} from '@plenary/protocol/status';
import {languageOf} from './language.ts';

/** What `route` and the first middleware know about a request and the edge needs. */
export interface RequestLocals {
  requestId?: string;
  language?: Language;
  door?: string;
}

export function refusalBody(refusal: Refusal, language: Language): RefusalJson {
  const sentence = refusalSentence(translatorFor(language), refusal);
  return refusal.details
    ? {refusal: refusal.code, sentence, details: {...refusal.details}}
    : {refusal: refusal.code, sentence};
}

export function sendRefusal(request: Request, response: Response, refusal: Refusal): void {
  const locals = response.locals as RequestLocals;
  const seconds = refusal.code === 'rate.limited' ? refusal.details?.seconds : undefined;
  if (typeof seconds === 'number') response.setHeader('Retry-After', seconds);
  response
    .status(statusOf[refusal.code])
    .setHeader('Cache-Control', 'no-store')
    .json(refusalBody(refusal, locals.language ?? languageOf(request)));
}

/** The one place where what was thrown becomes an answer: refusals with their sentence, bugs logged once under the request's id. */
export function errorEdge(log: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    const locals = response.locals as RequestLocals;
    const refusal = refusalFrom(error);
    if (refusal.code === 'server.failed') {
      log.error({err: error, request: locals.requestId, door: locals.door}, 'A request failed.');
    }
    if (response.headersSent) {
      response.destroy();
      return;
    }
    sendRefusal(request, response, refusal);
  };
}

/** Refusals as they are; what a parser could not read as refusals of the input; anything else is a bug. */
export function refusalFrom(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof ZodError) {
    const fields = [...new Set(error.issues.map(issue => issue.path.join('.')).filter(Boolean))];
    return new Refusal('input.invalid', fields.length > 0 ? {fields} : undefined);
  }
  const {status, type} = error instanceof Error ? (error as Error & {status?: unknown; type?: unknown}) : {};
  if (status === 413 || type === 'entity.too.large') return new Refusal('input.too-large');
  if (typeof status === 'number' && status >= 400 && status < 500) return new Refusal('input.unreadable');
  return new Refusal('server.failed');
}
