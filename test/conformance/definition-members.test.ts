import assert from "node:assert/strict";
import { test } from "node:test";
import * as sdk from "@aws-sdk/client-ecs";
import { NormalizedSchema } from "@smithy/core/schema";
import { register } from "../../src/agent/link/register.ts";
import { fakeClock } from "../../src/clock.ts";
import { randomIds } from "../../src/ids.ts";
import { fakeRuntime } from "../../src/runtime/fake.ts";
import { placementAttributes } from "../../src/services/ecs/definitions/required-attributes.ts";
import limits from "../../src/services/ecs/limits.json" with { type: "json" };
import { openEcs, startFakeAgent } from "../../src/services/ecs/test-support.fixture.ts";
import { cases } from "./definition-members/cases.ts";
import type { Effect, Pair, Registration } from "./definition-members/pairs.ts";

/** Nothing in a task definition is taken and ignored: what each member of the API's model does is shown here. */
const members = leaves(NormalizedSchema.of(sdk.RegisterTaskDefinitionRequest$));

test("every member of RegisterTaskDefinition is accounted for", () => {
  assert.deepEqual(Object.keys(cases).sort(), [...members.keys()].sort());
});

for (const [path, effect] of Object.entries(cases)) {
  test(`a task definition's ${path}: ${title(effect)}`, () => prove(path, effect));
}

async function prove(path: string, effect: Effect): Promise<void> {
  switch (effect.effect) {
    case "record":
      return assert.notEqual(effect.reason, "");
    case "constant":
      return assert.equal(members.get(path)?.length, 1, `${path} has more than one value`);
    case "refused": {
      assert(differences(effect.given, { containerDefinitions: [] }).includes(path));
      await using own = await openEcs();
      await assert.rejects(own.ecs.registerTaskDefinition({ family: "app", ...effect.given }), {
        name: "ClientException",
        message: effect.message,
      });
      return;
    }
    case "payload where it runs":
      if ((await lacking(effect.given)).length > 0) return;
      return prove(path, { ...effect, effect: "payload" });
    case "payload": {
      const expected = [path, ...(effect.together === undefined ? [] : [effect.together])];
      assert.deepEqual(differences(effect.given, effect.without).sort(), expected.sort());
      return assert.notDeepEqual(await payload(effect.given), await payload(effect.without));
    }
    case "placement": {
      assert(differences(effect.given, effect.without).includes(path));
      return assert.deepEqual(await placedBy(effect), { given: false, without: true });
    }
    case "nowhere": {
      assert(differences(effect.given, effect.without).includes(path));
      const usual = await asked(effect.without);
      const lacks = (await lacking(effect.given)).filter((name) => !usual.includes(name));
      assert.notDeepEqual(lacks, []);
    }
  }
}

function title(effect: Effect): string {
  switch (effect.effect) {
    case "record":
      return effect.reason;
    case "constant":
      return "there is one value only";
    case "refused":
      return "it is refused";
    case "payload":
    case "payload where it runs":
      return "the agent is told";
    case "placement":
      return "it decides placement";
    case "nowhere":
      return "no agent has the attribute that it asks for";
  }
}

/** What the agent gets of a task with this definition, without what is another for every task. */
async function payload(input: Registration): Promise<unknown> {
  await using own = await openEcs();
  const attributes = (await asked(input)).map((name) => ({ name }));
  const { task, agent } = await run(own, input, attributes);
  assert(task, "the task was not placed");
  const { arn, elasticNetworkInterfaces: _, ...rest } = await agent.payload(task);
  const id = arn.split("/").at(-1) ?? "";
  const text = JSON.stringify(rest)
    .replaceAll(id, "id")
    .replaceAll(/"(credentialsId|expiration)":"[^"]*"/g, '"x":""');
  return JSON.parse(text);
}

