import {useId, type ReactNode} from 'react';
import type {Counts, Poll} from '@plenary/domain/sessions/polls/poll';
import {useTranslate} from '../../lib/language.tsx';
import {useHere} from './here.ts';
import {HiddenText, HideButton} from './hide.tsx';
import {choicesOf, totalOf} from './positions.ts';

const looks: Record<string, string> = {
  support: 'sup',
  warm: 'sup',
  reserve: 'res',
  lukewarm: 'res',
  oppose: 'opp',
  cold: 'opp',
  abstain: 'abs',
};

/** One row an answer: word, bar, number, who; and the same as a table. */
export function PollResults({poll, counts, missing}: {poll: Poll; counts: Counts; missing: number}) {
  const t = useTranslate();
  const {naming} = useHere();
  const id = useId();
  const total = Math.max(1, totalOf(counts));
  const withReasons = poll.answers.filter(({reason}) => reason !== null);
  return (
    <>
      <svg className="vh" aria-hidden="true" focusable="false">
        <defs>
          <pattern id={`${id}res`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="3" height="6" className="pf res" />
          </pattern>
          <pattern id={`${id}abs`} width="6" height="6" patternUnits="userSpaceOnUse">
            <circle cx="3" cy="3" r="1.3" className="pf abs" />
          </pattern>
        </defs>
      </svg>
      <ul className="positions">
        {choicesOf(poll).map(choice => {
          const look = looks[choice] ?? 'sup';
          const who = poll.answers.filter(answer => answer.choice === choice);
          return (
            <li key={choice} className={look}>
              <span>{t(`sessions.choice.${choice}`)}</span>
              <svg className="bar" aria-hidden="true" focusable="false">
                {bar(look, (100 * (counts[choice] ?? 0)) / total, id)}
              </svg>
              <b className="num">{counts[choice] ?? 0}</b>
              {who.length > 0 ? (
                <p className="orgs">
                  {who.map(({delegation}, index) => (
                    <span key={delegation}>
                      {index > 0 ? ' · ' : null}
                      <bdi>{naming.delegation(delegation)}</bdi>
                    </span>
                  ))}
                </p>
              ) : null}
            </li>
          );
        })}
      </ul>
      {missing > 0 ? <p className="meta">{t('sessions.poll.not-answered', {count: missing})}</p> : null}
      {withReasons.length > 0 ? (
        <details>
          <summary>
            {t('sessions.poll.reasons')} ({withReasons.length})
          </summary>
          <ul className="reasons">
            {withReasons.map(({delegation, choice, reason}) =>
              reason === null ? null : (
                <li key={delegation}>
                  <b>
                    <bdi>{naming.delegation(delegation)}</bdi>
                  </b>{' '}
                  <span className="meta">{t(`sessions.choice.${choice as 'support'}`)}</span>
                  <p dir="auto">{naming.text(reason) ?? <HiddenText id={reason} />}</p>
                  <HideButton id={reason} />
                </li>
              ),
            )}
          </ul>
        </details>
      ) : null}
      <details>
        <summary>{t('sessions.poll.table')}</summary>
        <table className="twin">
          <thead>
            <tr>
              <th scope="col">{t('sessions.poll.table.what')}</th>
              <th scope="col">{t('sessions.poll.table.count')}</th>
              <th scope="col">{t('sessions.poll.table.who')}</th>
            </tr>
          </thead>
          <tbody>
            {choicesOf(poll).map(choice => (
              <tr key={choice}>
                <th scope="row">{t(`sessions.choice.${choice}`)}</th>
                <td className="num">{counts[choice] ?? 0}</td>
                <td>
                  {poll.answers
                    .filter(answer => answer.choice === choice)
                    .map(({delegation}) => naming.delegation(delegation))
                    .join(' · ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}

/** Support solid, reserve hatched, oppose hollow with a thick edge, abstain dotted: never told apart by colour alone. */
function bar(look: string, share: number, id: string): ReactNode {
  if (share === 0) return null;
  const width = `${share}%`;
  switch (look) {
    case 'res':
      return <rect x="0.5" y="0.5" width={width} height="11" fill={`url(#${id}res)`} stroke="currentColor" />;
    case 'opp':
      return <rect x="1.5" y="1.5" width={width} height="9" fill="none" stroke="currentColor" strokeWidth="3" />;
    case 'abs':
      return (
        <rect
          x="0.5"
          y="0.5"
          width={width}
          height="11"
          fill={`url(#${id}abs)`}
          stroke="currentColor"
          strokeDasharray="3 3"
        />
      );
    default:
      return <rect width={width} height="12" fill="currentColor" />;
  }
}
