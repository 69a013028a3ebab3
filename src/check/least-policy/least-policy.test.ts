import assert from "node:assert/strict";
import { after, test } from "node:test";
import fc from "fast-check";
import { testAccount as account, testRegion as region } from "../../../test/support/in-process.ts";
import { systemClock } from "../../clock.ts";
import { type Account, type PolicyText, Unseen } from "../account/account.ts";
import type { Definition } from "../facts/subject.ts";
import { checkDefinition, sdkAccount, sealiftCalls } from "../index.ts";
import { definition, openWorld } from "../world.fixture.ts";
import { leastPolicy, terraform } from "./index.ts";

const world = await openWorld();
const calls = sealiftCalls({ endpoint: world.endpoint, region, credentials: world.root }, systemClock);
const seen = await sdkAccount({ calls, isAws: false, values: false });
after(async () => {
  calls[Symbol.dispose]();
  await world[Symbol.asyncDispose]();
});

const { db, own, plain, registry, closed, closedKey, hyphen } = world.secrets;

/** The rules that a policy can keep from finding anything. */
async function denials(definition: Definition, statements: readonly object[]): Promise<readonly string[]> {
  const text: PolicyText = { name: "least", text: JSON.stringify({ Version: "2012-10-17", Statement: statements }) };
  const identity = statements.length === 0 ? [] : [text];
  const withPolicy: Account = { ...seen, rolePolicies: async () => ({ identity, boundary: undefined }) };
  const options = { account: withPolicy, clock: systemClock, cluster: "default" };
  const { findings } = await checkDefinition({ name: "a", definition }, options);
  return findings.map(({ rule }) => rule).filter((rule) => rule.endsWith("-denied"));
}

const members = fc.record(
  {
    secrets: fc
      .uniqueArray(
        fc.constantFrom(
          db,
          own,
          `${own}::AWSCURRENT:`,
          `${plain}:::`,
          hyphen,
          "/app/url",
          "awsExampleParameter",
          db.slice(0, -7),
        ),
      )
      .map((all) => all.map((valueFrom, index) => ({ name: `S${index}`, valueFrom }))),
    repositoryCredentials: fc.constant({ credentialsParameter: registry }),
    image: fc.constantFrom("nginx", `${account}.dkr.ecr.${region}.amazonaws.com/team/web:1`),
    logConfiguration: fc.record({
      logDriver: fc.constant("awslogs" as const),
      options: fc.record(
        {
          "awslogs-group": fc.constant("/ecs/web"),
          "awslogs-region": fc.constant(region),
          "awslogs-stream-prefix": fc.constant("ecs"),
          "awslogs-create-group": fc.constant("true"),
        },
        { requiredKeys: ["awslogs-group", "awslogs-region"] },
      ),
    }),
    dockerLabels: fc
      .subarray([own, db, `arn:aws:ssm:${region}:${account}:parameter/app`], { minLength: 1 })
      .map((entries) => ({ "sealift.secrets.from": entries.join(",") })),
    environmentFiles: fc
      .constantFrom("arn:aws:s3:::bucket/a.env", "arn:aws:s3:::bucket/${a}*?.env")
      .map((value) => [{ type: "s3" as const, value }]),
  },
  { requiredKeys: [] },
);

test("a definition passes the check with its least policy, and fails it without any part of that", async () => {
  await fc.assert(
    fc.asyncProperty(members, async (given) => {
      const made = definition(given);
      const { executionPolicy } = await leastPolicy(made, { account: seen, clock: systemClock });
      const { Statement: statements } = executionPolicy;
      assert.deepEqual(await denials(made, statements), []);
      for (const [index, statement] of statements.entries()) {
        const without = (part: "Action" | "Resource", value: string) =>
          statements.map((one, at) =>
            at === index ? { ...one, [part]: one[part].filter((each) => each !== value) } : one,
          );
        for (const part of ["Action", "Resource"] as const) {
          for (const value of statement[part]) {
            const rest = without(part, value).filter(
              ({ Action, Resource }) => Action.length > 0 && Resource.length > 0,
            );
            const found = await denials(made, rest);
            assert.ok(found.length > 0, `${value} is not needed by ${JSON.stringify(given)}`);
          }
        }
      }
    }),
    { numRuns: 6, endOnFailure: true },
  );
});

