import type {Request, Response} from 'express';
import {z} from 'zod';
import {mandateIn, roleIn} from '@plenary/domain/members/actor';
import {Refusal} from '@plenary/domain/refusal';
import {holds} from '@plenary/domain/rights/permissions';
import {schemaVersion} from '@plenary/paper/schema-version';
import {
  changePaper,
  createPaper as wanted,
  joinParagraph as joinWanted,
  moveParagraph as moveWanted,
  paperCreated,
  paperDetails,
  paperSummary,
  recordEntry,
} from '@plenary/protocol/api/papers';
import type {Actor} from '@plenary/domain/members/actor';
import type {App} from '../app.ts';
import {findConsultation} from '../consultations/consultations.service.ts';
import {instant} from '../core/instant.ts';
import {route, type Web} from '../core/route.ts';
import type {ImportSource} from './import-source.ts';
import {roomOf, summaryJson} from './paper-json.ts';
import {
  checkedPublication,
  createPaper,
  joinParagraph,
  lastPresided,
  listPapers,
  moveParagraph,
  presideOver,
  recordOf,
  seePaper,
  whyNotWritingNow,
} from './papers.service.ts';
import {isForm, readForm, type UploadedFile} from './upload.ts';

/** What a form and a JSON body have in common once they are read. */
const fileField = z.custom<UploadedFile>().optional();
const created = wanted.extend({file: fileField});

export function openPapers(web: Web): void {
  const {app} = web;
  route(
    web,
    'GET /api/papers',
    {
      summary: 'Papers, of one consultation or of all',
      query: z.object({consultation: z.string().max(80).optional()}),
      answer: z.object({papers: z.array(paperSummary.extend({mayRead: z.boolean()}))}),
    },
    async ({actor, query}) => {
      const only = query.consultation === undefined ? null : await findConsultation(app, query.consultation);
      const all = new Map((only ? [only] : await app.store.consultations.all()).map(one => [one.id, one]));
      const listed = await listPapers(app, actor, only?.id ?? null);
      return {
        papers: listed.flatMap(({paper, mayRead}) => {
          const consultation = all.get(paper.consultation);
          return consultation ? [{...summaryJson(paper, consultation), mayRead}] : [];
        }),
      };
    },
  );
  route(
    web,
    'POST /api/papers',
    {
      summary: 'Creates a paper, empty or from text or a file',
      body: created,
      answer: paperCreated,
      status: 201,
      rate: 'create-paper',
      mostBytes: 6_500_000,
      readBody: request => (isForm(request) ? formBody(request) : undefined),
    },
    async ({actor, body, response}) => {
      const {id} = await findConsultation(app, body.consultation);
      if (!holds(actor, 'create-paper', id)) throw new Refusal('not-permitted');
      const gone = goneWith(response);
      const {content, language, report} = await app.importer.read(sourceOf(body), body.language ?? null, gone);
      // Nobody waits for the paper any more: they cancelled.
      gone.throwIfAborted();
      const paper = await createPaper(app, actor, {
        consultation: id,
        slug: body.slug ?? null,
        title: body.title,
        symbol: body.symbol ?? '',
        language: body.language ?? language ?? 'en',
        mode: body.mode,
        publication: checkedPublication(body.publication, body.embargoUntil ? Date.parse(body.embargoUntil) : null),
        content,
      });
      return {id: paper.id, slug: paper.slug, room: roomOf(paper), report};
    },
  );
  route(
    web,
    'GET /api/papers/:paper',
    {summary: 'A paper, its state, and what the reader may do', answer: paperDetails},
    ({actor, param}) => describePaper(app, actor, param('paper')),
  );
  route(
    web,
    'PATCH /api/papers/:paper',
    {summary: 'Sets drafting mode and publication policy', body: changePaper, answer: paperDetails},
    async ({actor, param, body}) => {
      const {mode, publication: policy, embargoUntil} = body;
      const until = typeof embargoUntil === 'string' ? Date.parse(embargoUntil) : embargoUntil;
      const paper = await presideOver(app, actor, param('paper'), {mode, policy, embargoUntil: until});
      return describePaper(app, actor, paper.id);
    },
  );
  route(
    web,
    'GET /api/papers/:paper/record',
    {
      summary: 'What was done with a paper, oldest first',
      query: z.object({
        since: z.coerce.number().int().min(0).default(0),
        limit: z.coerce.number().int().min(1).max(500).default(200),
      }),
      answer: z.object({entries: z.array(recordEntry)}),
    },
    async ({actor, param, query}) => ({
      entries: (await recordOf(app, actor, param('paper'), query)).map(({entry, by}) => ({
        index: entry.index,
        seq: entry.seq,
        act: entry.act,
        at: instant(entry.at),
        by,
        event: {...entry.event},
      })),
    }),
  );
  const done = z.object({done: z.literal(true)});
  route(
    web,
    'POST /api/papers/:paper/moves',
    {summary: 'Moves a paragraph', body: moveWanted, answer: done},
    async ({actor, param, body}) => {
      await moveParagraph(app, actor, param('paper'), body);
      return {done: true as const};
    },
  );
  route(
    web,
    'POST /api/papers/:paper/joins',
    {summary: 'Joins a paragraph to the one before it', body: joinWanted, answer: done},
    async ({actor, param, body}) => {
      await joinParagraph(app, actor, param('paper'), body.paragraph);
      return {done: true as const};
    },
  );
}

/** Aborts when whoever asked closes the connection before the answer. */
function goneWith(response: Response): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableEnded) gone.abort(new Refusal('input.unreadable'));
  });
  return gone.signal;
}

async function describePaper(app: App, actor: Actor, key: string): Promise<z.input<typeof paperDetails>> {
  const seen = await seePaper(app, actor, key);
  const {paper, disclosure} = seen;
  const mayRead = disclosure.sees === 'text';
  const consultation = await findConsultation(app, paper.consultation);
  const organisation = mandateIn(actor, paper.consultation)?.organisation ?? null;
  const refusal = mayRead ? await whyNotWritingNow(app, actor, paper) : new Refusal('paper.closed');
  const presided = await lastPresided(app, seen);
  return {
    ...summaryJson(paper, consultation),
    room: roomOf(paper),
    seq: mayRead ? await app.store.updates.lastSeq(paper.number) : 0,
    epoch: paper.epoch,
    schema: schemaVersion,
    you: {
      role: roleIn(actor, paper.consultation),
      organisation: organisation === null ? null : ((await app.store.organisations.find(organisation))?.name ?? null),
      mayRead,
      mayWrite: refusal === null,
      refusal: refusal?.code ?? null,
      mayPreside: holds(actor, 'preside', paper.consultation),
    },
    hiddenComments: mayRead ? await app.store.comments.countHidden(paper.id) : 0,
    presided: presided?.by ? {handle: presided.by.handle, at: instant(presided.entry.at)} : null,
  };
}

/** Fields as in JSON; a form without a title takes the file's name. Empty fields count as absent. */
async function formBody(request: Request): Promise<unknown> {
  const {fields, file} = await readForm(request);
  const given: Record<string, unknown> = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
  // A form without a chosen file sends one without a name.
  if (file && (file.name !== '' || file.bytes.length > 0)) {
    given.file = file;
    given.title ??= file.name.replace(/\.[^.]{1,8}$/, '').trim();
  }
  return given;
}

function sourceOf({file, text}: {file?: UploadedFile | undefined; text?: string | undefined}): ImportSource {
  return file ? {bytes: file.bytes, name: file.name} : {text: text ?? ''};
}
