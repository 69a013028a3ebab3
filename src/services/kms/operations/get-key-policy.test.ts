import assert from "node:assert/strict";
import { test } from "node:test";
import { EncryptCommand, GetKeyPolicyCommand, ListKeyPoliciesCommand, PutKeyPolicyCommand } from "@aws-sdk/client-kms";
import { allow, openPolicies, policyOf, role, root } from "../keys/policies.fixture.ts";
import { Plaintext } from "../kms.fixture.ts";

test("GetKeyPolicy gives the default key policy, and then the one that PutKeyPolicy put", async () => {
  await using opened = await openPolicies();
  const { kms, caller } = opened;
  const { id, arn } = await opened.create();
  const first = await kms.send(new GetKeyPolicyCommand({ KeyId: id }));
  assert.equal(first.PolicyName, "default");
  assert.deepEqual(JSON.parse(first.Policy!), {
    Version: "2012-10-17",
    Id: "key-default-1",
    Statement: [{ Sid: "Enable IAM User Permissions", ...root }],
  });
  const Policy = JSON.stringify(policyOf(root, allow({ Action: "kms:Encrypt" })));
  await kms.send(new PutKeyPolicyCommand({ KeyId: arn, Policy, PolicyName: "default" }));
  assert.equal((await kms.send(new GetKeyPolicyCommand({ KeyId: id, PolicyName: "default" }))).Policy, Policy);
  assert.deepEqual((await kms.send(new ListKeyPoliciesCommand({ KeyId: id }))).PolicyNames, ["default"]);
  caller.principal = role;
  assert.ok((await kms.send(new EncryptCommand({ KeyId: id, Plaintext }))).CiphertextBlob);
});

test("GetKeyPolicy refuses another policy's name", async () => {
  await using opened = await openPolicies();
  const { id } = await opened.create();
  const expected = { name: "NotFoundException", message: "No such policy exists" };
  await assert.rejects(opened.kms.send(new GetKeyPolicyCommand({ KeyId: id, PolicyName: "other" })), expected);
});
