import {phases, type Phase} from '@plenary/domain/consultations/consultation';
import {dayOf, daysUntil} from '../../lib/dates.ts';
import {useReader} from '../../lib/language.tsx';

/** The stages in their order, with the one that is on; vertical where there is no room. */
export function PhaseLine({phase, endsAt}: {phase: Phase; endsAt: string | null}) {
  const {translate: t, language} = useReader();
  const now = phases.indexOf(phase);
  const days = endsAt ? daysUntil(endsAt) : 0;
  return (
    <ol className="phases">
      {phases.map((name, place) => (
        <li
          key={name}
          className={place < now ? 'done' : place === now ? 'now' : undefined}
          aria-current={place === now ? 'step' : undefined}
        >
          <b>{t(`words.phase.${name}`)}</b>
          {place === now && endsAt ? (
            <span className="meta">
              <time dateTime={endsAt}>{t('consultations.until', {day: dayOf(endsAt, language)})}</time>
            </span>
          ) : null}
          <span className="st">
            {place < now
              ? t('consultations.phase.done')
              : place === now
                ? days > 0
                  ? t('consultations.phase.now.days', {count: days})
                  : t('consultations.phase.now')
                : place === now + 1
                  ? t('consultations.phase.next')
                  : t('consultations.phase.later')}
          </span>
        </li>
      ))}
    </ol>
  );
}
