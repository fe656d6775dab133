import * as Y from 'yjs';
import type {OfferedText} from './device.ts';

interface Words {
  /** Of the first character, so that the same words have the same id. */
  readonly id: string;
  readonly text: string;
}

/**
 * What a dead replica holds beyond `clockOf(client)`, paragraph by paragraph: inserted and not deleted again. Separate
 * insertions into one paragraph are parted by " … ".
 */
export function wordsBeyond(doc: Y.Doc, clockOf: (client: number) => number): Words[] {
  const found: Words[] = [];
  let paragraph: {id: string; text: string} | null = null;
  let isBroken = false;
  const finish = (): void => {
    if (paragraph !== null && paragraph.text.trim() !== '') found.push(paragraph);
    paragraph = null;
    isBroken = false;
  };
  for (let item = doc.getText('body')._start; item !== null; item = item.right) {
    if (item.deleted) continue;
    if (item.content instanceof Y.ContentEmbed) finish();
    if (!(item.content instanceof Y.ContentString)) continue;
    const skip = Math.max(0, clockOf(item.id.client) - item.id.clock);
    const words = item.content.str.slice(skip);
    if (skip > 0) isBroken = true;
    if (words !== '') {
      paragraph ??= {id: `${item.id.client}.${item.id.clock + skip}`, text: ''};
      paragraph.text += (isBroken && paragraph.text !== '' ? ' … ' : '') + words;
      isBroken = false;
    }
  }
  finish();
  return found;
}

/** The words of a dead replica that another one does not hold, as one text to offer; null when there are none. */
export function offerOf(
  dead: Y.Doc,
  clockOf: (client: number) => number,
  death: {readonly code: string; readonly sentence: string},
): OfferedText | null {
  const words = wordsBeyond(dead, clockOf);
  const [first] = words;
  if (first === undefined) return null;
  return {id: first.id, ...death, text: words.map(({text}) => text).join('\n')};
}

/** Calls back with all that is still typed into a dead replica, before the editor has turned to the new one. */
export function hearLateWords(
  dead: Y.Doc,
  death: {readonly code: string; readonly sentence: string},
  hear: (offered: OfferedText) => void,
): () => void {
  const until = Y.getState(dead.store, dead.clientID);
  const listen = (): void => {
    const offered = offerOf(dead, client => (client === dead.clientID ? until : Infinity), death);
    if (offered !== null) hear(offered);
  };
  dead.on('update', listen);
  return () => dead.off('update', listen);
}