/** Whether each of the pair is placed on an instance that has what AWS's own attributes for the second one are. */
async function placedBy({ given, without }: Pair) {
  const attributes = (await asked(without)).map((name) => ({ name }));
  const isPlaced = async (input: Registration) => {
    await using own = await openEcs();
    const { task } = await run(own, input, attributes);
    return task !== undefined;
  };
  return { given: await isPlaced(given), without: await isPlaced(without) };
}

async function run(own: Awaited<ReturnType<typeof openEcs>>, input: Registration, attributes: sdk.Attribute[]) {
  await own.ecs.createCluster({});
  const agent = await startFakeAgent(own, { attributes });
  await own.ecs.registerTaskDefinition({ family: "app", ...input });
  const network = input.networkMode === "awsvpc" && {
    networkConfiguration: { awsvpcConfiguration: { subnets: ["subnet-1"] } },
  };
  const { tasks } = await own.ecs.runTask({ taskDefinition: "app", ...network });
  return { agent, task: tasks?.[0]?.taskArn };
}

/** The names of the attributes that placement asks for. */
async function asked(input: Registration): Promise<string[]> {
  await using own = await openEcs();
  await own.ecs.registerTaskDefinition({ family: "app", ...input });
  const scope = { account: "111122223333", region: "us-east-1", partition: "aws" };
  const definition = await own.context.store.definitions.find(scope, "app", 1);
  return placementAttributes(definition!).flatMap(({ name }) => name ?? []);
}

/** The attributes that a definition asks for and no agent has. */
async function lacking(input: Registration): Promise<string[]> {
  const has = await agentsAttributes();
  return (await asked(input)).filter((name) => !has.includes(name));
}

async function agentsAttributes(): Promise<string[]> {
  let names: string[] = [];
  const controlPlane = {
    register: async ({ attributes = [] }: sdk.RegisterContainerInstanceCommandInput) => {
      names = attributes.flatMap(({ name }) => name ?? []);
      return "arn";
    },
  };
  const machine = await fakeRuntime({ clock: fakeClock(), ids: randomIds }).describe();
  await register({
    controlPlane,
    cluster: "default",
    machine,
    fargate: true,
    execute: true,
    containerInstanceArn: undefined,
  });
  return names;
}

/** Paths of the members whose values differ, with `[]` for items of lists and `{}` for those of maps. */
function differences(one: object, other: object): string[] {
  const [first, second] = [values(one), values(other)];
  const paths = new Set([...first.keys(), ...second.keys()]);
  return [...paths].filter((path) => JSON.stringify(first.get(path)) !== JSON.stringify(second.get(path)));
}

function values(input: object): Map<string, unknown[]> {
  const found = new Map<string, unknown[]>();
  const visit = (schema: NormalizedSchema, value: unknown, path: string): void => {
    if (value === undefined) return;
    if (schema.isStructSchema()) {
      for (const [name, member] of schema.structIterator()) {
        visit(member, (value as Record<string, unknown>)[name], path === "" ? name : `${path}.${name}`);
      }
    } else if (schema.isListSchema()) {
      for (const item of value as unknown[]) visit(schema.getValueSchema(), item, `${path}[]`);
    } else {
      const key = schema.isMapSchema() ? `${path}{}` : path;
      found.set(key, [...(found.get(key) ?? []), value]);
    }
  };
  visit(NormalizedSchema.of(sdk.RegisterTaskDefinitionRequest$), input, "");
  return found;
}

/** The members that hold no others, each with the values that the model lists for it. */
function leaves(
  schema: NormalizedSchema,
  path = "",
  enumerated: readonly string[] = [],
): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  if (schema.isStructSchema()) {
    for (const [name, member] of schema.structIterator()) {
      const limit = (limits as Record<string, { readonly enum?: readonly string[] }>)[`${schema.getName()}.${name}`];
      for (const leaf of leaves(member, path === "" ? name : `${path}.${name}`, limit?.enum)) found.set(...leaf);
    }
    return found;
  }
  if (schema.isListSchema()) return leaves(schema.getValueSchema(), `${path}[]`);
  return found.set(schema.isMapSchema() ? `${path}{}` : path, enumerated);
}
