import {lazy, type ComponentType} from 'react';
import {readBoot} from './lib/boot.ts';
import {loadSentences, type SentencesPart} from './lib/language.tsx';
import {matchPath, Router, type Route} from './lib/router.tsx';
import {NotFoundPage} from './shell/dead-ends.tsx';
import {NoticeFoot} from './shell/notice-foot.tsx';
import {Frame, Shell} from './shell/shell.tsx';

type Load = () => Promise<{default: ComponentType}>;

/**
 * Every address of the client and what is fetched for it. The paper has its own bar instead of the shell's masthead, and
 * is kept on the device (see worker.ts).
 */
const pages: readonly {path: string; load: Load; bare?: true; isKept?: true; says?: SentencesPart}[] = [
  {path: '/', load: async () => ({default: (await import('./areas/front/front-page.tsx')).FrontPage})},
  {path: '/sign-in', load: async () => ({default: (await import('./areas/people/sign-in-page.tsx')).SignInPage})},
  {path: '/sign-up', load: async () => ({default: (await import('./areas/people/sign-up-page.tsx')).SignUpPage})},
  {
    path: '/new-password',
    load: async () => ({default: (await import('./areas/people/new-password-page.tsx')).NewPasswordPage}),
  },
  {
    path: '/invitations/:token',
    load: async () => ({default: (await import('./areas/people/invitation-page.tsx')).InvitationPage}),
  },
  {path: '/account', load: async () => ({default: (await import('./areas/people/account-page.tsx')).AccountPage})},
  {
    path: '/organisations',
    load: async () => ({default: (await import('./areas/organisations/organisations-page.tsx')).OrganisationsPage}),
  },
  {
    path: '/consultations/new',
    load: async () => ({
      default: (await import('./areas/consultations/new-consultation-page.tsx')).NewConsultationPage,
    }),
  },
  {
    path: '/consultations/:slug',
    load: async () => ({default: (await import('./areas/consultations/consultation-page.tsx')).ConsultationPage}),
  },
  {
    path: '/consultations/:slug/people',
    load: async () => ({default: (await import('./areas/consultations/people-page.tsx')).PeoplePage}),
  },
  {
    path: '/consultations/:slug/papers/new',
    load: async () => ({default: (await import('./areas/consultations/new-paper-page.tsx')).NewPaperPage}),
  },
  {
    path: '/sessions',
    says: 'sessions',
    load: async () => ({default: (await import('./areas/sessions/sessions-page.tsx')).SessionsPage}),
  },
  {
    path: '/sessions/:session',
    says: 'sessions',
    load: async () => ({default: (await import('./areas/sessions/session-page.tsx')).SessionPage}),
  },
  {
    path: '/consultations/:slug/sessions/new',
    says: 'sessions',
    load: async () => ({default: (await import('./areas/sessions/new-session-page.tsx')).NewSessionPage}),
  },
  {
    path: '/papers/:paper/revisions',
    says: 'revisions',
    load: async () => ({default: (await import('./areas/revisions/revisions-page.tsx')).RevisionsPage}),
  },
  {
    path: '/papers/:paper/compare',
    says: 'revisions',
    load: async () => ({default: (await import('./areas/revisions/compare-page.tsx')).ComparePage}),
  },
  {
    path: '/papers/:paper/history',
    says: 'revisions',
    load: async () => ({default: (await import('./areas/revisions/history-page.tsx')).HistoryPage}),
  },
  {
    path: '/ledger',
    says: 'ledger',
    load: async () => ({default: (await import('./areas/ledger/ledger-page.tsx')).LedgerPage}),
  },
  {
    path: '/ledger/:index',
    says: 'ledger',
    load: async () => ({default: (await import('./areas/ledger/entry-page.tsx')).EntryPage}),
  },
  {
    path: '/papers/:paper',
    bare: true,
    isKept: true,
    load: async () => ({default: (await import('./areas/papers/paper-page.tsx')).PaperPage}),
  },
];

/** The code of a page and, but for the paper's, the sentences of the pages around papers and its own. */
async function fetchPage({load, bare, says, isKept}: (typeof pages)[number]): ReturnType<Load> {
  const {language, isOffline} = readBoot();
  if (isOffline && !isKept) return {default: (await import('./shell/away-page.tsx')).AwayPage};
  const [code] = await Promise.all([
    load(),
    bare ? null : loadSentences('pages', language),
    says ? loadSentences(says, language) : null,
  ]);
  return code;
}

const routes: readonly Route[] = pages.map(page => ({
  path: page.path,
  Component: lazy(() => fetchPage(page)),
  Frame: page.bare ? Frame : Shell,
}));
const otherwise = {Component: NotFoundPage, Frame: Shell};

/** Fetches the code of a page before it is shown, so that the first one comes together with the sentences. */
export async function preloadPage(pathname: string): Promise<void> {
  const page = pages.find(({path}) => matchPath(path, pathname));
  if (page) await fetchPage(page);
}

export function Routes() {
  return (
    <>
      <Router routes={routes} otherwise={otherwise} />
      <NoticeFoot />
    </>
  );
}
