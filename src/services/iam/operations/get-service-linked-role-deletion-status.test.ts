import assert from "node:assert/strict";
import { test } from "node:test";
import { openIam } from "../iam.fixture.ts";

test("GetServiceLinkedRoleDeletionStatus shows the outcome of a deletion, and refuses other tasks", async () => {
  await using context = await openIam();
  const { iam } = context;
  await iam.createServiceLinkedRole({ AWSServiceName: "ecs.amazonaws.com" });
  const { DeletionTaskId } = await iam.deleteServiceLinkedRole({ RoleName: "AWSServiceRoleForECS" });
  assert.equal((await iam.getServiceLinkedRoleDeletionStatus({ DeletionTaskId })).Status, "SUCCEEDED");
  const other = DeletionTaskId?.replace(/.$/, "x");
  await assert.rejects(iam.getServiceLinkedRoleDeletionStatus({ DeletionTaskId: other }), {
    name: "NoSuchEntityException",
  });
  await assert.rejects(iam.getServiceLinkedRoleDeletionStatus({ DeletionTaskId: "task/x" }), {
    name: "InvalidInputException",
  });
});
