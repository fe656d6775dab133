import type {z} from 'zod';
import {wordsOf, type Comment, type CommentEntry} from '@plenary/domain/comments/comment';
import type {MemberId, OrganisationId} from '@plenary/domain/ids';
import type {commentJson} from '@plenary/protocol/api/comments';
import type {App} from '../app.ts';
import {instant} from '../core/instant.ts';

type CommentAnswer = z.input<typeof commentJson>;

/** Comments as they travel, with the names of people and organisations; each is looked up once. */
export async function commentsJson(app: App, comments: readonly Comment[]): Promise<CommentAnswer[]> {
  const people = new Map<MemberId, string>();
  const organisations = new Map<OrganisationId, string>();
  for (const {resolved, entries} of comments) {
    for (const {author, mentions, organisation} of entries) {
      for (const id of [author, ...mentions, ...(resolved ? [resolved.by] : [])]) {
        if (!people.has(id)) people.set(id, (await app.store.members.find(id))?.handle ?? '');
      }
      if (organisation && !organisations.has(organisation)) {
        organisations.set(organisation, (await app.store.organisations.find(organisation))?.name ?? '');
      }
    }
  }
  const person = (id: MemberId) => ({id, handle: people.get(id) ?? ''});
  const entryJson = (entry: CommentEntry): CommentAnswer['entries'][number] => {
    const text = wordsOf(entry);
    const {id, author, organisation, role, at, mentions} = entry;
    return {
      id,
      by: {
        ...person(author),
        role,
        organisation: organisation && {id: organisation, name: organisations.get(organisation) ?? ''},
      },
      at: instant(at),
      text,
      edited: text === null || entry.editedAt === null ? null : instant(entry.editedAt),
      withdrawn: entry.withdrawnAt !== null,
      hidden: entry.hidden?.reason ?? null,
      mentions: text === null ? [] : mentions.map(person),
    };
  };
  return comments.map(({id, anchor, resolved, change, entries}) => ({
    id,
    anchor,
    resolved: resolved && {by: person(resolved.by), at: instant(resolved.at)},
    change,
    entries: entries.map(entryJson),
  }));
}
