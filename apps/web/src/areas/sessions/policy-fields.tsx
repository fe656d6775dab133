import {publicationPolicies, type PublicationPolicy} from '@plenary/domain/papers/paper';
import {useTranslate} from '../../lib/language.tsx';
import {Choices, Field} from '../../ui/field.tsx';

export interface PolicyFields {
  readonly publication: PublicationPolicy;
  /** As a `datetime-local` input takes it, on the clock of the device. */
  readonly embargoUntil: string;
}

export function isPolicyWrong({publication, embargoUntil}: PolicyFields): boolean {
  return publication === 'embargo' && Number.isNaN(Date.parse(embargoUntil));
}

export function embargoOf({publication, embargoUntil}: PolicyFields): string | null {
  return publication === 'embargo' ? new Date(embargoUntil).toISOString() : null;
}

export function PolicyFieldset({
  fields,
  tried,
  onChange,
}: {
  fields: PolicyFields;
  tried: boolean;
  onChange: (part: Partial<PolicyFields>) => void;
}) {
  const t = useTranslate();
  return (
    <>
      <Choices
        legend={t('sessions.new.policy')}
        value={fields.publication}
        options={publicationPolicies.map(value => ({
          value,
          name: t(`words.publication.${value}`),
          sentence: t(`words.publication.${value}.sentence`, {until: 'none'}),
        }))}
        onChange={publication => onChange({publication})}
      />
      {fields.publication === 'embargo' ? (
        <Field
          label={t('sessions.new.embargo')}
          type="datetime-local"
          value={fields.embargoUntil}
          onChange={embargoUntil => onChange({embargoUntil})}
          wrong={tried && isPolicyWrong(fields) ? t('sessions.new.embargo.missing') : undefined}
        />
      ) : null}
    </>
  );
}
