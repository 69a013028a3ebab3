import assert from "node:assert/strict";
import { test } from "node:test";
import { openIam, trust } from "../iam.fixture.ts";

test("DeleteServiceLinkedRole deletes the role, which can be made again", async () => {
  await using context = await openIam();
  const { iam } = context;
  await iam.createServiceLinkedRole({ AWSServiceName: "ecs.amazonaws.com" });
  const RoleName = "AWSServiceRoleForECS";
  const { DeletionTaskId } = await iam.deleteServiceLinkedRole({ RoleName });
  assert.match(
    DeletionTaskId ?? "",
    /^task\/aws-service-role\/ecs\.amazonaws\.com\/AWSServiceRoleForECS\/[0-9a-f-]{36}$/,
  );
  await assert.rejects(iam.getRole({ RoleName }), { name: "NoSuchEntityException" });
  await assert.rejects(iam.deleteServiceLinkedRole({ RoleName }), { name: "NoSuchEntityException" });
  await iam.createRole({ RoleName: "r", AssumeRolePolicyDocument: trust() });
  await assert.rejects(iam.deleteServiceLinkedRole({ RoleName: "r" }), { name: "NoSuchEntityException" });
  await iam.createServiceLinkedRole({ AWSServiceName: "ecs.amazonaws.com" });
});
