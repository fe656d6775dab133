import {Refusal} from '@plenary/domain/refusal';

export interface XmlElement {
  /** With its prefix, as written. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
}
export type XmlNode = XmlElement | string;

/** Far beyond what any word processor writes. */
const deepest = 256;
const mostElements = 1_000_000;

const piece =
  /<!--[^]*?-->|<!\[CDATA\[([^]*?)\]\]>|<\?[^]*?\?>|<\/([^\s<>/]+)\s*>|<([^\s<>/!?]+)((?:\s+[^\s=<>"'/]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/gy;
const attribute = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

const noAttributes: Readonly<Record<string, string>> = Object.freeze(Object.create(null) as Record<string, string>);
const noChildren: readonly XmlNode[] = Object.freeze([]);

/**
 * Reads a part of an Office file: elements, attributes, text and the five named entities. It knows no document types, so
 * nothing can be declared, expanded or fetched. Takes time in proportion to the length. Refuses `format.unsafe` (a document
 * type), `format.too-large` (too many or too deeply nested elements) and `format.damaged`.
 */
export function readXml(source: string): XmlElement {
  if (/<!DOCTYPE|<!ENTITY/i.test(source)) throw new Refusal('format.unsafe');
  const root: {children: XmlNode[]} = {children: []};
  const open: {name: string; children: XmlNode[]; element: {children: readonly XmlNode[]} | null}[] = [
    {name: '', children: root.children, element: null},
  ];
  let elements = 0;
  piece.lastIndex = 0;
  for (let at = 0; at < source.length; at = piece.lastIndex) {
    piece.lastIndex = at;
    const found = piece.exec(source);
    const around = open.at(-1);
    if (!found || !around) throw new Refusal('format.damaged');
    const [, data, closed, opened, written = '', empty, text] = found;
    if (text !== undefined) around.children.push(decodeEntities(text));
    else if (data !== undefined) around.children.push(data);
    else if (closed !== undefined) {
      if (closed !== around.name || open.length === 1) throw new Refusal('format.damaged');
      if (around.element && around.children.length > 0) around.element.children = around.children;
      open.pop();
    } else if (opened !== undefined) {
      if (++elements > mostElements || open.length > deepest) throw new Refusal('format.too-large');
      const element = {name: opened, attributes: attributesOf(written), children: noChildren};
      around.children.push(element);
      if (empty === '') open.push({name: opened, children: [], element});
    }
  }
  const top = root.children.filter(child => typeof child !== 'string');
  const [only] = top;
  if (open.length > 1 || !only || top.length > 1) throw new Refusal('format.damaged');
  return only;
}

function attributesOf(written: string): Readonly<Record<string, string>> {
  if (written === '') return noAttributes;
  // No prototype: an attribute may be called anything.
  const attributes = Object.create(null) as Record<string, string>;
  for (const [, name = '', double, single] of written.matchAll(attribute)) {
    attributes[name] = decodeEntities(double ?? single ?? '');
  }
  return attributes;
}

const named: Readonly<Record<string, string>> = {amp: '&', lt: '<', gt: '>', quot: '"', apos: "'"};

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#x([\dA-Fa-f]{1,8})|#(\d{1,9})|(\w+));/g,
    (whole, hex, decimal, name: string | undefined) => {
      if (name !== undefined) return named[name] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(String(hex), 16);
      return code <= 0x10_ff_ff && !(code >= 0xd8_00 && code <= 0xdf_ff) ? String.fromCodePoint(code) : '\uFFFD';
    },
  );
}

export function elementsOf(element: XmlElement | undefined): XmlElement[] {
  return element?.children.filter(child => typeof child !== 'string') ?? [];
}

export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return elementsOf(element).find(child => child.name === name);
}

export function childrenOf(element: XmlElement | undefined, name: string): XmlElement[] {
  return elementsOf(element).filter(child => child.name === name);
}

/** `w:val` of a child. */
export function valueOf(element: XmlElement | undefined, name: string): string | undefined {
  return childOf(element, name)?.attributes['w:val'];
}

/** All words inside. */
export function textIn(element: XmlElement): string {
  return element.children.map(child => (typeof child === 'string' ? child : textIn(child))).join('');
}

/** Text as it may stand in an element or attribute; what XML cannot hold becomes a replacement character. */
export function escapeXml(text: string): string {
  return text
    .replace(/(?![\t\n\r\u0080-\u009F])\p{Cc}|\p{Surrogate}|[\uFFFE\uFFFF]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
