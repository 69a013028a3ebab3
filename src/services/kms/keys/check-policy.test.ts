import assert from "node:assert/strict";
import { test } from "node:test";
import { CreateKeyCommand, PutKeyPolicyCommand } from "@aws-sdk/client-kms";
import { rootPrincipal } from "../../../../test/support/in-process.ts";
import type { Principal } from "../../../model/call.ts";
import { allow, openPolicies, policyOf, role, root } from "./policies.fixture.ts";

const encryptAll = { Effect: "Allow", Action: "kms:Encrypt", Resource: "*" };
const locksOut = "The new key policy will not allow you to update the key policy in the future.";
const put = "kms:PutKeyPolicy";
const newPolicies: [string, object, Principal, string | undefined][] = [
  ["the account named, from root", policyOf(root), rootPrincipal, undefined],
  ["the account named, from a role whose own policies do not allow it", policyOf(root), role, undefined],
  ["the author named", policyOf(allow({ Action: put })), role, undefined],
  ["somebody else named", policyOf(allow({ Action: put })), rootPrincipal, locksOut],
  ["the author named for something else", policyOf(allow({ Action: "kms:Decrypt" })), role, locksOut],
  ["the author denied", policyOf({ ...root, Effect: "Deny", Action: put }, root), rootPrincipal, locksOut],
];

for (const [name, policy, principal, message] of newPolicies) {
  test(`CreateKey and PutKeyPolicy ${message ? "refuse" : "take"} a policy with ${name}`, async () => {
    await using opened = await openPolicies();
    const { kms, caller } = opened;
    const { id } = await opened.create(policyOf(root, allow({ Action: put })));
    Object.assign(caller, { principal, identity: [{ Effect: "Allow", Action: "kms:CreateKey", Resource: "*" }] });
    const Policy = JSON.stringify(policy);
    for (const [locking, bypassing] of [
      [new CreateKeyCommand({ Policy }), new CreateKeyCommand({ Policy, BypassPolicyLockoutSafetyCheck: true })],
      [
        new PutKeyPolicyCommand({ KeyId: id, Policy }),
        new PutKeyPolicyCommand({ KeyId: id, Policy, BypassPolicyLockoutSafetyCheck: true }),
      ],
    ] as [CreateKeyCommand, CreateKeyCommand][]) {
      if (message) await assert.rejects(kms.send(locking), { name: "MalformedPolicyDocumentException", message });
      await kms.send(bypassing);
    }
  });
}

test("CreateKey and PutKeyPolicy refuse a malformed key policy", async () => {
  await using opened = await openPolicies();
  const { id } = await opened.create();
  for (const Policy of ["{", "[]", "{}", JSON.stringify(policyOf(encryptAll))]) {
    for (const command of [new CreateKeyCommand({ Policy }), new PutKeyPolicyCommand({ KeyId: id, Policy })]) {
      await assert.rejects(
        opened.kms.send(command as CreateKeyCommand),
        { name: "MalformedPolicyDocumentException" },
        Policy,
      );
    }
  }
});
