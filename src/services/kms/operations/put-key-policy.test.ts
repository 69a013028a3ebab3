import assert from "node:assert/strict";
import { test } from "node:test";
import { PutKeyPolicyCommand } from "@aws-sdk/client-kms";
import { databases } from "../../../../test/support/databases.ts";
import { rootPrincipal, testAccount } from "../../../../test/support/in-process.ts";
import { openGrants, stranger } from "../grants/grants.fixture.ts";
import { allow, denied, openPolicies, policyOf, role, root } from "../keys/policies.fixture.ts";
import { openKms, Plaintext } from "../kms.fixture.ts";

test("PutKeyPolicy changes who may use the key", async () => {
  await using opened = await openPolicies();
  const { kms, as } = opened;
  const { id: KeyId, arn } = await opened.create();
  const encrypt = () => as(role, () => kms.encrypt({ KeyId, Plaintext }));
  await assert.rejects(encrypt(), denied(role, "kms:Encrypt", arn, "identity"));
  const Policy = JSON.stringify(policyOf(root, allow({ Action: "kms:Encrypt" })));
  await kms.putKeyPolicy({ KeyId, Policy });
  assert.equal((await encrypt()).KeyId, arn);
});

test("PutKeyPolicy refuses another policy's name", async () => {
  await using opened = await openPolicies();
  const { id } = await opened.create();
  const Policy = JSON.stringify(policyOf(root));
  const expected = { name: "NotFoundException", message: "No such policy exists" };
  await assert.rejects(opened.kms.send(new PutKeyPolicyCommand({ KeyId: id, PolicyName: "other", Policy })), expected);
});

test("PutKeyPolicy refuses an alias ARN", async () => {
  await using opened = await openKms();
  const KeyId = `arn:aws:kms:us-east-1:${testAccount}:alias/foo`;
  await assert.rejects(opened.kms.putKeyPolicy({ KeyId, Policy: "{}" }), {
    name: "InvalidArnException",
    message: "Key Aliases are not supported for this operation",
  });
});

for (const kind of databases()) {
  test(`PutKeyPolicy refuses principals that are not there, and policies over 32 KiB (${kind.name})`, async () => {
    await using context = await openGrants(kind);
    const { kms, KeyId, alice } = context;
    const policy = (AWS: string, Sid = "a") =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          { Sid: "root", Effect: "Allow", Principal: { AWS: rootPrincipal.arn }, Action: "kms:*", Resource: "*" },
          { Sid, Effect: "Allow", Principal: { AWS }, Action: "kms:Decrypt", Resource: "*" },
        ],
      });
    await kms.putKeyPolicy({ KeyId, Policy: policy(alice.arn) });
    await kms.putKeyPolicy({ KeyId, Policy: policy(stranger.arn) });
    const message = "Policy contains a statement with one or more invalid principals.";
    for (const arn of [`${alice.arn}2`, alice.arn.replace("user/", "user/path/"), alice.arn.replace("user", "role")]) {
      await assert.rejects(kms.putKeyPolicy({ KeyId, Policy: policy(arn) }), {
        name: "MalformedPolicyDocumentException",
        message,
      });
    }
    const Policy = policy(alice.arn, "a".repeat(33_000));
    await assert.rejects(kms.putKeyPolicy({ KeyId, Policy }), { name: "LimitExceededException" });
  });
}
