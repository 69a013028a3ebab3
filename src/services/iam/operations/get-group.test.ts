import assert from "node:assert/strict";
import { test } from "node:test";
import { openIam } from "../iam.fixture.ts";

test("GetGroup shows a group with its users page by page", async () => {
  await using context = await openIam();
  const { iam } = context;
  const { Group: created } = await iam.createGroup({ GroupName: "ops", Path: "/x/" });
  for (const UserName of ["eve", "bob", "Carol"]) {
    await iam.createUser({ UserName });
    await iam.addUserToGroup({ GroupName: "ops", UserName });
  }
  const first = await iam.getGroup({ GroupName: "ops", MaxItems: 2 });
  assert.deepEqual(first.Group, created);
  assert.deepEqual([first.Users?.map(({ UserName }) => UserName), first.IsTruncated], [["bob", "Carol"], true]);
  const rest = await iam.getGroup({ GroupName: "ops", MaxItems: 2, Marker: first.Marker });
  assert.deepEqual([rest.Users?.map(({ UserName }) => UserName), rest.IsTruncated], [["eve"], false]);
  await assert.rejects(iam.getGroup({ GroupName: "none" }), {
    name: "NoSuchEntityException",
    message: "The group with name none cannot be found.",
  });
});
