import * as Y from 'yjs';

export interface Words {
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
