import {useId} from 'react';
import type {SessionActBody} from '@plenary/protocol/api/sessions';
import {useTranslate} from '../../lib/language.tsx';
import {Button} from '../../ui/button.tsx';
import {Field} from '../../ui/field.tsx';

/** An item as it is typed. */
export interface ItemFields {
  /** Of one that stands on the agenda already. */
  readonly id: string | null;
  readonly title: string;
  readonly minutes: string;
  /** Ids. */
  readonly papers: readonly string[];
  /** It was taken up: it can be renamed and moved, not removed. */
  readonly isUsed: boolean;
}

export interface PaperChoice {
  readonly id: string;
  readonly title: string;
}

export const emptyItem: ItemFields = {id: null, title: '', minutes: '', papers: [], isUsed: false};

export function isItemWrong({title}: ItemFields): boolean {
  return title.trim() === '';
}

/** As the server takes it. */
export function agendaBody(items: readonly ItemFields[]): SessionActBody<'agenda.set'>['agenda'] {
  return items.map(({id, title, minutes, papers}) => ({
    ...(id === null ? {} : {id}),
    title: title.trim(),
    papers: [...papers],
    minutes: minutes.trim() === '' ? null : Number(minutes),
  }));
}

/** The items of an agenda, to be written, ordered and removed. */
export function AgendaFields({
  items,
  papers,
  tried,
  onChange,
}: {
  items: readonly ItemFields[];
  papers: readonly PaperChoice[];
  /** Whether what is missing is said. */
  tried: boolean;
  onChange: (items: readonly ItemFields[]) => void;
}) {
  const t = useTranslate();
  const change = (place: number, part: Partial<ItemFields>) =>
    onChange(items.map((item, index) => (index === place ? {...item, ...part} : item)));
  function move(from: number, to: number): void {
    const item = items[from];
    if (item) onChange(items.toSpliced(from, 1).toSpliced(to, 0, item));
  }
  return (
    <div className="items">
      {items.length === 0 ? <p className="sub">{t('sessions.agenda.none')}</p> : null}
      <ol>
        {items.map((item, place) => {
          const number = place + 1;
          return (
            <li key={item.id ?? `new ${number}`}>
              <fieldset>
                <legend>{t('sessions.agenda.item', {number})}</legend>
                <Field
                  label={t('sessions.agenda.item.name')}
                  maxLength={300}
                  dir="auto"
                  value={item.title}
                  onChange={title => change(place, {title})}
                  wrong={tried && isItemWrong(item) ? t('sessions.agenda.item.name.missing') : undefined}
                />
                <PaperChoices
                  papers={papers}
                  chosen={item.papers}
                  onChange={chosen => change(place, {papers: chosen})}
                />
                <Field
                  label={t('sessions.agenda.item.minutes')}
                  type="number"
                  min={1}
                  max={1440}
                  value={item.minutes}
                  onChange={minutes => change(place, {minutes})}
                />
                <p className="acts">
                  <Button
                    kind="quiet"
                    aria-label={t('sessions.agenda.item.up.which', {number})}
                    busy={place === 0}
                    onClick={() => move(place, place - 1)}
                  >
                    {t('sessions.agenda.item.up')}
                  </Button>
                  <Button
                    kind="quiet"
                    aria-label={t('sessions.agenda.item.down.which', {number})}
                    busy={number === items.length}
                    onClick={() => move(place, place + 1)}
                  >
                    {t('sessions.agenda.item.down')}
                  </Button>
                  {item.isUsed ? (
                    <span className="meta">{t('sessions.agenda.item.used')}</span>
                  ) : (
                    <Button
                      kind="quiet"
                      aria-label={t('sessions.agenda.item.remove.which', {number})}
                      onClick={() => onChange(items.toSpliced(place, 1))}
                    >
                      {t('sessions.agenda.item.remove')}
                    </Button>
                  )}
                </p>
              </fieldset>
            </li>
          );
        })}
      </ol>
      <Button onClick={() => onChange([...items, emptyItem])}>{t('sessions.agenda.add')}</Button>
    </div>
  );
}

function PaperChoices({
  papers,
  chosen,
  onChange,
}: {
  papers: readonly PaperChoice[];
  chosen: readonly string[];
  onChange: (chosen: readonly string[]) => void;
}) {
  const t = useTranslate();
  const label = useId();
  if (papers.length === 0) return null;
  return (
    <div className="field" role="group" aria-labelledby={label}>
      <span className="label" id={label}>
        {t('sessions.agenda.item.papers')}
      </span>
      <div className="checks">
        {papers.map(({id, title}) => (
          <label key={id} className="check">
            <input
              type="checkbox"
              checked={chosen.includes(id)}
              onChange={({target}) => onChange(target.checked ? [...chosen, id] : chosen.filter(other => other !== id))}
            />
            <bdi>{title}</bdi>
          </label>
        ))}
      </div>
    </div>
  );
}
