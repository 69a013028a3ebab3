import assert from "node:assert/strict";
import { test } from "node:test";
import type { CreateGrantRequest } from "@aws-sdk/client-kms";
import { databases } from "../../../../test/support/databases.ts";
import { rootPrincipal, testCall } from "../../../../test/support/in-process.ts";
import type { Principal } from "../../../model/call.ts";
import { Plaintext } from "../kms.fixture.ts";
import { openGrants, stranger } from "./grants.fixture.ts";

const denied = { name: "AccessDeniedException" };
const deny = (Action: string) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Deny", Action, Resource: "*" }] });

for (const kind of databases()) {
  test(`a grant to a role covers its sessions, loses to a deny and ends at a boundary (${kind.name})`, async () => {
    await using context = await openGrants(kind);
    const { kms, iam, as, session, grant, KeyId } = context;
    const encrypt = () => as(session, () => kms.encrypt({ KeyId, Plaintext }));
    await grant(session);
    await encrypt();
    await iam.putRolePolicy({ RoleName: "app", PolicyName: "no", PolicyDocument: deny("kms:Encrypt") });
    await assert.rejects(encrypt(), /explicit deny in an identity-based policy/);
    await iam.deleteRolePolicy({ RoleName: "app", PolicyName: "no" });
    await iam.putRolePermissionsBoundary({
      RoleName: "app",
      PermissionsBoundary: "arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess",
    });
    await assert.rejects(encrypt(), /no permissions boundary allows/);
  });

  test(`a grant's constraint decides by the encryption context (${kind.name})`, async () => {
    await using context = await openGrants(kind);
    const { kms, as, alice, bob, grant, KeyId } = context;
    await grant(alice, { Constraints: { EncryptionContextSubset: { Tenant: "a*" } } });
    await grant(bob, { Constraints: { EncryptionContextEquals: { tenant: "a" } } });
    const encrypt = (who: Principal, EncryptionContext?: Record<string, string>) =>
      as(who, () => kms.encrypt({ KeyId, Plaintext, ...(EncryptionContext && { EncryptionContext }) }));
    await encrypt(alice, { tenant: "a*", more: "b" });
    await assert.rejects(encrypt(alice, { Tenant: "ab" }), denied);
    await assert.rejects(encrypt(alice), denied);
    await encrypt(bob, { tenant: "a" });
    await assert.rejects(encrypt(bob, { tenant: "a", more: "b" }), denied);
    await assert.rejects(encrypt(bob), denied);
  });

  test(`a grant made through a grant allows no more than that one (${kind.name})`, async () => {
    await using context = await openGrants(kind);
    const { as, alice, bob, grant } = context;
    const Constraints = { EncryptionContextSubset: { tenant: "a" } };
    await grant(alice, { Operations: ["Encrypt", "CreateGrant"], Constraints });
    const child = (more: Partial<CreateGrantRequest>) => as(alice, () => grant(bob, more));
    await child({ Operations: ["Encrypt"], Constraints });
    await child({ Operations: ["Encrypt"], Constraints: { EncryptionContextSubset: { tenant: "a", b: "c" } } });
    await child({ Operations: ["Encrypt"], Constraints: { EncryptionContextEquals: { tenant: "a" } } });
    await assert.rejects(child({ Operations: ["Encrypt"] }), denied);
    await assert.rejects(child({ Operations: ["Encrypt", "Decrypt"], Constraints }), denied);
    await assert.rejects(
      child({ Operations: ["Encrypt"], Constraints: { EncryptionContextSubset: { b: "c" } } }),
      denied,
    );
  });

  test(`a grant reaches another account's principal without a policy there (${kind.name})`, async () => {
    await using context = await openGrants(kind);
    const { kms, as, grant, KeyId } = context;
    const encrypt = () => as(stranger, () => kms.encrypt({ KeyId, Plaintext }));
    await assert.rejects(encrypt(), denied);
    await grant(stranger);
    await encrypt();
  });

  test(`other services decrypt by a grant, and its key's deletion ends it (${kind.name})`, async () => {
    await using context = await openGrants(kind);
    const { kms, store, clock, session, encryption, grant, KeyId } = context;
    const call = testCall(clock, session);
    const encryptionContext = { PARAMETER_ARN: "p" };
    const { ciphertext } = await encryption.encrypt(
      { ...call, principal: rootPrincipal },
      { service: "ssm", keyId: KeyId, plaintext: Plaintext, encryptionContext },
    );
    const decrypt = () => encryption.decrypt(call, { service: "ssm", ciphertext, encryptionContext });
    await assert.rejects(decrypt(), /not authorized to perform: kms:Decrypt/);
    await grant(session, {
      RetiringPrincipal: session.roleArn!,
      Constraints: { EncryptionContextEquals: encryptionContext },
    });
    assert.deepEqual(Buffer.from((await decrypt()).plaintext), Buffer.from(Plaintext));
    await kms.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 });
    clock.advance(8 * 24 * 60 * 60 * 1000);
    assert.deepEqual((await kms.listRetirableGrants({ RetiringPrincipal: session.roleArn! })).Grants, []);
    assert.equal(await store.deletions.removeDue(), 1);
  });
}
