import {lazy, Suspense, useEffect, useMemo, useRef, useState} from 'react';
import type {RoomClient} from '@plenary/client/room-client';
import type {PaperNotice} from '@plenary/protocol/rt';
import type {PaperDetails} from '@plenary/protocol/api/papers';
import {hourOf, momentOf} from '../../lib/dates.ts';
import {loadSentences, pageLanguage, useReader} from '../../lib/language.tsx';
import {notify} from '../../lib/notices.ts';
import {Button} from '../../ui/button.tsx';
import {SkipLink} from '../../ui/page.tsx';
import {useEarlyKey} from './comments/use-early-key.ts';
import {useAuthorsTool} from './authors/use-authors-tool.tsx';
import {FindBar} from './find-bar.tsx';
import {OfferedWords} from './offered-words.tsx';
import {PaperBar} from './paper-bar.tsx';
import {PaperTools, type ToolAct} from './paper-tools.tsx';
import {useShownSave} from './save-state.tsx';
import {serverActs} from './server-acts.ts';
import {StateLine} from './state-line.tsx';
import {useEditor} from './use-editor.ts';
import {useLive} from './use-live.ts';
import {useRoomState} from './use-room.ts';

const FloorLine = lazy(() => import('./floor-line.tsx').then(({FloorLine}) => ({default: FloorLine})));
const LinkDialog = lazy(() => import('./link-dialog.tsx').then(({LinkDialog}) => ({default: LinkDialog})));
const KeysDialog = lazy(async () => {
  const [{KeysDialog}] = await Promise.all([import('./keys-dialog.tsx'), loadSentences('comments', pageLanguage())]);
  return {default: KeysDialog};
});
const ShareDialog = lazy(() => import('./share-dialog.tsx').then(({ShareDialog}) => ({default: ShareDialog})));
const SaveDialog = lazy(async () => {
  const [{SaveDialog}] = await Promise.all([import('./save-dialog.tsx'), loadSentences('exchange', pageLanguage())]);
  return {default: SaveDialog};
});
const PresideDialog = lazy(() => import('./preside-dialog.tsx').then(({PresideDialog}) => ({default: PresideDialog})));

const Comments = lazy(async () => {
  const [{Comments}] = await Promise.all([
    import('./comments/comments.tsx'),
    loadSentences('comments', pageLanguage()),
  ]);
  return {default: Comments};
});

/** Comments are fetched so long after the text can be written in, in milliseconds. */
const afterTyping = 700;

type Floating = 'link' | 'keys' | 'share' | 'save' | 'preside' | null;

interface PaperDeskProps {
  readonly paper: PaperDetails;
  readonly room: RoomClient;
  readonly member: string;
  /** The text as the server rendered it, shown until the editor can take its place. */
  readonly serverText: HTMLElement | null;
  readonly onPaper: (paper: PaperDetails) => void;
  /** Mode, policy or the reader's standing may be another now. */
  readonly onStale: () => void;
}

