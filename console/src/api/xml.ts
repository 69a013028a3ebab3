import { ApiError } from "./error.ts";
import { type XmlKind, xmlKinds } from "./xml-kinds.ts";

/** What an answer of AWS Query holds, in the shape that AWS JSON would give it. `text` is the whole answer. */
export function readXml(text: string, parse: (text: string) => XmlElement): object {
  const root = parse(text);
  const result = childrenOf(root).find(({ localName }) => localName.endsWith("Result"));
  return result ? structure(result) : {};
}

export function xmlError(
  text: string,
  parse: (text: string) => XmlElement,
  about: { readonly status: number; readonly operation: string; readonly requestId?: string | undefined },
): ApiError {
  let error: XmlElement | undefined;
  try {
    error = childrenOf(parse(text)).find(({ localName }) => localName === "Error");
  } catch {
    // Not XML: a proxy's page, or nothing. The status has to say it.
  }
  const member = (name: string) => error && childrenOf(error).find(({ localName }) => localName === name)?.textContent;
  const code = member("Code") || `HTTP ${about.status}`;
  return new ApiError(code, member("Message") || code, about);
}

/** As much of the DOM's `Element` as is needed. */
export interface XmlElement {
  readonly localName: string;
  readonly textContent: string | null;
  readonly childNodes: ArrayLike<unknown>;
}

/** Parses with the browser's parser, which loads nothing and runs nothing. */
export function browserParse(text: string): XmlElement {
  const parsed = new DOMParser().parseFromString(text, "text/xml");
  if (parsed.getElementsByTagName("parsererror").length > 0) throw new Error("Cannot read the answer: it is not XML");
  return parsed.documentElement;
}

function childrenOf(element: XmlElement): readonly XmlElement[] {
  return Array.from(element.childNodes).filter(
    (node): node is XmlElement =>
      typeof node === "object" && node !== null && (node as { nodeType?: unknown }).nodeType === 1,
  );
}

function structure(element: XmlElement): object {
  return Object.fromEntries(childrenOf(element).map((child) => [child.localName, value(child)]));
}

function value(element: XmlElement): unknown {
  const kind: XmlKind | undefined = xmlKinds[element.localName];
  const children = childrenOf(element);
  if (kind === "list")
    return children.map((child) => (childrenOf(child).length > 0 ? structure(child) : (child.textContent ?? "")));
  if (kind === "map") {
    return Object.fromEntries(
      children.map((entry) => {
        const [key, member] = childrenOf(entry);
        return [
          key?.textContent ?? "",
          element.localName === "SummaryMap" ? Number(member?.textContent) : (member?.textContent ?? ""),
        ];
      }),
    );
  }
  if (children.length > 0) return structure(element);
  return scalar(element.textContent ?? "", kind);
}

function scalar(text: string, kind: XmlKind | undefined): unknown {
  if (kind === "number") return Number(text);
  if (kind === "boolean") return text === "true";
  if (kind === "time") return Date.parse(text) / 1_000;
  return text;
}
