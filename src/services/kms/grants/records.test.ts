import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { IAM } from "@aws-sdk/client-iam";
import { type CreateGrantRequest, KMS, paginateListGrants } from "@aws-sdk/client-kms";
import { databases, type TestDatabase } from "../../../../test/support/databases.ts";
import { inProcess, rootPrincipal, testAccount, testCall } from "../../../../test/support/in-process.ts";
import { fakeClock } from "../../../clock.ts";
import { randomIds } from "../../../ids.ts";
import { keyring } from "../../../keyring/keyring.ts";
import type { Principal } from "../../../model/call.ts";
import { authorizer, iamService, iamStore, principalExists } from "../../iam/index.ts";
import { encryptionThrough, kmsService, kmsStore } from "../index.ts";
import { untold } from "../kms.fixture.ts";

const stranger: Principal = {
  kind: "root",
  arn: "arn:aws:iam::444455556666:root",
  account: "444455556666",
  userId: "444455556666",
  accessKeyId: "AKIAOTHER",
};
const Plaintext = Buffer.from("a secret");
const deny = (Action: string) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Deny", Action, Resource: "*" }] });

async function open(kind: TestDatabase) {
  const database = await kind.open();
  const clock = fakeClock();
  const sealing = keyring(randomBytes(32));
  const store = kmsStore(database, sealing, clock, randomIds, untold);
  const users = iamStore(database, sealing);
  const authorize = authorizer({ store: users });
  const caller: { principal: Principal } = { principal: rootPrincipal };
  const options = { clock, authorize, principal: () => caller.principal };
  const iam = new IAM(inProcess([iamService({ store: users, ids: randomIds })], { clock }));
  const kms = new KMS(
    inProcess([kmsService({ store, authorize, principalExists: (arn) => principalExists(users, arn) })], options),
  );
  async function user(UserName: string): Promise<Principal> {
    const { User } = await iam.createUser({ UserName });
    const { Arn: arn, UserId: userId } = User!;
    return { kind: "user", arn: arn!, account: testAccount, userId: userId!, userName: UserName, accessKeyId: "AKIA" };
  }
  const { Role } = await iam.createRole({ RoleName: "app", AssumeRolePolicyDocument: trust });
  const session: Principal = {
    kind: "assumed-role",
    arn: `arn:aws:sts::${testAccount}:assumed-role/app/task`,
    account: testAccount,
    userId: `${Role!.RoleId}:task`,
    accessKeyId: "ASIA",
    roleArn: Role!.Arn!,
  };
  const alice = await user("alice");
  const bob = await user("bob");
  const { KeyMetadata } = await kms.createKey({});
  const KeyId = KeyMetadata!.Arn!;
  return {
    kms,
    iam,
    store,
    clock,
    alice,
    bob,
    session,
    KeyId,
    encryption: encryptionThrough({ store }, authorize),
    as<T>(principal: Principal, ask: () => Promise<T>): Promise<T> {
      caller.principal = principal;
      return ask().finally(() => {
        caller.principal = rootPrincipal;
      });
    },
    grant: (grantee: Principal, more: Partial<CreateGrantRequest> = {}) =>
      kms.createGrant({
        KeyId,
        GranteePrincipal: grantee.roleArn ?? grantee.arn,
        Operations: ["Encrypt", "Decrypt"],
        ...more,
      }),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" }],
});
const denied = { name: "AccessDeniedException" };

