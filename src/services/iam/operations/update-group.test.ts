import assert from "node:assert/strict";
import { test } from "node:test";
import { arnOf, noSuch, openIam, readParameters } from "../iam.fixture.ts";

test("UpdateGroup renames and moves a group, whose users and policies stay", async () => {
  await using context = await openIam();
  const { iam } = context;
  await iam.createGroup({ GroupName: "dev" });
  await iam.createGroup({ GroupName: "old" });
  await iam.createUser({ UserName: "bob" });
  await iam.addUserToGroup({ GroupName: "old", UserName: "bob" });
  await iam.putGroupPolicy({ GroupName: "old", PolicyName: "a", PolicyDocument: readParameters });
  await assert.rejects(iam.updateGroup({ GroupName: "old", NewGroupName: "Dev" }), {
    message: "Group with name Dev already exists.",
  });
  await iam.updateGroup({ GroupName: "old", NewGroupName: "OLD" });
  await iam.updateGroup({ GroupName: "OLD", NewGroupName: "ops", NewPath: "/y/" });
  const { Group: group, Users: users } = await iam.getGroup({ GroupName: "ops" });
  assert.deepEqual([group?.Arn, users?.length], [arnOf("group/y/ops"), 1]);
  assert.deepEqual((await iam.listGroupPolicies({ GroupName: "ops" })).PolicyNames, ["a"]);
  await assert.rejects(iam.updateGroup({ GroupName: "old" }), noSuch("group", "old"));
});
