import assert from "node:assert/strict";
import { test } from "node:test";
import { noSuch, openIam } from "../iam.fixture.ts";
import { bobsKey, newLine } from "../ssh-public-key.fixture.ts";

test("ListSSHPublicKeys shows a user's keys page by page, and refuses users that do not exist", async () => {
  await using context = await openIam();
  const { iam, clock } = context;
  const user = { UserName: "bob" };
  await iam.createUser(user);
  assert.deepEqual((await iam.listSSHPublicKeys(user)).SSHPublicKeys, []);
  const ids = new Set<string | undefined>();
  for (const SSHPublicKeyBody of [bobsKey.line, newLine()]) {
    ids.add((await iam.uploadSSHPublicKey({ ...user, SSHPublicKeyBody })).SSHPublicKey?.SSHPublicKeyId);
  }
  const first = await iam.listSSHPublicKeys({ ...user, MaxItems: 1 });
  const second = await iam.listSSHPublicKeys({ ...user, MaxItems: 1, Marker: first.Marker });
  const shown = [...(first.SSHPublicKeys ?? []), ...(second.SSHPublicKeys ?? [])];
  assert.deepEqual(new Set(shown.map(({ SSHPublicKeyId }) => SSHPublicKeyId)), ids);
  for (const { SSHPublicKeyId, ...rest } of shown) {
    assert.deepEqual(rest, { ...user, Status: "Active", UploadDate: clock.now() });
  }
  await assert.rejects(iam.listSSHPublicKeys({ UserName: "none" }), noSuch("user", "none"));
  await assert.rejects(iam.listSSHPublicKeys({ ...user, Marker: "no marker" }), { name: "ValidationError" });
});
