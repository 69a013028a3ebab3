import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { botocoreData, readModel } from "../../scripts/botocore.ts";
import { enumOrder } from "../../scripts/enum-order.ts";
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
      assertLimit(key, limit);
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

/** Value sets as AWS's violations listed them, each with the values in the model's order. */
const recorded: readonly (readonly [listed: string, model: string])[] = [
  ["SecureString, StringList, String", "String, StringList, SecureString"],
  ["HMAC_SHA_384, HMAC_SHA_256, HMAC_SHA_224, HMAC_SHA_512", "HMAC_SHA_224, HMAC_SHA_256, HMAC_SHA_384, HMAC_SHA_512"],
  [
    "RSA_2048, ECC_NIST_P384, ECC_NIST_P256, ECC_NIST_P521, HMAC_384, RSA_3072, ECC_SECG_P256K1, RSA_4096, SYMMETRIC_DEFAULT, HMAC_256, HMAC_224, HMAC_512",
    "RSA_2048, RSA_3072, RSA_4096, ECC_NIST_P256, ECC_NIST_P384, ECC_NIST_P521, ECC_SECG_P256K1, SYMMETRIC_DEFAULT, HMAC_224, HMAC_256, HMAC_384, HMAC_512",
  ],
  ["all, name, tag-key, description, tag-value", "description, name, tag-key, tag-value, all"],
  ["INDEXES, TOTAL, NONE", "INDEXES, TOTAL, NONE"],
  ["HASH, RANGE", "HASH, RANGE"],
  ["LT, EQ, GT, NE, LE, GE", "GT, GE, LT, LE, EQ, NE"],
  ["INSUFFICIENT_DATA, ALARM, OK", "OK, ALARM, INSUFFICIENT_DATA"],
  ["w3c, raw, json, plain, parquet", "json, plain, w3c, raw, parquet"],
];

test("The values of an enumeration are listed in AWS's order", () => {
  for (const [listed, model] of recorded) assert.equal(enumOrder(model.split(", ")).join(", "), listed);
});

function assertLimit(at: string, limit: Limit): void {
  const { min, max, pattern, enum: values, member, key, value, ...others } = limit;
  assert.deepEqual(others, {}, `${at} has unknown limits`);
  assert.ok((min ?? 0) <= (max ?? Number.MAX_VALUE), `${at} can have no value`);
  if (pattern !== undefined)
    assert.ok(
      ["u", ""].some((flags) => compiles(pattern, flags)),
      `${at} has a bad pattern`,
    );
  if (values !== undefined) assert.equal(new Set(values).size, values.length, `${at} has a value twice`);
  for (const [part, inner] of Object.entries({ member, key, value })) {
    if (inner) assertLimit(`${at}, ${part}`, inner);
  }
}

function compiles(pattern: string, flags: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, flags) !== undefined;
  } catch {
    return false;
  }
}
