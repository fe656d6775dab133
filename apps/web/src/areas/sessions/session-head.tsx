import {lazy, Suspense, useState} from 'react';
import type {PublicationPolicy} from '@plenary/domain/papers/paper';
import type {ConsultationDetails} from '@plenary/protocol/api/people';
import {momentOf} from '../../lib/dates.ts';
import {useReader, useTranslate} from '../../lib/language.tsx';
import {Link} from '../../lib/router.tsx';
import {useLoad} from '../../lib/use-load.ts';
import {Button} from '../../ui/button.tsx';
import {PolicyLine} from '../../ui/policy-line.tsx';
import {useHere, useNow} from './here.ts';
import {hourWords, hoursWords} from './hours.ts';

const AnnounceDialog = lazy(() => import('./announce-dialog.tsx').then(code => ({default: code.AnnounceDialog})));
const CloseDialog = lazy(() => import('./close-dialog.tsx').then(code => ({default: code.CloseDialog})));
const SettingsDialog = lazy(() => import('./settings-dialog.tsx').then(code => ({default: code.SettingsDialog})));

const tones = {
  unlisted: 'shut',
  closed: 'shut',
  participants: 'members',
  'public-text': 'open',
  public: 'open',
  embargo: 'soon',
} as const satisfies Record<PublicationPolicy, string>;

export function PolicyOf({
  policy,
  embargoUntil,
  children,
}: {
  policy: PublicationPolicy;
  embargoUntil: number | null;
  children?: string | undefined;
}) {
  const {language, translate: t} = useReader();
  const until = embargoUntil === null ? 'none' : momentOf(new Date(embargoUntil).toISOString(), language);
  const sentence = t(`words.publication.${policy}.sentence`, {until});
  return (
    <PolicyLine
      tone={tones[policy]}
      name={t(`words.publication.${policy}`)}
      sentence={children ? `${sentence} ${children}` : sentence}
    />
  );
}

/** What it is, who may follow it, how many are here, and what the chair does with it as a whole. */
export function SessionHead() {
  const {language, translate: t} = useReader();
  const {state, summary, naming, you, me, leave} = useHere();
  const {consultation} = summary;
  const title = naming.text(state.title) ?? summary.title;
  return (
    <div className="shead">
      <div>
        <p className="meta">
          <Link to={`/consultations/${consultation.slug}`}>
            <bdi>{consultation.title}</bdi>
          </Link>
        </p>
        <h1>
          <bdi>{title}</bdi>{' '}
          <span className={state.life.is === 'open' ? 'tag live' : 'tag'}>{t(`sessions.life.${state.life.is}`)}</span>
        </h1>
        <PolicyOf policy={state.publication.policy} embargoUntil={state.publication.embargoUntil}>
          {usePresence()}
        </PolicyOf>
        <p className="meta">{hoursWords(state, language, t).join(' · ')}</p>
      </div>
      <div className="ses">
        {state.life.is === 'open' || state.life.is === 'suspended' ? <Hour /> : null}
        <a className="btn" href={`/follow/${summary.slug}`}>
          {t('sessions.follow-page')}
        </a>
        <a className="btn" href={`/project/${summary.slug}`}>
          {t('sessions.hall')}
        </a>
        {me?.presence === 'present' && state.life.is !== 'closed' ? (
          <Button title={t('sessions.leave.means')} onClick={leave}>
            {t('sessions.leave')}
          </Button>
        ) : null}
        {you.mayPreside || you.mayPrepare ? <ChairButtons /> : null}
      </div>
    </div>
  );
}

function Hour() {
  const {language, translate: t} = useReader();
  const now = useNow(1000);
  return (
    <time className="num" dateTime={new Date(now).toISOString().slice(0, 16).concat('Z')}>
      {hourWords(now, language, t)}
    </time>
  );
}

/** How many organisations and people are here; organisations of the whole consultation where they are known. */
function usePresence(): string | undefined {
  const t = useTranslate();
  const {state, summary} = useHere();
  const [loaded] = useLoad<ConsultationDetails>(`/api/consultations/${summary.consultation.slug}`);
  const here = state.participants.filter(({presence}) => presence === 'present');
  const organisations = new Set(here.filter(({role}) => role === 'delegate').map(({delegation}) => delegation));
  if (here.length === 0) return undefined;
  const values = {present: organisations.size, people: here.length};
  return loaded.state === 'ready'
    ? t('sessions.present.of', {...values, all: loaded.value.organisationList.length})
    : t('sessions.present', values);
}

function ChairButtons() {
  const t = useTranslate();
  const {state, you, act} = useHere();
  const [floating, setFloating] = useState<'announce' | 'close' | 'settings' | null>(null);
  const end = () => setFloating(null);
  const {life} = state;
  const isLive = life.is === 'open' || life.is === 'suspended';
  return (
    <>
      {you.mayPreside && life.is !== 'closed' ? (
        <Button onClick={() => setFloating('announce')}>{t('sessions.announce')}</Button>
      ) : null}
      <Button onClick={() => setFloating('settings')}>{t('sessions.settings')}</Button>
      {you.mayPreside && life.is === 'planned' ? (
        <Button kind="main" onClick={() => void act('session.open', {})}>
          {t('sessions.open')}
        </Button>
      ) : null}
      {you.mayPreside && life.is === 'suspended' ? (
        <Button kind="main" onClick={() => void act('session.open', {})}>
          {t('sessions.resume')}
        </Button>
      ) : null}
      {you.mayPreside && life.is === 'open' ? (
        <Button onClick={() => void act('session.suspend', {})}>{t('sessions.suspend')}</Button>
      ) : null}
      {you.mayPreside && isLive ? (
        <Button kind="grave" onClick={() => setFloating('close')}>
          {t('sessions.close')}
        </Button>
      ) : null}
      <Suspense fallback={null}>
        {floating === 'announce' ? <AnnounceDialog onClose={end} /> : null}
        {floating === 'close' ? <CloseDialog onClose={end} /> : null}
        {floating === 'settings' ? <SettingsDialog onClose={end} /> : null}
      </Suspense>
    </>
  );
}
