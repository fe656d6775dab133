import type {Node} from 'prosemirror-model';
import type {Decoration, NodeView, ViewMutationRecord} from 'prosemirror-view';
import {labelInMargin} from '../numbering.ts';
import {paragraphClass, textElement} from '../paragraph-html.ts';
import {attributesOf, shownKind} from './schema.ts';

/** The words and acts of a paragraph that was deleted while another wrote in it. */
export interface GoneWords {
  readonly note: string;
  readonly restore: string;
  readonly remove: string;
}

export interface GonePort {
  readonly words: GoneWords;
  readonly editable: () => boolean;
  readonly restore: (name: string) => void;
  readonly remove: (name: string) => void;
}

/**
 * A paragraph as `render-html.ts` renders it, so that nothing moves when the editor takes the served text's place: the label
 * stands in the margin, or (letters, bullets) in the same cell as the words, outside of what is edited.
 */
export class ParagraphView implements NodeView {
  readonly dom: HTMLElement;
  readonly contentDOM: HTMLElement;
  readonly #margin: HTMLElement;
  readonly #tag: string;
  readonly #port: GonePort;
  #lab: HTMLElement | null = null;
  #gone: HTMLElement | null = null;
  #label = '';
  #node: Node;

  constructor(node: Node, decorations: readonly Decoration[], port: GonePort) {
    this.#node = node;
    this.#port = port;
    const {kind, level} = attributesOf(node);
    const {tag, className} = textElement(shownKind(kind), level);
    this.#tag = tag;
    this.dom = document.createElement('div');
    this.#margin = document.createElement('span');
    this.#margin.className = 'pn';
    this.#margin.contentEditable = 'false';
    this.contentDOM = document.createElement(tag);
    this.contentDOM.className = className;
    this.dom.append(this.#margin, this.contentDOM);
    this.#show(node, labelOf(decorations));
  }

  update(node: Node, decorations: readonly Decoration[]): boolean {
    const {kind, level} = attributesOf(node);
    const {tag, className} = textElement(shownKind(kind), level);
    if (tag !== this.#tag || node.type !== this.#node.type) return false;
    if (this.contentDOM.className !== className) this.contentDOM.className = className;
    this.#show(node, labelOf(decorations));
    return true;
  }

  #show(node: Node, label: string): void {
    const attributes = attributesOf(node);
    const first = this.#node === node && this.dom.className === '';
    if (!first && label === this.#label && sameAttributes(node, this.#node)) {
      this.#node = node;
      return;
    }
    this.#node = node;
    this.#label = label;
    this.dom.className = paragraphClass(attributes);
    this.dom.dataset['p'] = attributes.name;
    set(this.dom, 'lang', attributes.lang);
    set(this.dom, 'dir', attributes.dir);
    this.#showLabel(label, labelInMargin({kind: shownKind(attributes.kind), level: attributes.level}));
    this.#showGone(attributes.gone);
  }

  #showLabel(label: string, inMargin: boolean): void {
    this.#margin.replaceChildren();
    if (label && inMargin) {
      const isolated = document.createElement('bdi');
      isolated.textContent = label;
      this.#margin.append(isolated);
    }
    this.#lab?.remove();
    this.#lab = null;
    if (label && !inMargin) {
      this.#lab = document.createElement('span');
      this.#lab.className = 'lab';
      this.#lab.contentEditable = 'false';
      this.#lab.textContent = label;
      this.#margin.after(this.#lab);
    }
  }

  #showGone(gone: boolean): void {
    if (gone === (this.#gone !== null)) return;
    this.#gone?.remove();
    this.#gone = null;
    if (!gone) return;
    const {words, restore, remove, editable} = this.#port;
    this.#gone = document.createElement('p');
    this.#gone.className = 'gone-note';
    this.#gone.contentEditable = 'false';
    this.#gone.append(`${words.note} `);
    if (editable()) this.#gone.append(this.#button(words.restore, restore), ' ', this.#button(words.remove, remove));
    this.dom.append(this.#gone);
  }

  #button(label: string, act: (name: string) => void): HTMLButtonElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'quiet';
    button.textContent = label;
    button.addEventListener('click', () => act(attributesOf(this.#node).name));
    return button;
  }

  stopEvent(event: Event): boolean {
    return event.target instanceof HTMLElement && this.#gone !== null && this.#gone.contains(event.target);
  }

  ignoreMutation(mutation: ViewMutationRecord): boolean {
    return mutation.type !== 'selection' && !this.contentDOM.contains(mutation.target);
  }
}

function labelOf(decorations: readonly Decoration[]): string {
  for (const {spec} of decorations) {
    const {label} = spec as {label?: unknown};
    if (typeof label === 'string') return label;
  }
  return '';
}

function sameAttributes(a: Node, b: Node): boolean {
  return a.attrs === b.attrs || a.hasMarkup(b.type, b.attrs);
}

function set(element: HTMLElement, name: string, value: string | null): void {
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}
