import {languages} from '@plenary/domain/languages';
import {textOf} from '@plenary/paper/view';
import type {ParagraphContent} from '@plenary/paper/view';
import {universalDeclaration} from './papers/declaration.ts';
import {draftResolution} from './papers/draft-resolution.ts';
import {jointStatement} from './papers/joint-statement.ts';
import type {Scene, SceneMember, SceneOrganisation, ScenePaper, SceneSession} from './scene.ts';

/** Fictional, one and all. */
const organisations: readonly SceneOrganisation[] = [
  {
    slug: 'coalition-for-open-assemblies',
    name: 'Coalition for Open Assemblies',
    constituency: 'civil-society',
    region: 'african',
  },
  {
    slug: 'young-voices-online',
    name: 'Young Voices Online',
    constituency: 'civil-society',
    region: 'latin-american-and-caribbean',
  },
  {
    slug: 'republic-of-valmora',
    name: 'Republic of Valmora',
    constituency: 'government',
    region: 'latin-american-and-caribbean',
  },
  {slug: 'isles-of-tamar', name: 'Isles of Tamar', constituency: 'government', region: 'asia-pacific'},
  {
    slug: 'kingdom-of-estrand',
    name: 'Kingdom of Estrand',
    constituency: 'government',
    region: 'western-european-and-others',
  },
  {
    slug: 'meridian-cloud-federation',
    name: 'Meridian Cloud Federation',
    constituency: 'private-sector',
    region: 'western-european-and-others',
  },
  {
    slug: 'association-of-small-platforms',
    name: 'Association of Small Platforms',
    constituency: 'private-sector',
    region: 'eastern-european',
  },
  {
    slug: 'interlink-standards-circle',
    name: 'Interlink Standards Circle',
    constituency: 'technical-community',
    region: 'global',
  },
  {
    slug: 'harbour-network-operators',
    name: 'Harbour Network Operators',
    constituency: 'technical-community',
    region: 'asia-pacific',
  },
  {
    slug: 'institute-for-public-reasoning',
    name: 'Institute for Public Reasoning',
    constituency: 'academia',
    region: 'eastern-european',
  },
  {
    slug: 'municipal-assemblies-network',
    name: 'Municipal Assemblies Network',
    constituency: 'international-organisation',
    region: 'global',
  },
  {
    slug: 'northern-lakes-libraries-forum',
    name: 'Northern Lakes Libraries Forum',
    constituency: 'other',
    region: 'african',
  },
];

/** The cast. The first four are offered on the front page; the others are there to be met. */
const members: readonly SceneMember[] = [
  {
    castName: 'ana',
    handle: 'Ana',
    language: 'en',
    role: 'delegate',
    organisation: 'coalition-for-open-assemblies',
    offered: true,
  },
  {
    castName: 'ben',
    handle: 'Ben',
    language: 'en',
    role: 'delegate',
    organisation: 'meridian-cloud-federation',
    offered: true,
  },
  {
    castName: 'cho',
    handle: 'Cho',
    language: 'en',
    role: 'delegate',
    organisation: 'republic-of-valmora',
    offered: true,
  },
  {castName: 'dina', handle: 'Dina', language: 'en', role: 'chair', organisation: null, offered: true},
  {
    castName: 'mira',
    handle: 'Mira',
    language: 'en',
    role: 'delegate',
    organisation: 'institute-for-public-reasoning',
    offered: false,
  },
  {
    castName: 'ines',
    handle: 'Ines',
    language: 'es',
    role: 'delegate',
    organisation: 'interlink-standards-circle',
    offered: false,
  },
  {castName: 'tomas', handle: 'Tomas', language: 'fr', role: 'secretariat', organisation: null, offered: false},
  {
    castName: 'oumar',
    handle: 'Oumar',
    language: 'fr',
    role: 'observer',
    organisation: 'municipal-assemblies-network',
    offered: false,
  },
];

/** Two texts of our own and the Universal Declaration, for reading in six languages and scripts. */
async function papers(): Promise<readonly ScenePaper[]> {
  const declarations = await Promise.all(
    languages.map(async (language): Promise<ScenePaper> => {
      const content = await universalDeclaration(language);
      return {
        slug: `udhr-${language}`,
        symbol: 'A/RES/217(III)',
        title: titleOf(content),
        language,
        mode: 'frozen',
        publication: 'public',
        content,
      };
    }),
  );
  return [
    {
      slug: 'joint-statement',
      symbol: 'CPH/JS/L.2',
      title: titleOf(jointStatement),
      language: 'en',
      mode: 'open',
      publication: 'public',
      content: jointStatement,
    },
    {
      slug: 'draft-resolution',
      symbol: 'CPH/DR/L.1',
      title: titleOf(draftResolution),
      language: 'en',
      mode: 'amendments',
      publication: 'public',
      content: draftResolution,
    },
    ...declarations,
  ];
}

function titleOf(content: readonly ParagraphContent[]): string {
  const [first] = content;
  if (first?.kind !== 'title') throw new Error('A paper of a scene begins with its title.');
  return textOf(first);
}

const sessions: readonly SceneSession[] = [
  {
    slug: 'opening',
    title: 'Opening session: the joint statement and the draft resolution',
    zone: 'Europe/Copenhagen',
    publication: 'public',
    lastsMinutes: 180,
    agenda: [
      {title: 'Opening and adoption of the agenda', papers: [], minutes: 10},
      {title: 'General statements', papers: [], minutes: 40},
      {title: 'First reading of the joint statement', papers: ['joint-statement'], minutes: 60},
      {title: 'Draft resolution: operative paragraphs', papers: ['draft-resolution'], minutes: 50},
      {title: 'Next steps and closing', papers: [], minutes: 20},
    ],
    limits: {group: 300_000, individual: 180_000},
  },
];

/** The scene that a newcomer finds: a consultation in the middle of its drafting. */
export const copenhagen: Scene = {
  consultation: {
    slug: 'copenhagen',
    title: 'Civic participation in digital governance',
    mandate:
      'The Copenhagen Conference agrees a joint statement and a resolution on how people take part in decisions about networks, data and automated systems: what is published and when, how contributions are answered, and who may speak.',
    phase: 'drafting',
    phaseLastsDays: 10,
  },
  organisations,
  members,
  papers,
  sessions,
};