for (const kind of databases()) {
  test(`CreateGrant allows its operations to its grantee until RevokeGrant (${kind.name})`, async () => {
    await using context = await open(kind);
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

  test(`a grant to a role covers its sessions, loses to a deny and ends at a boundary (${kind.name})`, async () => {
    await using context = await open(kind);
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
    await using context = await open(kind);
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
    await using context = await open(kind);
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

  test(`RetireGrant is for who the grant says and its account, not for a policy (${kind.name})`, async () => {
    await using context = await open(kind);
    const { kms, iam, as, alice, bob, grant, KeyId } = context;
    const { GrantId, GrantToken } = await grant(alice, { RetiringPrincipal: bob.arn });
    const byId = () => kms.retireGrant({ KeyId, GrantId });
    await assert.rejects(as(alice, byId), denied);
    await assert.rejects(
      as(stranger, () => kms.retireGrant({ GrantToken })),
      denied,
    );
    await assert.rejects(
      as(bob, () => kms.retireGrant({ GrantToken, DryRun: true })),
      { name: "DryRunOperationException" },
    );
    const { Grants } = await kms.listRetirableGrants({ RetiringPrincipal: bob.arn });
    assert.deepEqual(
      Grants?.map((each) => [each.GrantId, each.KeyId]),
      [[GrantId, KeyId]],
    );
    await as(bob, () => kms.retireGrant({ GrantToken }));
    await assert.rejects(as(bob, byId), { name: "NotFoundException" });
    const own = await grant(alice, { Operations: ["RetireGrant", "Encrypt"] });
    await as(alice, () => kms.retireGrant({ KeyId, GrantId: own.GrantId }));
    await kms.retireGrant({ GrantToken: (await grant(alice)).GrantToken });
    const delegated = await grant(alice);
    await iam.putUserPolicy({
      UserName: "bob",
      PolicyName: "retire",
      PolicyDocument: deny("kms:RetireGrant").replace("Deny", "Allow"),
    });
    await as(bob, () => kms.retireGrant({ GrantToken: delegated.GrantToken }));
    for (const input of [{}, { KeyId }, { GrantId }, { GrantToken, KeyId, GrantId }]) {
      await assert.rejects(kms.retireGrant(input), { name: "ValidationException" });
    }
    await assert.rejects(kms.retireGrant({ GrantToken: "AAAA" }), { name: "InvalidGrantTokenException" });
  });

  test(`a grant reaches another account's principal without a policy there (${kind.name})`, async () => {
    await using context = await open(kind);
    const { kms, as, grant, KeyId } = context;
    const encrypt = () => as(stranger, () => kms.encrypt({ KeyId, Plaintext }));
    await assert.rejects(encrypt(), denied);
    await grant(stranger);
    await encrypt();
  });

  test(`ListGrants pages and filters (${kind.name})`, async () => {
    await using context = await open(kind);
    const { kms, alice, bob, grant, KeyId } = context;
    const ids: string[] = [];
    for (const who of [alice, alice, bob]) ids.push((await grant(who)).GrantId!);
    const listed: string[] = [];
    for await (const { Grants } of paginateListGrants({ client: kms, pageSize: 2 }, { KeyId })) {
      listed.push(...Grants!.map((each) => each.GrantId!));
    }
    assert.deepEqual(listed, ids.sort());
    assert.equal((await kms.listGrants({ KeyId, GranteePrincipal: alice.arn })).Grants?.length, 2);
    assert.equal((await kms.listGrants({ KeyId, GrantId: ids[0]! })).Grants?.length, 1);
    await assert.rejects(kms.listGrants({ KeyId, Marker: "x" }), { name: "InvalidMarkerException" });
  });

  test(`CreateGrant repeated with a name gives the same id and a token as good (${kind.name})`, async () => {
    await using context = await open(kind);
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

  test(`CreateGrant refuses what cannot be granted (${kind.name})`, async () => {
    await using context = await open(kind);
    const { kms, alice, grant, KeyId } = context;
    const cases: [Partial<CreateGrantRequest>, string][] = [
      [{ Operations: ["Sign"] }, "ValidationException"],
      [{ Operations: [] }, "ValidationException"],
      [{ Operations: ["CreateGrant"] }, "ValidationException"],
      [{ Constraints: { EncryptionContextEquals: {}, EncryptionContextSubset: {} } }, "ValidationException"],
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

  test(`other services decrypt by a grant, and its key's deletion ends it (${kind.name})`, async () => {
    await using context = await open(kind);
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
    assert.deepEqual(Buffer.from((await decrypt()).plaintext), Plaintext);
    await kms.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 });
    clock.advance(8 * 24 * 60 * 60 * 1000);
    assert.deepEqual((await kms.listRetirableGrants({ RetiringPrincipal: session.roleArn! })).Grants, []);
    assert.equal(await store.deletions.removeDue(), 1);
  });

  test(`PutKeyPolicy refuses principals that are not there, and policies over 32 KiB (${kind.name})`, async () => {
    await using context = await open(kind);
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

  test(`Decrypt and ReEncrypt without a ciphertext only say whether they may (${kind.name})`, async () => {
    await using context = await open(kind);
    const { kms, as, alice, grant, KeyId } = context;
    const modifiers = { DryRun: true, DryRunModifiers: ["IGNORE_CIPHERTEXT" as const] };
    const decrypt = () => as(alice, () => kms.decrypt({ KeyId, ...modifiers }));
    await assert.rejects(decrypt(), denied);
    await grant(alice);
    await assert.rejects(decrypt(), { name: "DryRunOperationException" });
    const reEncrypt = { SourceKeyId: KeyId, DestinationKeyId: KeyId, ...modifiers };
    await assert.rejects(kms.reEncrypt(reEncrypt), { name: "DryRunOperationException" });
    await assert.rejects(kms.decrypt({ KeyId, ...modifiers, DryRun: false }), { name: "ValidationException" });
    await assert.rejects(kms.decrypt(modifiers), { name: "ValidationException" });
  });

  test(`custom key stores are refused, after authorisation (${kind.name})`, async () => {
    await using context = await open(kind);
    const { kms, as, alice } = context;
    const describe = () => kms.describeCustomKeyStores({});
    await assert.rejects(describe(), { name: "UnsupportedOperationException" });
    await assert.rejects(as(alice, describe), denied);
    const CustomKeyStoreId = "cks-1234567890abcdef0";
    for (const ask of [
      () => kms.createCustomKeyStore({ CustomKeyStoreName: "s" }),
      () => kms.connectCustomKeyStore({ CustomKeyStoreId }),
      () => kms.disconnectCustomKeyStore({ CustomKeyStoreId }),
      () => kms.updateCustomKeyStore({ CustomKeyStoreId }),
      () => kms.deleteCustomKeyStore({ CustomKeyStoreId }),
      () => kms.createKey({ CustomKeyStoreId }),
      () => kms.createKey({ Origin: "AWS_CLOUDHSM" }),
      () => kms.createKey({ Origin: "EXTERNAL_KEY_STORE" }),
    ]) {
      await assert.rejects(ask(), { name: "UnsupportedOperationException" });
    }
  });
}
