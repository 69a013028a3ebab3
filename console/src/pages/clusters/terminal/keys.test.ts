import assert from "node:assert/strict";
import { test } from "node:test";
import { bytesOfKey } from "./keys.ts";

const none = { ctrlKey: false, altKey: false, metaKey: false, shiftKey: false };

const cases: readonly (readonly [
  name: string,
  key: Partial<typeof none> & { readonly key: string },
  bytes: string | undefined,
])[] = [
  ["a letter, which the field writes", { key: "a" }, undefined],
  ["Enter", { key: "Enter" }, "\r"],
  ["Tab", { key: "Tab" }, "\t"],
  ["Shift+Tab, which leaves the terminal", { key: "Tab", shiftKey: true }, undefined],
  ["Ctrl+C", { key: "c", ctrlKey: true }, "\x03"],
  ["Ctrl+D", { key: "D", ctrlKey: true }, "\x04"],
  ["Ctrl+V, which pastes", { key: "v", ctrlKey: true }, undefined],
  ["Ctrl+Shift+C, which copies", { key: "C", ctrlKey: true, shiftKey: true }, undefined],
  ["Alt+b", { key: "b", altKey: true }, "\x1bb"],
  ["an arrow", { key: "ArrowUp" }, "\x1b[A"],
  ["a key of the system", { key: "r", metaKey: true }, undefined],
];

for (const [name, key, bytes] of cases) {
  test(`bytesOfKey of ${name}`, () => {
    assert.equal(bytesOfKey({ ...none, ...key }), bytes);
  });
}
