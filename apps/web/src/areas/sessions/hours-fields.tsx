import {useMemo} from 'react';
import type {MessageId} from '@plenary/locales/message-id';
import {useReader} from '../../lib/language.tsx';
import {momentIn, timeZones, wallClockAt} from '../../lib/zoned.ts';
import {Field, Select} from '../../ui/field.tsx';
import {hoursWords, zoneName} from './hours.ts';

/** Hours of a meeting as they are typed, on the clocks of its zone. */
export interface HoursFields {
  readonly day: string;
  readonly from: string;
  readonly to: string;
  readonly zone: string;
}

export interface Hours {
  readonly startsAt: number;
  readonly endsAt: number;
  readonly zone: string;
}

/** Null while something is missing. An end before the beginning is on the next day. */
export function hoursOf({day, from, to, zone}: HoursFields): Hours | null {
  if (!day || !from || !to || from === to) return null;
  const startsAt = momentIn({day, time: from}, zone);
  const endsAt = momentIn({day, time: to}, zone);
  const nextDay = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return {startsAt, endsAt: endsAt > startsAt ? endsAt : momentIn({day: nextDay, time: to}, zone), zone};
}

export function hoursFieldsOf({startsAt, endsAt, zone}: Hours): HoursFields {
  const {day, time: from} = wallClockAt(startsAt, zone);
  return {day, from, to: wallClockAt(endsAt, zone).time, zone};
}

type Missing = Partial<Record<'day' | 'from' | 'to', MessageId>>;

export function missingHours({day, from, to}: HoursFields): Missing {
  return {
    ...(day ? {} : {day: 'sessions.new.day.missing'}),
    ...(from ? {} : {from: 'sessions.new.from.missing'}),
    ...(to && to !== from ? {} : {to: 'sessions.new.to.missing'}),
  };
}

export function HoursFieldset({
  fields,
  tried,
  onChange,
}: {
  fields: HoursFields;
  tried: boolean;
  onChange: (part: Partial<HoursFields>) => void;
}) {
  const {language, translate: t} = useReader();
  const zones = useMemo(() => timeZones().map(value => ({value, label: zoneName(value)})), []);
  const missing = tried ? missingHours(fields) : {};
  const wrong = (name: keyof Missing) => (missing[name] ? t(missing[name]) : undefined);
  const hours = hoursOf(fields);
  const [utc, here] = hours ? hoursWords({...hours, zone: 'UTC'}, language, t) : [];
  return (
    <>
      <Field
        label={t('sessions.new.day')}
        type="date"
        value={fields.day}
        onChange={day => onChange({day})}
        wrong={wrong('day')}
      />
      <div className="pair">
        <Field
          label={t('sessions.new.from')}
          type="time"
          value={fields.from}
          onChange={from => onChange({from})}
          wrong={wrong('from')}
        />
        <Field
          label={t('sessions.new.to')}
          type="time"
          value={fields.to}
          onChange={to => onChange({to})}
          wrong={wrong('to')}
        />
      </div>
      <Select
        label={t('sessions.new.zone')}
        value={fields.zone}
        options={
          zones.some(({value}) => value === fields.zone)
            ? zones
            : [{value: fields.zone, label: zoneName(fields.zone)}, ...zones]
        }
        onChange={zone => onChange({zone})}
      />
      {hours && utc ? (
        <p className="sub" role="status">
          {here ? t('sessions.new.means', {utc, here}) : t('sessions.new.means.utc', {utc})}{' '}
          {hours.endsAt < Date.now() ? t('sessions.new.past') : null}
        </p>
      ) : null}
    </>
  );
}
