import {useCallback, useEffect, useMemo, useRef, useState} from 'react';
import type {SessionRoom, SessionView} from '@plenary/client/session-room';
import {publicationPolicies, type PublicationPolicy} from '@plenary/domain/papers/paper';
import type {SessionStanding, SessionSummary} from '@plenary/protocol/api/sessions';
import {useReader, useTranslate} from '../../lib/language.tsx';
import {LoadedPage} from '../../lib/loaded-page.tsx';
import {useMe} from '../../lib/member.tsx';
import {notify} from '../../lib/notices.ts';
import {Link, useParams} from '../../lib/router.tsx';
import {useLoad} from '../../lib/use-load.ts';
import {ErrorText, Page, Wait} from '../../ui/page.tsx';
import {HereContext, type Here} from './here.ts';
import {namingOf} from './naming.ts';
import {SessionDesk} from './session-desk.tsx';
import {PolicyOf} from './session-head.tsx';
import {useSession} from './use-session.ts';
import './sessions.css';

interface Given {
  readonly summary: SessionSummary;
}

/** `/sessions/<session>`: the one page of a session, for the chair and for everyone else. */
export function SessionPage() {
  const t = useTranslate();
  const {session = ''} = useParams();
  const [loaded, again] = useLoad<Given>(`/api/sessions/${encodeURIComponent(session)}`);
  if (loaded.state === 'refused' && loaded.refusal.code === 'session.closed') {
    const {title, publication} = loaded.refusal.details;
    const policy = publicationPolicies.find(one => one === publication);
    if (typeof title === 'string' && policy) return <ClosedToYou slug={session} title={title} policy={policy} />;
  }
  return (
    <LoadedPage loaded={loaded} onAgain={again} waiting={t('common.loading')}>
      {given => <OpenSession key={session} {...given} />}
    </LoadedPage>
  );
}

function OpenSession({summary}: Given) {
  const t = useTranslate();
  const entered = useSession(summary.slug);
  const title = entered?.view.state ? (entered.view.names.texts[entered.view.state.title] ?? null) : summary.title;
  const page = t('common.title', {page: title ?? summary.title});
  if (entered?.view.connection === 'gone' || entered?.view.connection === 'refused') {
    const {refusal} = entered.view;
    return (
      <Page title={page}>
        <ErrorText
          what={refusal?.sentence ?? t('sessions.gone')}
          means={refusal ? undefined : t('sessions.gone.means')}
          {...(refusal ? {code: refusal.code} : {})}
          acts={<Link to="/sessions">{t('sessions.title')}</Link>}
        />
      </Page>
    );
  }
  if (!entered?.view.state || !entered.view.you) {
    return (
      <Page title={page}>
        <Wait>{t('common.loading')}</Wait>
      </Page>
    );
  }
  const {state, you} = entered.view;
  return (
    <Page title={page} className="page wide">
      <Inside {...entered} state={state} you={you} summary={summary} />
    </Page>
  );
}

interface InsideProps {
  readonly room: SessionRoom;
  readonly view: SessionView;
  readonly state: NonNullable<SessionView['state']>;
  readonly you: SessionStanding;
  readonly summary: SessionSummary;
}

/** Members are let in so long before the session is planned to begin, in milliseconds. */
const doorsOpenBefore = 60 * 60_000;

function Inside({room, view, state, you, summary}: InsideProps) {
  const {translate: t} = useReader();
  const naming = useMemo(() => namingOf(state, view.names, t), [state, view.names, t]);
  const act = useCallback<Here['act']>(
    async (name, body) => {
      const outcome = await room.act(name, body);
      if (!outcome.ok) notify({what: outcome.sentence, tone: 'danger'});
      return outcome.ok;
    },
    [room],
  );
  const {member} = useMe();
  const me = useMemo(
    () =>
      state.participants.find(
        ({number, member: id}) => number === you.participant || (id !== null && id === member?.id),
      ) ?? null,
    [state.participants, you.participant, member?.id],
  );
  const isMeeting =
    state.life.is === 'open' ||
    state.life.is === 'suspended' ||
    (state.life.is === 'planned' && state.startsAt - room.clock.now() < doorsOpenBefore);
  const mayEnter = you.mayAttend && isMeeting && view.connection === 'open' && me?.presence !== 'removed';
  const isIn = me?.presence === 'present';
  // Who has left, on this page or another, is not brought back by it; who lost the connection is.
  const [hasLeft, setLeft] = useState(false);
  const wasIn = useRef(false);
  const isEntering = useRef(false);
  const enter = useCallback(() => {
    if (isEntering.current) return;
    isEntering.current = true;
    setLeft(false);
    void act('session.join', {}).then(() => (isEntering.current = false));
  }, [act]);
  const leave = useCallback(() => {
    setLeft(true);
    void act('session.leave', {});
  }, [act]);
  useEffect(() => {
    if (view.connection !== 'open') wasIn.current = false;
    else if (isIn) wasIn.current = true;
    else if (mayEnter && !hasLeft && !wasIn.current) enter();
  }, [view.connection, mayEnter, isIn, hasLeft, enter]);

  const here = useMemo(
    () => ({room, view, summary, state, you, me, naming, leave, enter, act}),
    [room, view, summary, state, you, me, naming, leave, enter, act],
  );
  return (
    <HereContext value={here}>
      <SessionDesk />
    </HereContext>
  );
}

/** Listed, but not open to the reader: its title, its policy, and the way in for members. */
function ClosedToYou({slug, title, policy}: {slug: string; title: string; policy: PublicationPolicy}) {
  const t = useTranslate();
  const {member} = useMe();
  return (
    <Page title={t('common.title', {page: title})}>
      <div className="head">
        <p className="meta">
          <Link to="/sessions">{t('sessions.title')}</Link>
        </p>
        <h1>
          <bdi>{title}</bdi>
        </h1>
        <PolicyOf policy={policy} embargoUntil={null} />
      </div>
      <p>{t('sessions.closed-to-you')}</p>
      {member ? null : (
        <p className="acts">
          {t('sessions.closed-to-you.sign-in')}{' '}
          <Link className="btn main" to={`/sign-in?next=${encodeURIComponent(`/sessions/${slug}`)}`}>
            {t('common.sign-in')}
          </Link>
        </p>
      )}
    </Page>
  );
}
