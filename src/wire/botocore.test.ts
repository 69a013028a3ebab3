import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import * as ecs from "@aws-sdk/client-ecs";
import * as iam from "@aws-sdk/client-iam";
import * as kms from "@aws-sdk/client-kms";
import * as secretsManager from "@aws-sdk/client-secrets-manager";
import * as ssm from "@aws-sdk/client-ssm";
import * as sts from "@aws-sdk/client-sts";
import type { StaticOperationSchema } from "@smithy/types";
import fc from "fast-check";
import { commandsOf } from "../../test/support/round-trip.ts";
import { jsonValues, queryInputs, schemaValues } from "../../test/support/schema-values.ts";
import { jsonProtocol } from "./json-protocol.ts";
import { queryProtocol } from "./query-protocol.ts";

const script = join(import.meta.dirname, "../../test/support/serialize-with-botocore.py");
const json = { protocol: jsonProtocol(), values: jsonValues };
const query = { protocol: queryProtocol("https://example/", "2011-06-15"), values: queryInputs };
const services = [
  ["ecs", ecs, json],
  ["iam", iam, query],
  ["kms", kms, json],
  ["secretsmanager", secretsManager, json],
  ["ssm", ssm, json],
  ["sts", sts, query],
] as const;

/** The reason to skip the AWS CLI's serializer. Throws if `SEALIFT_REQUIRE` asks for it. */
function skip(): string | false {
  if (spawnSync("python3", ["-c", "import botocore.serialize"]).status === 0) return false;
  const reason = "python3 has no botocore";
  if ((process.env.SEALIFT_REQUIRE ?? "").split(",").includes("botocore")) throw new Error(reason);
  return reason;
}

/** The input as the script reads it. The CLI's times are whole seconds. */
function wire(value: unknown): unknown {
  if (value instanceof Date) return { $date: value.getTime() };
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString("base64") };
  if (Array.isArray(value)) return value.map(wire);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, wire(inner)]));
}

function wholeSeconds(value: unknown): unknown {
  if (value instanceof Date) return new Date(Math.floor(value.getTime() / 1000) * 1000);
  if (value instanceof Uint8Array || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(wholeSeconds);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, wholeSeconds(inner)]));
}

test("the protocols read what the AWS CLI writes, for every operation", { skip: skip() }, async () => {
  const seed = Math.trunc(Math.random() * 2 ** 31);
  const cases = services.flatMap(([service, exported, { protocol, values }]) =>
    commandsOf(exported).flatMap(([operation, Command]) => {
      const { schema } = new Command({} as never) as { schema: StaticOperationSchema };
      const inputs = fc.sample(schemaValues(schema[4], values), { numRuns: 3, seed }).map(wholeSeconds);
      return inputs.map((input) => ({ service, operation, schema, protocol, input }));
    }),
  );
  const lines = cases.map(({ service, operation, input }) =>
    JSON.stringify({ service, operation, input: wire(input) }),
  );
  const output = execFileSync("python3", [script], { input: lines.join("\n"), maxBuffer: 2 ** 30 });
  const requests = output
    .toString()
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.equal(requests.length, cases.length);
  let compared = 0;
  for (const [index, { service, operation, schema, protocol, input }] of cases.entries()) {
    const sent = requests[index];
    if (sent === null) continue;
    compared++;
    const { headers } = sent as { headers: Record<string, string> };
    const body = Buffer.from(sent.body, "base64");
    const request = { method: "POST", path: "/", query: "", headers, body, remoteAddress: "127.0.0.1" };
    assert.equal(protocol.operationName(request), operation);
    assert.deepEqual(await protocol.decode(schema, request), input, `${service} ${operation}, seed ${seed}`);
  }
  assert.ok(compared > cases.length * 0.9, `${compared} of ${cases.length} could be compared`);
});
