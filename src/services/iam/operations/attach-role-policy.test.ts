import assert from "node:assert/strict";
import { test } from "node:test";
import type * as sdk from "@aws-sdk/client-iam";
import {
  concurrent,
  executionPolicy,
  noSuch,
  openIam,
  powerUser,
  readParameters,
  refusal,
  trust,
} from "../iam.fixture.ts";

const role = { RoleName: "exec" };
const made = { ...role, AssumeRolePolicyDocument: trust() };

test("AttachRolePolicy takes ten policies, each once", async () => {
  await using context = await openIam();
  const { iam } = context;
  await iam.createRole(made);
  const arns = [executionPolicy];
  for (let index = 0; index < 10; index++) {
    const policy = await iam.createPolicy({ PolicyName: `p${index}`, Path: "/x/", PolicyDocument: readParameters });
    arns.push(policy.Policy?.Arn ?? "");
  }
  for (const PolicyArn of [...arns.slice(0, 10), executionPolicy]) await iam.attachRolePolicy({ ...role, PolicyArn });
  await assert.rejects(iam.attachRolePolicy({ ...role, PolicyArn: arns[10] }), {
    name: "LimitExceededException",
    message: "Cannot exceed quota for PoliciesPerRole: 10",
  });
  assert.equal((await iam.listAttachedRolePolicies(role)).AttachedPolicies?.length, 10);
});

test("AttachRolePolicy refuses what is not a policy of the account or AWS's", async () => {
  await using context = await openIam();
  const { iam } = context;
  await iam.createRole(made);
  const none = "arn:aws:iam::aws:policy/None";
  await assert.rejects(
    iam.attachRolePolicy({ ...role, PolicyArn: none }),
    refusal("NoSuchEntity", 404, `Policy ${none} does not exist or is not attachable.`),
  );
  await assert.rejects(
    iam.attachRolePolicy({ ...role, PolicyArn: "AmazonSSMReadOnlyAccess" }),
    refusal("ValidationError", 400, "Invalid ARN:  Could not be parsed!"),
  );
  await assert.rejects(iam.attachRolePolicy({ RoleName: "none", PolicyArn: powerUser }), noSuch("role", "none"));
});

test("AttachRolePolicy attaches nothing to a role that was made anew in the meantime", async () => {
  await using context = await openIam();
  const { iam } = context;
  await iam.createRole(made);
  context.meanwhile(async () => {
    await iam.deleteRole(role);
    await iam.createRole(made);
  });
  await assert.rejects(iam.attachRolePolicy({ ...role, PolicyArn: powerUser }), noSuch("role", "exec"));
  assert.deepEqual((await iam.listAttachedRolePolicies(role)).AttachedPolicies, []);
});

test("AttachRolePolicy refuses where policies would see another role by now", async (t) => {
  const changes: readonly (readonly [string, (iam: sdk.IAM) => Promise<unknown>])[] = [
    ["another tag", (iam) => iam.tagRole({ ...role, Tags: [{ Key: "team", Value: "b" }] })],
    ["no boundary", (iam) => iam.deleteRolePermissionsBoundary(role)],
    ["another boundary", (iam) => iam.putRolePermissionsBoundary({ ...role, PermissionsBoundary: executionPolicy })],
    ["another path", (iam) => iam.deleteRole(role).then(() => iam.createRole({ ...made, Path: "/x/" }))],
  ];
  for (const [name, change] of changes) {
    await t.test(name, async () => {
      await using context = await openIam();
      const { iam } = context;
      await iam.createRole({ ...made, PermissionsBoundary: powerUser, Tags: [{ Key: "team", Value: "a" }] });
      context.meanwhile(() => change(iam));
      const refused = name === "another path" ? noSuch("role", "exec") : concurrent;
      await assert.rejects(iam.attachRolePolicy({ ...role, PolicyArn: powerUser }), refused);
      assert.deepEqual((await iam.listAttachedRolePolicies(role)).AttachedPolicies, []);
    });
  }
});

test("AttachRolePolicy does not mind a change that policies do not see", async () => {
  await using context = await openIam();
  const { iam } = context;
  await iam.createRole(made);
  context.meanwhile(() => iam.updateRole({ ...role, Description: "new" }));
  await iam.attachRolePolicy({ ...role, PolicyArn: powerUser });
  assert.equal((await iam.listAttachedRolePolicies(role)).AttachedPolicies?.length, 1);
});
