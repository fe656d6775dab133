import {lazy, Suspense, useState} from 'react';
import type {Participant} from '@plenary/domain/sessions/session';
import {useTranslate} from '../../lib/language.tsx';
import {Button} from '../../ui/button.tsx';
import {Field} from '../../ui/field.tsx';
import {useHere} from './here.ts';
import {Person} from './person.tsx';

const RemoveDialog = lazy(() => import('./remove-dialog.tsx').then(code => ({default: code.RemoveDialog})));

const shownAtMost = 50;
const filterFrom = 6;

/** Everyone who has entered, and what the chair may do about them. */
export function People() {
  const t = useTranslate();
  const {state, naming, view} = useHere();
  const [wanted, setWanted] = useState('');
  const present = state.participants.filter(({presence}) => presence === 'present').length;
  const words = wanted.trim().toLocaleLowerCase();
  const matching = state.participants.filter(({number}) =>
    [naming.person(number), naming.organisation(number) ?? '', naming.constituency(number)].some(name =>
      name.toLocaleLowerCase().includes(words),
    ),
  );
  return (
    <section className="sec" aria-labelledby="h-pe">
      <header>
        <h2 id="h-pe">{t('sessions.people')}</h2>
        <span className="end sub">{t('sessions.people.count', {count: present})}</span>
      </header>
      {view.following !== null ? <p className="meta">{t('sessions.followers', {count: view.following})}</p> : null}
      {state.participants.length === 0 ? <p className="sub">{t('sessions.people.none')}</p> : null}
      {state.participants.length > filterFrom ? (
        <Field label={t('sessions.people.filter')} type="search" value={wanted} onChange={setWanted} />
      ) : null}
      {matching.length === 0 && words !== '' ? <p className="sub">{t('sessions.people.no-match')}</p> : null}
      <ul className="people-list">
        {matching.slice(0, shownAtMost).map(participant => (
          <PersonRow key={participant.number} participant={participant} />
        ))}
      </ul>
      {matching.length > shownAtMost ? (
        <p className="meta">{t('sessions.people.more', {count: matching.length - shownAtMost})}</p>
      ) : null}
    </section>
  );
}

function PersonRow({participant}: {participant: Participant}) {
  const t = useTranslate();
  const {state, you, me, naming} = useHere();
  const {number, role, presence, muted} = participant;
  const notes = [
    t(`words.role.${role}`),
    ...(me?.number === number ? [t('sessions.people.you')] : []),
    ...(presence === 'left' ? [t('sessions.people.left')] : []),
    ...(presence === 'removed' ? [t('sessions.people.removed')] : []),
    ...(muted.writing ? [t('sessions.people.muted.writing')] : []),
    ...(muted.asking ? [t('sessions.people.muted.asking')] : []),
  ];
  return (
    <li className={presence === 'present' ? undefined : 'not-here'}>
      <Person number={number}>
        <span className="meta">
          {[
            ...notes,
            ...(participant.constituency !== null && naming.organisation(number) === null
              ? [naming.constituency(number)]
              : []),
          ].join(' · ')}
        </span>
      </Person>
      {you.mayPreside && me?.number !== number && state.life.is !== 'closed' ? (
        <Moderation participant={participant} />
      ) : null}
    </li>
  );
}

function Moderation({participant}: {participant: Participant}) {
  const t = useTranslate();
  const {state, naming, act} = useHere();
  const [isRemoving, setRemoving] = useState(false);
  const {number, presence, muted} = participant;
  const name = naming.person(number);
  const mute = (part: Partial<typeof muted>) => void act('participant.mute', {participant: number, ...muted, ...part});
  return (
    <details className="moderate">
      <summary aria-label={t('sessions.moderate.whom', {name})}>{t('sessions.moderate')}</summary>
      <div className="acts">
        {presence === 'removed' ? (
          <Button className="row" onClick={() => void act('participant.readmit', {participant: number})}>
            {t('sessions.readmit')}
          </Button>
        ) : (
          <>
            <Button
              className="row"
              aria-pressed={muted.writing}
              title={t('sessions.mute.writing.means')}
              onClick={() => mute({writing: !muted.writing})}
            >
              {t('sessions.mute.writing')}
            </Button>
            <Button
              className="row"
              aria-pressed={muted.asking}
              title={t('sessions.mute.asking.means')}
              onClick={() => mute({asking: !muted.asking})}
            >
              {t('sessions.mute.asking')}
            </Button>
            {state.life.is === 'open' && state.list.speaking?.participant !== number ? (
              <Button
                className="row"
                onClick={() => void act('floor.give', {participant: number, turn: 'right-of-reply'})}
              >
                {t('sessions.reply')}
              </Button>
            ) : null}
            <Button kind="grave" className="row" onClick={() => setRemoving(true)}>
              {t('sessions.remove')}
            </Button>
          </>
        )}
      </div>
      <Suspense fallback={null}>
        {isRemoving ? <RemoveDialog number={number} name={name} onClose={() => setRemoving(false)} /> : null}
      </Suspense>
    </details>
  );
}
