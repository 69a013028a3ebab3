import assert from "node:assert/strict";
import { after, test } from "node:test";
import { allow, createRole, policy } from "../../test/support/clients.ts";
import { testAccount as account, testRegion as region } from "../../test/support/in-process.ts";
import { systemClock } from "../clock.ts";
import { sdkAccount, sealiftCalls } from "./index.ts";
import { leastPolicy } from "./least-policy/index.ts";
import { definition, member, openWorld, role } from "./world.fixture.ts";

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

const foreign = (name: string) => `arn:aws:secretsmanager:${region}:${member}:secret:${name}-AbCdEf`;
const there = definition({
  secrets: [{ name: "A", valueFrom: foreign("a") }],
  repositoryCredentials: { credentialsParameter: foreign("registry") },
});
const pulled = definition({ image: `${member}.dkr.ecr.${region}.amazonaws.com/team/web:1` });

test("of another account's resources, which the caller cannot see, the role's own side is decided", async () => {
  const credentials = await user("at-home", reading);
  const rulesOf = async (roleArn: string, made: typeof there) => {
    const { findings, ok } = await world.check({ ...made, executionRoleArn: roleArn }, { credentials });
    const things = ok.map(({ what }) => what).filter((what) => !/^ECS may|GetAuthorizationToken/.test(what));
    return [findings.map(({ rule }) => rule).join(" "), things];
  };
  assert.deepEqual(await rulesOf(role("execution"), there), ["not-seen not-seen", []]);
  assert.deepEqual(await rulesOf(role("nothing"), there), ["secret-denied secret-denied", []]);
  assert.deepEqual(await rulesOf(role("execution"), pulled), ["not-seen", []]);
  const denied = ["not-seen", ...Array(3).fill("image-denied")].sort().join(" ");
  const [found, things] = await rulesOf(role("nothing"), pulled);
  assert.deepEqual([String(found).split(" ").sort().join(" "), things], [denied, []]);
});

test("the least policy has what is needed of resources that the caller cannot see", async () => {
  const credentials = (await user("blind-abroad", reading))();
  using calls = sealiftCalls({ endpoint: world.endpoint, region, credentials }, systemClock);
  const account = await sdkAccount({ calls, isAws: false, values: false });
  const of = async (made: typeof there) => {
    const { executionPolicy, unseen } = await leastPolicy(made, { account, clock: systemClock });
    assert.ok(unseen.length > 0);
    return executionPolicy.Statement.map(({ Sid, Resource }) => [Sid, Resource]);
  };
  assert.deepEqual(await of(there), [["ReadSecrets", [foreign("a"), foreign("registry")]]]);
  assert.deepEqual(await of(pulled), [
    ["GetRegistryToken", ["*"]],
    ["PullImages", [`arn:aws:ecr:${region}:${member}:repository/team/web`]],
  ]);
});

test("what comes before a key that the caller cannot see is decided", async () => {
  const credentials = await user(
    "no-key",
    reading.filter((action) => !action.startsWith("kms:")),
  );
  const own = definition({ secrets: [{ name: "A", valueFrom: secrets.own }] }, { executionRoleArn: role("nothing") });
  const { findings } = await world.check(own, { credentials });
  assert.deepEqual(
    findings.map(({ rule }) => rule),
    ["secret-denied"],
  );
});

test("tags of a repository are read only where a policy asks for them", async () => {
  await createRole(world.clients, "by-tag", [
    { ...allow(["ecr:*"]), Condition: { StringEquals: { "aws:ResourceTag/team": "web" } } },
    allow(["ecr:GetAuthorizationToken"]),
  ]);
  const pulls = ["ecr:DescribeRepositories", "ecr:GetRepositoryPolicy", "ecr:DescribeImages"];
  const credentials = await user("puller", [...reading, ...pulls]);
  const made = definition({ image: `${account}.dkr.ecr.${region}.amazonaws.com/team/web:9` });
  const rulesOf = async (executionRoleArn: string) => {
    const { findings } = await world.check({ ...made, executionRoleArn }, { credentials });
    return findings.map(({ rule }) => rule).join(" ");
  };
  assert.equal(await rulesOf(role("execution")), "image-not-found");
  assert.equal(await rulesOf(role("by-tag")), "image-not-found not-seen");
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
