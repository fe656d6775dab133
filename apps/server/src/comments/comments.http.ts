import {z} from 'zod';
import type {Comment} from '@plenary/domain/comments/comment';
import {roleIn} from '@plenary/domain/members/actor';
import {holds} from '@plenary/domain/rights/permissions';
import * as protocol from '@plenary/protocol/api/comments';
import {route, type Web} from '../core/route.ts';
import {commentsJson} from './comment-json.ts';
import {
  editEntry,
  findMentionable,
  hideEntry,
  makeComment,
  readComments,
  reattachComment,
  reopenComment,
  replyTo,
  resolveComment,
  withdrawEntry,
} from './comments.service.ts';

const answer = protocol.commentDone;

export function openComments(web: Web): void {
  const {app} = web;
  const done = async (comment: Comment): Promise<z.input<typeof answer>> => {
    const [json] = await commentsJson(app, [comment]);
    if (!json) throw new Error('A comment has no JSON.');
    return {comment: json};
  };
  route(
    web,
    'GET /api/papers/:paper/comments',
    {
      summary: 'Comments on a paper that changed after `since`, for members of its consultation',
      query: z.object({since: z.coerce.number().int().min(0).default(0)}),
      answer: protocol.commentList,
    },
    async ({actor, param, query}) => {
      const {paper, comments, seq, hidden} = await readComments(app, actor, param('paper'), query.since);
      const role = roleIn(actor, paper.consultation);
      return {
        comments: await commentsJson(app, comments),
        seq,
        hidden,
        you: {
          mayComment: holds(actor, 'comment', paper.consultation),
          mayHide: role === 'chair',
          looksAfterAll: role === 'chair' || role === 'secretariat',
        },
      };
    },
  );
  route(
    web,
    'GET /api/papers/:paper/comments/people',
    {
      summary: 'Members who may be mentioned, by the beginning of their handle',
      query: z.object({begins: z.string().max(60).default('')}),
      answer: protocol.mentionable,
    },
    async ({actor, param, query}) => ({
      people: [...(await findMentionable(app, actor, param('paper'), query.begins))],
    }),
  );
  route(
    web,
    'POST /api/papers/:paper/comments',
    {
      summary: 'Comments on words, a paragraph, a gap or the whole text; once for each `key`',
      body: protocol.makeComment,
      answer,
      status: 201,
    },
    async ({actor, param, body}) => done(await makeComment(app, actor, param('paper'), body)),
  );
  route(
    web,
    'POST /api/papers/:paper/comments/:comment/replies',
    {summary: 'Answers a comment; once for each `key`', body: protocol.replyToComment, answer, status: 201},
    async ({actor, param, body}) => done(await replyTo(app, actor, param('paper'), param('comment'), body)),
  );
  route(
    web,
    'POST /api/papers/:paper/comments/:comment/resolve',
    {summary: 'Resolves a thread', answer},
    async ({actor, param}) => done(await resolveComment(app, actor, param('paper'), param('comment'))),
  );
  route(
    web,
    'POST /api/papers/:paper/comments/:comment/reopen',
    {summary: 'Reopens a thread', answer},
    async ({actor, param}) => done(await reopenComment(app, actor, param('paper'), param('comment'))),
  );
  route(
    web,
    'POST /api/papers/:paper/comments/:comment/reattach',
    {summary: 'Puts a thread on other words', body: protocol.reattachComment, answer},
    async ({actor, param, body}) =>
      done(await reattachComment(app, actor, param('paper'), param('comment'), body.anchor)),
  );
  route(
    web,
    'POST /api/papers/:paper/comments/:comment/hide',
    {summary: 'Takes a contribution out of sight, with the category of the reason', body: protocol.hideComment, answer},
    async ({actor, param, body}) => done(await hideEntry(app, actor, param('paper'), param('comment'), body)),
  );
  route(
    web,
    'POST /api/papers/:paper/comments/:comment/edit',
    {summary: 'Puts other words in place of one’s own', body: protocol.editComment, answer},
    async ({actor, param, body}) => done(await editEntry(app, actor, param('paper'), param('comment'), body)),
  );
  route(
    web,
    'POST /api/papers/:paper/comments/:comment/withdraw',
    {summary: 'Erases one’s own words and leaves a trace', body: protocol.withdrawComment, answer},
    async ({actor, param, body}) => done(await withdrawEntry(app, actor, param('paper'), param('comment'), body.entry)),
  );
}
