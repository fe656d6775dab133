import {useReader, useTranslate} from '../../lib/language.tsx';
import {useMe} from '../../lib/member.tsx';
import {Link} from '../../lib/router.tsx';
import {Button} from '../../ui/button.tsx';
import {Agenda} from './agenda.tsx';
import {Announcements} from './announcements.tsx';
import {Floor} from './floor.tsx';
import {useHere} from './here.ts';
import {hourWords, hoursWords} from './hours.ts';
import {People} from './people.tsx';
import {Polls} from './polls.tsx';
import {SessionHead} from './session-head.tsx';
import {Speakers} from './speakers.tsx';
import {SpeakingTime} from './speaking-time.tsx';
import {SpokenWords} from './spoken-words.tsx';

/** The session as it goes on: agenda, floor, speakers; on narrow screens speakers, floor, agenda. */
export function SessionDesk() {
  const t = useTranslate();
  return (
    <>
      <SessionHead />
      <Standing />
      <div className="cols3">
        <div className="ag">
          <Agenda />
        </div>
        <div className="fl">
          <Floor />
          <Polls />
          <SpeakingTime />
        </div>
        <div className="sp">
          <Speakers />
        </div>
        <div className="mo">
          <Announcements />
          <People />
        </div>
      </div>
      <p className="meta hear-foot">
        <SpokenWords label={t('sessions.hear')} />
      </p>
    </>
  );
}

/** How things stand for the reader, where it is not as usual. */
function Standing() {
  const {language, translate: t} = useReader();
  const {member} = useMe();
  const {state, view, you, me, summary, enter} = useHere();
  const {life} = state;
  return (
    <div className="standing">
      {view.connection === 'lost' ? (
        <p className="notice warn" role="status">
          <b>{t('sessions.lost')}</b> {t('sessions.lost.means')}{' '}
          {view.pending.length > 0 ? t('sessions.lost.pending', {count: view.pending.length}) : null}
        </p>
      ) : null}
      {life.is === 'planned' ? (
        <p className="notice">
          <b>{t('sessions.not-yet')}</b>{' '}
          {t('sessions.not-yet.means', {when: hoursWords(state, language, t).join(' · ')})}{' '}
          {you.mayPreside ? t('sessions.not-yet.chair') : null}
        </p>
      ) : null}
      {life.is === 'suspended' ? (
        <p className="notice warn">
          <b>{t('sessions.suspended', {time: hourWords(life.since, language, t)})}</b> {t('sessions.suspended.means')}
        </p>
      ) : null}
      {life.is === 'closed' ? (
        <div className="notice">
          <p>
            <b>{t('sessions.over', {time: hourWords(life.since, language, t)})}</b> {t('sessions.over.means')}
          </p>
          <p className="acts">
            <a href={`/sessions/${summary.slug}/minutes`}>{t('sessions.minutes')}</a>
            <a href={`/ledger?stream=session:${summary.id}`}>{t('sessions.record.ledger')}</a>
            <a href={`/api/sessions/${summary.slug}/speaking-time.csv`}>{t('sessions.record.times')}</a>
            <a href={`/api/sessions/${summary.slug}.ics`}>{t('sessions.calendar')}</a>
          </p>
        </div>
      ) : null}
      {me?.presence === 'left' && view.connection === 'open' && life.is !== 'closed' ? (
        <p className="notice" role="status">
          {t('sessions.left')} <Button onClick={enter}>{t('sessions.enter.again')}</Button>
        </p>
      ) : null}
      {me?.presence === 'removed' && life.is !== 'closed' ? (
        <p className="notice danger" role="status">
          <b>{t('sessions.removed')}</b> {t('sessions.removed.means')}
        </p>
      ) : null}
      {me && (me.muted.asking || me.muted.writing) && life.is !== 'closed' ? (
        <p className="notice warn" role="status">
          {t(`sessions.muted.${me.muted.asking ? (me.muted.writing ? 'both' : 'asking') : 'writing'}`)}
        </p>
      ) : null}
      {!you.mayAttend && life.is !== 'closed' ? (
        <p className="sub">
          {member ? (
            t('sessions.reads-along')
          ) : (
            <>
              {t('sessions.reads-along.sign-in')}{' '}
              <Link to={`/sign-in?next=${encodeURIComponent(`/sessions/${summary.slug}`)}`}>{t('common.sign-in')}</Link>
            </>
          )}
        </p>
      ) : null}
    </div>
  );
}
