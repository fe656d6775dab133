import type * as Y from 'yjs';
import type {Direction} from '@plenary/domain/languages';
import {PaperIndex} from './paper-index.ts';
import type {Segment} from './paper-index.ts';
import {paragraphKinds} from './view.ts';
import type {Paragraph, ParagraphKind} from './view.ts';

/** The paragraphs of a paper as they are shown, in order; at least one. A kind that this version does not know reads as `text`. */
export function readPaper(doc: Y.Doc): Paragraph[] {
  return readShown(new PaperIndex(doc));
}

export function readShown(index: PaperIndex): Paragraph[] {
  return index.shown.map(segment => paragraphOf(index, segment));
}

export function paragraphOf(index: PaperIndex, segment: Segment): Paragraph {
  const kind = index.attribute(segment, 'kind');
  return {
    name: segment.name,
    kind: isParagraphKind(kind) ? kind : 'text',
    level: (index.attribute(segment, 'level') as number | undefined) ?? 0,
    dir: (index.attribute(segment, 'dir') as Direction | undefined) ?? null,
    lang: (index.attribute(segment, 'lang') as string | undefined) ?? null,
    gone: segment.gone,
    runs: segment.runs,
  };
}

export function isParagraphKind(value: unknown): value is ParagraphKind {
  return (paragraphKinds as readonly unknown[]).includes(value);
}
