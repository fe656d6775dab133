import * as Y from 'yjs';
import type {PaperId} from '@plenary/domain/ids';
import type {ParagraphContent} from '@plenary/paper/view';
import {readPaper} from '@plenary/paper/read';
import {writeContent} from '@plenary/paper/write';
import type {Store, StoredPaperRow} from '@plenary/store/store';
import type {PaperText, PaperTexts} from '../ports.ts';

interface Kept {
  readonly doc: Y.Doc;
  seq: number;
  n: number;
  readonly hearers: Set<(text: PaperText) => void>;
}

/** The texts of papers as a room keeps them, without connections: every edit is in the update log before it is heard. */
export class DocTexts implements PaperTexts {
  private readonly kept = new Map<PaperId, Kept>();
  private readonly store: Pick<Store, 'updates'>;
  private names = 0;

  constructor(store: Pick<Store, 'updates'>) {
    this.store = store;
  }

  newName = (): string => `paragraph-${String(++this.names).padStart(6, '0')}`;

  async begin(paper: StoredPaperRow, content: readonly ParagraphContent[]): Promise<void> {
    await this.edit(paper, doc => writeContent(doc, content, this.newName));
  }

  /** Everything that `act` does to the doc is one update. */
  async edit(paper: StoredPaperRow, act: (doc: Y.Doc) => void): Promise<number> {
    const kept = await this.keep(paper);
    const before = Y.encodeStateVector(kept.doc);
    kept.doc.transact(() => act(kept.doc));
    const bytes = Y.encodeStateAsUpdate(kept.doc, before);
    const row = {actor: 0, connection: 1, n: ++kept.n, bytes, binds: []};
    kept.seq = (await this.store.updates.append(paper.number, [row]))[0] ?? kept.seq;
    const text = {seq: kept.seq, paragraphs: readPaper(kept.doc)};
    for (const hear of kept.hearers) hear(text);
    return kept.seq;
  }

  async read(paper: StoredPaperRow): Promise<PaperText> {
    const {doc, seq} = await this.keep(paper);
    return {seq, paragraphs: readPaper(doc)};
  }

  follow(paper: StoredPaperRow, hear: (text: PaperText) => void): () => void {
    const joined = this.keep(paper).then(kept => kept.hearers.add(hear));
    return () => void joined.then(hearers => hearers.delete(hear));
  }

  private async keep(paper: StoredPaperRow): Promise<Kept> {
    const known = this.kept.get(paper.id);
    if (known) return known;
    const {tail} = await this.store.updates.load(paper.number);
    const raced = this.kept.get(paper.id);
    if (raced) return raced;
    const doc = new Y.Doc();
    for (const {bytes} of tail) Y.applyUpdate(doc, bytes);
    const kept: Kept = {doc, seq: tail.at(-1)?.seq ?? 0, n: tail.length, hearers: new Set()};
    this.kept.set(paper.id, kept);
    return kept;
  }
}
