import assert from "node:assert/strict";
import { after, test } from "node:test";
import { DescribeRepositoriesCommand } from "@aws-sdk/client-ecr";
import { DescribeTaskDefinitionCommand } from "@aws-sdk/client-ecs";
import { GetRoleCommand, ListRolePoliciesCommand } from "@aws-sdk/client-iam";
import { DescribeKeyCommand } from "@aws-sdk/client-kms";
import { DescribeOrganizationCommand } from "@aws-sdk/client-organizations";
import { DescribeSecretCommand, GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { DescribeParametersCommand, GetParameterCommand } from "@aws-sdk/client-ssm";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { testRegion as region } from "../../../test/support/in-process.ts";
import { systemClock } from "../../clock.ts";
import { checkDefinition } from "../check.ts";
import { definition, openWorld, role } from "../world.fixture.ts";
import type { AnyCommand, Calls } from "./calls.ts";
import { sdkAccount } from "./sdk-account.ts";
import { sealiftCalls } from "./sealift-calls.ts";

const world = await openWorld();
const { clients, secrets, endpoint } = world;
const calls = sealiftCalls({ endpoint, region, credentials: world.root }, systemClock);
after(async () => {
  calls[Symbol.dispose]();
  await world[Symbol.asyncDispose]();
});

interface Client {
  send(command: object): Promise<object>;
}

/** How a call ended, without what differs from one to the next. */
async function ending(call: Promise<object>) {
  try {
    const { $metadata: _, ...answer } = (await call) as { readonly $metadata?: unknown };
    return answer;
  } catch (error) {
    const { name, message } = error as Error;
    return { name, message, class: (error as Error).constructor };
  }
}

test("calls answer and reject as those of the SDK's clients do", async () => {
  const { iam, sts, kms, secretsManager, ssm, ecr, ecs, organizations } = clients;
  const none = `${secrets.db}none`;
  const tried = [
    [new GetCallerIdentityCommand({}), sts],
    [new GetRoleCommand({ RoleName: "execution" }), iam],
    [new GetRoleCommand({ RoleName: "none" }), iam],
    [new ListRolePoliciesCommand({ RoleName: "execution" }), iam],
    [new DescribeKeyCommand({ KeyId: secrets.ownKey }), kms],
    [new DescribeKeyCommand({ KeyId: "alias/none" }), kms],
    [new DescribeSecretCommand({ SecretId: secrets.gone }), secretsManager],
    [new DescribeSecretCommand({ SecretId: none }), secretsManager],
    [new GetSecretValueCommand({ SecretId: secrets.binary }), secretsManager],
    [new DescribeParametersCommand({ MaxResults: 2 }), ssm],
    [new GetParameterCommand({ Name: "/none" }), ssm],
    [new DescribeRepositoriesCommand({ repositoryNames: ["team/web"] }), ecr],
    [new DescribeTaskDefinitionCommand({ taskDefinition: "none" }), ecs],
    [new DescribeOrganizationCommand({}), organizations],
  ] as const;
  for (const [command, client] of tried) {
    const theirs = await ending((client as Client).send(command));
    assert.deepEqual(await ending(calls.send(command as AnyCommand<object>)), theirs, command.constructor.name);
  }
});

test("a call is for the region that it names", async () => {
  const { Parameters = [] } = await calls.send(new DescribeParametersCommand({}), "eu-west-1");
  assert.deepEqual(Parameters, []);
});

test("definitions that refer to the same share what is read of it", async () => {
  const made: string[] = [];
  const counted: Calls = {
    ...calls,
    send(command, ...more) {
      made.push(command.constructor.name);
      return calls.send(command, ...more);
    },
  };
  const references = [secrets.own, secrets.db, "/app/url"].map((valueFrom, index) => ({
    name: `S${index}`,
    valueFrom,
  }));
  const text = JSON.stringify(definition({ secrets: references }, { executionRoleArn: role("execution") }));
  const account = await sdkAccount({ calls: counted, isAws: false, values: false });
  const options = { account, clock: systemClock, cluster: "default" };
  await checkDefinition({ name: "first.json", text }, options);
  const first = [...made];
  assert.equal(first.filter((name) => name === "DescribeSecretCommand").length, 2, first.join());
  assert.equal(first.filter((name) => name === "DescribeParametersCommand").length, 1, first.join());
  await Promise.all(["a.json", "b.json"].map((name) => checkDefinition({ name, text }, options)));
  assert.deepEqual(made, first);
});
