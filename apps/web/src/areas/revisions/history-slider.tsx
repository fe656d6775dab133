import {useId} from 'react';
import type {History, HistoryStep} from '@plenary/protocol/api/history';
import {namesOf} from '../../lib/authors.ts';
import {exactOf} from '../../lib/dates.ts';
import {useReader} from '../../lib/language.tsx';
import {stepAt} from './history-steps.ts';

/** A native slider over the steps, with the revisions below it where they fell. */
export function HistorySlider({
  history: {steps, authors, revisions},
  place,
  onPlace,
}: {
  history: History;
  place: number;
  onPlace: (place: number) => void;
}) {
  const {translate: t, language} = useReader();
  const id = useId();
  const step = steps[place];
  const last = steps.length - 1;
  const marks = new Set(revisions.filter(({seq}) => isWithin(steps, seq)).map(({seq}) => stepAt(steps, seq)));
  return (
    <div className="slider">
      <label htmlFor={id}>{t('revisions.history.moment')}</label>
      <input
        id={id}
        type="range"
        min={0}
        max={last}
        step={1}
        value={place}
        aria-valuetext={
          step &&
          `${exactOf(step.at, language)}, ${namesOf(
            t,
            language,
            step.by.map(by => authors[by]!),
          )}`
        }
        onChange={event => onPlace(Number(event.target.value))}
      />
      <svg className="marks" viewBox="0 0 1000 12" preserveAspectRatio="none" aria-hidden="true">
        {[...marks].map(at => (
          <rect key={at} x={last > 0 ? (at / last) * 996 : 0} y={0} width={4} height={12} />
        ))}
      </svg>
    </div>
  );
}

/** A part of a history need not hold all revisions. */
export function isWithin(steps: readonly HistoryStep[], seq: number): boolean {
  const [first] = steps;
  return first !== undefined && seq > first.after && seq <= steps.at(-1)!.until;
}
