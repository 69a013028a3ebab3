import { createRequire } from "node:module";

/** An element, as far as it is read here. The parser's own types would declare a browser's globals everywhere. */
export interface XmlElement extends XmlNode {
  readonly localName: string;
  readonly namespaceURI: string | null;
  readonly attributes: ArrayLike<{ readonly localName: string; readonly value: string }>;
  /** `""` where there is none. */
  getAttribute(name: string): string;
}

interface XmlNode {
  readonly nodeType: number;
  readonly parentNode: XmlNode | null;
  readonly firstChild: XmlNode | null;
  readonly nextSibling: XmlNode | null;
  readonly textContent: string | null;
}

interface Xmldom {
  readonly DOMParser: new (options: {
    errorHandler(level: string, message: string): never;
  }) => { parseFromString(text: string, type: string): { readonly documentElement: XmlElement | null } };
}

const require = createRequire(import.meta.url);
const { DOMParser }: Xmldom = require("@xmldom/xmldom");

/** Namespaces of SAML 2.0 and of XML signatures. */
export const namespaces = {
  assertion: "urn:oasis:names:tc:SAML:2.0:assertion",
  metadata: "urn:oasis:names:tc:SAML:2.0:metadata",
  protocol: "urn:oasis:names:tc:SAML:2.0:protocol",
  signature: "http://www.w3.org/2000/09/xmldsig#",
} as const;

const elementType = 1;
/** Levels of elements: whoever canonicalises them does so recursively. */
const deepest = 50;
/** Beginnings of tags, and of comments and the like. The parser takes a time that grows with the square of the latter. */
const mostTags = 10_000;
const mostOthers = 200;

/**
 * The root of a document, or `undefined` where the text is not well-formed. Byte order marks are refused, as
 * AWS does, and document types, and with them all entities of a document's own.
 */
export function parseXml(text: string): XmlElement | undefined {
  if (/^\ufeff|<!(?:DOCTYPE|ENTITY)/i.test(text)) return undefined;
  if (count(text, "<") > mostTags || count(text, "<!") + count(text, "<?") > mostOthers) return undefined;
  let root: XmlElement | null;
  try {
    root = new DOMParser({ errorHandler: fail }).parseFromString(text, "text/xml").documentElement;
  } catch {
    return undefined;
  }
  return root && isShallow(root) ? root : undefined;
}

function count(text: string, part: string): number {
  return text.split(part, mostTags + 2).length - 1;
}

function fail(_level: string, message: string): never {
  throw new Error(message);
}

function isShallow(root: XmlElement): boolean {
  for (const element of withDescendants(root)) {
    let depth = 0;
    for (let node: XmlNode | null = element; node && depth <= deepest; node = node.parentNode) depth++;
    if (depth > deepest) return false;
  }
  return true;
}

export function isElement(element: XmlElement, namespace: string, name: string): boolean {
  return element.namespaceURI === namespace && element.localName === name;
}

/** The elements right below an element, all of them or those of a name. */
export function children(parent: XmlElement, namespace?: string, name?: string): readonly XmlElement[] {
  const found: XmlElement[] = [];
  for (let node = parent.firstChild; node; node = node.nextSibling) {
    if (node.nodeType !== elementType) continue;
    const element = node as XmlElement;
    if (namespace === undefined || isElement(element, namespace, name ?? "")) found.push(element);
  }
  return found;
}

/** The element and all below it, in the document's order. */
export function* withDescendants(root: XmlElement): Generator<XmlElement> {
  const waiting = [root];
  for (let element = waiting.pop(); element; element = waiting.pop()) {
    yield element;
    waiting.push(...children(element).toReversed());
  }
}

/** The text of an element without comments, and without blanks around it. */
export function textOf(element: XmlElement): string {
  return (element.textContent ?? "").trim();
}

/** The time in an attribute; `undefined` where it is absent, `"invalid"` where it is none. */
export function timeIn(element: XmlElement, attribute: string): Date | undefined | "invalid" {
  const text = element.getAttribute(attribute);
  if (text === "") return undefined;
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text)) return "invalid";
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? "invalid" : time;
}
