import {z} from 'zod';
import {revisionSymbol} from '@plenary/domain/papers/revision';
import {holds} from '@plenary/domain/rights/permissions';
import {
  comparison,
  issueRevision as wanted,
  restored,
  revisionList,
  revisionSummary,
} from '@plenary/protocol/api/revisions';
import type {Language} from '@plenary/domain/languages';
import type {RevisionSummary} from '@plenary/store/store';
import {findConsultation} from '../consultations/consultations.service.ts';
import {route, type Web} from '../core/route.ts';
import {citedJson} from '../papers/paper-json.ts';
import {whyNotWriting} from '../papers/papers.service.ts';
import {revisionsJson, titleOf} from './revision-json.ts';
import {
  compareRevisions,
  issueRevision,
  listRevisions,
  readablePaper,
  restoreRevision,
  type ReadablePaper,
} from './revisions.service.ts';

/** An id or a symbol. */
const key = z.string().min(1).max(200);

export function openRevisions(web: Web): void {
  const {app} = web;

  async function one(readable: ReadablePaper, revision: RevisionSummary, language: Language) {
    return (await revisionsJson(app, readable, [revision], language))[0]!;
  }

  route(
    web,
    'GET /api/papers/:paper/revisions',
    {summary: 'Revisions of a paper, newest first', answer: revisionList},
    async ({actor, param, language}) => {
      const readable = await readablePaper(app, actor, param('paper'));
      const {paper} = readable;
      const revisions = await listRevisions(app, readable);
      const consultation = await findConsultation(app, paper.consultation);
      const number = 1 + (revisions.find(({kind}) => kind === 'issued')?.number ?? -1);
      const mayIssue = holds(actor, 'preside', paper.consultation);
      const mayWrite = whyNotWriting(actor, paper) === null;
      return {
        paper: citedJson(paper, consultation),
        you: {
          mayIssue,
          mayRestore: mayIssue && mayWrite,
          mayWrite,
          mayReadHistory: holds(actor, 'read-history', paper.consultation),
        },
        next: {
          symbol: revisionSymbol(paper, 'issued', number),
          title: titleOf({kind: 'issued', number, title: ''}, language),
        },
        revisions: await revisionsJson(app, readable, revisions, language),
      };
    },
  );
  route(
    web,
    'POST /api/papers/:paper/revisions',
    {summary: 'Issues the working text as the next revision', body: wanted, answer: revisionSummary, status: 201},
    async ({actor, param, body, language}) => {
      const issued = await issueRevision(app, actor, param('paper'), body.title ?? '');
      return one(await readablePaper(app, actor, param('paper')), issued, language);
    },
  );
  route(
    web,
    'POST /api/papers/:paper/revisions/:revision/restore',
    {summary: 'Brings the working text back to a revision', answer: restored},
    async ({actor, param, language}) => {
      const {paper, kept} = await restoreRevision(app, actor, param('paper'), param('revision'));
      return {kept: await one(paper, kept, language)};
    },
  );
  route(
    web,
    'GET /api/papers/:paper/compare',
    {
      summary: 'What changed from one revision to another, or to the working text',
      query: z.object({from: key, to: key.optional()}),
      answer: comparison,
    },
    async ({actor, param, query, language}) => {
      const readable = await readablePaper(app, actor, param('paper'));
      const {from, to, rows} = await compareRevisions(app, readable, query.from, query.to ?? null);
      return {
        language: readable.paper.language,
        from: await one(readable, from, language),
        to: to && (await one(readable, to, language)),
        rows: rows.map(row => ({...row, pieces: [...row.pieces]})),
      };
    },
  );
}
