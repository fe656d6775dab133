import {Refusal} from '@plenary/domain/refusal';
import {readPaper} from '@plenary/paper/read';
import {readStored, type DurableText} from '@plenary/room/hearing';
import type {UpdateLog} from '@plenary/store/store';

const kept = 64;

/** Papers as the log has them, read without opening their rooms; the last ones asked for are kept. */
export class StoredTexts {
  readonly #updates: UpdateLog;
  readonly #texts = new Map<number, DurableText>();

  constructor(updates: UpdateLog) {
    this.#updates = updates;
  }

  /** Refuses `paper.damaged`. */
  async read(paper: number): Promise<DurableText> {
    const known = this.#texts.get(paper);
    if (known && known.seq === (await this.#updates.lastSeq(paper))) return known;
    const stored = await this.#updates.load(paper);
    let text: DurableText;
    try {
      const {doc, seq} = readStored(stored);
      text = {seq, paragraphs: readPaper(doc)};
    } catch (cause) {
      throw Object.assign(new Refusal('paper.damaged'), {cause});
    }
    this.#texts.delete(paper);
    this.#texts.set(paper, text);
    for (const oldest of this.#texts.keys()) {
      if (this.#texts.size <= kept) break;
      this.#texts.delete(oldest);
    }
    return text;
  }
}
