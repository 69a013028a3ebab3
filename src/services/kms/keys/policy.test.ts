import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import {
  CreateAliasCommand,
  CreateKeyCommand,
  DecryptCommand,
  DeleteAliasCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GetKeyPolicyCommand,
  KMSClient,
  ListKeyPoliciesCommand,
  PutKeyPolicyCommand,
  ReEncryptCommand,
  ScheduleKeyDeletionCommand,
  TagResourceCommand,
  UpdateAliasCommand,
  UpdateKeyDescriptionCommand,
} from "@aws-sdk/client-kms";
import { inProcess, rootPrincipal, testAccount, testCall, testRegion } from "../../../../test/support/in-process.ts";
import { fakeClock } from "../../../clock.ts";
import { randomIds } from "../../../ids.ts";
import { keyring } from "../../../keyring/keyring.ts";
import type { Authorize, Principal } from "../../../model/call.ts";
import { denialMessage, evaluate, parsePolicy } from "../../../policy/index.ts";
import { openSqlite } from "../../../storage/sqlite.ts";
import { encryptionThrough, kmsService, kmsStore } from "../index.ts";
import { untold } from "../kms.fixture.ts";

const roleArn = `arn:aws:iam::${testAccount}:role/app`;
const role: Principal = {
  kind: "assumed-role",
  arn: `arn:aws:sts::${testAccount}:assumed-role/app/task`,
  account: testAccount,
  userId: "AROATEST:task",
  accessKeyId: "ASIATEST",
  roleArn,
};
const stranger: Principal = {
  ...role,
  account: "444455556666",
  arn: "arn:aws:iam::444455556666:user/eve",
  kind: "user",
};
const Plaintext = Buffer.from("a secret");

type Statements = readonly object[];

/** Key policies and identity policies decided by the real engine. */
function enforcing(identity: () => Statements): Authorize {
  return async (call, access) => {
    const conditions = Object.entries({ "aws:ViaAWSService": "false", ...access.conditions });
    const request = {
      principal: call.principal,
      action: access.action,
      resource: access.resource,
      resourceAccount: access.resourceAccount ?? call.account,
      context: Object.fromEntries(conditions.map(([name, value]) => [name.toLowerCase(), value])),
    };
    const { resourcePolicy } = access;
    const decision = evaluate(request, {
      identity: identity().map((statement) => ({
        name: "inline",
        policy: parsePolicy({ Version: "2012-10-17", Statement: [statement] }, "identity"),
      })),
      ...(resourcePolicy && {
        resource: { name: resourcePolicy.name, policy: parsePolicy(resourcePolicy.document, "resource") },
        resourceRule: resourcePolicy.rule,
      }),
    });
    return decision.effect === "allow" ? undefined : denialMessage(request, decision);
  };
}

async function openKms() {
  const database = await openSqlite(":memory:");
  const clock = fakeClock();
  const store = kmsStore(database, keyring(randomBytes(32)), clock, randomIds, untold);
  const caller: { principal: Principal; identity: Statements } = { principal: rootPrincipal, identity: [] };
  const authorize = enforcing(() => caller.identity);
  const kms = new KMSClient(
    inProcess([kmsService({ store, authorize })], { clock, authorize, principal: () => caller.principal }),
  );
  return {
    kms,
    store,
    caller,
    encryption: encryptionThrough({ store }, authorize),
    async create(policy?: object) {
      const Policy = policy && JSON.stringify(policy);
      const input = { ...(Policy && { Policy, BypassPolicyLockoutSafetyCheck: true }) };
      const { KeyMetadata } = await kms.send(
        new CreateKeyCommand({ ...input, Tags: [{ TagKey: "team", TagValue: "blue" }] }),
      );
      return { id: KeyMetadata!.KeyId!, arn: KeyMetadata!.Arn! };
    },
    call: (principal: Principal) => testCall(clock, principal),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}

function denied(principal: Principal, action: string, arn: string, kind: string) {
  const message = `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${arn} because no ${kind}-based policy allows the ${action} action`;
  return { name: "AccessDeniedException", message };
}

const allow = (more: object) => ({ Effect: "Allow", Principal: { AWS: roleArn }, Resource: "*", ...more });
const root = {
  Effect: "Allow",
  Principal: { AWS: `arn:aws:iam::${testAccount}:root` },
  Action: "kms:*",
  Resource: "*",
};
const policyOf = (...Statement: object[]) => ({ Version: "2012-10-17", Statement });
const encryptAll = { Effect: "Allow", Action: "kms:Encrypt", Resource: "*" };

/** What a role asks with `EncryptionContext: {tenant: "a"}`; `undefined` where it is allowed, else the kind that denies. */
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
    await using opened = await openKms();
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
  await using opened = await openKms();
  const { id, arn } = await opened.create(policyOf(allow({ Action: "kms:*" })));
  await assert.rejects(
    opened.kms.send(new DescribeKeyCommand({ KeyId: id })),
    denied(rootPrincipal, "kms:DescribeKey", arn, "resource"),
  );
});

