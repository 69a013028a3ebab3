import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { playedPage } from "../definitions/play/played-page.ts";
import { skipUnless } from "../support/require.ts";

const skip = await skipUnless("docker");

test("every definition of the corpus fares as docs/definitions.md says", { skip, timeout: 480_000 }, async () => {
  const written = await readFile(join(import.meta.dirname, "../../docs/definitions.md"), "utf8");
  assert.equal(await playedPage(), written, "docs/definitions.md is not current: run npm run definitions");
});
