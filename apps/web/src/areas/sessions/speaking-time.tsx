import {useState} from 'react';
import {speakingTimes} from '@plenary/domain/sessions/speaking-time';
import {useTranslate} from '../../lib/language.tsx';
import {Button} from '../../ui/button.tsx';
import {useHere, useNow} from './here.ts';
import {lengthWords} from './hours.ts';

const groupings = ['constituencies', 'delegations', 'participants'] as const;
type Grouping = (typeof groupings)[number];

interface Row {
  readonly key: string;
  readonly name: string;
  readonly spoken: number;
  readonly interventions: number;
}

/** Who has spoken how long, longest first, as bars and as a table; the file says the same. */
export function SpeakingTime() {
  const t = useTranslate();
  const {state, naming, summary} = useHere();
  const [by, setBy] = useState<Grouping>('constituencies');
  const now = useNow(1000);
  const times = speakingTimes(state, now);
  const rows: readonly Row[] = {
    constituencies: () =>
      times.constituencies.map(({constituency, ...sum}) => ({
        key: String(constituency),
        name: constituency === null ? t('sessions.no-constituency') : t(`words.constituency.${constituency}`),
        ...sum,
      })),
    delegations: () =>
      times.delegations.map(({delegation, ...sum}) => ({
        key: String(delegation),
        name: naming.delegation(delegation),
        ...sum,
      })),
    participants: () =>
      times.participants.map(({participant, ...sum}) => ({
        key: String(participant),
        name: naming.person(participant),
        ...sum,
      })),
  }[by]();
  const longest = Math.max(1, rows[0]?.spoken ?? 0);
  return (
    <section className="show" aria-labelledby="h-time">
      <header>
        <h3 id="h-time">{t('sessions.time')}</h3>
        <a className="sub" href={`/api/sessions/${summary.slug}/speaking-time.csv`}>
          {t('sessions.time.csv')}
        </a>
      </header>
      {rows.length === 0 ? (
        <p className="sub">{t('sessions.time.none')}</p>
      ) : (
        <>
          <p className="acts" role="group" aria-label={t('sessions.time.by')}>
            {groupings.map(grouping => (
              <Button
                key={grouping}
                kind="quiet"
                className="row"
                aria-pressed={grouping === by}
                onClick={() => setBy(grouping)}
              >
                {t(`sessions.time.by.${grouping}`)}
              </Button>
            ))}
          </p>
          <ul className="chart time" aria-label={`${t('sessions.time.by')}: ${t(`sessions.time.by.${by}`)}`}>
            {rows.map(({key, name, spoken}) => (
              <li key={key}>
                <bdi>{name}</bdi>
                <svg className="track" aria-hidden="true" focusable="false">
                  <rect width={`${(100 * spoken) / longest}%`} height="100%" />
                </svg>
                <b>{lengthWords(spoken, t)}</b>
              </li>
            ))}
          </ul>
          <details>
            <summary>{t('sessions.time.table')}</summary>
            <table className="twin">
              <thead>
                <tr>
                  <th scope="col">{t(`sessions.time.by.${by}`)}</th>
                  <th scope="col">{t('sessions.time.spoken')}</th>
                  <th scope="col">{t('sessions.time.times')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map(({key, name, spoken, interventions}) => (
                  <tr key={key}>
                    <th scope="row">
                      <bdi>{name}</bdi>
                    </th>
                    <td className="num">{lengthWords(spoken, t)}</td>
                    <td className="num">{interventions}</td>
                  </tr>
                ))}
              </tbody>
              <tfoot>
                <tr>
                  <th scope="row">{t('sessions.time.total')}</th>
                  <td className="num">{lengthWords(times.total, t)}</td>
                  <td className="num">{rows.reduce((sum, {interventions}) => sum + interventions, 0)}</td>
                </tr>
              </tfoot>
            </table>
          </details>
        </>
      )}
    </section>
  );
}
