import type {Translate} from '@plenary/locales/message-id';
import type {Author, HistoryStep} from '@plenary/protocol/api/history';

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

/** The step in which an entry of the log stands: that entry may have been the end of a step when somebody linked to it. */
export function stepAt(steps: readonly HistoryStep[], entry: number): number {
  const at = steps.findIndex(({until}) => until >= entry);
  return at < 0 ? steps.length - 1 : at;
}

/** The last step that was over by then; the first one when none was. */
export function stepBy(steps: readonly HistoryStep[], time: number): number {
  return Math.max(
    0,
    steps.findLastIndex(({at}) => Date.parse(at) <= time),
  );
}
