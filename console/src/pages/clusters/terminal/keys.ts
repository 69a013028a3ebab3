/** What a key sends to a terminal's program; undefined for keys that write, and for those that are the browser's. */
export function bytesOfKey(key: {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}): string | undefined {
  if (key.metaKey) return undefined;
  if (key.ctrlKey && !key.altKey) {
    // Copying and pasting are the browser's, as in other terminals.
    if (key.shiftKey) return undefined;
    if (/^[a-z]$/i.test(key.key) && key.key.toLowerCase() !== "v")
      return String.fromCharCode(key.key.toUpperCase().charCodeAt(0) - 64);
    return { " ": "\0", "[": "\x1b", "\\": "\x1c", "]": "\x1d", _: "\x1f" }[key.key];
  }
  // The way out with the keyboard.
  if (key.key === "Tab" && key.shiftKey) return undefined;
  const plain = plainKeys[key.key];
  if (plain !== undefined) return key.altKey ? `\x1b${plain}` : plain;
  if (key.altKey && /^[ -~]$/.test(key.key)) return `\x1b${key.key}`;
  return undefined;
}

const plainKeys: Readonly<Record<string, string>> = {
  Enter: "\r",
  Backspace: "\x7f",
  Tab: "\t",
  Escape: "\x1b",
  ArrowUp: "\x1b[A",
  ArrowDown: "\x1b[B",
  ArrowRight: "\x1b[C",
  ArrowLeft: "\x1b[D",
  Home: "\x1b[H",
  End: "\x1b[F",
  Delete: "\x1b[3~",
  Insert: "\x1b[2~",
  PageUp: "\x1b[5~",
  PageDown: "\x1b[6~",
};
