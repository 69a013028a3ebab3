import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { services } from "../../src/services/index.ts";
import counts from "./limits-counts.json" with { type: "json" };

const root = join(import.meta.dirname, "../..");

test("every folder of a service is in the list of services", () => {
  const folders = readdirSync(join(root, "src/services"), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  const listed = services.map(({ name }) => name);
  for (const { name } of folders) assert.ok(listed.includes(name), `src/services/index.ts: add a line for ${name}`);
});

for (const { name: service, load } of services) {
  const folder = `src/services/${service}`;
  const files = readdirSync(join(root, folder, "operations")).filter((file) =>
    /(?<!\.(?:test|fixture))\.ts$/.test(file),
  );

  test(`every operation of ${service} is listed, and has a test under its own name`, async () => {
    const list = readFileSync(join(root, folder, "operations.ts"), "utf8");
    for (const file of files) {
      assert.ok(list.includes(`"./operations/${file}"`), `${folder}/operations.ts: add a line for operations/${file}`);
      const testFile = `${folder}/operations/${file.replace(/\.ts$/, ".test.ts")}`;
      assert.ok(
        existsSync(join(root, testFile)),
        `${testFile} is missing: one thing that it does and one that it refuses`,
      );
    }
    const { operations } = await load();
    const names = Object.keys(operations);
    for (const [listed, loadOperation] of Object.entries(operations)) {
      const { name } = await loadOperation();
      assert.equal(name, listed, `${folder}/operations.ts: the line of ${listed} loads ${name}`);
    }
    const limited = counts[service as keyof typeof counts]?.operations;
    assert.equal(limited, names.length, `${folder}/limits.json is not of these operations: run npm run limits`);
  });
}
