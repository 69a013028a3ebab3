import assert from "node:assert/strict";
import { test } from "node:test";
import { openIam } from "../iam.fixture.ts";
import { bobsKey } from "../ssh-public-key.fixture.ts";

test("UpdateSSHPublicKey switches a key off and on, and refuses another user's key", async () => {
  await using context = await openIam();
  const { iam } = context;
  for (const UserName of ["bob", "eve"]) await iam.createUser({ UserName });
  const { SSHPublicKey: made } = await iam.uploadSSHPublicKey({ UserName: "bob", SSHPublicKeyBody: bobsKey.line });
  const key = { UserName: "bob", SSHPublicKeyId: made?.SSHPublicKeyId };
  for (const Status of ["Inactive", "Active"] as const) {
    await iam.updateSSHPublicKey({ ...key, Status });
    assert.equal((await iam.listSSHPublicKeys({ UserName: "bob" })).SSHPublicKeys?.[0]?.Status, Status);
  }
  await assert.rejects(iam.updateSSHPublicKey({ ...key, Status: "Expired" }), { name: "InvalidInputException" });
  await assert.rejects(iam.updateSSHPublicKey({ ...key, UserName: "eve", Status: "Inactive" }), {
    name: "NoSuchEntityException",
    message: `The Public Key with id ${made?.SSHPublicKeyId} cannot be found.`,
  });
});
