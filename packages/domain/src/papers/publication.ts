import type {Role} from '../rights/roles.ts';
import type {Publication} from './paper.ts';

/** What someone gets to see of a paper. The one answer that pages, rooms, streams and exports all ask for. */
export type Disclosure =
  /** Answer as if it did not exist. */
  | {readonly sees: 'nothing'}
  /** Title and policy, no words of the text. */
  | {readonly sees: 'title'}
  | {readonly sees: 'text'; readonly attributions: boolean};

const insideClosed: ReadonlySet<Role> = new Set<Role>(['chair', 'secretariat', 'delegate']);

/** `now` in milliseconds since 1970. A role is the reader's role in the paper's consultation. */
export function disclose(publication: Publication, role: Role, now: number): Disclosure {
  const participant = role !== 'follower';
  switch (publication.policy) {
    case 'unlisted':
      return participant ? {sees: 'text', attributions: true} : {sees: 'nothing'};
    case 'closed':
      return insideClosed.has(role) ? {sees: 'text', attributions: true} : {sees: 'title'};
    case 'participants':
      return participant ? {sees: 'text', attributions: true} : {sees: 'title'};
    case 'embargo': {
      const over = publication.embargoUntil !== null && now >= publication.embargoUntil;
      return participant || over ? {sees: 'text', attributions: true} : {sees: 'title'};
    }
    case 'public-text':
      return {sees: 'text', attributions: participant};
    case 'public':
      return {sees: 'text', attributions: true};
  }
}

/** What the public sees: the audience of followers' pages, streams and links. */
export function discloseToPublic(publication: Publication, now: number): Disclosure {
  return disclose(publication, 'follower', now);
}
