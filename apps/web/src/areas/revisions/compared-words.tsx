import type {Piece} from '@plenary/paper/compare/compare';
import {isSafeLink} from '@plenary/paper/guard-shape';
import type {Marks} from '@plenary/paper/view';
import {Fragment, type ReactNode} from 'react';

/** `both`: what went and what came, in one text · `old`, `new`: one side of two. */
export type Side = 'both' | 'old' | 'new';

/** Words of a paragraph; each change stands alone in its direction, so that Arabic and English do not pull at each other. */
export function ComparedWords({pieces, side}: {pieces: readonly Piece[]; side: Side}) {
  return pieces.map((piece, place) => {
    if (piece.is === 'same') {
      const {was} = piece;
      const words = <Marked text={piece.text} marks={side === 'old' ? (was ?? piece.marks) : piece.marks} />;
      // oxlint-disable-next-line react/no-array-index-key -- pieces have no other name than their place
      return was ? (
        <span className="reformatted" key={place}>
          {words}
        </span>
      ) : (
        <Fragment key={place}>{words}</Fragment>
      );
    }
    if (side === (piece.is === 'deleted' ? 'new' : 'old')) return null;
    const words = <Marked text={piece.text} marks={piece.marks} />;
    // oxlint-disable-next-line react/no-array-index-key -- as above
    return piece.is === 'deleted' ? <del key={place}>{words}</del> : <ins key={place}>{words}</ins>;
  });
}

export function Marked({text, marks}: {text: string; marks: Marks}): ReactNode {
  let words: ReactNode = text;
  if (marks.s) words = <s>{words}</s>;
  if (marks.u) words = <u>{words}</u>;
  if (marks.i) words = <i>{words}</i>;
  if (marks.b) words = <b>{words}</b>;
  return isSafeLink(marks.link) ? (
    <a href={marks.link} rel="noopener nofollow">
      {words}
    </a>
  ) : (
    words
  );
}
