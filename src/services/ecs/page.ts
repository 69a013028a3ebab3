import { invalidParameter } from "./errors.ts";

/** A page of `items`, of which one more than `size` were read, and the token of the next page if there is one. */
export function page<Item>(items: readonly Item[], size: number, key: (item: Item) => unknown) {
  const shown = items.slice(0, size);
  const last = shown.at(-1);
  if (items.length <= size || last === undefined) return { items: shown, nextToken: undefined };
  return { items: shown, nextToken: Buffer.from(JSON.stringify(key(last))).toString("base64url") };
}

/** The key that a token stands for; `undefined` for the first page. */
export function readToken<Key>(token: string | undefined, isKey: (key: unknown) => key is Key): Key | undefined {
  if (token === undefined) return undefined;
  const key = parse(Buffer.from(token, "base64url").toString());
  if (!isKey(key)) throw invalidParameter("Invalid token.");
  return key;
}

export function isText(key: unknown): key is string {
  return typeof key === "string";
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
