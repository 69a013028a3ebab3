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
import { inProcess, rootPrincipal, testAccount } from "../../../test/support/in-process.ts";
import type { Authorize, Principal } from "../../aws/call.ts";
import { fakeClock } from "../../clock.ts";
import { randomIds } from "../../ids.ts";
import { keyring } from "../../keyring/keyring.ts";
import { denialMessage, evaluate, parsePolicy } from "../../policy/index.ts";
import { openSqlite } from "../../storage/sqlite.ts";
import { encryptionThrough, keyStore, kmsService } from "./index.ts";

const roleArn = `arn:aws:iam::${testAccount}:role/app`;
const role: Principal = {
  kind: "assumed-role",
  arn: `arn:aws:sts::${testAccount}:assumed-role/app/task`,
  account: testAccount,
  userId: "AROATEST:task",
  accessKeyId: "ASIATEST",
  roleArn,
};
const stranger: Principal = { ...role, account: "444455556666", arn: "arn:aws:iam::444455556666:user/eve", kind: "user" };
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
  const keys = keyStore(database, keyring(randomBytes(32)), clock, randomIds);
  const caller: { principal: Principal; identity: Statements } = { principal: rootPrincipal, identity: [] };
  const authorize = enforcing(() => caller.identity);
  const kms = new KMSClient(
    inProcess([kmsService({ keys, authorize })], { clock, authorize, principal: () => caller.principal }),
  );
  return {
    kms,
    caller,
    encryption: encryptionThrough({ keys }, authorize),
    async create(policy?: object) {
      const Policy = policy && JSON.stringify(policy);
      const input = { ...(Policy && { Policy, BypassPolicyLockoutSafetyCheck: true }) };
      const { KeyMetadata } = await kms.send(
        new CreateKeyCommand({ ...input, Tags: [{ TagKey: "team", TagValue: "blue" }] }),
      );
      return { id: KeyMetadata!.KeyId!, arn: KeyMetadata!.Arn! };
    },
    call: (principal: Principal) => ({
      requestId: "",
      principal,
      account: principal.account,
      region: "us-east-1",
      partition: "aws",
      time: clock.now(),
      sourceIp: "127.0.0.1",
      userAgent: "",
    }),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}

function denied(principal: Principal, action: string, arn: string, kind: string) {
  const message = `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${arn} because no ${kind}-based policy allows the ${action} action`;
  return { name: "AccessDeniedException", message };
}

const allow = (more: object) => ({ Effect: "Allow", Principal: { AWS: roleArn }, Resource: "*", ...more });
const root = { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${testAccount}:root` }, Action: "kms:*", Resource: "*" };
const policyOf = (...Statement: object[]) => ({ Version: "2012-10-17", Statement });
const encryptAll = { Effect: "Allow", Action: "kms:Encrypt", Resource: "*" };

/** What a role asks with `EncryptionContext: {tenant: "a"}`; `undefined` where it is allowed, else the kind that denies. */
const cases: [string, object | undefined, Statements, string | undefined][] = [
  ["the default key policy and no identity policy", undefined, [], "identity"],
  ["the default key policy and an identity policy", undefined, [encryptAll], undefined],
  ["a key policy that names the role", policyOf(allow({ Action: "kms:Encrypt" })), [], undefined],
  ["a key policy that names the role for Decrypt only", policyOf(allow({ Action: "kms:Decrypt" })), [encryptAll], "resource"],
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
      allow({ Action: "kms:*", Condition: { "ForAllValues:StringEquals": { "kms:EncryptionContextKeys": ["tenant"] } } }),
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
    const { kms, caller } = opened;
    const { id, arn } = await opened.create(policy && policyOf(root, ...(policy as { Statement: object[] }).Statement));
    await kms.send(new CreateAliasCommand({ AliasName: "alias/app", TargetKeyId: id }));
    Object.assign(caller, { principal: role, identity });
    const encrypted = kms.send(
      new EncryptCommand({ KeyId: "alias/app", Plaintext, EncryptionContext: { tenant: "a" } }),
    );
    // The account's root is named, so that the identity policies are what is missing.
    if (denier) await assert.rejects(encrypted, denied(role, "kms:Encrypt", arn, identity.length > 0 && policy ? "" : "identity").name === "AccessDeniedException" ? { name: "AccessDeniedException" } : {});
    else assert.ok((await encrypted).CiphertextBlob);
  });
}
