import {useEffect, useRef, useState, type FormEvent} from 'react';
import type {MessageId} from '@plenary/locales/message-id';
import type {FormatList} from '@plenary/protocol/api/exchange';
import type {PaperDetails} from '@plenary/protocol/api/papers';
import type {RevisionList} from '@plenary/protocol/api/revisions';
import {dayOf} from '../../lib/dates.ts';
import {fetchFile, handOver} from '../../lib/files.ts';
import {useReader} from '../../lib/language.tsx';
import {LoadFailed} from '../../lib/load-failed.tsx';
import {notify} from '../../lib/notices.ts';
import {SendFailed} from '../../lib/send-failed.tsx';
import {useLoad} from '../../lib/use-load.ts';
import {useSend} from '../../lib/use-send.ts';
import {Choices, Select} from '../../ui/field.tsx';
import {Dialog} from '../../ui/overlays.tsx';

const workingText = '';

/** Which text, in which format: whatever the registry has. */
export function SaveDialog({paper, onClose}: {paper: PaperDetails; onClose: () => void}) {
  const {language, translate: t} = useReader();
  const [formats, againFormats] = useLoad<FormatList>('/api/formats');
  const [listed, againList] = useLoad<RevisionList>(`/api/papers/${paper.id}/revisions`);
  const [format, setFormat] = useState('docx');
  const [revision, setRevision] = useState(workingText);
  const [sending, send] = useSend();
  const leaving = useRef(new AbortController());
  useEffect(() => () => leaving.current.abort(), []);

  const failed = [formats, listed].find(({state}) => state === 'refused' || state === 'unreachable');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const wish = new URLSearchParams({format, ...(revision === workingText ? {} : {revision})});
    const {signal} = leaving.current;
    void send(async () => {
      try {
        const file = await fetchFile(`/api/papers/${paper.id}/export?${wish}`, signal);
        handOver(file);
        notify({what: t('exchange.save.done', {name: file.name}), tone: 'ok'});
        onClose();
      } catch (error) {
        // The dialog was closed meanwhile: nobody waits for the file.
        if (!signal.aborted) throw error;
      }
    });
  };

  return (
    <Dialog title={t('exchange.save')} onClose={onClose}>
      {failed && failed.state !== 'ready' && failed.state !== 'loading' ? (
        <LoadFailed
          loaded={failed}
          onAgain={() => {
            againFormats();
            againList();
          }}
        />
      ) : formats.state === 'ready' && listed.state === 'ready' ? (
        <form className="form" onSubmit={submit} noValidate>
          <Select
            label={t('exchange.save.which')}
            value={revision}
            options={[
              {value: workingText, label: t('exchange.save.working')},
              ...listed.value.revisions.map(({id, symbol, title, issuedAt}) => ({
                value: id,
                label: t('exchange.save.revision', {symbol: `${title} · ${symbol}`, date: dayOf(issuedAt, language)}),
              })),
            ]}
            onChange={setRevision}
          />
          <Choices
            legend={t('exchange.save.format')}
            value={format}
            options={formats.value.exports.map(({name}) => ({
              value: name,
              name: t(`exchange.format.${name}` as MessageId),
              sentence: t(`exchange.format.${name}.means` as MessageId),
            }))}
            onChange={setFormat}
          />
          <SendFailed sending={sending} />
          {sending.state === 'sending' ? (
            <div>
              <p className="sub" role="status">
                {t('exchange.save.writing')}
              </p>
              <progress aria-label={t('exchange.save.writing')} />
            </div>
          ) : null}
          <p className="acts">
            <button type="submit" className="main" disabled={sending.state === 'sending'}>
              {t('exchange.save.go')}
            </button>
            <button type="button" className="quiet" onClick={onClose}>
              {t('papers.cancel')}
            </button>
          </p>
        </form>
      ) : (
        <p className="wait" role="status">
          {t('exchange.save.loading')}
        </p>
      )}
    </Dialog>
  );
}
