import type {Phase} from '@plenary/domain/consultations/consultation';
import type {Constituency, Region} from '@plenary/domain/organisations/organisation';
import type {DraftingMode, PublicationPolicy} from '@plenary/domain/papers/paper';
import type {Role} from '@plenary/domain/rights/roles';

/** As in `@plenary/paper`, which this package may not import; the catalogue's test compares the two. */
type ParagraphKind = 'title' | 'organ' | 'heading' | 'preambular' | 'operative' | 'text' | 'item' | 'quote';

type WordId =
  | `words.role.${Role}`
  | `words.constituency.${Constituency}`
  | `words.region.${Region}`
  | `words.phase.${Phase}`
  | `words.mode.${DraftingMode}`
  | `words.mode.${DraftingMode}.sentence`
  | `words.publication.${PublicationPolicy}`
  | `words.publication.${PublicationPolicy}.sentence`
  | `words.kind.${ParagraphKind}`;

export const messages = {
  'words.role.chair': 'Chair',
  'words.role.secretariat': 'Secretariat',
  'words.role.delegate': 'Delegate',
  'words.role.contributor': 'Contributor',
  'words.role.observer': 'Observer',
  'words.role.auditor': 'Auditor',
  'words.role.follower': 'Follower',
  'words.constituency.government': 'Government',
  'words.constituency.civil-society': 'Civil society',
  'words.constituency.private-sector': 'Private sector',
  'words.constituency.technical-community': 'Technical community',
  'words.constituency.academia': 'Academia',
  'words.constituency.international-organisation': 'International organisation',
  'words.constituency.other': 'Other',
  'words.region.african': 'Africa',
  'words.region.asia-pacific': 'Asia and the Pacific',
  'words.region.eastern-european': 'Eastern Europe',
  'words.region.latin-american-and-caribbean': 'Latin America and the Caribbean',
  'words.region.western-european-and-others': 'Western Europe and others',
  'words.region.global': 'Global',
  'words.phase.input': 'Input',
  'words.phase.drafting': 'Drafting',
  'words.phase.reading': 'Reading',
  'words.phase.silence': 'Silence',
  'words.phase.adopted': 'Adopted',
  'words.mode.open': 'Open drafting',
  'words.mode.open.sentence': 'Delegates write the text together.',
  'words.mode.amendments': 'Amendments',
  'words.mode.amendments.sentence': 'The chair and the secretariat write; delegates read.',
  'words.mode.frozen': 'Frozen',
  'words.mode.frozen.sentence': 'Nobody writes in the text now.',
  'words.publication.unlisted': 'Unlisted',
  'words.publication.unlisted.sentence': 'Members of this consultation read it; others do not learn that it exists.',
  'words.publication.closed': 'Closed',
  'words.publication.closed.sentence': 'The chair, the secretariat and delegates read it; others see its title only.',
  'words.publication.participants': 'Participants',
  'words.publication.participants.sentence': 'Members of this consultation read it; others see its title only.',
  'words.publication.public-text': 'Public text',
  'words.publication.public-text.sentence': 'Anyone may read along; who wrote what is shown to members only.',
  'words.publication.public': 'Public with attributions',
  'words.publication.public.sentence': 'Anyone may read along; acts are shown with names.',
  'words.publication.embargo': 'Under embargo',
  'words.publication.embargo.sentence':
    '{until, select, none {Members of this consultation read it now, and anyone from a set hour on.} other {Members of this consultation read it now, and anyone from {until} on.}}',
  'words.kind.title': 'Title',
  'words.kind.organ': 'Organ',
  'words.kind.heading': 'Heading',
  'words.kind.preambular': 'Preambular',
  'words.kind.operative': 'Operative',
  'words.kind.text': 'Text',
  'words.kind.item': 'List item',
  'words.kind.quote': 'Quotation',
} as const satisfies Record<WordId, string>;
