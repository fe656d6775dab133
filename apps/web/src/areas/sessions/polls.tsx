import {lazy, Suspense, useState} from 'react';
import type {Poll} from '@plenary/domain/sessions/polls/poll';
import {useReader, useTranslate} from '../../lib/language.tsx';
import {Button} from '../../ui/button.tsx';
import {useHere} from './here.ts';
import {HideButton, HiddenText} from './hide.tsx';
import {hourWords} from './hours.ts';
import {PollAnswer} from './poll-answer.tsx';
import {PollResults} from './poll-results.tsx';
import {countsOf, resultWords, totalOf} from './positions.ts';

const PollDialog = lazy(() => import('./poll-dialog.tsx').then(code => ({default: code.PollDialog})));

/** The question before the room, and those before it. */
export function Polls() {
  const t = useTranslate();
  const {state, you} = useHere();
  const [isAsking, setAsking] = useState(false);
  const latest = state.polls.at(-1);
  const earlier = state.polls.slice(0, -1).toReversed();
  const mayAsk = you.mayPreside && state.life.is === 'open';
  if (!latest && !mayAsk) return null;
  return (
    <section className="show" aria-label={t('sessions.poll.new')}>
      {latest ? <PollView key={latest.id} poll={latest} /> : <p className="sub">{t('sessions.poll.none')}</p>}
      {mayAsk && latest?.state.is !== 'open' ? (
        <p className="acts">
          <Button onClick={() => setAsking(true)}>{t('sessions.poll.new')}</Button>
        </p>
      ) : null}
      {earlier.length > 0 ? (
        <details>
          <summary>{t('sessions.poll.earlier', {count: earlier.length})}</summary>
          {earlier.map(poll => (
            <PollView key={poll.id} poll={poll} />
          ))}
        </details>
      ) : null}
      <Suspense fallback={null}>{isAsking ? <PollDialog onClose={() => setAsking(false)} /> : null}</Suspense>
    </section>
  );
}

function PollView({poll}: {poll: Poll}) {
  const {language, translate: t} = useReader();
  const {state, view, naming, you} = useHere();
  const counts = countsOf(poll, view.tallies);
  const delegations = new Set(
    state.participants
      .filter(({role, presence}) => role === 'delegate' && presence === 'present')
      .map(({delegation}) => delegation),
  );
  const all = new Set([...delegations, ...poll.answers.map(({delegation}) => delegation)]).size;
  const isOpen = poll.state.is === 'open';
  const count = totalOf(counts);
  const since = hourWords(poll.openedAt, language, t);
  return (
    <div className="poll">
      <header>
        <h3>
          {t(`sessions.poll.${poll.kind}`)}:{' '}
          <bdi>{naming.text(poll.question) ?? <HiddenText id={poll.question} />}</bdi>
        </h3>
        <span className="sub">
          {poll.state.is === 'closed'
            ? t('sessions.poll.closed', {count, time: hourWords(poll.state.at, language, t)})
            : poll.kind === 'positions'
              ? t('sessions.poll.since', {count, all, time: since})
              : t('sessions.poll.since.people', {count, time: since})}
        </span>
        <HideButton id={poll.question} />
      </header>
      {isOpen ? <PollAnswer poll={poll} /> : null}
      <PollResults poll={poll} counts={counts} missing={poll.kind === 'positions' && isOpen ? all - count : 0} />
      <p className="sent">
        <b>{t('sessions.poll.to-announce')}</b> {resultWords(poll, counts, language, t)}
      </p>
      {isOpen && you.mayPreside ? <CloseButtons poll={poll} /> : null}
    </div>
  );
}

function CloseButtons({poll}: {poll: Poll}) {
  const {language, translate: t} = useReader();
  const {room, act} = useHere();
  async function close(announces: boolean): Promise<void> {
    if (!(await act('poll.close', {poll: poll.id})) || !announces) return;
    // What is announced is what was counted when it closed, not what stood here before.
    const {state, tallies} = room.getView();
    const closed = state?.polls.find(({id}) => id === poll.id);
    if (closed) await act('announcement.make', {text: resultWords(closed, countsOf(closed, tallies), language, t)});
  }
  return (
    <p className="acts">
      <Button onClick={() => void close(true)}>{t('sessions.poll.close-announce')}</Button>
      <Button kind="quiet" onClick={() => void close(false)}>
        {t('sessions.poll.close')}
      </Button>
    </p>
  );
}
