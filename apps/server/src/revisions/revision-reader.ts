import type {Request, Response} from 'express';
import {Refusal} from '@plenary/domain/refusal';
import {readContent} from '@plenary/paper/canonical';
import type {StoredRevision} from '@plenary/store/store';
import type {App} from '../app.ts';
import {languageOf} from '../core/language.ts';
import {sendPage} from '../core/page.ts';
import {paramOf} from '../core/route.ts';
import {whoIs, type Who} from '../core/who.ts';
import type {ReadAssets} from '../streams/assets.ts';
import {missingRevisionPage, revisionPage} from './revision-page.ts';
import {findRevision, listRevisions, readablePaper, type ReadablePaper} from './revisions.service.ts';

/** True when a reading page was asked for a revision, and not for the working text. */
export function asksForRevision(request: Request): boolean {
  return typeof request.query['revision'] === 'string';
}

/** Revisions as they are read without the client: a page, and the very bytes that were hashed. */
export interface RevisionReader {
  /** `GET /read/:paper?revision=` */
  page(request: Request, response: Response): Promise<void>;
  /** `GET /read/:paper.txt?revision=` */
  text(request: Request, response: Response): Promise<void>;
}

export function revisionReader(app: App, assets: ReadAssets): RevisionReader {
  async function readable(request: Request, {actor}: Who): Promise<ReadablePaper | null> {
    try {
      return await readablePaper(app, actor, paramOf(request, 'paper'));
    } catch (error) {
      if (error instanceof Refusal) return null;
      throw error;
    }
  }

  async function wanted(request: Request, paper: ReadablePaper): Promise<StoredRevision | null> {
    try {
      return await findRevision(app, paper, String(request.query['revision']));
    } catch (error) {
      if (error instanceof Refusal) return null;
      throw error;
    }
  }

  return {
    async page(request, response) {
      const who = await whoIs(app, request);
      const paper = await readable(request, who);
      // What is closed or not there says so in the same words as its working text.
      if (!paper) return app.streams.page(request, response);
      const [revision, all] = await Promise.all([wanted(request, paper), listRevisions(app, paper)]);
      const language = languageOf(request, who.language);
      const page = {assets, language, paper: paper.paper, asked: String(request.query['revision']), all};
      if (!revision) {
        await sendPage(request, response.status(404), missingRevisionPage(page));
        return undefined;
      }
      await sendPage(request, response, revisionPage({...page, revision, paragraphs: readContent(revision.content)}));
      return undefined;
    },

    async text(request, response) {
      const who = await whoIs(app, request);
      const paper = await readable(request, who);
      if (!paper) return app.streams.text(request, response);
      const revision = await wanted(request, paper);
      if (!revision) throw new Refusal('not-found');
      response.setHeader('Content-Type', 'text/plain; charset=utf-8');
      response.setHeader('Content-Language', paper.paper.language);
      response.setHeader('Cache-Control', 'private, no-store');
      response.vary('Cookie');
      response.end(revision.text);
      return undefined;
    },
  };
}