/** Where a member writes a paper with others, or reads it while they write. */
export function PaperDesk({paper, room, member, serverText, onPaper, onStale}: PaperDeskProps) {
  const {language, translate: t} = useReader();
  const [floating, setFloating] = useState<Floating>(null);
  const [isFinding, setFinding] = useState(false);
  const loaded = useRoomState(room, state => state.loaded);
  const rights = useRoomState(room, state => state.rights);
  const presence = useRoomState(room, state => state.presence);
  const connection = useRoomState(room, state => state.connection);
  const refusal = useRoomState(room, state => state.refusal);
  const needsReload = useRoomState(room, state => state.needsReload);
  const save = useShownSave(room);
  const place = useRef<HTMLDivElement>(null);
  const acts = useMemo(() => serverActs(paper, room, t('papers.connection.lost')), [paper, room, t]);
  const mayWrite = rights.write && !needsReload && connection !== 'refused';
  const editor = useEditor(place, room, {
    title: paper.title,
    paperLanguage: paper.language,
    editable: mayWrite,
    presence,
    acts,
    onLink: () => setFloating('link'),
    onFind: () => setFinding(true),
  });

  const authors = useAuthorsTool(paper.id, editor);
  const [heard, setHeard] = useState(0);
  const [bar, setBar] = useState<HTMLElement | null>(null);
  const [head, setHead] = useState<HTMLElement | null>(null);
  const [margin, setMargin] = useState<HTMLElement | null>(null);
  const places = useMemo(() => (bar && head && margin ? {bar, head, margin} : null), [bar, head, margin]);
  const early = useEarlyKey(place);
  const isTyped = useLater(editor.isShown, afterTyping);
  const hasComments = (isTyped || early !== null) && paper.you.role !== 'follower';

  const count = useLive(paper.id, loaded, {
    notice: notice => {
      if (notice.act === 'comments.changed') setHeard(times => times + 1);
      if (!tellNotice(notice)) return;
      onStale();
    },
    gone: onStale,
  });
  const shownSeq = useRef(Date.now());

  /** Acts of before this page was opened are no news. */
  function tellNotice(notice: PaperNotice): boolean {
    if (Date.parse(notice.at) < shownSeq.current) return false;
    const handle = notice.by?.handle ?? t('papers.notice.someone');
    const time = hourOf(notice.at, language);
    if (notice.act === 'paper.mode-set') {
      notify({
        what: t('papers.notice.mode', {handle, mode: t(`words.mode.${notice.mode}`), time}),
        means: t(`words.mode.${notice.mode}.sentence`),
        consequential: true,
      });
    } else if (notice.act === 'paper.publication-set') {
      const until = notice.embargoUntil ? momentOf(notice.embargoUntil, language) : 'none';
      notify({
        what: t('papers.notice.publication', {handle, policy: t(`words.publication.${notice.publication}`), time}),
        means: t(`words.publication.${notice.publication}.sentence`, {until}),
        consequential: true,
      });
    } else {
      if (notice.act === 'revision.issued' || notice.act === 'paper.restored') {
        void import('./revision-notice.ts').then(({tellRevision}) => tellRevision(notice, language));
      }
      return false;
    }
    return true;
  }

  useEffect(() => {
    if (connection === 'refused') onStale();
  }, [connection, onStale]);

  function act(name: ToolAct): void {
    if (name === 'link') setFloating('link');
    else editor.act(name);
  }

  return (
    <div className={mayWrite ? 'desk writing' : 'desk'}>
      <SkipLink>{t('papers.skip')}</SkipLink>
      <PaperBar
        paper={paper}
        room={room}
        presence={presence}
        reading={count ? count.reading + count.following : null}
        onGoTo={editor.goTo}
        onShare={() => setFloating('share')}
        commentsPlace={setBar}
      >
        {loaded && !mayWrite && <div className="tools">{authors.tool}</div>}
        {mayWrite && loaded && (
          <PaperTools
            at={editor.at}
            onAct={act}
            onKind={editor.setKind}
            onFind={() => setFinding(true)}
            onKeys={() => setFloating('keys')}
            authors={authors.tool}
          />
        )}
        {authors.bar}
        {isFinding && (
          <FindBar
            finder={editor.finder}
            onClose={() => {
              setFinding(false);
              editor.focus();
            }}
          />
        )}
      </PaperBar>
      <StateLine paper={paper} {...(paper.you.mayPreside ? {onPreside: () => setFloating('preside')} : {})} />
      <main id="main" className="sheet" tabIndex={-1}>
        {connection === 'refused' && refusal && (
          <p className="notice danger" role="alert">
            {refusal.code === 'sign-in.again' || refusal.code === 'sign-in.required' ? (
              <>
                {t('papers.signed-out')} <a href={`/sign-in?next=/papers/${paper.slug}`}>{t('papers.sign-in')}</a>
              </>
            ) : (
              refusal.sentence
            )}
          </p>
        )}
        {needsReload && (
          <p className="notice warn">
            {t('papers.reload.schema')} <Button onClick={() => location.reload()}>{t('papers.reload')}</Button>
          </p>
        )}
        {(save === 'kept' || save === 'not-saved') && connection !== 'refused' && (
          <p className={save === 'kept' ? 'notice warn' : 'notice danger'}>
            {t(`papers.save.${save}.explain`)}{' '}
            <Button
              onClick={() => {
                void navigator.clipboard
                  .writeText(editor.text())
                  .then(() => notify({what: t('papers.save.copied'), tone: 'ok'}));
              }}
            >
              {t('papers.save.copy')}
            </Button>
          </p>
        )}
        {!rights.write && loaded && !needsReload && connection === 'open' && paper.mode === 'open' && (
          <p className="notice">{t('papers.read-only')}</p>
        )}
        <OfferedWords room={room} paper={paper.slug} />
        {!editor.isShown && <ServerText text={serverText} waiting={t('papers.loading')} />}
        <div className="written">
          <div className="above" ref={setHead} />
          <div ref={place} hidden={!editor.isShown} lang={paper.language} dir="auto" />
          <div className="margin" ref={setMargin} />
        </div>
      </main>
      <Suspense fallback={null}>
        {hasComments && editor.editor && places && (
          <Comments
            paper={paper.id}
            member={member}
            editor={editor.editor}
            presence={presence}
            heard={heard}
            early={early}
            places={places}
          />
        )}
      </Suspense>
      <Suspense fallback={null}>{hasComments && <FloorLine paper={paper} within={() => place.current} />}</Suspense>
      <Suspense fallback={null}>
        {floating === 'link' && (
          <LinkDialog
            current={editor.at.link}
            onSet={address => {
              editor.setLink(address);
              setFloating(null);
            }}
            onClose={() => setFloating(null)}
          />
        )}
        {floating === 'keys' && <KeysDialog onClose={() => setFloating(null)} />}
        {floating === 'share' && (
          <ShareDialog paper={paper} onSave={() => setFloating('save')} onClose={() => setFloating(null)} />
        )}
        {floating === 'save' && <SaveDialog paper={paper} onClose={() => setFloating(null)} />}
        {floating === 'preside' && (
          <PresideDialog paper={paper} onChanged={onPaper} onClose={() => setFloating(null)} />
        )}
      </Suspense>
    </div>
  );
}

/** True so long after `ready` is. */
function useLater(ready: boolean, ms: number): boolean {
  const [isLater, setLater] = useState(false);
  useEffect(() => {
    if (!ready) return undefined;
    const timer = setTimeout(() => setLater(true), ms);
    return () => clearTimeout(timer);
  }, [ready, ms]);
  return isLater;
}

/** The words can be read before a line of script has run; the same element is shown on until the editor has them too. */
export function ServerText({text, waiting}: {text: HTMLElement | null; waiting: string}) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (text) place.current?.replaceChildren(text);
  }, [text]);
  if (!text) {
    return (
      <p className="wait" role="status">
        {waiting}
      </p>
    );
  }
  return <div ref={place} />;
}
