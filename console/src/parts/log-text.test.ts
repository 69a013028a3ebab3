import assert from "node:assert/strict";
import { test } from "node:test";
import { plain } from "./log-text.ts";

test("plain leaves the text of a coloured line", () => {
  assert.equal(plain("\x1b[1;31mERROR\x1b[0m \x1b]0;title\x07x"), "ERROR x");
});
