import {Fragment, Schema} from 'prosemirror-model';
import type {Mark, MarkSpec, Node, NodeSpec} from 'prosemirror-model';
import {isSafeLink} from '../guard-shape.ts';
import {isParagraphKind} from '../read.ts';
import {paragraphClass, textElement} from '../paragraph-html.ts';
import type {Marks, ParagraphContent, ParagraphKind, Run} from '../view.ts';

/** A paragraph's attributes in the editor: those of the shared text, with a kind that a newer version may have written. */
export interface ParagraphAttributes {
  /** '' for one that the shared text does not hold yet. */
  readonly name: string;
  readonly kind: string;
  readonly level: number;
  readonly dir: string | null;
  readonly lang: string | null;
  readonly gone: boolean;
}

const paragraph: NodeSpec = {
  content: 'text*',
  marks: '_',
  selectable: false,
  attrs: {
    name: {default: ''},
    kind: {default: 'text'},
    level: {default: 0},
    dir: {default: null},
    lang: {default: null},
    gone: {default: false},
  },
  toDOM(node) {
    const attributes = attributesOf(node);
    const {tag, className} = textElement(shownKind(attributes.kind), attributes.level);
    return ['div', {class: paragraphClass(attributes), 'data-p': attributes.name}, [tag, {class: className}, 0]];
  },
  parseDOM: [{tag: 'p'}],
};

function plain(tag: string): MarkSpec {
  return {toDOM: () => [tag, 0], parseDOM: [{tag}]};
}

export const paperSchema = new Schema({
  nodes: {doc: {content: 'paragraph+'}, paragraph, text: {}},
  marks: {
    link: {
      attrs: {href: {}},
      inclusive: false,
      toDOM: mark => [
        'a',
        {href: isSafeLink(mark.attrs['href']) ? mark.attrs['href'] : null, rel: 'noopener nofollow'},
        0,
      ],
    },
    b: plain('b'),
    i: plain('i'),
    u: plain('u'),
    s: plain('s'),
  },
});

export const paragraphType = paperSchema.nodes.paragraph;

export function attributesOf(node: Node): ParagraphAttributes {
  return node.attrs as ParagraphAttributes;
}

export function shownKind(kind: string): ParagraphKind {
  return isParagraphKind(kind) ? kind : 'text';
}

const toggles = ['b', 'i', 'u', 's'] as const;

export function toMarks(marks: Marks): readonly Mark[] {
  const set: Mark[] = [];
  if (marks.link !== undefined) set.push(paperSchema.marks.link.create({href: marks.link}));
  for (const name of toggles) if (marks[name]) set.push(paperSchema.marks[name].create());
  return set;
}

export function fromMarks(marks: readonly Mark[]): Marks {
  const read: {-readonly [Name in keyof Marks]: Marks[Name]} = {};
  for (const mark of marks) {
    if (mark.type === paperSchema.marks.link) {
      if (isSafeLink(mark.attrs['href'])) read.link = mark.attrs['href'];
    } else for (const name of toggles) if (mark.type === paperSchema.marks[name]) read[name] = true;
  }
  return read;
}

/** Text nodes of runs; neighbours under the same marks become one, as ProseMirror wants them. */
export function toFragment(runs: readonly Run[]): Fragment {
  return Fragment.fromArray(
    runs.filter(run => run.text !== '').map(run => paperSchema.text(run.text, toMarks(run.marks))),
  );
}

export function fromFragment(fragment: Fragment): Run[] {
  const runs: Run[] = [];
  fragment.descendants(node => {
    if (node.isText && node.text) runs.push({text: node.text, marks: fromMarks(node.marks)});
  });
  return runs;
}

export function toParagraph(content: ParagraphContent, name = ''): Node {
  const {kind, level, dir, lang, runs} = content;
  return paragraphType.create({name, kind, level, dir, lang, gone: false}, toFragment(runs));
}

export function fromParagraph(node: Node): ParagraphContent {
  const {kind, level, dir, lang} = attributesOf(node);
  const direction = dir === 'ltr' || dir === 'rtl' ? dir : null;
  return {kind: shownKind(kind), level, dir: direction, lang, runs: fromFragment(node.content)};
}