test("A key is used by another account that its policy names, and by no other means", async () => {
  await using opened = await openKms();
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
  assert.deepEqual(Buffer.from(decrypted.Plaintext!), Plaintext);
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

test("CreateAlias needs permission at the alias and at the key, UpdateAlias at both keys", async () => {
  await using opened = await openKms();
  const { kms, caller } = opened;
  const [first, second] = [await opened.create(), await opened.create()];
  const alias = `arn:aws:kms:us-east-1:${testAccount}:alias/app`;
  const grant = (...Resource: string[]) => ({ Effect: "Allow", Action: "kms:*Alias", Resource });
  const create = () => kms.send(new CreateAliasCommand({ AliasName: "alias/app", TargetKeyId: first.id }));
  const update = () => kms.send(new UpdateAliasCommand({ AliasName: "alias/app", TargetKeyId: second.id }));
  const remove = () => kms.send(new DeleteAliasCommand({ AliasName: "alias/app" }));
  caller.principal = role;
  const steps: [string, string[], () => Promise<unknown>, string | undefined][] = [
    ["CreateAlias", [first.arn], create, alias],
    ["CreateAlias", [alias], create, first.arn],
    ["CreateAlias", [alias, first.arn], create, undefined],
    ["UpdateAlias", [alias, first.arn], update, second.arn],
    ["UpdateAlias", [alias, second.arn], update, first.arn],
    ["UpdateAlias", [alias, first.arn, second.arn], update, undefined],
    ["DeleteAlias", [alias, first.arn], remove, second.arn],
    ["DeleteAlias", [alias, second.arn], remove, undefined],
  ];
  for (const [operation, resources, run, refusedAt] of steps) {
    caller.identity = [grant(...resources)];
    if (refusedAt) await assert.rejects(run(), denied(role, `kms:${operation}`, refusedAt, "identity"));
    else await run();
  }
});

test("ReEncrypt needs permission at both keys", async () => {
  await using opened = await openKms();
  const { kms, caller } = opened;
  const [source, destination] = [await opened.create(), await opened.create()];
  const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId: source.id, Plaintext }));
  const command = () => kms.send(new ReEncryptCommand({ CiphertextBlob, DestinationKeyId: destination.id }));
  const from = { Effect: "Allow", Action: "kms:ReEncryptFrom", Resource: source.arn };
  const to = { Effect: "Allow", Action: "kms:ReEncryptTo", Resource: destination.arn };
  caller.principal = role;
  caller.identity = [to];
  await assert.rejects(command(), denied(role, "kms:ReEncryptFrom", source.arn, "identity"));
  caller.identity = [from];
  await assert.rejects(command(), denied(role, "kms:ReEncryptTo", destination.arn, "identity"));
  caller.identity = [from, to];
  assert.equal((await command()).KeyId, destination.arn);
});

test("An AWS managed key is used by everyone through its service, and read but not used directly", async () => {
  await using opened = await openKms();
  const { kms, encryption, call } = opened;
  const encryptionContext = { a: "b" };
  const { ciphertext, keyArn } = await encryption.encrypt(call(role), {
    service: "ssm",
    plaintext: Plaintext,
    encryptionContext,
  });
  const decrypt = (service: "ssm" | "secretsmanager", principal: Principal) =>
    encryption.decrypt(call(principal), { service, ciphertext, encryptionContext });
  assert.deepEqual(Buffer.from((await decrypt("ssm", role)).plaintext), Plaintext);
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
  await using database = await openSqlite(":memory:");
  const clock = fakeClock();
  const store = kmsStore(database, keyring(randomBytes(32)), clock, randomIds, untold);
  const kms = new KMSClient(inProcess([kmsService({ store, authorize: async () => undefined })], { clock }));
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

test("GetKeyPolicy gives the default key policy, and then what PutKeyPolicy put", async () => {
  await using opened = await openKms();
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
    await using opened = await openKms();
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

test("CreateKey and PutKeyPolicy refuse what is no key policy", async () => {
  await using opened = await openKms();
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

test("GetKeyPolicy and PutKeyPolicy know the policy named default only", async () => {
  await using opened = await openKms();
  const { id } = await opened.create();
  const Policy = JSON.stringify(policyOf(root));
  const expected = { name: "NotFoundException", message: "No such policy exists" };
  await assert.rejects(opened.kms.send(new GetKeyPolicyCommand({ KeyId: id, PolicyName: "other" })), expected);
  await assert.rejects(opened.kms.send(new PutKeyPolicyCommand({ KeyId: id, PolicyName: "other", Policy })), expected);
});

test("CreateKey with tags needs permission to tag", async () => {
  await using opened = await openKms();
  const { kms, caller } = opened;
  const create = () => kms.send(new CreateKeyCommand({ Tags: [{ TagKey: "team", TagValue: "blue" }] }));
  const createOnly = { Effect: "Allow", Action: "kms:CreateKey", Resource: "*" };
  const tag = { Effect: "Allow", Action: "kms:TagResource", Resource: `arn:aws:kms:*:${testAccount}:key/*` };
  caller.principal = role;
  caller.identity = [createOnly];
  const anyKey = `arn:aws:kms:us-east-1:${testAccount}:key/*`;
  await assert.rejects(create(), denied(role, "kms:TagResource", anyKey, "identity"));
  caller.identity = [createOnly, tag];
  assert.ok((await create()).KeyMetadata);
  caller.identity = [createOnly, { ...tag, Condition: { StringEquals: { "aws:RequestTag/team": "red" } } }];
  await assert.rejects(create(), { name: "AccessDeniedException" });
});
