import assert from "node:assert/strict";
import { test } from "node:test";
import { noSuch, openIam, powerUser, readParameters } from "../iam.fixture.ts";

test("DeleteGroup wants a group without users and policies", async () => {
  await using context = await openIam();
  const { iam } = context;
  const group = { GroupName: "ops" };
  await iam.createGroup(group);
  await iam.createGroup({ GroupName: "dev" });
  await iam.createUser({ UserName: "bob" });
  await iam.addUserToGroup({ ...group, UserName: "bob" });
  await iam.putGroupPolicy({ ...group, PolicyName: "a", PolicyDocument: readParameters });
  const conflict = (message: string) => ({ name: "DeleteConflictException", message });
  await assert.rejects(iam.deleteGroup(group), conflict("Cannot delete entity, must remove users from group first."));
  await iam.removeUserFromGroup({ ...group, UserName: "bob" });
  await assert.rejects(iam.deleteGroup(group), conflict("Cannot delete entity, must delete policies first."));
  await iam.deleteGroupPolicy({ ...group, PolicyName: "a" });
  await iam.attachGroupPolicy({ ...group, PolicyArn: powerUser });
  await assert.rejects(iam.deleteGroup(group), conflict("Cannot delete entity, must detach all policies first."));
  await iam.detachGroupPolicy({ ...group, PolicyArn: powerUser });
  await iam.deleteGroup(group);
  assert.deepEqual(
    (await iam.listGroups({})).Groups?.map((group) => group.GroupName),
    ["dev"],
  );
  await assert.rejects(iam.deleteGroup(group), noSuch("group", "ops"));
});
