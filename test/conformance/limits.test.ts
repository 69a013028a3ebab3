import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { botocoreData, readModel } from "../../scripts/botocore.ts";
import { type Exports, inputStructures, operationNames, requiredMembers } from "../../scripts/input-structures.ts";
import type { Limit } from "../../src/model/violations.ts";
import { services } from "../../src/services/index.ts";

import counts from "./limits-counts.json" with { type: "json" };

/** Structures for which the SDK, which is newer, requires other members than the installed botocore's model. */
const newerInSdk: readonly string[] = [
  "ecs ResourceRequirement",
  "kms CreateGrantRequest",
  "kms ListRetirableGrantsRequest",
];

const data = botocoreData();
const skip = data === undefined && "botocore is not there: python3 cannot import it";
if (skip && (process.env.SEALIFT_REQUIRE ?? "").split(",").includes("aws")) {
  throw new Error(`SEALIFT_REQUIRE asks for aws, but ${skip}`);
}

for (const { name, client, model: folderName, load } of services) {
  const folder = join(import.meta.dirname, "../../src/services", name);
  const exports: Exports = await import(client);
  const operations = await operationNames(load);

  test(`The limits of ${name} are of members that the SDK's schema has`, () => {
    const limits: Record<string, Limit> = JSON.parse(readFileSync(join(folder, "limits.json"), "utf8"));
    assert.ok(operations.length > 0);
    assert.deepEqual(Object.keys(limits), Object.keys(limits).sort());
    assert.equal(
      Object.keys(limits).length,
      counts[name as keyof typeof counts]?.limits,
      `src/services/${name}/limits.json lost or gained limits: npm run limits writes it and test/conformance/limits-counts.json`,
    );
    const structures = inputStructures(operations, exports);
    for (const [key, limit] of Object.entries(limits)) {
      const [structure = "", member = ""] = key.split(".");
      const { schema } = structures.get(structure) ?? {};
      const names = [...(schema?.structIterator() ?? [])].map(([one]) => one);
      assert.ok(names.includes(member), `${key} is no member`);
      assertLimit(key, limit, exports);
    }
  });

  test(`${name} requires what botocore's model requires`, { skip }, () => {
    const model = readModel(data!, folderName);
    for (const [structure, { schema, shape }] of inputStructures(operations, exports, model)) {
      if (!shape || newerInSdk.includes(`${name} ${structure}`)) continue;
      assert.deepEqual(requiredMembers(schema), [...(shape.required ?? [])].sort(), structure);
    }
  });
}

function assertLimit(at: string, limit: Limit, exports: Exports): void {
  const { min, max, pattern, enum: constant, member, key, value, ...others } = limit;
  assert.deepEqual(others, {}, `${at} has unknown limits`);
  assert.ok((min ?? 0) <= (max ?? Number.MAX_VALUE), `${at} can have no value`);
  if (pattern !== undefined)
    assert.ok(
      ["u", ""].some((flags) => compiles(pattern, flags)),
      `${at} has a bad pattern`,
    );
  if (constant !== undefined) assert.equal(typeof exports[constant], "object", `The SDK exports no ${constant}`);
  for (const [part, inner] of Object.entries({ member, key, value })) {
    if (inner) assertLimit(`${at}, ${part}`, inner, exports);
  }
}

function compiles(pattern: string, flags: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, flags) !== undefined;
  } catch {
    return false;
  }
}
