import assert from "node:assert/strict";
import { test } from "node:test";
import { openIam } from "../iam.fixture.ts";
import { bobsKey } from "../ssh-public-key.fixture.ts";

test("DeleteSSHPublicKey deletes a key once", async () => {
  await using context = await openIam();
  const { iam } = context;
  const user = { UserName: "bob" };
  await iam.createUser(user);
  const { SSHPublicKey: made } = await iam.uploadSSHPublicKey({ ...user, SSHPublicKeyBody: bobsKey.line });
  const key = { ...user, SSHPublicKeyId: made?.SSHPublicKeyId };
  await iam.deleteSSHPublicKey(key);
  assert.deepEqual((await iam.listSSHPublicKeys(user)).SSHPublicKeys, []);
  await assert.rejects(iam.deleteSSHPublicKey(key), {
    name: "NoSuchEntityException",
    message: `The Public Key with id ${made?.SSHPublicKeyId} cannot be found.`,
  });
});
