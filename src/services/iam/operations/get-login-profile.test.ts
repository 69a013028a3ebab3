import assert from "node:assert/strict";
import { test } from "node:test";
import { noSuch, openIam } from "../iam.fixture.ts";

test("GetLoginProfile shows a login profile without its password, and refuses a user without one", async () => {
  await using context = await openIam();
  const { iam, clock } = context;
  const user = { UserName: "bob" };
  await iam.createUser(user);
  await assert.rejects(iam.getLoginProfile(user), {
    name: "NoSuchEntityException",
    message: "Login Profile for User bob cannot be found.",
  });
  await iam.createLoginProfile({ ...user, Password: "Abc1!efgh" });
  assert.deepEqual((await iam.getLoginProfile(user)).LoginProfile, {
    UserName: "bob",
    CreateDate: clock.now(),
    PasswordResetRequired: false,
  });
  await assert.rejects(iam.getLoginProfile({ UserName: "none" }), noSuch("user", "none"));
});
