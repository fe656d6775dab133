import {lazy, Suspense, useCallback, useEffect, useState} from 'react';
import {findKeptPaper} from '@plenary/client/device';
import {LoadedPage} from '../../lib/loaded-page.tsx';
import {Link, useParams} from '../../lib/router.tsx';
import type {PaperDetails} from '@plenary/protocol/api/papers';
import {readBoot, takeServerText} from '../../lib/boot.ts';
import {useReader} from '../../lib/language.tsx';
import {useMe, type SignedIn} from '../../lib/member.tsx';
import {useLoad} from '../../lib/use-load.ts';
import {ErrorText, Page, Wait} from '../../ui/page.tsx';
import {PaperDesk, ServerText} from './paper-desk.tsx';
import {StateLine} from './state-line.tsx';
import {useRoom} from './use-room.ts';
import './paper.css';

const WordsLeft = lazy(() => import('./words-left.tsx').then(({WordsLeft}) => ({default: WordsLeft})));

/** What opens papers without a network is fetched so long after one is opened, in milliseconds. */
const afterOpening = 3000;

/** `/papers/<paper>`: the desk for members who may read it, the way to it for everybody else. */
export function PaperPage() {
  const {paper: key = ''} = useParams();
  const {translate: t} = useReader();
  const me = useMe();
  const [loaded, again] = useLoad<PaperDetails>(`/api/papers/${encodeURIComponent(key)}`);
  const [newer, setNewer] = useState<PaperDetails | null>(null);
  const [serverText] = useState(takeServerText);
  const kept = useKeptPaper(loaded.state === 'unreachable', me.member?.id ?? null, key);
  const told = loaded.state === 'ready' ? loaded.value : kept;
  const paper = told ? (newer?.id === told.id ? newer : told) : newer;
  const onStale = useCallback(() => {
    setNewer(null);
    again();
  }, [again]);
  useEffect(() => {
    if (paper) document.title = `${paper.title} · Plenary`;
  }, [paper]);

  if (loaded.state === 'refused') {
    return (
      <Page title="Plenary">
        <ErrorText
          what={loaded.refusal.message}
          code={loaded.refusal.code}
          acts={<a href="/">{t('common.to-front')}</a>}
        />
        {me.member && loaded.refusal.code !== 'sign-in.required' && (
          <Suspense fallback={null}>
            <WordsLeft member={me.member.id} paper={key} code={loaded.refusal.code} sentence={loaded.refusal.message} />
          </Suspense>
        )}
      </Page>
    );
  }
  if (!paper && loaded.state === 'unreachable' && kept === null) {
    return (
      <LoadedPage loaded={loaded} onAgain={again} waiting="">
        {() => null}
      </LoadedPage>
    );
  }
  if (!paper) {
    return (
      <Page title="Plenary" className="sheet">
        {serverText ? <ServerText text={serverText} waiting="" /> : <Wait>{t('papers.loading')}</Wait>}
      </Page>
    );
  }
  if (me.member && paper.you.mayRead) {
    return (
      <MemberDesk
        key={paper.id}
        paper={paper}
        member={me.member}
        serverText={serverText}
        onPaper={setNewer}
        onStale={onStale}
      />
    );
  }
  return <VisitorPage paper={paper} serverText={serverText} />;
}

function MemberDesk({
  member,
  ...rest
}: {
  paper: PaperDetails;
  member: SignedIn;
  serverText: HTMLElement | null;
  onPaper: (paper: PaperDetails) => void;
  onStale: () => void;
}) {
  const {language, translate} = useReader();
  const room = useRoom(rest.paper, member.id, language, translate);
  const {onStale} = rest;
  useEffect(() => {
    if (!room) return undefined;
    const timer = setTimeout(() => {
      void import('../../lib/offline-pages.ts').then(({keepPages}) => keepPages(member, language));
    }, afterOpening);
    // What the device said of the paper is made good as soon as the server can be asked.
    const isStale = readBoot().isOffline;
    if (isStale) void room.when(state => state.synced).then(onStale);
    return () => clearTimeout(timer);
  }, [room, member, language, onStale]);
  if (!room) return null;
  return <PaperDesk {...rest} member={member.id} room={room} />;
}

/** What the device keeps of a paper, while the server cannot be asked: undefined until it is known, null when it is nothing. */
function useKeptPaper(isAsked: boolean, member: string | null, key: string): PaperDetails | null | undefined {
  const [kept, setKept] = useState<PaperDetails | null>();
  useEffect(() => {
    if (!isAsked) return undefined;
    let isGone = false;
    const found = member === null ? Promise.resolve(null) : findKeptPaper(member, key);
    found.then(
      replica => isGone || setKept(replica?.isGone ? null : (replica?.details ?? null)),
      () => isGone || setKept(null),
    );
    return () => {
      isGone = true;
    };
  }, [isAsked, member, key]);
  return kept;
}

/** Without an account one reads here what the server sent, and follows live on the reading page. */
function VisitorPage({paper, serverText}: {paper: PaperDetails; serverText: HTMLElement | null}) {
  const {translate: t} = useReader();
  const next = encodeURIComponent(`/papers/${paper.slug}`);
  return (
    <Page title={`${paper.title} · Plenary`} className="visitor">
      <StateLine paper={paper} />
      <div className="sheet">
        <p className="notice">
          {paper.you.mayRead ? t('papers.sign-in-to-write') : t('papers.closed.title')}{' '}
          <a href={`/sign-in?next=${next}`}>{t('papers.sign-in')}</a>
          {paper.you.mayRead && (
            <>
              {' · '}
              <a href={`/read/${paper.slug}`}>{t('papers.follow-live')}</a>
              {' · '}
              <Link to={`/papers/${paper.slug}/revisions`}>{t('papers.tool.revisions')}</Link>
            </>
          )}
        </p>
        {serverText && paper.you.mayRead ? <ServerText text={serverText} waiting="" /> : <h1>{paper.title}</h1>}
      </div>
    </Page>
  );
}
