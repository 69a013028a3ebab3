/** Characters of the shortest text that is masked. Shorter ones stand everywhere, and what hides them would say where. */
const shortest = 4;

/** Characters of a number in a JSON secret from which on it is masked: ports and counts are shorter. */
const shortestNumber = 8;

/** Values that are words of any output. */
const commonWords = new Set(["true", "false", "null", "none", "undefined"]);

/** A secret value as a container has it. */
export type SecretValue = string | Uint8Array;

/**
 * The texts by which output is known to show one of the values: as they are, without line breaks, and each line of them; each
 * text of a JSON document; and all of that as JSON, dumps, HTML, URLs, base64 and hexadecimal digits show it. None has a line break, or white
 * space at its ends.
 */
export function formsOf(values: readonly SecretValue[]): readonly Buffer[] {
  const forms = new Map<string, Buffer>();
  const add = (form: Buffer) => void forms.set(form.toString("latin1"), form);
  for (const value of values) {
    if (typeof value !== "string") {
      // Text of a binary secret is found as text; anything else only where it is encoded.
      for (const form of encodings(Buffer.from(value))) add(Buffer.from(form));
      for (const form of textForms(Buffer.from(value).toString())) if (!form.includes("\uFFFD")) add(Buffer.from(form));
      continue;
    }
    for (const text of [value, ...jsonTexts(value)]) {
      for (const form of textForms(text.toWellFormed())) add(Buffer.from(form));
    }
  }
  return [...forms.values()];
}

function textForms(text: string): readonly string[] {
  const trimmed = text.trim();
  if (!isLongEnough(trimmed)) return [];
  const lines = trimmed.split(/[\r\n]+/).map((line) => line.trim());
  const texts = new Set([...lines, lines.join("")]);
  const whole = new Set([trimmed, text]);
  const quoted = [...texts, ...whole].flatMap(quotations);
  const encoded = [...whole, ...[...whole].flatMap(jsonQuotations)].flatMap((one) => encodings(Buffer.from(one)));
  return [...new Set([...texts, ...quoted, ...encoded])]
    .map((form) => form.trim())
    .filter((form) => isLongEnough(form) && !/[\r\n]/.test(form));
}

function isLongEnough(text: string): boolean {
  return [...text.slice(0, 2 * shortest)].length >= shortest && !commonWords.has(text.toLowerCase());
}

/** As JSON, URLs, dumps of objects and HTML show a text. */
function quotations(text: string): readonly string[] {
  const all = [...jsonQuotations(text), ...urlQuotations(text), ...singleQuotations(text), ...htmlQuotations(text)];
  return all.filter((form) => form !== text);
}

/** As Node's `util.inspect`, Python's `repr` and Ruby's `inspect` write a text between quotes that are not JSON's. */
function singleQuotations(text: string): readonly string[] {
  const plain = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
  return [plain, plain.replaceAll("'", "\\'")];
}

/** By which of the quotes, and how, the escaping functions of Python, Go and PHP write it. */
function htmlQuotations(text: string): readonly string[] {
  const markup = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const double = markup.replaceAll('"', "&quot;");
  return [
    ...[markup, double, double.replaceAll("'", "&#x27;"), double.replaceAll("'", "&#39;")],
    ...[double.replaceAll("'", "&#039;"), markup.replaceAll('"', "&#34;").replaceAll("'", "&#39;")],
  ];
}

/** As the encoders of JavaScript and Rust, Go, Python and PHP write a text, and as a log driver writes such a line once more. */
function jsonQuotations(text: string): readonly string[] {
  const plain = JSON.stringify(text).slice(1, -1);
  const forHtml = escaped(plain, /[<>&\u2028\u2029]/g);
  const ascii = escaped(plain, /[\u007f-\uffff]/g);
  const withSlashes = ascii.replaceAll("/", "\\/");
  const once = [plain, forHtml, ascii, withSlashes];
  return [...new Set([...once, JSON.stringify(plain).slice(1, -1)])];
}

function escaped(text: string, which: RegExp): string {
  return text.replace(which, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** By the characters that an encoder leaves as they are, with digits of either case, and a blank as forms have it. */
function urlQuotations(text: string): readonly string[] {
  const strict = encodeURIComponent(text).replace(/[!'()*~]/g, percent);
  const usual = [encodeURI(text), encodeURIComponent(text), strict, strict.replaceAll("%7E", "~")];
  const all = usual.flatMap((form) => [form, form.replaceAll("%20", "+")]);
  return [...new Set(all.flatMap((form) => [form, form.replace(/%../g, (code) => code.toLowerCase())]))];
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** In base64, wherever it begins in a group of three bytes, and in hexadecimal digits. */
function encodings(bytes: Buffer): readonly string[] {
  const hex = bytes.toString("hex");
  const base64 = [0, 1, 2].flatMap((offset) => base64At(bytes, offset));
  const forUrls = base64.map((form) => form.replaceAll("+", "-").replaceAll("/", "_"));
  return [hex, hex.toUpperCase(), ...base64, ...forUrls].filter(({ length }) => length >= shortest);
}

/** Where `offset` bytes come before it in its group: the characters that depend on it alone, and those at the end of a text. */
function base64At(bytes: Buffer, offset: number): readonly string[] {
  const text = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString("base64")
    .replace(/=+$/, "");
  const first = Math.ceil((offset * 8) / 6);
  return [text.slice(first, Math.floor(((offset + bytes.length) * 8) / 6)), text.slice(first)];
}

/** The texts in a JSON document, and its long numbers. None where it is no object or list. */
function jsonTexts(value: string): readonly string[] {
  if (!/^\s*[{[]/.test(value)) return [];
  const found: string[] = [];
  try {
    JSON.parse(value, (_key, one: unknown) => {
      if (typeof one === "string") found.push(one);
      if (typeof one === "number" && String(one).length >= shortestNumber) found.push(String(one));
      return one;
    });
  } catch {
    return []; // it only looks like JSON
  }
  return found;
}
