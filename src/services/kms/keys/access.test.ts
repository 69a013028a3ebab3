import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CreateAliasCommand,
  DecryptCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GetKeyPolicyCommand,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
  TagResourceCommand,
  UpdateKeyDescriptionCommand,
} from "@aws-sdk/client-kms";
import { rootPrincipal, testRegion } from "../../../../test/support/in-process.ts";
import type { Principal } from "../../../model/call.ts";
import { openKms, Plaintext } from "../kms.fixture.ts";
import { allow, denied, openPolicies, policyOf, role, root, type Statements, stranger } from "./policies.fixture.ts";

const encryptAll = { Effect: "Allow", Action: "kms:Encrypt", Resource: "*" };

/** Cases of a request of a role with `EncryptionContext: {tenant: "a"}`; the last member is the kind of policy that denies it. */
const cases: [string, object | undefined, Statements, string | undefined][] = [
  ["the default key policy and no identity policy", undefined, [], "identity"],
  ["the default key policy and an identity policy", undefined, [encryptAll], undefined],
  ["a key policy that names the role", policyOf(allow({ Action: "kms:Encrypt" })), [], undefined],
  [
    "a key policy that names the role for Decrypt only",
    policyOf(allow({ Action: "kms:Decrypt" })),
    [encryptAll],
    "resource",
  ],
  [
    "the right encryption context",
    policyOf(allow({ Action: "kms:*", Condition: { StringEquals: { "kms:EncryptionContext:tenant": "a" } } })),
    [],
    undefined,
  ],
  [
    "another encryption context",
    policyOf(allow({ Action: "kms:*", Condition: { StringEquals: { "kms:EncryptionContext:tenant": "b" } } })),
    [],
    "resource",
  ],
  [
    "the right keys of the encryption context",
    policyOf(
      allow({
        Action: "kms:*",
        Condition: { "ForAllValues:StringEquals": { "kms:EncryptionContextKeys": ["tenant"] } },
      }),
    ),
    [],
    undefined,
  ],
  [
    "another service's use",
    undefined,
    [{ ...encryptAll, Condition: { StringEquals: { "kms:ViaService": "ssm.us-east-1.amazonaws.com" } } }],
    "identity",
  ],
  [
    "the right alias in the request",
    undefined,
    [{ ...encryptAll, Condition: { StringEquals: { "kms:RequestAlias": "alias/app" } } }],
    undefined,
  ],
  [
    "the right alias at the key",
    undefined,
    [{ ...encryptAll, Condition: { "ForAnyValue:StringLike": { "kms:ResourceAliases": "alias/a*" } } }],
    undefined,
  ],
  [
    "the right tag",
    undefined,
    [{ ...encryptAll, Condition: { StringEquals: { "aws:ResourceTag/team": "blue" } } }],
    undefined,
  ],
  [
    "another tag",
    undefined,
    [{ ...encryptAll, Condition: { StringEquals: { "aws:ResourceTag/team": "red" } } }],
    "identity",
  ],
];

for (const [name, policy, identity, denier] of cases) {
  test(`Encrypt is ${denier ? "denied" : "allowed"} with ${name}`, async () => {
    await using opened = await openPolicies();
    const { kms, caller, store } = opened;
    const { id, arn } = await opened.create(policy);
    await store.aliases.create(opened.call(rootPrincipal), "alias/app", { region: testRegion, id: id }, () => {});
    Object.assign(caller, { principal: role, identity });
    const command = new EncryptCommand({ KeyId: "alias/app", Plaintext, EncryptionContext: { tenant: "a" } });
    if (denier) await assert.rejects(kms.send(command), denied(role, "kms:Encrypt", arn, denier));
    else assert.ok((await kms.send(command)).CiphertextBlob);
  });
}

test("A key policy that does not name the account keeps even its root out", async () => {
  await using opened = await openPolicies();
  const { id, arn } = await opened.create(policyOf(allow({ Action: "kms:*" })));
  await assert.rejects(
    opened.kms.send(new DescribeKeyCommand({ KeyId: id })),
    denied(rootPrincipal, "kms:DescribeKey", arn, "resource"),
  );
});

