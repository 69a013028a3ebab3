import assert from "node:assert/strict";
import { test } from "node:test";
import { rootPrincipal } from "../../../../test/support/in-process.ts";
import { arnOf, executionPolicy, openIam, powerUser, readParameters, trust } from "../iam.fixture.ts";

test("GetPolicy shows how often a policy is used, AWS's own policies included", async () => {
  await using context = await openIam({ decides: true });
  const { iam } = context;
  await iam.createRole({ RoleName: "exec", AssumeRolePolicyDocument: trust() });
  await iam.attachRolePolicy({ RoleName: "exec", PolicyArn: executionPolicy });
  const { Policy: policy } = await iam.getPolicy({ PolicyArn: executionPolicy });
  assert.deepEqual(
    [policy?.PolicyName, policy?.Path, policy?.AttachmentCount, policy?.DefaultVersionId],
    ["AmazonECSTaskExecutionRolePolicy", "/service-role/", 1, "v1"],
  );
  for (const UserName of ["bob", "eve"]) await iam.createUser({ UserName, PermissionsBoundary: powerUser });
  await iam.attachUserPolicy({ UserName: "bob", PolicyArn: powerUser });
  const { Policy: used } = await iam.getPolicy({ PolicyArn: powerUser });
  assert.deepEqual([used?.AttachmentCount, used?.PermissionsBoundaryUsageCount], [1, 2]);
});

test("GetPolicy refuses a policy that does not exist, another account's, and an ARN of something else", async () => {
  await using context = await openIam();
  const { iam, caller } = context;
  const PolicyArn = (await iam.createPolicy({ PolicyName: "P", PolicyDocument: readParameters })).Policy?.Arn;
  await assert.rejects(iam.getPolicy({ PolicyArn: `${PolicyArn}none` }), { name: "NoSuchEntityException" });
  caller.principal = { ...rootPrincipal, account: "222222222222" };
  const message = `Policy ${PolicyArn} was not found.`;
  await assert.rejects(iam.getPolicy({ PolicyArn }), { name: "NoSuchEntityException", message });
  await assert.rejects(iam.getPolicy({ PolicyArn: arnOf("user/bob") }), { name: "InvalidInputException" });
});
