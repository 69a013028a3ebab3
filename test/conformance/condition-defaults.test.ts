import assert from "node:assert/strict";
import { test } from "node:test";
import type { Access } from "../../src/model/call.ts";
import { callsOfAll } from "./authorization/calls.ts";
import { makeResources } from "./authorization/fixture.ts";
import { type Input, openPlane } from "./authorization/plane.ts";

/** Keys that say what a request acts on rather than what it brings. */
const ofTheResource = [
  /^(aws|iam|ecs|ssm|secretsmanager|kms):resourceTag\//i,
  // Where a cluster, a service or a task definition is named or left out, the key is what is acted on.
  /^ecs:(cluster|service|task-definition|task-cpu|task-memory)$/,
  /^ecs:CreateAction$/,
  /^iam:(PassedToService|AssociatedResourceArn|PermissionsBoundary|ServiceSpecificCredentialServiceName)$/,
];

const services = new Set(["ssm", "ecs", "iam", "sts", "organizations", "cloudtrail"]);

test("no operation fills a condition key with a default that its caller did not send", async () => {
  await using plane = await openPlane();
  const made = await makeResources(plane);
  const filled: string[] = [];
  let walked = 0;
  for (const { service, name, inputs, caller } of callsOfAll(plane, made)) {
    if (!services.has(service) || typeof inputs === "string") continue;
    for (const input of inputs) {
      const ask = (one: Input) => plane.accesses(service, name, one, caller).catch(() => undefined);
      const least = await leastInput(input, async (one) => (await ask(one)) !== undefined);
      const sent = leaves(least);
      for (const [key, values] of keysOf((await ask(least)) ?? [])) {
        walked++;
        if (ofTheResource.some((pattern) => pattern.test(key))) continue;
        // ARNs are shown of what is named without one. A tag without a key is nobody's default.
        if (!values.every((value) => value === "" || sent.has(value) || sent.has(value.replace(/^arn:.*\//, ""))))
          filled.push(`${service}:${name} ${key} ${values}`);
      }
    }
  }
  assert.deepEqual(filled, []);
  assert.ok(walked > 50, `only ${walked} keys`);
});

/** The input without all the members that it can do without. */
async function leastInput(input: Input, isTaken: (input: Input) => Promise<boolean>): Promise<Input> {
  let least = input;
  for (const path of paths(input)) {
    const less = without(least, path);
    if (await isTaken(less)) least = less;
  }
  return least;
}

/** The paths to all members of structures, the outer ones first. */
function paths(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null || value instanceof Date || ArrayBuffer.isView(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const inner = [...path, name];
    return [...(Array.isArray(value) ? [] : [inner]), ...paths(member, inner)];
  });
}

function without(input: Input, path: readonly string[]): Input {
  const [name = "", ...rest] = path;
  const { [name]: member, ...others } = input;
  if (rest.length === 0 || typeof member !== "object" || member === null) return others;
  if (!Array.isArray(member)) return { ...input, [name]: without(member as Input, rest) };
  const [index = "", ...inner] = rest;
  const items = member.map((item, at) => (String(at) === index ? without(item as Input, inner) : item));
  return { ...input, [name]: items };
}

/** Every value in an input, as condition keys show it. */
function leaves(value: unknown): Set<string> {
  if (typeof value !== "object" || value === null) return new Set([String(value)]);
  return new Set(Object.values(value).flatMap((member) => [...leaves(member)]));
}

function keysOf(accesses: readonly Access[]): (readonly [string, readonly string[]])[] {
  return accesses.flatMap(({ conditions = {} }) =>
    Object.entries(conditions).map(([key, value]) => [key, [value].flat().map(String)] as const),
  );
}