test("a key whose policy leaves the role out needs a statement of its own", async () => {
  const made = definition({ secrets: [{ name: "A", valueFrom: closed }] });
  const { executionPolicy, resourcePolicies } = await leastPolicy(made, { account: seen, clock: systemClock });
  assert.deepEqual(
    executionPolicy.Statement.map(({ Sid, Action }) => [Sid, Action]),
    [["ReadSecrets", ["secretsmanager:GetSecretValue"]]],
  );
  assert.deepEqual(resourcePolicies, [
    {
      resource: closedKey,
      statement: {
        Sid: "AllowTaskExecutionRole",
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${account}:role/execution` },
        Action: ["kms:Decrypt"],
        Resource: ["*"],
        Condition: {
          StringEquals: {
            "kms:ViaService": [`secretsmanager.${region}.amazonaws.com`],
            "kms:EncryptionContext:SecretARN": [closed],
          },
        },
      },
    },
  ]);
  // With the statement in the key's policy the check is content.
  const { Policy = "" } = await world.clients.kms.getKeyPolicy({ KeyId: closedKey });
  const document = JSON.parse(Policy) as { Statement: object[] };
  const changed = { ...document, Statement: [...document.Statement, resourcePolicies[0]!.statement] };
  const key = async (...[in_, id]: Parameters<Account["key"]>) => {
    const found = await seen.key(in_, id);
    return found && { ...found, policy: JSON.stringify(changed) };
  };
  const options = { account: { ...seen, key }, clock: systemClock, cluster: "default" };
  const { findings } = await checkDefinition({ name: "a", definition: made }, options);
  assert.deepEqual(findings, []);
});

test("a file's key is no pattern", async () => {
  const made = definition({ environmentFiles: [{ type: "s3", value: "arn:aws:s3:::bucket/${a}*?.env" }] });
  const { executionPolicy } = await leastPolicy(made, { account: seen, clock: systemClock });
  assert.deepEqual(executionPolicy.Statement[0]?.Resource, ["arn:aws:s3:::bucket/${$}{a}${*}${?}.env"]);
  assert.deepEqual(await denials(made, executionPolicy.Statement), []);
});

test("a caller who sees no grants gets a policy that needs none", async () => {
  const grants = () => Promise.reject(new Unseen("kms:ListGrants", "key", "AccessDenied"));
  const made = definition({ secrets: [{ name: "A", valueFrom: own }] });
  const { executionPolicy } = await leastPolicy(made, { account: { ...seen, grants }, clock: systemClock });
  assert.deepEqual(
    executionPolicy.Statement.map(({ Action }) => Action),
    [["secretsmanager:GetSecretValue"], ["kms:Decrypt"]],
  );
});

test("a definition that refers to nothing needs nothing; one of a secret to come needs it by its name", async () => {
  const nothing = await leastPolicy(definition({}), { account: seen, clock: systemClock });
  assert.deepEqual(nothing.executionPolicy.Statement, []);
  const arn = `arn:aws:secretsmanager:${region}:${account}:secret:later`;
  const made = definition({ secrets: [{ name: "A", valueFrom: arn }] }, { executionRoleArn: undefined });
  const { executionPolicy, roleArn } = await leastPolicy(made, { account: seen, clock: systemClock });
  assert.deepEqual(
    executionPolicy.Statement.map(({ Resource }) => Resource),
    [[`${arn}-??????`]],
  );
  assert.equal(roleArn, `arn:aws:iam::${account}:role/web-execution`);
});

test("terraform writes the policy as a data source", async () => {
  const made = definition({ secrets: [{ name: "A", valueFrom: own }] }, { family: "my-web" });
  const text = terraform(await leastPolicy(made, { account: seen, clock: systemClock }), "my-web");
  assert.match(
    text,
    /^data "aws_iam_policy_document" "my_web_execution" \{\n {2}statement \{\n {4}sid {7}= "ReadSecrets"\n/,
  );
  assert.match(
    terraform(await leastPolicy(made, { account: seen, clock: systemClock }), "2048-game"),
    /^data "aws_iam_policy_document" "_2048_game_execution" \{/,
  );
  assert.match(text, /variable = "kms:EncryptionContext:SecretARN"\n {6}values {3}= \["arn:aws:secretsmanager:/);
});
