import {useEffect, useMemo, useRef, useState, type RefObject} from 'react';
import type {Present} from '@plenary/client/presence';
import type {RoomClient} from '@plenary/client/room-client';
import {idFromBytes} from '@plenary/domain/ids';
import {createEditor, type AtCaret, type EditorAct, type PaperEditor} from '@plenary/paper/editor/editor';
import type {Openings} from '@plenary/paper/numbering';
import {loadOpenings} from '@plenary/paper/openers/load';
import type {ParagraphKind} from '@plenary/paper/view';
import {useTranslate} from '../../lib/language.tsx';
import type {Finder} from './find-bar.tsx';
import type {serverActs} from './server-acts.ts';
import {useRoomState} from './use-room.ts';
import '@plenary/paper/editor.css';

export const nowhere: AtCaret = {
  paragraph: '',
  kind: 'text',
  level: 0,
  bold: false,
  italic: false,
  underline: false,
  strike: false,
  link: null,
  isEmpty: true,
  canUndo: false,
  canRedo: false,
};

interface UseEditorOptions {
  readonly title: string;
  /** BCP 47 tag of the text. */
  readonly paperLanguage: string;
  readonly editable: boolean;
  readonly presence: readonly Present[];
  readonly acts: ReturnType<typeof serverActs>;
  readonly onLink: () => void;
  readonly onFind: () => void;
}

export interface EditorHandle {
  /** The editor shows the text; before, it is on its way. */
  readonly isShown: boolean;
  /** Null until it is shown. */
  readonly editor: PaperEditor | null;
  readonly at: AtCaret;
  readonly finder: Finder;
  act(act: EditorAct): void;
  setKind(kind: ParagraphKind): void;
  setLink(address: string | null): void;
  goTo(cursor: unknown): void;
  text(): string;
  focus(): void;
}

const nothingFound = {count: 0, current: 0};

/** Colours of carets are the room's, from 1 on; the style sheet has eight. */
const styles = 8;

/** Puts the editor over the room's replica into `place`, and keeps both in step with what the page knows. */
export function useEditor(
  place: RefObject<HTMLElement | null>,
  room: RoomClient,
  options: UseEditorOptions,
): EditorHandle {
  const t = useTranslate();
  const [at, setAt] = useState(nowhere);
  const editor = useRef<PaperEditor | null>(null);
  const [shown, setShown] = useState<PaperEditor | null>(null);
  const latest = useRef(options);
  latest.current = options;
  const loaded = useRoomState(room, state => state.loaded);
  const doc = useRoomState(room, state => state.doc);
  const {title, paperLanguage, editable, presence} = options;

  const openings = useOpenings(paperLanguage);
  const isShown = loaded && openings !== null;

  useEffect(() => {
    if (!loaded || !openings || !place.current) return undefined;
    const made = createEditor({
      place: place.current,
      doc: room.getSnapshot().doc,
      editable: latest.current.editable,
      language: paperLanguage,
      openings,
      labels: {
        editor: t('papers.text-label', {title}),
        note: t('papers.gone.deleted'),
        restore: t('papers.gone.restore'),
        remove: t('papers.gone.remove'),
      },
      newName: () => idFromBytes(crypto.getRandomValues(new Uint8Array(12))),
      onSelection() {
        setAt(made.at());
        room.setCursor(made.cursor());
      },
      requestMove: (name, after) => void latest.current.acts.move(name, after),
      requestJoin: name => void latest.current.acts.join(name),
      onLink: () => latest.current.onLink(),
      onFind: () => latest.current.onFind(),
    });
    editor.current = made;
    setShown(made);
    setAt(made.at());
    return () => {
      editor.current = null;
      setShown(null);
      made.destroy();
    };
  }, [loaded, openings, room, place, paperLanguage, title, t]);

  // A replica that the server refused gives way to another one.
  const shownDoc = useRef(doc);
  useEffect(() => {
    if (shownDoc.current !== doc) editor.current?.setDoc(doc);
    shownDoc.current = doc;
  }, [doc]);
  useEffect(() => editor.current?.setEditable(editable), [editable, isShown]);
  useEffect(() => {
    const others = presence.filter(({cursor}) => cursor !== null);
    editor.current?.setCarets(
      others.map(({connection, member, colour, cursor}) => ({
        id: String(connection),
        name: member.handle,
        colour: ((colour - 1) % styles) + 1,
        anchor: endOf(cursor, 'anchor'),
        head: endOf(cursor, 'head'),
      })),
    );
  }, [presence, isShown, doc]);

  const finder = useMemo<Finder>(
    () => ({
      find: words => editor.current?.find(words) ?? nothingFound,
      step: direction => editor.current?.findStep(direction) ?? nothingFound,
      clear: () => editor.current?.clearFind(),
    }),
    [],
  );

  return useMemo(
    () => ({
      isShown,
      editor: shown,
      at,
      finder,
      act: act => editor.current?.act(act),
      setKind(kind) {
        editor.current?.setKind(kind);
        editor.current?.focus();
      },
      setLink(address) {
        editor.current?.setLink(address);
        editor.current?.focus();
      },
      goTo: cursor => editor.current?.goTo(endOf(cursor, 'head')),
      text: () => editor.current?.text() ?? '',
      focus: () => editor.current?.focus(),
    }),
    [isShown, shown, at, finder],
  );
}

/** How paragraphs open in the paper's language; none when they cannot be fetched, for they only set words in italics. */
function useOpenings(language: string): Openings | null {
  const [openings, setOpenings] = useState<Openings | null>(null);
  useEffect(() => {
    loadOpenings(language).then(setOpenings, () => setOpenings({}));
  }, [language]);
  return openings;
}

/** One end of another's selection, as it came over the network. */
function endOf(cursor: unknown, end: 'anchor' | 'head'): unknown {
  return typeof cursor === 'object' && cursor !== null && end in cursor
    ? (cursor as Record<string, unknown>)[end]
    : null;
}
