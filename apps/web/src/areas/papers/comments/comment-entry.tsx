import {useState, type ReactNode} from 'react';
import {hidingReasons, type HidingReason} from '@plenary/domain/comments/comment';
import type {CommentEntryJson} from '@plenary/protocol/api/comments';
import {dayOf, hourOf, momentOf} from '../../../lib/dates.ts';
import {shownHandle} from '../../../lib/handle.ts';
import {useReader} from '../../../lib/language.tsx';
import {Button} from '../../../ui/button.tsx';
import {Select} from '../../../ui/field.tsx';

interface CommentEntryProps {
  readonly entry: CommentEntryJson;
  /** Letter square of the author, before the first entry of a thread. */
  readonly square?: string;
  /** Address of the thread. */
  readonly href: string;
  /** It is the reader's own, and its thread is open. */
  readonly mayEdit: boolean;
  readonly mayWithdraw: boolean;
  readonly mayHide: boolean;
  /** In place of the words while they are edited. */
  readonly editing: ReactNode;
  readonly onEdit: () => void;
  readonly onWithdraw: () => void;
  readonly onHide: (reason: HidingReason) => void;
}

/** What one person said; its trace where it was withdrawn or hidden. */
export function CommentEntry(props: CommentEntryProps) {
  const {entry, square, href, mayEdit, mayWithdraw, mayHide, editing, onEdit, onWithdraw, onHide} = props;
  const {language, translate: t} = useReader();
  const [asking, setAsking] = useState<'withdraw' | 'hide' | null>(null);
  const {by, at, text, edited, hidden, withdrawn} = entry;
  const handle = shownHandle(by.handle, t);
  const isToday = dayOf(at, language) === dayOf(new Date().toISOString(), language);
  const when = isToday ? hourOf(at, language) : dayOf(at, language);
  return (
    <div className="entry">
      <div className="by">
        {square && (
          <span className={`who ${square}`} aria-hidden="true">
            {[...handle].slice(0, 1).join('').toLocaleUpperCase()}
          </span>
        )}
        <span>
          <b>
            <bdi>{handle}</bdi>
          </b>{' '}
          <span className="meta">
            {by.organisation && <bdi>{by.organisation.name}</bdi>}
            {by.organisation && ' · '}
            <a href={href} aria-label={t('comments.link', {time: momentOf(at, language)})}>
              <time dateTime={at} title={momentOf(at, language)}>
                {when}
              </time>
            </a>
            {edited !== null && (
              <>
                {' · '}
                <time dateTime={edited} title={momentOf(edited, language)}>
                  {t('comments.edited')}
                </time>
              </>
            )}
          </span>
        </span>
      </div>
      {text !== null && (editing ?? <Words entry={entry} text={text} />)}
      {withdrawn && <p className="sub trace">{t('comments.withdrawn')}</p>}
      {!withdrawn && hidden && (
        <p className="sub trace">{t('comments.hidden', {reason: t(`comments.reason.${hidden}`)})}</p>
      )}
      {asking === null && !editing && text !== null && (mayEdit || mayWithdraw || mayHide) && (
        <p className="acts own">
          {mayEdit && (
            <Button kind="quiet" onClick={onEdit}>
              {t('comments.edit')}
            </Button>
          )}
          {mayWithdraw && (
            <Button kind="quiet" onClick={() => setAsking('withdraw')}>
              {t('comments.withdraw')}
            </Button>
          )}
          {mayHide && (
            <Button kind="quiet" onClick={() => setAsking('hide')}>
              {t('comments.hide')}
            </Button>
          )}
        </p>
      )}
      {asking === 'withdraw' && (
        <div className="ask">
          <p>{t('comments.withdraw.ask')}</p>
          <p className="acts">
            <Button
              kind="grave"
              onClick={() => {
                setAsking(null);
                onWithdraw();
              }}
            >
              {t('comments.withdraw')}
            </Button>
            <Button kind="quiet" onClick={() => setAsking(null)}>
              {t('comments.withdraw.keep')}
            </Button>
          </p>
        </div>
      )}
      {asking === 'hide' && (
        <AskToHide
          onHide={reason => {
            setAsking(null);
            onHide(reason);
          }}
          onCancel={() => setAsking(null)}
        />
      )}
    </div>
  );
}

function AskToHide({onHide, onCancel}: {onHide: (reason: HidingReason) => void; onCancel: () => void}) {
  const {translate: t} = useReader();
  const [reason, setReason] = useState<HidingReason>('off-topic');
  return (
    <div className="ask">
      <p>{t('comments.hide.ask')}</p>
      <Select
        label={t('comments.hide.reason')}
        value={reason}
        options={hidingReasons.map(value => ({value, label: t(`comments.reason.${value}`)}))}
        onChange={setReason}
      />
      <p className="acts">
        <Button kind="grave" onClick={() => onHide(reason)}>
          {t('comments.hide.do')}
        </Button>
        <Button kind="quiet" onClick={onCancel}>
          {t('papers.cancel')}
        </Button>
      </p>
    </div>
  );
}

/** The words with who is mentioned in them. */
function Words({entry, text}: {entry: CommentEntryJson; text: string}) {
  const names = entry.mentions.map(({handle}) => handle).toSorted((a, b) => b.length - a.length);
  const escaped = names.map(name => name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  const parts = names.length === 0 ? [text] : text.split(new RegExp(`(@(?:${escaped.join('|')}))`, 'giu'));
  return (
    <p className="said" dir="auto">
      {parts.map((part, place) =>
        // Every second part is a mention, and parts never change their places.
        place % 2 === 1 ? <b key={`${place}`}>{part}</b> : part,
      )}
    </p>
  );
}
