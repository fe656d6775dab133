import {useState} from 'react';
import {timeLeft} from '@plenary/domain/sessions/clock';
import {orderOf, type Placed} from '@plenary/domain/sessions/order';
import type {Speaking} from '@plenary/domain/sessions/session';
import {useReader, useTranslate} from '../../lib/language.tsx';
import {Button} from '../../ui/button.tsx';
import {AddSpeaker} from './add-speaker.tsx';
import {AskForFloor} from './ask-for-floor.tsx';
import {useHere} from './here.ts';
import {minutesAndSeconds} from './hours.ts';
import {Person} from './person.tsx';
import {SpeakerClock} from './speaker-clock.tsx';
import {whyWords} from './why-words.ts';

const shownFirst = 10;

/** Who speaks, who waits and why in this order. */
export function Speakers() {
  const t = useTranslate();
  const {state, you, act} = useHere();
  const {list, life} = state;
  const order = orderOf(state);
  const [showsAll, setShowsAll] = useState(false);
  const shown = showsAll ? order : order.slice(0, shownFirst);
  const mayRule = you.mayPreside && life.is !== 'closed' && life.is !== 'planned';
  const isOver = life.is === 'closed';
  return (
    <section className="sec" aria-labelledby="h-sp">
      <header>
        <h2 id="h-sp">{t('sessions.speakers')}</h2>
        <span className="end sub">
          {isOver
            ? t('sessions.speakers.unheard')
            : t(`sessions.speakers.${list.open ? 'open' : 'closed'}`, {count: order.length})}
        </span>
      </header>
      {isOver ? null : list.speaking ? (
        <Current speaking={list.speaking} />
      ) : (
        <div className="cur">
          <p>{t('sessions.speakers.none')}</p>
          {order.length > 0 || life.is !== 'open' ? null : (
            <p className="sub">{t(`sessions.speakers.none.${list.open ? 'open' : 'closed'}`)}</p>
          )}
        </div>
      )}
      <AskForFloor order={order} />
      <ol className="wait-list">
        {shown.map(placed => (
          <Row key={placed.participant} placed={placed} count={order.length} mayRule={mayRule} />
        ))}
      </ol>
      {order.length > shownFirst ? (
        <Button kind="quiet" onClick={() => setShowsAll(!showsAll)}>
          {showsAll ? t('sessions.speakers.show-fewer') : t('sessions.speakers.show-all', {count: order.length})}
        </Button>
      ) : null}
      {you.mayPreside && !isOver ? (
        <div className="acts below">
          <Button onClick={() => void act(list.open ? 'list.close' : 'list.open', {})}>
            {t(list.open ? 'sessions.speakers.close-list' : 'sessions.speakers.open-list')}
          </Button>
          {life.is === 'open' ? <AddSpeaker /> : null}
        </div>
      ) : null}
      <details>
        <summary>{t('sessions.speakers.rules')}</summary>
        <p className="sub">{t('sessions.speakers.rules.means')}</p>
      </details>
    </section>
  );
}

function Current({speaking}: {speaking: Speaking}) {
  const t = useTranslate();
  const {state, you, naming, act} = useHere();
  const {interrupted} = state.list;
  const {participant, turn, group, runningSince} = speaking;
  const isOpen = state.life.is === 'open';
  return (
    <div className="cur">
      <div className="by">
        <Person number={participant}>
          <span className="meta">
            {[
              naming.constituency(participant),
              ...(group ? [t('sessions.group')] : []),
              ...(turn === 'speech' ? [] : [t(`sessions.turn.${turn}`)]),
            ].join(' · ')}
          </span>
        </Person>
      </div>
      <SpeakerClock speaking={speaking} />
      {interrupted ? (
        <p className="meta">
          {t('sessions.interrupted', {
            name: naming.person(interrupted.participant),
            // Its clock stands while the point of order is heard.
            time: minutesAndSeconds(Math.max(0, timeLeft({...interrupted, runningSince: null}, 0))),
          })}
        </p>
      ) : null}
      {you.mayPreside ? (
        <p className="acts">
          {isOpen || runningSince !== null ? (
            <Button onClick={() => void act(runningSince === null ? 'floor.resume' : 'floor.pause', {})}>
              {t(runningSince === null ? 'sessions.go-on' : 'sessions.pause')}
            </Button>
          ) : null}
          <Button title={t('sessions.extend.means')} onClick={() => void act('floor.extend', {seconds: 60})}>
            <bdi>{t('sessions.extend')}</bdi>
          </Button>
          <Button title={t('sessions.end.means')} onClick={() => void act('floor.end', {how: 'finished'})}>
            {t('sessions.end')}
          </Button>
          <Button kind="quiet" onClick={() => void act('floor.end', {how: 'cut'})}>
            {t('sessions.cut')}
          </Button>
          <Button
            kind="quiet"
            aria-label={t('sessions.absent.whom', {name: naming.person(participant)})}
            onClick={() => void act('floor.absent', {participant})}
          >
            {t('sessions.absent')}
          </Button>
        </p>
      ) : null}
    </div>
  );
}

function Row({placed, count, mayRule}: {placed: Placed; count: number; mayRule: boolean}) {
  const {language, translate: t} = useReader();
  const {state, naming, me, act} = useHere();
  const {participant, group, place, why} = placed;
  const name = naming.person(participant);
  const isPlaced = why.some(({is}) => is === 'placed-by-chair');
  const isOpen = state.life.is === 'open';
  return (
    <li className={me?.number === participant ? 'mine' : undefined}>
      <span className="pl num">{place}</span>
      <Person number={participant}>
        <span className="meta">
          {[naming.constituency(participant), ...(group ? [t('sessions.group')] : [])].join(' · ')}
        </span>
        <span className="meta">{why.map(one => whyWords(one, language, t)).join(' · ')}</span>
      </Person>
      {mayRule ? (
        <div className="ctl">
          {isOpen ? (
            <Button
              kind={place === 1 ? 'main' : 'plain'}
              aria-label={t('sessions.give.whom', {name})}
              onClick={() => void act('floor.give', {participant})}
            >
              {t('sessions.give')}
            </Button>
          ) : null}
          <Button
            kind="quiet"
            busy={place === 1}
            aria-label={t('sessions.up.whom', {name})}
            onClick={() => void act('list.move', {participant, to: place - 2})}
          >
            {t('sessions.up')}
          </Button>
          <Button
            kind="quiet"
            busy={place === count}
            aria-label={t('sessions.down.whom', {name})}
            onClick={() => void act('list.move', {participant, to: place})}
          >
            {t('sessions.down')}
          </Button>
          <Button
            kind="quiet"
            aria-label={t('sessions.absent.whom', {name})}
            onClick={() => void act('floor.absent', {participant})}
          >
            {t('sessions.absent')}
          </Button>
          {isPlaced ? (
            <Button
              kind="quiet"
              aria-label={t('sessions.unplace.whom', {name})}
              onClick={() => void act('list.move', {participant, to: null})}
            >
              {t('sessions.unplace')}
            </Button>
          ) : null}
        </div>
      ) : null}
    </li>
  );
}
