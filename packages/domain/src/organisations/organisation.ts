import type {OrganisationId} from '../ids.ts';

export const constituencies = [
  'government',
  'civil-society',
  'private-sector',
  'technical-community',
  'academia',
  'international-organisation',
  'other',
] as const;
export type Constituency = (typeof constituencies)[number];

/** A closed list: one real consultation had 93 spellings of a region in 187 inputs. */
export const regions = [
  'african',
  'asia-pacific',
  'eastern-european',
  'latin-american-and-caribbean',
  'western-european-and-others',
  'global',
] as const;
export type Region = (typeof regions)[number];

export interface Organisation {
  readonly id: OrganisationId;
  readonly slug: string;
  readonly name: string;
  readonly constituency: Constituency;
  readonly region: Region;
}
