import assert from "node:assert/strict";
import { test } from "node:test";
import * as sdk from "@aws-sdk/client-iam";
import { allow, document, openIam, powerUser, trust } from "../iam.fixture.ts";

async function openWithEntities() {
  const context = await openIam();
  const { iam } = context;
  await iam.createUser({ UserName: "bob", PermissionsBoundary: powerUser, Tags: [{ Key: "a", Value: "b" }] });
  await iam.createUser({ UserName: "eve" });
  await iam.createGroup({ GroupName: "ops" });
  await iam.addUserToGroup({ GroupName: "ops", UserName: "bob" });
  await iam.createRole({ RoleName: "r", AssumeRolePolicyDocument: trust() });
  await iam.createInstanceProfile({ InstanceProfileName: "i" });
  await iam.addRoleToInstanceProfile({ InstanceProfileName: "i", RoleName: "r" });
  const PolicyDocument = document(allow(["kms:Decrypt", "SSM:Get*"]));
  const mine = (await iam.createPolicy({ PolicyName: "mine", PolicyDocument, Description: "d" })).Policy?.Arn ?? "";
  await iam.createPolicyVersion({ PolicyArn: mine, PolicyDocument: document(allow("ssm:*")) });
  await iam.attachGroupPolicy({ GroupName: "ops", PolicyArn: mine });
  await iam.attachRolePolicy({ RoleName: "r", PolicyArn: powerUser });
  await iam.putGroupPolicy({ GroupName: "ops", PolicyName: "in", PolicyDocument: document(allow("ecs:*")) });
  await iam.putUserPolicy({ UserName: "bob", PolicyName: "in", PolicyDocument: document(allow("*")) });
  return { ...context, mine };
}

test("GetAccountAuthorizationDetails shows who may do what", async () => {
  await using context = await openWithEntities();
  const { iam, mine } = context;
  const details = await iam.getAccountAuthorizationDetails({});
  const [bob, eve] = details.UserDetailList ?? [];
  assert.deepEqual(
    [bob?.UserName, bob?.GroupList, bob?.Tags, bob?.PermissionsBoundary?.PermissionsBoundaryArn],
    ["bob", ["ops"], [{ Key: "a", Value: "b" }], powerUser],
  );
  assert.equal(decodeURIComponent(bob?.UserPolicyList?.[0]?.PolicyDocument ?? ""), document(allow("*")));
  assert.deepEqual([eve?.UserName, eve?.GroupList, eve?.UserPolicyList], ["eve", [], []]);
  const [group] = details.GroupDetailList ?? [];
  assert.deepEqual(group?.AttachedManagedPolicies, [{ PolicyName: "mine", PolicyArn: mine }]);
  assert.equal(group?.GroupPolicyList?.[0]?.PolicyName, "in");
  const [role] = details.RoleDetailList ?? [];
  assert.equal(role?.InstanceProfileList?.[0]?.InstanceProfileName, "i");
  assert.deepEqual(role?.RoleLastUsed, {});
  assert.equal(decodeURIComponent(role?.AssumeRolePolicyDocument ?? ""), trust());
  const [own, aws] = details.Policies ?? [];
  assert.deepEqual(
    own?.PolicyVersionList?.map(({ VersionId, IsDefaultVersion }) => [VersionId, IsDefaultVersion]),
    [
      ["v2", false],
      ["v1", true],
    ],
  );
  assert.deepEqual([own?.Arn, own?.AttachmentCount, own?.Description], [mine, 1, "d"]);
  assert.deepEqual([aws?.Arn, aws?.AttachmentCount, aws?.PermissionsBoundaryUsageCount], [powerUser, 1, 1]);
  assert.equal(details.Policies?.length, 2);
});

test("GetAccountAuthorizationDetails filters, and pages through all kinds", async () => {
  await using context = await openWithEntities();
  const { iam } = context;
  const names: (string | undefined)[] = [];
  const config = { client: iam, pageSize: 1 };
  for await (const page of sdk.paginateGetAccountAuthorizationDetails(config, {})) {
    names.push(...(page.UserDetailList ?? []).map(({ UserName }) => UserName));
    names.push(...(page.GroupDetailList ?? []).map(({ GroupName }) => GroupName));
    names.push(...(page.RoleDetailList ?? []).map(({ RoleName }) => RoleName));
    names.push(...(page.Policies ?? []).map(({ PolicyName }) => PolicyName));
  }
  assert.deepEqual(names, ["bob", "eve", "ops", "r", "mine", "PowerUserAccess"]);
  const some = await iam.getAccountAuthorizationDetails({ Filter: ["Group", "AWSManagedPolicy"] });
  assert.deepEqual(
    [some.UserDetailList?.length, some.GroupDetailList?.length, some.RoleDetailList?.length, some.Policies?.length],
    [0, 1, 0, 1],
  );
  await assert.rejects(iam.getAccountAuthorizationDetails({ Marker: "!" }), { name: "ValidationError" });
});
