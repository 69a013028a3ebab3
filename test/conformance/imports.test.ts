import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { wrongImports } from "../../scripts/check-imports.ts";

test("imports of the source go down only", () => {
  assert.deepEqual(wrongImports(join(import.meta.dirname, "../../src")), []);
});

test("wrongImports names an import that goes up, one around an index.ts, and a circle", () => {
  const root = mkdtempSync(join(tmpdir(), "sealift-imports-"));
  const files = {
    "aws/up.ts": 'import { x } from "../services/ssm/index.ts";',
    "services/ssm/index.ts": 'export { x } from "../kms/store.ts";',
    "services/kms/store.ts": 'import { y } from "./other.ts";',
    "services/kms/other.ts": 'import { x } from "./store.ts";',
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(root, file, ".."), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  assert.deepEqual(wrongImports(root), [
    "aws/up.ts imports services/ssm/index.ts: imports only go down",
    "services/ssm/index.ts imports services/kms/store.ts: a service is reached through its index.ts",
    "circle: services/kms/store.ts → services/kms/other.ts → services/kms/store.ts",
  ]);
});
