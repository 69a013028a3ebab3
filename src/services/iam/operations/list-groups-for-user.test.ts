import assert from "node:assert/strict";
import { test } from "node:test";
import { noSuch, openIam } from "../iam.fixture.ts";

test("ListGroupsForUser shows a user's groups, and refuses a user that does not exist", async () => {
  await using context = await openIam();
  const { iam } = context;
  const { Group: created } = await iam.createGroup({ GroupName: "ops", Path: "/x/" });
  await iam.createGroup({ GroupName: "dev" });
  await iam.createUser({ UserName: "bob" });
  await iam.addUserToGroup({ GroupName: "ops", UserName: "bob" });
  assert.deepEqual((await iam.listGroupsForUser({ UserName: "bob" })).Groups, [created]);
  await assert.rejects(iam.listGroupsForUser({ UserName: "none" }), noSuch("user", "none"));
});
