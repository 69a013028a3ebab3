import assert from "node:assert/strict";
import { test } from "node:test";
import { noSuch, openIam } from "../iam.fixture.ts";

test("DeleteAccessKey deletes a key once", async () => {
  await using context = await openIam();
  const { iam } = context;
  const user = { UserName: "bob" };
  await iam.createUser(user);
  const { AccessKey: made } = await iam.createAccessKey(user);
  const key = { ...user, AccessKeyId: made?.AccessKeyId };
  await iam.deleteAccessKey(key);
  assert.deepEqual((await iam.listAccessKeys(user)).AccessKeyMetadata, []);
  await assert.rejects(iam.deleteAccessKey(key), {
    name: "NoSuchEntityException",
    message: `The Access Key with id ${made?.AccessKeyId} cannot be found.`,
  });
  await assert.rejects(iam.deleteAccessKey({ ...key, UserName: "none" }), noSuch("user", "none"));
});
