import assert from "node:assert/strict";
import { test } from "node:test";
import * as sdk from "@aws-sdk/client-iam";
import { openIam, powerUser, readParameters, trust } from "../iam.fixture.ts";

test("ListEntitiesForPolicy shows who uses a policy, and how", async () => {
  await using context = await openIam();
  const { iam } = context;
  const PolicyArn = (await iam.createPolicy({ PolicyName: "P", PolicyDocument: readParameters })).Policy?.Arn;
  await iam.createUser({ UserName: "bob", PermissionsBoundary: PolicyArn });
  await iam.createRole({ RoleName: "exec", AssumeRolePolicyDocument: trust() });
  await iam.attachRolePolicy({ RoleName: "exec", PolicyArn });
  const entities = await iam.listEntitiesForPolicy({ PolicyArn });
  assert.deepEqual(
    [entities.PolicyRoles?.map(({ RoleName }) => RoleName), entities.PolicyUsers?.map(({ UserName }) => UserName)],
    [["exec"], ["bob"]],
  );
  const attachedOnly = await iam.listEntitiesForPolicy({ PolicyArn, PolicyUsageFilter: "PermissionsPolicy" });
  assert.deepEqual([attachedOnly.PolicyRoles?.length, attachedOnly.PolicyUsers?.length ?? 0], [1, 0]);
  await assert.rejects(iam.listEntitiesForPolicy({ PolicyArn: `${PolicyArn}none` }), {
    name: "NoSuchEntityException",
    message: `Policy ${PolicyArn}none was not found.`,
  });
});

test("ListEntitiesForPolicy filters by kind, and pages through all kinds", async () => {
  await using context = await openIam();
  const { iam } = context;
  const PolicyArn = powerUser;
  await iam.createGroup({ GroupName: "ops" });
  await iam.attachGroupPolicy({ GroupName: "ops", PolicyArn });
  const { PolicyGroups: groups } = await iam.listEntitiesForPolicy({ PolicyArn, EntityFilter: "Group" });
  assert.deepEqual(
    groups?.map((group) => group.GroupName),
    ["ops"],
  );
  assert.deepEqual((await iam.listEntitiesForPolicy({ PolicyArn, EntityFilter: "User" })).PolicyGroups, []);
  assert.deepEqual((await iam.listEntitiesForPolicy({ PolicyArn, EntityFilter: "AWSManagedPolicy" })).PolicyGroups, []);
  await iam.createUser({ UserName: "bob", PermissionsBoundary: PolicyArn });
  await iam.createUser({ UserName: "Al" });
  for (const UserName of ["bob", "Al"]) await iam.attachUserPolicy({ UserName, PolicyArn });
  const found: (string | undefined)[] = [];
  for await (const page of sdk.paginateListEntitiesForPolicy({ client: iam, pageSize: 1 }, { PolicyArn })) {
    found.push(...(page.PolicyGroups ?? []).map((group) => group.GroupName));
    found.push(...(page.PolicyUsers ?? []).map((user) => user.UserName));
  }
  assert.deepEqual(found, ["ops", "Al", "bob"]);
  const bounded = await iam.listEntitiesForPolicy({ PolicyArn, PolicyUsageFilter: "PermissionsBoundary" });
  assert.deepEqual([bounded.PolicyUsers?.length, bounded.PolicyGroups?.length], [1, 0]);
  const { Policy } = await iam.getPolicy({ PolicyArn });
  assert.deepEqual([Policy?.AttachmentCount, Policy?.PermissionsBoundaryUsageCount], [3, 1]);
});
