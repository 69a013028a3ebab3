import assert from "node:assert/strict";
import { test } from "node:test";
import { openIam } from "../iam.fixture.ts";

test("UpdateAccessKey switches a key off and on, and refuses another user's key", async () => {
  await using context = await openIam();
  const { iam, store } = context;
  for (const UserName of ["bob", "eve"]) await iam.createUser({ UserName });
  const { AccessKey: key } = await iam.createAccessKey({ UserName: "bob" });
  const AccessKeyId = key?.AccessKeyId ?? "";
  for (const Status of ["Inactive", "Active"] as const) {
    await iam.updateAccessKey({ UserName: "bob", AccessKeyId, Status });
    assert.equal((await store.accessKeys.find(AccessKeyId))?.active, Status === "Active");
  }
  await assert.rejects(iam.updateAccessKey({ UserName: "bob", AccessKeyId, Status: "Expired" }), {
    name: "InvalidInputException",
  });
  await assert.rejects(iam.updateAccessKey({ UserName: "eve", AccessKeyId, Status: "Inactive" }), {
    name: "NoSuchEntityException",
    message: `The Access Key with id ${AccessKeyId} cannot be found.`,
  });
});
