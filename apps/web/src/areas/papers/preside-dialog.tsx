import {useState, type FormEvent} from 'react';
import {
  draftingModes,
  publicationPolicies,
  type DraftingMode,
  type PublicationPolicy,
} from '@plenary/domain/papers/paper';
import type {ChangePaper, PaperDetails} from '@plenary/protocol/api/papers';
import {useTranslate} from '../../lib/language.tsx';
import {ask} from '../../lib/http.ts';
import {useSend} from '../../lib/use-send.ts';
import {Dialog} from '../../ui/overlays.tsx';
import {Choices, Field} from '../../ui/field.tsx';

/** The chair says who writes and who reads, and is told the consequence before it is done. */
export function PresideDialog({
  paper,
  onChanged,
  onClose,
}: {
  paper: PaperDetails;
  onChanged: (paper: PaperDetails) => void;
  onClose: () => void;
}) {
  const t = useTranslate();
  const [mode, setMode] = useState<DraftingMode>(paper.mode);
  const [publication, setPublication] = useState<PublicationPolicy>(paper.publication);
  const [until, setUntil] = useState(paper.embargoUntil ? localInput(paper.embargoUntil) : '');
  const [untilWrong, setUntilWrong] = useState(false);
  const [sending, send] = useSend();
  const change = changeOf(paper, mode, publication, until);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (publication === 'embargo' && !(Date.parse(until) > Date.now())) {
      setUntilWrong(true);
      return;
    }
    void send(async () => {
      onChanged(await ask<PaperDetails>('PATCH', `/api/papers/${paper.id}`, change ?? {}));
      onClose();
    });
  };
  return (
    <Dialog title={t('papers.preside.title')} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <Choices
          legend={t('papers.preside.mode')}
          options={draftingModes.map(value => ({
            value,
            name: t(`words.mode.${value}`),
            sentence: t(`words.mode.${value}.sentence`),
          }))}
          value={mode}
          onChange={setMode}
        />
        <Choices
          legend={t('papers.preside.publication')}
          options={publicationPolicies.map(value => ({
            value,
            name: t(`words.publication.${value}`),
            sentence: t(`words.publication.${value}.sentence`, {until: 'none'}),
          }))}
          value={publication}
          onChange={setPublication}
        />
        {publication === 'embargo' && (
          <Field
            label={t('papers.preside.until')}
            wrong={untilWrong ? t('papers.preside.until.wrong') : undefined}
            type="datetime-local"
            value={until}
            onChange={setUntil}
          />
        )}
        <p className="sub">{t('papers.preside.consequence')}</p>
        {sending.state === 'refused' && (
          <p className="notice danger" role="alert">
            {sending.refusal.message}
          </p>
        )}
        {sending.state === 'unreachable' && (
          <p className="notice danger" role="alert">
            {t('papers.connection.lost')}
          </p>
        )}
        <p className="acts">
          <button type="submit" className="main" disabled={change === null || sending.state === 'sending'}>
            {t('papers.preside.set')}
          </button>
          <button type="button" className="quiet" onClick={onClose}>
            {t('papers.cancel')}
          </button>
          {change === null && <span className="meta">{t('papers.preside.unchanged')}</span>}
        </p>
      </form>
    </Dialog>
  );
}

/** What differs from the paper as it stands; null when nothing does. */
function changeOf(
  paper: PaperDetails,
  mode: DraftingMode,
  publication: PublicationPolicy,
  until: string,
): ChangePaper | null {
  const embargoUntil = publication === 'embargo' && until ? new Date(until).toISOString() : null;
  const change: ChangePaper = {};
  if (mode !== paper.mode) change.mode = mode;
  if (publication !== paper.publication || embargoUntil !== paper.embargoUntil) {
    change.publication = publication;
    change.embargoUntil = embargoUntil;
  }
  return Object.keys(change).length === 0 ? null : change;
}

/** What an `<input type="datetime-local">` takes, on the clock of the device. */
function localInput(instant: string): string {
  const date = new Date(instant);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
