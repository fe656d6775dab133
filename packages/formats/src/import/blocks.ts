import {openerLength} from '@plenary/paper/openers';
import {textOf} from '@plenary/paper/view';
import type {ParagraphContent, ParagraphKind, Run} from '@plenary/paper/view';
import {italicStart, opensOperative, opensPreamble} from './openings.ts';
import {uprightStart, withoutStart, withStart} from './runs.ts';
import {levelOfSubLabel, subLabelOf} from './sub-labels.ts';

/** A paragraph of a source, before it is known what it is in a paper. */
export interface Block {
  readonly type: 'heading' | 'plain' | 'bullet' | 'numbered' | 'quote';
  /** Headings: 1 to 6. Lists and quotes: nesting from 0. Plain paragraphs: how deep in a list they stand, 0 for in none. */
  readonly depth: number;
  /** As written, for `numbered`. */
  readonly number: number | null;
  readonly runs: readonly Run[];
  /** Signs at its start are words and not a label: they were escaped. */
  readonly literal: boolean;
}

const deepest = 8;

/**
 * What each block is in a paper. The rules, in short:
 * the only level-1 heading, when it comes first, is the title; a short line that ends in a comma before the preamble is the organ;
 * paragraphs opened by a participle and ended by a comma are preambular; numbered paragraphs are operative as long as their
 * numbers are those that a paper would compute, and text with the number written out where they are not; `(a)` and `(i)` make
 * sub-paragraphs under the same condition; bullets are list items.
 */
export function contentOf(blocks: readonly Block[], language: string): ParagraphContent[] {
  const content: ParagraphContent[] = [];
  const filled = blocks.filter(block => textOf(block).trim() !== '');
  const topHeadings = filled.filter(block => block.type === 'heading' && block.depth === 1).length;
  const titled = topHeadings === 1 && filled[0]?.type === 'heading' && filled[0].depth === 1;
  const headingsFrom = topHeadings === 0 || titled ? 2 : 1;
  const runsThrough = numbersRunThrough(filled);

  // What the numbering of papers would have counted so far; see `numberParagraphs`.
  let operative = 0;
  let counts: number[] = [];
  let counted: ParagraphKind | null = null;
  let preambleOver = false;
  let list: ParagraphKind = 'item';

  function put(kind: ParagraphKind, level: number, runs: readonly Run[]): void {
    const lowered = Math.min(level, deepest);
    if (kind === 'operative' || kind === 'preambular' || kind === 'item') {
      counts = counts.slice(0, lowered + 1);
      while (counts.length <= lowered) counts.push(0);
      if (lowered > 0) counts[lowered] = (counts[lowered] ?? 0) + 1;
      else if (kind === 'operative') operative++;
      counted = kind;
    } else {
      counts = [];
      if (kind !== 'text') counted = null;
    }
    if (kind === 'operative') preambleOver = true;
    if (kind === 'heading' || kind === 'title') preambleOver = false;
    content.push({kind, level: lowered, dir: null, lang: null, runs: computedItalics(kind, lowered, runs)});
  }

  /** Takes italics off an opening that papers set in italics by themselves. */
  function computedItalics(kind: ParagraphKind, level: number, runs: readonly Run[]): readonly Run[] {
    const opening = openerLength({kind, level, runs}, language);
    const italics = italicStart(runs);
    return italics > 0 && italics <= opening ? uprightStart(runs, italics) : runs;
  }

  function putPlain(block: Block, index: number): void {
    const text = textOf(block);
    const marked = Object.keys(block.runs[0]?.marks ?? {}).length > 0;
    const label = block.literal || marked ? null : subLabelOf(text, block.depth > 0);
    const level = label && text.length > label.length ? levelOfSubLabel(label.sign, counts, language) : null;
    if (label && level !== null) {
      put(counted ?? 'item', level, withoutStart(block.runs, label.length));
      return;
    }
    if (block.depth === 0 && !preambleOver && opensPreamble(block.runs, language)) {
      put('preambular', 0, block.runs);
      return;
    }
    const next = filled[index + 1];
    const before = content.at(-1)?.kind;
    const first = before === undefined || before === 'title' || before === 'heading';
    if (
      first &&
      /^.{1,160}[,،，:：]$/su.test(text) &&
      next?.type === 'plain' &&
      opensPreamble(next.runs, language) &&
      !content.some(({kind}) => kind === 'preambular')
    ) {
      put('organ', 0, uprightStart(block.runs, text.length));
      return;
    }
    put('text', 0, block.runs);
  }

  for (const [index, block] of filled.entries()) {
    switch (block.type) {
      case 'heading':
        if (titled && index === 0) put('title', 0, block.runs);
        else put('heading', Math.max(0, block.depth - headingsFrom), block.runs);
        break;
      case 'quote':
        put('quote', block.depth, block.runs);
        break;
      case 'bullet':
        if (block.depth === 0) list = 'item';
        put(list, block.depth, block.runs);
        break;
      case 'numbered': {
        const number = block.number ?? 1;
        if (block.depth === 0) {
          const computed = number === operative + 1 && (runsThrough || opensOperative(block.runs, language));
          list = computed ? 'operative' : 'item';
          if (computed) put('operative', 0, block.runs);
          else put('text', 0, withStart(`${number}. `, block.runs));
        } else if (number === (counts[block.depth] ?? 0) + 1) put(list, block.depth, block.runs);
        else put('text', 0, withStart(`${number}. `, block.runs));
        break;
      }
      case 'plain':
        putPlain(block, index);
    }
  }
  return content;
}

/** Whether the numbers at the outermost level run from 1 through the whole source, as they do in a declaration. */
function numbersRunThrough(blocks: readonly Block[]): boolean {
  let last = 0;
  for (const block of blocks) {
    if (block.type !== 'numbered' || block.depth > 0) continue;
    if (block.number !== last + 1) return false;
    last = block.number;
  }
  return true;
}
