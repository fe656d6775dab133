import type {Placed} from '@plenary/domain/sessions/order';
import {useTranslate} from '../../lib/language.tsx';
import {useDraft} from '../../lib/use-draft.ts';
import {Button} from '../../ui/button.tsx';
import {useHere} from './here.ts';

/** What a delegate does about the floor. What they may not do is explained or absent. */
export function AskForFloor({order}: {order: readonly Placed[]}) {
  const t = useTranslate();
  const {state, you, me, act, summary} = useHere();
  const {fields, change} = useDraft(`floor/${summary.id}`, {group: false});
  if (!you.maySpeak || !me || me.presence !== 'present' || state.life.is !== 'open') return null;
  const mine = order.find(({participant}) => participant === me.number);
  const {speaking, open} = state.list;
  const speaks = speaking?.participant === me.number;
  const mayRaise = !me.muted.asking && !speaks && speaking?.turn !== 'point-of-order';
  return (
    <div className="ask">
      {speaks ? (
        <p className="acts">
          <b role="status">{t('sessions.you-speak')}</b>
          <Button kind="main" onClick={() => void act('floor.withdraw', {})}>
            {t('sessions.finish')}
          </Button>
        </p>
      ) : mine ? (
        <p className="acts">
          <b role="status">{t('sessions.your-place', {place: mine.place, count: order.length})}</b>
          <Button onClick={() => void act('floor.withdraw', {})}>{t('sessions.withdraw')}</Button>
        </p>
      ) : me.muted.asking ? null : open ? (
        <>
          <label className="check">
            <input type="checkbox" checked={fields.group} onChange={({target}) => change({group: target.checked})} />
            {t('sessions.group.box')}
          </label>
          <Button kind="main" onClick={() => void act('floor.ask', {group: fields.group})}>
            {t('sessions.ask')}
          </Button>
        </>
      ) : (
        <p className="sub">{t('sessions.list-closed')}</p>
      )}
      {mayRaise ? (
        <p className="acts">
          <Button onClick={() => void act('order.raise', {})}>{t('sessions.order')}</Button>
          <span className="meta">{t('sessions.order.means')}</span>
        </p>
      ) : null}
    </div>
  );
}
