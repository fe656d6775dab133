import {useCallback, useEffect, useMemo, useRef, useState} from 'react';
import {clientAt, drawAuthorship} from '@plenary/paper/editor/authorship';
import type {PaperEditor} from '@plenary/paper/editor/editor';
import type {Author, Authorship} from '@plenary/protocol/api/history';
import {ask} from '../../../lib/http.ts';

/** Whoever speaks for one organisation, or for none, shares a line. */
export interface AuthorGroup {
  readonly organisation: string | null;
  readonly members: readonly Author[];
  /** 1 to 8. */
  readonly style: number;
}

/** Lines are drawn anew so long after the text has changed, in milliseconds: typing comes first. */
const afterTyping = 300;
/** Somebody who began to write is looked up so long after their first character. */
const beforeAsking = 1_500;
const styles = 8;

export function useAuthorship(
  editor: PaperEditor,
  paper: string,
  isLined: boolean,
): {groups: readonly AuthorGroup[]; failed: boolean; authorAt: (position: number) => Author | null} {
  const [known, setKnown] = useState<Authorship>({authors: [], clients: []});
  const [failed, setFailed] = useState(false);
  const [asked, setAsked] = useState(0);
  const groups = useMemo(() => groupsOf(known.authors), [known]);
  const authorOf = useMemo(
    () => new Map(known.clients.map(([client, place]) => [client, known.authors[place]])),
    [known],
  );
  const unknown = useRef<ReturnType<typeof setTimeout> | null>(null);

  useEffect(() => {
    const controller = new AbortController();
    ask<Authorship>('GET', `/api/papers/${paper}/authors`, undefined, controller.signal).then(
      answer => {
        setKnown(answer);
        setFailed(false);
      },
      () => {
        if (!controller.signal.aborted) setFailed(true);
      },
    );
    return () => controller.abort();
  }, [paper, asked]);

  const lookUp = useCallback(() => {
    unknown.current ??= setTimeout(() => {
      unknown.current = null;
      setAsked(times => times + 1);
    }, beforeAsking);
  }, []);
  useEffect(
    () => () => {
      if (unknown.current) clearTimeout(unknown.current);
    },
    [],
  );

  useEffect(() => {
    if (!isLined) return undefined;
    const styleOf = new Map(groups.flatMap(({members, style}) => members.map(author => [author, style] as const)));
    const classOf = (client: number): string | null => {
      const author = authorOf.get(client);
      if (!author) lookUp();
      return author ? `written p${styleOf.get(author)}` : null;
    };
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const drawLater = (): void => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        // Nothing is drawn over words that an input method holds.
        if (editor.view.composing) drawLater();
        else drawAuthorship(editor, classOf);
      }, afterTyping);
    };
    drawAuthorship(editor, classOf);
    const {doc} = editor.binding;
    doc.on('update', drawLater);
    return () => {
      clearTimeout(waiting);
      doc.off('update', drawLater);
      if (!editor.view.isDestroyed) drawAuthorship(editor, null);
    };
  }, [editor, groups, authorOf, isLined, lookUp]);

  const authorAt = useCallback(
    (position: number) => {
      const client = clientAt(editor, position);
      if (client === null) return null;
      const author = authorOf.get(client);
      if (!author) lookUp();
      return author ?? null;
    },
    [editor, authorOf, lookUp],
  );
  return {groups, failed, authorAt};
}

function groupsOf(authors: readonly Author[]): AuthorGroup[] {
  const byName = new Map<string, Author[]>();
  for (const author of authors) {
    const name = author.organisation ?? `\0${author.id}`;
    byName.set(name, [...(byName.get(name) ?? []), author]);
  }
  return [...byName.values()].map((members, place) => ({
    organisation: members[0]!.organisation,
    members,
    style: (place % styles) + 1,
  }));
}
