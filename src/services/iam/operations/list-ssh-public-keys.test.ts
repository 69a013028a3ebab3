import assert from "node:assert/strict";
import { test } from "node:test";
import { noSuch, openIam } from "../iam.fixture.ts";

test("ListSSHPublicKeys is empty for users that exist, and refuses others", async () => {
  await using context = await openIam();
  const { iam } = context;
  const user = { UserName: "bob" };
  await iam.createUser(user);
  assert.deepEqual((await iam.listSSHPublicKeys(user)).SSHPublicKeys, []);
  await assert.rejects(iam.listSSHPublicKeys({ UserName: "none" }), noSuch("user", "none"));
  await assert.rejects(iam.listSSHPublicKeys({ ...user, Marker: "no marker" }), { name: "ValidationError" });
});
