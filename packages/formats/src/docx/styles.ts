import {isOwnName} from './names.ts';
import {childOf, childrenOf, valueOf, type XmlElement} from './xml.ts';

/** The styles of a Word file: what they are called and what they pass on. */
export class Styles {
  readonly #styles = new Map<string, XmlElement>();
  readonly #defaultParagraph: string | null = null;
  /** The file was written by Plenary, or has paragraphs that were. */
  readonly isOurs: boolean;

  constructor(part: XmlElement | null) {
    for (const style of childrenOf(part ?? undefined, 'w:style')) {
      const id = style.attributes['w:styleId'];
      if (id === undefined) continue;
      this.#styles.set(id, style);
      if (style.attributes['w:type'] === 'paragraph' && isOn(style.attributes['w:default'] ?? 'false')) {
        this.#defaultParagraph = id;
      }
    }
    this.isOurs = [...this.#styles.keys()].some(id => isOwnName(this.nameOf(id)));
  }

  /** The name that every program keeps, lower case or not; the id where a style is not described. */
  nameOf(id: string | undefined): string {
    return valueOf(this.#styles.get(id ?? ''), 'w:name') ?? id ?? '';
  }

  /** The style and those that it is based on, nearest first. */
  chain(id: string | undefined): readonly XmlElement[] {
    const found: XmlElement[] = [];
    const seen = new Set<string>();
    for (let next = id ?? this.#defaultParagraph ?? undefined; next !== undefined && !seen.has(next);) {
      seen.add(next);
      const style = this.#styles.get(next);
      if (!style) break;
      found.push(style);
      next = valueOf(style, 'w:basedOn');
    }
    return found;
  }

  /** A property of paragraphs as the style or one of its ancestors has it. */
  paragraphProperty(id: string | undefined, name: string): XmlElement | undefined {
    for (const style of this.chain(id)) {
      const found = childOf(childOf(style, 'w:pPr'), name);
      if (found) return found;
    }
    return undefined;
  }

  /** A property of characters as a character style or one of its ancestors has it. */
  characterProperty(id: string, name: string): XmlElement | undefined {
    for (const style of this.chain(id)) {
      const found = childOf(childOf(style, 'w:rPr'), name);
      if (found) return found;
    }
    return undefined;
  }
}

/** Word writes `<w:b/>`, `1`, `true` or `on` for yes. */
export function isOn(value: string | undefined): boolean {
  return !['0', 'false', 'off', 'none'].includes(value ?? 'true');
}
