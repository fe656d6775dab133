import type {Translate} from '@plenary/locales/message-id';
import type {Author} from '@plenary/protocol/api/history';

/** A handle; the server itself has none, and neither has a member who was erased. */
export function handleOf(t: Translate, {id, handle}: Author): string {
  return handle ?? t(id === null ? 'common.name' : 'revisions.history.erased');
}

/** `Ana (Open Assemblies)`, each isolated in its own direction. */
export function nameOfAuthor(t: Translate, author: Author): string {
  const handle = `\u2068${handleOf(t, author)}\u2069`;
  return author.organisation === null ? handle : `${handle} (\u2068${author.organisation}\u2069)`;
}

export function namesOf(t: Translate, language: string, authors: readonly Author[]): string {
  return new Intl.ListFormat(language, {type: 'conjunction'}).format(authors.map(author => nameOfAuthor(t, author)));
}
