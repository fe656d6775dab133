import type {PaperDetails} from '@plenary/protocol/api/papers';

/** What the server says of a paper that a delegate may write. */
export function aPaper(id: string, slug: string): PaperDetails {
  const at = '2026-11-24T09:00:00.000Z';
  return {
    id,
    slug,
    symbol: '',
    title: 'Joint statement',
    language: 'en',
    consultation: {id: 'consultation', slug: 'copenhagen', title: 'Copenhagen'},
    mode: 'open',
    publication: 'public',
    embargoUntil: null,
    createdAt: at,
    changedAt: at,
    room: `/rooms/${id}`,
    seq: 1,
    epoch: 1,
    schema: 1,
    you: {role: 'delegate', organisation: null, mayRead: true, mayWrite: true, refusal: null, mayPreside: false},
    hiddenComments: 0,
    presided: null,
  };
}
