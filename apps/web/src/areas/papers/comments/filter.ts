import type {CommentJson} from '@plenary/protocol/api/comments';

export interface CommentFilter {
  readonly state: 'open' | 'resolved' | 'all';
  readonly whose: 'anyone' | 'mine' | 'mentions';
  /** Id, '' for all. */
  readonly organisation: string;
}

export const everyOpenOne: CommentFilter = {state: 'open', whose: 'anyone', organisation: ''};

/** Whether a thread fits: an organisation or a mention counts wherever it stands in the thread. */
export function fits({resolved, entries}: CommentJson, filter: CommentFilter, me: string): boolean {
  if (filter.state !== 'all' && (filter.state === 'resolved') !== (resolved !== null)) return false;
  if (filter.whose === 'mine' && !entries.some(({by}) => by.id === me)) return false;
  if (filter.whose === 'mentions' && !entries.some(({mentions}) => mentions.some(({id}) => id === me))) return false;
  return filter.organisation === '' || entries.some(({by}) => by.organisation?.id === filter.organisation);
}

/** Organisations that speak in these threads, by name. */
export function organisationsIn(comments: readonly CommentJson[]): {id: string; name: string}[] {
  const found = new Map<string, string>();
  for (const {entries} of comments) {
    for (const {by} of entries) if (by.organisation) found.set(by.organisation.id, by.organisation.name);
  }
  return [...found].map(([id, name]) => ({id, name})).toSorted((a, b) => a.name.localeCompare(b.name));
}
