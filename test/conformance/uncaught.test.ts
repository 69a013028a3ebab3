import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

const script = join(import.meta.dirname, "../../scripts/test.ts");

const errors = {
  "a rejection that nobody handles": 'Promise.reject(new Error("nobody sees me"));',
  "an error that a timer throws": 'setTimeout(() => { throw new Error("nobody sees me"); }, 1);',
};

for (const [name, statement] of Object.entries(errors)) {
  test(`${name} fails the run and is shown`, () => {
    const folder = mkdtempSync(join(tmpdir(), "sealift-uncaught-"));
    try {
      const file = join(folder, "uncaught.test.mjs");
      const wait = "await new Promise((resolve) => setTimeout(resolve, 20));";
      writeFileSync(file, `import { test } from "node:test"; test("passes", async () => { ${statement} ${wait} });`);
      const { NODE_TEST_CONTEXT: _, ...env } = process.env;
      const { status, stdout } = spawnSync(process.execPath, [script, file], { env, encoding: "utf8" });
      assert.equal(status, 1, stdout);
      assert.match(stdout, /nobody sees me/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}
