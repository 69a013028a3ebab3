import assert from "node:assert/strict";
import { test } from "node:test";
import type { CreateGrantRequest } from "@aws-sdk/client-kms";
import { databases } from "../../../../test/support/databases.ts";
import { rootPrincipal, testAccount } from "../../../../test/support/in-process.ts";
import { openGrants } from "../grants/grants.fixture.ts";
import { Plaintext } from "../kms.fixture.ts";

const denied = { name: "AccessDeniedException" };
for (const kind of databases()) {
  test(`CreateGrant allows its operations to its grantee until RevokeGrant (${kind.name})`, async () => {
    await using context = await openGrants(kind);
    const { kms, as, alice, bob, grant, KeyId } = context;
    const encrypt = () => kms.encrypt({ KeyId, Plaintext });
    await assert.rejects(as(alice, encrypt), denied);
    const { GrantId } = await grant(alice, { Name: "n" });
    const { CiphertextBlob } = await as(alice, encrypt);
    await as(alice, () => kms.decrypt({ CiphertextBlob }));
    await assert.rejects(as(bob, encrypt), denied);
    await assert.rejects(
      as(alice, () => kms.describeKey({ KeyId })),
      denied,
    );
    const { Grants } = await kms.listGrants({ KeyId });
    assert.deepEqual(Grants, [
      {
        KeyId,
        GrantId,
        Name: "n",
        CreationDate: Grants![0]!.CreationDate,
        GranteePrincipal: alice.arn,
        IssuingAccount: rootPrincipal.arn,
        Operations: ["Decrypt", "Encrypt"],
      },
    ]);
    await assert.rejects(
      as(alice, () => kms.revokeGrant({ KeyId, GrantId })),
      denied,
    );
    await assert.rejects(kms.revokeGrant({ KeyId, GrantId, DryRun: true }), { name: "DryRunOperationException" });
    await as(alice, encrypt);
    await kms.revokeGrant({ KeyId, GrantId });
    await assert.rejects(as(alice, encrypt), denied);
    await assert.rejects(kms.revokeGrant({ KeyId, GrantId }), { name: "NotFoundException" });
    await assert.rejects(kms.revokeGrant({ KeyId, GrantId: "x" }), { name: "InvalidGrantIdException" });
  });

  test(`CreateGrant repeated with a name gives the same id and a token as good (${kind.name})`, async () => {
    await using context = await openGrants(kind);
    const { kms, alice, grant } = context;
    const first = await grant(alice, { Name: "retry" });
    const again = await grant(alice, { Name: "retry", Operations: ["Decrypt", "Encrypt"] });
    assert.equal(again.GrantId, first.GrantId);
    assert.notEqual(again.GrantToken, first.GrantToken);
    assert.notEqual((await grant(alice, { Name: "retry", Operations: ["Decrypt"] })).GrantId, first.GrantId);
    assert.notEqual((await grant(alice)).GrantId, (await grant(alice)).GrantId);
    await kms.retireGrant({ GrantToken: again.GrantToken });
    await assert.rejects(kms.retireGrant({ GrantToken: first.GrantToken }), { name: "NotFoundException" });
  });

  test(`CreateGrant takes an empty encryption context for no constraint (${kind.name})`, async () => {
    await using context = await openGrants(kind);
    const { kms, bob, grant, KeyId } = context;
    const given = { a: "1" };
    for (const [Constraints, shown] of [
      [{ EncryptionContextEquals: given, EncryptionContextSubset: {} }, { EncryptionContextEquals: given }],
      [{ EncryptionContextEquals: {}, EncryptionContextSubset: given }, { EncryptionContextSubset: given }],
      [{ EncryptionContextEquals: {}, EncryptionContextSubset: {} }, undefined],
      [{}, undefined],
    ] as const) {
      const { GrantId } = await grant(bob, { Constraints });
      const { Grants } = await kms.listGrants({ KeyId, GrantId: GrantId! });
      assert.deepEqual(Grants?.[0]?.Constraints, shown);
    }
  });

  test(`CreateGrant refuses operations, principals and constraints that cannot be granted (${kind.name})`, async () => {
    await using context = await openGrants(kind);
    const { kms, alice, grant, KeyId } = context;
    const cases: [Partial<CreateGrantRequest>, string][] = [
      [{ Operations: ["Sign"] }, "ValidationException"],
      [{ Operations: [] }, "ValidationException"],
      [{ Operations: ["CreateGrant"] }, "ValidationException"],
      [
        { Constraints: { EncryptionContextEquals: { a: "1" }, EncryptionContextSubset: { b: "1" } } },
        "ValidationException",
      ],
      [{ GranteePrincipal: "sns.amazonaws.com" }, "InvalidArnException"],
      [{ GranteePrincipal: `arn:aws:iam::${testAccount}:group/g` }, "InvalidArnException"],
      [{ RetiringPrincipal: "arn:aws:s3:::b" }, "InvalidArnException"],
      [{ GranteePrincipal: `arn:aws:iam::${testAccount}:user/nobody` }, "InvalidArnException"],
      [{ RetiringPrincipal: `arn:aws:sts::${testAccount}:assumed-role/nobody/s` }, "InvalidArnException"],
      [{ KeyId: "alias/aws/ssm" }, "NotFoundException"],
      [{ GrantTokens: ["nonsense"] }, "InvalidGrantTokenException"],
      [{ DryRun: true }, "DryRunOperationException"],
    ];
    for (const [more, name] of cases) await assert.rejects(grant(alice, more), { name }, JSON.stringify(more));
    await assert.rejects(kms.encrypt({ KeyId, Plaintext, GrantTokens: ["x"] }), { name: "InvalidGrantTokenException" });
    assert.deepEqual((await kms.listGrants({ KeyId })).Grants, []);
    await kms.disableKey({ KeyId });
    await assert.rejects(grant(alice), { name: "DisabledException" });
  });
}
