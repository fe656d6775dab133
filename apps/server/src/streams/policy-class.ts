import type {PublicationPolicy} from '@plenary/domain/papers/paper';

/** How the line of a publication policy is drawn, to be written behind the class `policy`. */
export const policyClass: Record<PublicationPolicy, string> = {
  unlisted: '',
  closed: ' shut',
  participants: '',
  'public-text': ' open',
  public: ' open',
  embargo: '',
};
