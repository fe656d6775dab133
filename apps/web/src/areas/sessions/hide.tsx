import {lazy, Suspense, useState} from 'react';
import {hidingReasons} from '@plenary/domain/sessions/session';
import {useReader, useTranslate} from '../../lib/language.tsx';
import {Button} from '../../ui/button.tsx';
import {useHere} from './here.ts';

const HideDialog = lazy(() => import('./hide-dialog.tsx').then(code => ({default: code.HideDialog})));

/** In place of words that are hidden. */
export function HiddenText({id}: {id: string}) {
  const t = useTranslate();
  const {naming} = useHere();
  const reason = naming.hidden(id);
  return (
    <span className="meta">
      {reason ? t('sessions.hidden.why', {reason: t(`sessions.reason.${reason}`)}) : t('sessions.hidden')}
    </span>
  );
}

/** The chair hides what somebody wrote; absent for everyone else, and where it is hidden already. */
export function HideButton({id}: {id: string}) {
  const t = useTranslate();
  const {naming, you} = useHere();
  const [isAsking, setAsking] = useState(false);
  const text = naming.text(id);
  if (!you.mayPreside || text === null) return null;
  return (
    <>
      <Button
        kind="quiet"
        className="row"
        aria-label={t('sessions.hide.what', {text: text.slice(0, 60)})}
        onClick={() => setAsking(true)}
      >
        {t('sessions.hide')}
      </Button>
      <Suspense fallback={null}>
        {isAsking ? <HideDialog id={id} text={text} onClose={() => setAsking(false)} /> : null}
      </Suspense>
    </>
  );
}

/** How many contributions are hidden, and why: public. */
export function HiddenCount() {
  const {language, translate: t} = useReader();
  const {state} = useHere();
  if (state.hidden.length === 0) return null;
  const counts = hidingReasons
    .map(reason => ({reason, count: state.hidden.filter(one => one.reason === reason).length}))
    .filter(({count}) => count > 0);
  const reasons = new Intl.ListFormat(language, {type: 'unit', style: 'short'}).format(
    counts.map(({reason, count}) => t('sessions.reason.count', {reason: t(`sessions.reason.${reason}`), count})),
  );
  return <p className="meta">{t('sessions.hidden.count', {count: state.hidden.length, reasons})}</p>;
}
