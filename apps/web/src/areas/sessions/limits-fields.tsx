import {useTranslate} from '../../lib/language.tsx';
import {Field} from '../../ui/field.tsx';

/** Minutes, as they are typed. */
export interface LimitsFields {
  readonly group: string;
  readonly individual: string;
}

/** Seconds as the server takes them; null when it is no length that a speech can have. */
export function limitSeconds(minutes: string): number | null {
  const seconds = Math.round(Number(minutes.replace(',', '.')) * 60);
  return minutes.trim() !== '' && seconds >= 30 && seconds <= 7200 ? seconds : null;
}

export function LimitsFieldset({
  fields,
  tried,
  onChange,
}: {
  fields: LimitsFields;
  tried: boolean;
  onChange: (part: Partial<LimitsFields>) => void;
}) {
  const t = useTranslate();
  const wrong = (minutes: string) =>
    tried && limitSeconds(minutes) === null ? t('sessions.new.limit.wrong') : undefined;
  return (
    <fieldset className="field">
      <legend>{t('sessions.new.limits')}</legend>
      <div className="pair">
        <Field
          label={t('sessions.new.limit.group')}
          inputMode="decimal"
          value={fields.group}
          onChange={group => onChange({group})}
          wrong={wrong(fields.group)}
        />
        <Field
          label={t('sessions.new.limit.individual')}
          inputMode="decimal"
          value={fields.individual}
          onChange={individual => onChange({individual})}
          wrong={wrong(fields.individual)}
        />
      </div>
    </fieldset>
  );
}
