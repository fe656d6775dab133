import {hidingReasons, type HidingReason} from '@plenary/domain/sessions/session';
import {useTranslate} from '../../lib/language.tsx';
import {Select} from '../../ui/field.tsx';

/** Why the chair hides words or removes somebody: a closed list, which the record holds. */
export function ReasonSelect({value, onChange}: {value: HidingReason; onChange: (reason: HidingReason) => void}) {
  const t = useTranslate();
  return (
    <Select
      label={t('sessions.hide.reason')}
      value={value}
      options={hidingReasons.map(reason => ({value: reason, label: t(`sessions.reason.${reason}`)}))}
      onChange={onChange}
    />
  );
}
