import assert from "node:assert/strict";
import { test } from "node:test";
import { openIam } from "../iam.fixture.ts";

test("DeleteLoginProfile deletes a login profile once", async () => {
  await using context = await openIam();
  const { iam } = context;
  const user = { UserName: "bob" };
  await iam.createUser(user);
  await iam.createLoginProfile({ ...user, Password: "Abc1!efgh" });
  await iam.deleteLoginProfile(user);
  await assert.rejects(iam.getLoginProfile(user), { name: "NoSuchEntityException" });
  await assert.rejects(iam.deleteLoginProfile(user), { name: "NoSuchEntityException" });
});
