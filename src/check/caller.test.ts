import assert from "node:assert/strict";
import { after, test } from "node:test";
import { allow, policy } from "../../test/support/clients.ts";
import { definition, openWorld } from "./world.fixture.ts";

const world = await openWorld();
after(() => world[Symbol.asyncDispose]());

const { secrets } = world;
const made = definition({
  secrets: [
    { name: "A", valueFrom: secrets.own },
    { name: "B", valueFrom: "/app/url" },
  ],
});

async function user(name: string, actions: readonly string[]) {
  const { iam } = world.clients;
  await iam.createUser({ UserName: name });
  const PolicyDocument = policy(allow(actions));
  await iam.putUserPolicy({ UserName: name, PolicyName: "p", PolicyDocument });
  const { AccessKey: key } = await iam.createAccessKey({ UserName: name });
  const made = { accessKeyId: key!.AccessKeyId!, secretAccessKey: key!.SecretAccessKey! };
  return () => made;
}

const reading = [
  "secretsmanager:DescribeSecret",
  "secretsmanager:GetResourcePolicy",
  "ssm:DescribeParameters",
  "kms:DescribeKey",
  "kms:GetKeyPolicy",
  "iam:GetRole",
  "iam:GetRolePolicy",
  "iam:ListRolePolicies",
  "iam:ListAttachedRolePolicies",
];

test("a caller who may describe and read policies gets a verdict, and needs no right to a value", async () => {
  const { findings, ok } = await world.check(made, { credentials: await user("reader", reading) });
  assert.deepEqual(findings, []);
  assert.equal(ok.length, 4);
});

for (const missing of ["secretsmanager:DescribeSecret", "kms:GetKeyPolicy", "ssm:DescribeParameters"]) {
  test(`a caller without ${missing} is told that it is not known`, async () => {
    const actions = reading.filter((action) => action !== missing);
    const credentials = await user(missing.replace(":", "-"), actions);
    const { findings } = await world.check(made, { credentials });
    assert.deepEqual(
      findings.map(({ rule, severity }) => [rule, severity]),
      [["not-seen", "unknown"]],
    );
    assert.match(findings[0]!.message, new RegExp(`^Not known: ${missing} on .*AccessDenied`));
  });
}

test("a caller who sees no role is told once, and still what is not there", async () => {
  const credentials = await user("blind", reading.slice(0, 5));
  const { findings } = await world.check(
    definition({
      secrets: [
        { name: "A", valueFrom: secrets.own },
        { name: "B", valueFrom: "/app/nothing" },
      ],
    }),
    { credentials },
  );
  // The execution role and the task role.
  assert.deepEqual(findings.map(({ rule }) => rule).sort(), ["not-seen", "not-seen", "parameter-not-found"]);
});

test("no value is read unless it is asked for", async () => {
  const { cloudTrail } = world.clients;
  const reads = async () => {
    const { Events = [] } = await cloudTrail.lookupEvents({
      LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: "GetSecretValue" }],
    });
    return Events.length;
  };
  const before = await reads();
  await world.check(made);
  assert.equal(await reads(), before);
  await world.check(made, { values: true });
  assert.ok((await reads()) > before);
});

test("on AWS, an account that manages its organization is bound by no control policy", async () => {
  const { findings } = await world.check(made, { isAws: true });
  assert.deepEqual(findings, []);
});
