import assert from "node:assert/strict";
import { test } from "node:test";
import { noSuch, openIam } from "../iam.fixture.ts";

test("RemoveUserFromGroup removes a user, who need not be in the group", async () => {
  await using context = await openIam();
  const { iam } = context;
  const membership = { GroupName: "ops", UserName: "bob" };
  await iam.createGroup(membership);
  await iam.createUser(membership);
  await iam.addUserToGroup(membership);
  for (let time = 0; time < 2; time++) await iam.removeUserFromGroup(membership);
  assert.deepEqual((await iam.getGroup(membership)).Users, []);
  await assert.rejects(iam.removeUserFromGroup({ GroupName: "none", UserName: "eve" }), {
    name: "NoSuchEntityException",
    message: "The user with name eve cannot be found.",
  });
  await assert.rejects(iam.removeUserFromGroup({ ...membership, GroupName: "none" }), noSuch("group", "none"));
});
