import assert from "node:assert/strict";
import { test } from "node:test";
import { openIam, refusal } from "../iam.fixture.ts";
import { bobsKey } from "../ssh-public-key.fixture.ts";

test("GetSSHPublicKey shows a key as a line or in PEM, whichever it was uploaded in", async () => {
  await using context = await openIam();
  const { iam } = context;
  const user = { UserName: "bob" };
  await iam.createUser(user);
  for (const SSHPublicKeyBody of [bobsKey.pem, bobsKey.line]) {
    const { SSHPublicKey: made } = await iam.uploadSSHPublicKey({ ...user, SSHPublicKeyBody });
    const key = { ...user, SSHPublicKeyId: made?.SSHPublicKeyId };
    const line = await iam.getSSHPublicKey({ ...key, Encoding: "SSH" });
    const pem = await iam.getSSHPublicKey({ ...key, Encoding: "PEM" });
    assert.deepEqual(line.SSHPublicKey, { ...made, SSHPublicKeyBody: bobsKey.line });
    assert.deepEqual(pem.SSHPublicKey, { ...made, SSHPublicKeyBody: bobsKey.pem });
    await iam.deleteSSHPublicKey(key);
  }
  const none = "APKAAAAAAAAAAAAAAAAA";
  await assert.rejects(
    iam.getSSHPublicKey({ ...user, SSHPublicKeyId: none, Encoding: "SSH" }),
    refusal("NoSuchEntity", 404, `The Public Key with id ${none} cannot be found.`),
  );
});
