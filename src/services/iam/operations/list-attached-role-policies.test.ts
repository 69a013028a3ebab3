import assert from "node:assert/strict";
import { test } from "node:test";
import { executionPolicy, noSuch, openIam, powerUser, trust } from "../iam.fixture.ts";

test("ListAttachedRolePolicies shows the policies below a path, page by page", async () => {
  await using context = await openIam();
  const { iam } = context;
  const role = { RoleName: "exec" };
  await iam.createRole({ ...role, AssumeRolePolicyDocument: trust() });
  for (const PolicyArn of [executionPolicy, powerUser]) await iam.attachRolePolicy({ ...role, PolicyArn });
  const service = await iam.listAttachedRolePolicies({ ...role, PathPrefix: "/service-role/" });
  assert.deepEqual(service.AttachedPolicies, [
    { PolicyName: "AmazonECSTaskExecutionRolePolicy", PolicyArn: executionPolicy },
  ]);
  const first = await iam.listAttachedRolePolicies({ ...role, MaxItems: 1 });
  const second = await iam.listAttachedRolePolicies({ ...role, MaxItems: 1, Marker: first.Marker });
  assert.deepEqual(
    [first, second].map(({ AttachedPolicies, IsTruncated }) => [AttachedPolicies?.[0]?.PolicyArn, IsTruncated]),
    [
      [executionPolicy, true],
      [powerUser, false],
    ],
  );
  await assert.rejects(iam.listAttachedRolePolicies({ RoleName: "none" }), noSuch("role", "none"));
});
