import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { wrongConsoleImports, wrongImports } from "../../scripts/check-imports.ts";
import { services } from "../../src/services/index.ts";

const order = services.map(({ name }) => name);

test("imports of the source go down only", () => {
  assert.deepEqual(wrongImports(join(import.meta.dirname, "../../src"), order), []);
  assert.deepEqual(wrongConsoleImports(join(import.meta.dirname, "../../console/src")), []);
});

test("wrongImports names an import that goes up, one around an index.ts, and a circle", () => {
  const root = mkdtempSync(join(tmpdir(), "sealift-imports-"));
  const files = {
    "wire/up.ts": 'import { x } from "../services/ssm/index.ts";',
    "services/ssm/index.ts": 'export { x } from "../kms/store.ts";',
    "services/kms/store.ts": 'import { y } from "./other.ts";',
    "services/kms/other.ts": 'import type { x } from "./store.ts";',
    "services/kms/late.ts": 'import type { x } from "../ssm/index.ts";',
    "services/kms/library.ts": 'import { x } from "./operations/encrypt.ts";',
    "services/kms/operations/encrypt.ts": "",
    "agent/plane.ts": 'import type { x } from "../model/call.ts";',
    "model/call.ts": "",
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(root, file, ".."), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  assert.deepEqual(wrongImports(root, ["kms", "ssm"]), [
    "agent/plane.ts imports model/call.ts: agent stands alone",
    "services/kms/late.ts imports services/ssm/index.ts: ssm does not come before kms in services/index.ts",
    "services/kms/library.ts imports services/kms/operations/encrypt.ts: only operations.ts imports an operation",
    "services/ssm/index.ts imports services/kms/store.ts: a service is reached through its index.ts",
    "wire/up.ts imports services/ssm/index.ts: imports only go down",
    "circle: services/kms/store.ts → services/kms/other.ts → services/kms/store.ts",
  ]);
});
