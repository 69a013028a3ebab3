/** Its message is the one that Go's `encoding/json` gives for the same text. */
export class GoJsonError extends Error {
  override readonly name = "GoJsonError";
}

/** Go checks the syntax of the whole text before it looks at any value, hence `isOutOfRange` for later. */
export interface Reader {
  /** Go's errors name bytes of UTF-8, not characters. */
  readonly bytes: Buffer;
  at: number;
  /** The first number that no float64 can hold. */
  isOutOfRange?: boolean;
}

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

export function readString(reader: Reader): string {
  const { bytes } = reader;
  let text = "";
  let start = ++reader.at;
  for (;;) {
    const byte = bytes[reader.at];
    if (byte === undefined) throw ended();
    if (byte === 0x22 || byte === 0x5c) {
      text += bytes.toString("utf8", start, reader.at++);
      // Go replaces each lone surrogate by U+FFFD.
      if (byte === 0x22) return text.toWellFormed();
      text += readEscape(reader);
      start = reader.at;
    } else if (byte < 0x20) {
      throw unexpected(reader, "in string literal");
    } else {
      reader.at++;
    }
  }
}

function readEscape(reader: Reader): string {
  const letter = String.fromCharCode(reader.bytes[reader.at] ?? 0x20);
  if (letter !== "u") {
    const character = escapes[letter];
    if (character === undefined) throw unexpected(reader, "in string escape code");
    reader.at++;
    return character;
  }
  const start = ++reader.at;
  for (; reader.at < start + 4; reader.at++) {
    const digit = String.fromCharCode(reader.bytes[reader.at] ?? 0x20);
    if (!/[0-9a-fA-F]/.test(digit)) throw unexpected(reader, "in \\u hexadecimal character escape");
  }
  return String.fromCharCode(Number.parseInt(reader.bytes.toString("latin1", start, reader.at), 16));
}

export function readWord<T>(reader: Reader, word: string, value: T): T {
  for (const letter of word) {
    if (reader.bytes[reader.at] !== letter.charCodeAt(0)) {
      throw unexpected(reader, `in literal ${word} (expecting '${letter}')`);
    }
    reader.at++;
  }
  return value;
}

export function readNumber(reader: Reader): number {
  const { bytes } = reader;
  const start = reader.at;
  const negative = bytes[reader.at] === 0x2d;
  if (negative) reader.at++;
  if (bytes[reader.at] === 0x30) reader.at++;
  else digits(reader, negative ? "in numeric literal" : "looking for beginning of value");
  if (bytes[reader.at] === 0x2e) {
    reader.at++;
    digits(reader, "after decimal point in numeric literal");
  }
  if (bytes[reader.at] === 0x65 || bytes[reader.at] === 0x45) {
    reader.at++;
    if (bytes[reader.at] === 0x2b || bytes[reader.at] === 0x2d) reader.at++;
    digits(reader, "in exponent of numeric literal");
  }
  const literal = bytes.toString("latin1", start, reader.at);
  const value = Number(literal);
  if (!Number.isFinite(value)) reader.isOutOfRange = true;
  return value;
}

function digits(reader: Reader, context: string): void {
  const start = reader.at;
  while (isDigit(reader.bytes[reader.at])) reader.at++;
  if (reader.at === start) throw unexpected(reader, context);
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

export function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

/** Moves to the next byte that is no space, which must exist. */
export function skipSpace(reader: Reader): void {
  while (isSpace(reader.bytes[reader.at])) reader.at++;
  if (reader.at === reader.bytes.length) throw ended();
}

function ended(): GoJsonError {
  return new GoJsonError("unexpected end of JSON input");
}

/** At the end of a text Go's scanner sees a space, and says so where a space is not allowed. */
export function unexpected(reader: Reader, context: string): GoJsonError {
  return new GoJsonError(`invalid character ${quoteByte(reader.bytes[reader.at] ?? 0x20)} ${context}`);
}

const quoted = new Map([
  [0x27, "\\'"],
  [0x5c, "\\\\"],
  [0x07, "\\a"],
  [0x08, "\\b"],
  [0x0c, "\\f"],
  [0x0a, "\\n"],
  [0x0d, "\\r"],
  [0x09, "\\t"],
  [0x0b, "\\v"],
]);

function quoteByte(byte: number): string {
  const special = quoted.get(byte);
  if (special !== undefined) return `'${special}'`;
  if (byte < 0x20 || byte === 0x7f) return `'\\x${byte.toString(16).padStart(2, "0")}'`;
  if ((byte >= 0x80 && byte <= 0xa0) || byte === 0xad) return `'\\u00${byte.toString(16)}'`;
  return `'${String.fromCharCode(byte)}'`;
}
