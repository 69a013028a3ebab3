import assert from "node:assert/strict";
import { test } from "node:test";
import { noSuch, openIam } from "../iam.fixture.ts";

test("AddUserToGroup adds a user once, and refuses a group or user that does not exist", async () => {
  await using context = await openIam();
  const { iam } = context;
  const membership = { GroupName: "ops", UserName: "bob" };
  await assert.rejects(iam.addUserToGroup(membership), noSuch("group", "ops"));
  await iam.createGroup(membership);
  await assert.rejects(iam.addUserToGroup(membership), noSuch("user", "bob"));
  await iam.createUser(membership);
  for (let time = 0; time < 2; time++) await iam.addUserToGroup(membership);
  const { Users: users } = await iam.getGroup(membership);
  assert.deepEqual(
    users?.map(({ UserName }) => UserName),
    ["bob"],
  );
});

test("AddUserToGroup puts a user into ten groups at most", async () => {
  await using context = await openIam();
  const { iam } = context;
  await iam.createUser({ UserName: "bob" });
  for (let number = 0; number <= 10; number++) {
    await iam.createGroup({ GroupName: `g${number}` });
    if (number < 10) await iam.addUserToGroup({ GroupName: `g${number}`, UserName: "bob" });
  }
  await assert.rejects(iam.addUserToGroup({ GroupName: "g10", UserName: "bob" }), {
    name: "LimitExceededException",
    message: "Cannot exceed quota for GroupsPerUser: 10",
  });
});

test("AddUserToGroup does not fill a group that was made anew in the meantime", async () => {
  await using context = await openIam();
  const { iam } = context;
  await iam.createUser({ UserName: "bob" });
  await iam.createGroup({ GroupName: "ops" });
  context.meanwhile(async () => {
    await iam.deleteGroup({ GroupName: "ops" });
    await iam.createGroup({ GroupName: "ops" });
  });
  await assert.rejects(iam.addUserToGroup({ GroupName: "ops", UserName: "bob" }), noSuch("group", "ops"));
  assert.deepEqual((await iam.getGroup({ GroupName: "ops" })).Users, []);
});
