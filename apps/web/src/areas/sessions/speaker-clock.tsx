import {timeLeft, timeSpoken} from '@plenary/domain/sessions/clock';
import type {Speaking} from '@plenary/domain/sessions/session';
import {useTranslate} from '../../lib/language.tsx';
import {useNow} from './here.ts';
import {minutesAndSeconds, wholeSeconds} from './hours.ts';

const ending = 30_000;

/** What is left of a turn, on the server's clock; over the limit it counts up. Never flashes. */
export function SpeakerClock({speaking}: {speaking: Speaking}) {
  const t = useTranslate();
  const now = useNow(250);
  const left = timeLeft(speaking, now);
  const limit = minutesAndSeconds(speaking.limit);
  const isOver = left <= 0;
  const isEnding = !isOver && left <= ending;
  const share = Math.max(0, Math.min(100, (100 * (speaking.limit - timeSpoken(speaking, now))) / speaking.limit));
  return (
    <>
      {/* Whoever cannot see it hears of it at one minute, half a minute and the end: not every second. */}
      <p
        className={isEnding || isOver ? 'clock ending' : 'clock'}
        role="timer"
        aria-live="off"
        aria-label={
          isOver
            ? t('sessions.clock.label.over', {over: inWords(left)})
            : t('sessions.clock.label', {left: inWords(left), limit: inWords(speaking.limit)})
        }
      >
        <span className="num" dir="ltr">
          {minutesAndSeconds(isOver ? 0 : left)}
        </span>
        <span className="sub">
          {isOver ? t('sessions.clock.over', {time: minutesAndSeconds(left)}) : t('sessions.clock.left', {limit})}
          {isEnding ? ` · ${t('sessions.clock.ending')}` : null}
        </span>
      </p>
      <svg className="line" aria-hidden="true" focusable="false">
        <rect width={`${share}%`} height="100%" />
      </svg>
      {speaking.runningSince === null ? <p className="meta">{t('sessions.clock.stands')}</p> : null}
    </>
  );

  function inWords(ms: number): string {
    const all = Math.abs(wholeSeconds(ms));
    const [minutes, seconds] = [Math.floor(all / 60), all % 60];
    return [
      ...(minutes > 0 ? [t('sessions.clock.minutes', {minutes})] : []),
      ...(seconds > 0 || minutes === 0 ? [t('sessions.clock.seconds', {seconds})] : []),
    ].join(' ');
  }
}