test("A key is used by another account that its policy names, and by no other means", async () => {
  await using opened = await openPolicies();
  const { kms, caller } = opened;
  const shared = {
    ...root,
    Principal: { AWS: "arn:aws:iam::444455556666:root" },
    Action: ["kms:Encrypt", "kms:Decrypt"],
  };
  const { id, arn } = await opened.create(policyOf(root, shared));
  const own = await opened.create();
  const { CiphertextBlob: ownBlob } = await kms.send(new EncryptCommand({ KeyId: own.id, Plaintext }));
  Object.assign(caller, { principal: stranger, identity: [{ Effect: "Allow", Action: "kms:*", Resource: "*" }] });
  const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId: arn, Plaintext }));
  const decrypted = await kms.send(new DecryptCommand({ CiphertextBlob }));
  assert.deepEqual(decrypted.Plaintext, Plaintext);
  assert.equal(decrypted.KeyId, arn);
  await assert.rejects(
    kms.send(new DisableKeyCommand({ KeyId: arn })),
    denied(stranger, "kms:DisableKey", arn, "resource"),
  );
  await assert.rejects(
    kms.send(new DecryptCommand({ CiphertextBlob: ownBlob })),
    denied(stranger, "kms:Decrypt", own.arn, "resource"),
  );
  await assert.rejects(kms.send(new EncryptCommand({ KeyId: id, Plaintext })), {
    name: "NotFoundException",
    message: `Key 'arn:aws:kms:us-east-1:444455556666:key/${id}' does not exist`,
  });
});

test("An AWS managed key is used by everyone through its service, and read but not used directly", async () => {
  await using opened = await openPolicies();
  const { kms, encryption, call } = opened;
  const encryptionContext = { a: "b" };
  const { ciphertext, keyArn } = await encryption.encrypt(call(role), {
    service: "ssm",
    plaintext: Plaintext,
    encryptionContext,
  });
  const decrypt = (service: "ssm" | "secretsmanager", principal: Principal) =>
    encryption.decrypt(call(principal), { service, ciphertext, encryptionContext });
  assert.deepEqual(Buffer.from((await decrypt("ssm", role)).plaintext), Buffer.from(Plaintext));
  await assert.rejects(decrypt("secretsmanager", role), {
    message: denied(role, "kms:Decrypt", keyArn, "resource").message,
  });
  await assert.rejects(decrypt("ssm", stranger), {
    message: denied(stranger, "kms:Decrypt", keyArn, "resource").message,
  });
  const forSecrets = await encryption.encrypt(call(role), {
    service: "secretsmanager",
    plaintext: Plaintext,
    encryptionContext,
  });
  assert.notEqual(forSecrets.keyArn, keyArn);

  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: "alias/aws/ssm" }));
  assert.equal(KeyMetadata?.KeyManager, "AWS");
  assert.equal(KeyMetadata?.Arn, keyArn);
  const { Policy } = await kms.send(new GetKeyPolicyCommand({ KeyId: keyArn }));
  assert.ok(Policy?.includes('"auto-ssm-1"'));
  const use: [string, Promise<unknown>][] = [
    ["Encrypt", kms.send(new EncryptCommand({ KeyId: "alias/aws/ssm", Plaintext }))],
    ["Decrypt", kms.send(new DecryptCommand({ CiphertextBlob: ciphertext, EncryptionContext: encryptionContext }))],
    ["GenerateDataKey", kms.send(new GenerateDataKeyCommand({ KeyId: keyArn, KeySpec: "AES_256" }))],
  ];
  for (const [operation, promise] of use) {
    await assert.rejects(promise, denied(rootPrincipal, `kms:${operation}`, keyArn, "resource"));
  }
});

test("An AWS managed key is changed by nobody, whatever policies say", async () => {
  await using opened = await openKms();
  const { kms } = opened;
  const described = await kms.send(new DescribeKeyCommand({ KeyId: "alias/aws/secretsmanager" }));
  const { KeyId, Arn } = described.KeyMetadata!;
  const commands: [string, object][] = [
    ["DisableKey", new DisableKeyCommand({ KeyId })],
    ["ScheduleKeyDeletion", new ScheduleKeyDeletionCommand({ KeyId })],
    ["PutKeyPolicy", new PutKeyPolicyCommand({ KeyId, Policy: "{}" })],
    ["TagResource", new TagResourceCommand({ KeyId, Tags: [] })],
    ["UpdateKeyDescription", new UpdateKeyDescriptionCommand({ KeyId, Description: "" })],
    ["CreateAlias", new CreateAliasCommand({ AliasName: "alias/mine", TargetKeyId: KeyId })],
  ];
  for (const [operation, command] of commands) {
    await assert.rejects(
      kms.send(command as DisableKeyCommand),
      denied(rootPrincipal, `kms:${operation}`, Arn!, "resource"),
    );
  }
  assert.deepEqual((await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata, described.KeyMetadata);
});
