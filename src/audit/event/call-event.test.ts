import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { GetParameterCommand, PutParameterCommand } from "@aws-sdk/client-ssm";
import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import { NormalizedSchema } from "@smithy/core/schema";
import type { SchemaRef, StaticOperationSchema } from "@smithy/types";
import { rootPrincipal, testCall } from "../../../test/support/in-process.ts";
import { fakeClock } from "../../clock.ts";
import type { CallRecord } from "../../front-door/audit-call.ts";
import type { Principal } from "../../model/call.ts";
import { services } from "../../services/index.ts";
import { callEvent as jsonEvent, mustBeStored } from "./call-event.ts";
import { hidden, hiddenMembers } from "./hidden-members.ts";
import { renderer } from "./renderer.ts";
import { userIdentity } from "./user-identity.ts";

const clock = fakeClock();
const callEvent = (...given: Parameters<typeof jsonEvent>) => jsonEvent(...given).document;
const elsewhere = { account: "000000000000", region: "eu-west-1" };

function recordOf(
  schema: StaticOperationSchema | undefined,
  service: string,
  overrides: Partial<CallRecord> = {},
): CallRecord {
  return {
    ...{ requestId: "request-1", eventId: "event-1", time: clock.now(), service, operation: schema?.[2] },
    ...{ sourceIp: "192.0.2.1", userAgent: "test", accessKeyId: undefined, accesses: [] },
    ...(schema && { schema, call: testCall(clock) }),
    ...overrides,
  };
}

const schemaOf = (command: unknown) => (command as { schema: StaticOperationSchema }).schema;
const putParameter = schemaOf(new PutParameterCommand({ Name: "", Value: "" }));
const getParameter = schemaOf(new GetParameterCommand({ Name: "" }));
const assumeRole = schemaOf(new AssumeRoleCommand({ RoleArn: "", RoleSessionName: "" }));

test("A write's event shows what was asked and answered, under CloudTrail's names, with the secret hidden", () => {
  const arn = "arn:aws:ssm:us-east-1:111122223333:parameter/a";
  const record = recordOf(putParameter, "ssm", {
    input: { Name: "/a", Value: "secret", Type: "SecureString", Tags: [{ Key: "team", Value: "web" }] },
    output: { Version: 3, Tier: "Standard" },
    accesses: [{ action: "ssm:PutParameter", resource: arn }],
  });
  record.call!.decisions.push({
    ...{ principal: rootPrincipal.arn, action: "ssm:PutParameter", resource: arn },
    ...{ effect: "allow", by: "identity", statement: { policy: "all", index: 0 } },
  });
  assert.deepEqual(JSON.parse(JSON.stringify(callEvent(record, elsewhere))), {
    eventVersion: "1.11",
    userIdentity: {
      type: "Root",
      principalId: "111122223333",
      arn: "arn:aws:iam::111122223333:root",
      accountId: "111122223333",
      accessKeyId: "AKIATESTROOT",
    },
    eventTime: "2026-01-02T03:04:05Z",
    eventSource: "ssm.amazonaws.com",
    eventName: "PutParameter",
    awsRegion: "us-east-1",
    sourceIPAddress: "192.0.2.1",
    userAgent: "test",
    requestParameters: { name: "/a", value: hidden, type: "SecureString", tags: [{ key: "team", value: "web" }] },
    responseElements: { version: 3, tier: "Standard" },
    additionalEventData: {
      decision: {
        ...{ effect: "allow", by: "identity", principal: rootPrincipal.arn, action: "ssm:PutParameter", resource: arn },
        statement: { policy: "all", index: 0 },
      },
    },
    requestID: "request-1",
    eventID: "event-1",
    readOnly: false,
    resources: [{ accountId: "111122223333", type: "AWS::SSM::Parameter", ARN: arn }],
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: "111122223333",
    eventCategory: "Management",
  });
});

test("A read's event shows nothing of the answer, AssumeRole's who the caller became without the secrets", () => {
  const read = recordOf(getParameter, "ssm", { input: { Name: "/a" }, output: { Parameter: { Value: "secret" } } });
  const { readOnly, responseElements } = callEvent(read, elsewhere);
  assert.deepEqual([readOnly, responseElements], [true, null]);
  const Credentials = { AccessKeyId: "ASIA", SecretAccessKey: "s", SessionToken: "t", Expiration: clock.now() };
  const output = { Credentials, AssumedRoleUser: { Arn: "arn", AssumedRoleId: "id" } };
  const assumed = callEvent(
    recordOf(assumeRole, "sts", { input: { RoleArn: "r", TokenCode: "123456" }, output }),
    elsewhere,
  );
  assert.deepEqual(JSON.parse(JSON.stringify([assumed.requestParameters, assumed.responseElements])), [
    { roleArn: "r", tokenCode: hidden },
    {
      credentials: { accessKeyId: "ASIA", expiration: "2026-01-02T03:04:05.000Z" },
      assumedRoleUser: { arn: "arn", assumedRoleId: "id" },
    },
  ]);
});

test("An event names what was used on the way too, such as a secret's key, once and by its owner", () => {
  const parameter = "arn:aws:ssm:us-east-1:111122223333:parameter/a";
  const key = "arn:aws:kms:us-east-1:444455556666:key/k";
  const record = recordOf(getParameter, "ssm", {
    output: { Parameter: { ARN: parameter, Value: "secret" } },
    accesses: [{ action: "ssm:GetParameter", resource: parameter }],
  });
  const decided = { principal: rootPrincipal.arn, effect: "allow", by: "identity" } as const;
  record.call!.decisions.push(
    { ...decided, action: "ssm:GetParameter", resource: parameter },
    { ...decided, action: "kms:Decrypt", resource: key },
    { ...decided, action: "ssm:Other", resource: "*" },
  );
  assert.deepEqual(callEvent(record, elsewhere).resources, [
    { accountId: "111122223333", type: "AWS::SSM::Parameter", ARN: parameter },
    { accountId: "444455556666", type: "AWS::KMS::Key", ARN: key },
  ]);
});

test("Answers that may hold a secret, and those of writes, must wait for their events; others need not", () => {
  assert.equal(mustBeStored(recordOf(getParameter, "ssm", { output: {} })), true);
  assert.equal(mustBeStored(recordOf(putParameter, "ssm", { output: {} })), true);
  assert.equal(mustBeStored(recordOf(assumeRole, "sts", { output: {} })), true);
  assert.equal(
    mustBeStored(recordOf(getParameter, "ssm", { error: { code: "ParameterNotFound", message: "" } })),
    false,
  );
  assert.equal(mustBeStored(recordOf(undefined, "ssm")), false);
});

test("A request of nobody known leaves what it says of itself, and never what may be a secret key", () => {
  const error = { code: "InvalidSignatureException", message: "no" };
  const of = (overrides: Partial<CallRecord>) =>
    callEvent(recordOf(undefined, "ssm", { error, ...overrides }), elsewhere);
  const known = of({ operation: "GetParameter", accessKeyId: "AKIAIOSFODNN7EXAMPLE" });
  assert.deepEqual(known.userIdentity, { type: "Unknown", accessKeyId: "AKIAIOSFODNN7EXAMPLE" });
  assert.deepEqual(
    [known.eventName, known.errorCode, known.awsRegion, known.recipientAccountId, known.requestParameters],
    ["GetParameter", "InvalidSignatureException", "eu-west-1", "000000000000", null],
  );
  const swapped = of({ operation: "a b\0", accessKeyId: "wJalrXUtnFEMI" });
  assert.deepEqual([swapped.userIdentity, swapped.eventName], [{ type: "Unknown" }, "Unknown"]);
});

test("An event is never larger than CloudTrail's, and its denial has CloudTrail's code", () => {
  const Tags = Array.from({ length: 400 }, () => ({ Key: "k", Value: "v".repeat(5_000) }));
  const error = { code: "AccessDeniedException", message: "m".repeat(5_000) };
  const event = callEvent(recordOf(putParameter, "ssm", { input: { Name: "n", Tags }, error }), elsewhere);
  assert.ok(JSON.stringify(event).length < 256 * 1024);
  assert.deepEqual([event.errorCode, event.errorMessage!.length], ["AccessDenied", 1024]);
});

test("Every kind of caller has CloudTrail's userIdentity", () => {
  const base = { account: "111122223333", accessKeyId: "ASIA1" };
  const sessionIssuedAt = clock.now();
  const attributes = { creationDate: "2026-01-02T03:04:05Z", mfaAuthenticated: "false" };
  const roleArn = "arn:aws:iam::111122223333:role/path/web";
  const user = { ...base, kind: "user", arn: "arn:u", userId: "AIDA1", userName: "bob" } as const;
  const federated = { ...base, kind: "federated-user", arn: "arn:f", userId: "111122223333:f", sessionIssuedAt };
  const federatingUser = { arn: "arn:aws:iam::111122223333:user/bob", userId: "AIDA1" };
  const web = { ...base, kind: "web-identity", arn: "arn:p", userId: "p:aud:sub", userName: "sub", accessKeyId: "" };
  const shown = { accountId: "111122223333", accessKeyId: "ASIA1" };
  const cases: readonly (readonly [unknown, object])[] = [
    [user, { type: "IAMUser", principalId: "AIDA1", arn: "arn:u", ...shown, userName: "bob" }],
    [
      { ...user, sessionIssuedAt, mfaAuthenticatedAt: sessionIssuedAt },
      {
        ...{ type: "IAMUser", principalId: "AIDA1", arn: "arn:u", ...shown, userName: "bob" },
        sessionContext: { attributes: { ...attributes, mfaAuthenticated: "true" } },
      },
    ],
    [
      {
        ...base,
        kind: "assumed-role",
        arn: "arn:s",
        userId: "AROA1:task",
        roleArn,
        sessionIssuedAt,
        sourceIdentity: "x",
      },
      {
        ...{ type: "AssumedRole", principalId: "AROA1:task", arn: "arn:s", ...shown },
        sessionContext: {
          sessionIssuer: {
            type: "Role",
            principalId: "AROA1",
            arn: roleArn,
            accountId: "111122223333",
            userName: "web",
          },
          attributes,
          sourceIdentity: "x",
        },
      },
    ],
    [
      { ...federated, federatingUser },
      {
        ...{ type: "FederatedUser", principalId: "111122223333:f", arn: "arn:f", ...shown },
        sessionContext: {
          sessionIssuer: {
            ...{ type: "IAMUser", principalId: "AIDA1", arn: federatingUser.arn },
            ...{ accountId: "111122223333", userName: "bob" },
          },
          attributes,
        },
      },
    ],
    [web, { type: "WebIdentityUser", principalId: "p:aud:sub", userName: "sub", identityProvider: "arn:p" }],
    [
      { ...base, kind: "service", arn: "ecs-tasks.amazonaws.com", userId: "" },
      { type: "AWSService", invokedBy: "ecs-tasks.amazonaws.com" },
    ],
  ];
  for (const [principal, expected] of cases) assert.deepEqual(userIdentity(principal as Principal), expected);
});

for (const { name: service, load } of services) {
  test(`No sensitive member and no blob of ${service} gets into an event`, async () => {
    const { operations } = await load();
    let secrets = 0;
    for (const [name, loadOperation] of Object.entries(operations)) {
      const { schema } = await loadOperation();
      for (const [side, mode] of [
        [4, "mark"],
        [5, "leave out"],
      ] as const) {
        const normalized = NormalizedSchema.of(schema[side] as SchemaRef);
        const planted: string[] = [];
        const shown = JSON.stringify(renderer(normalized, mode)(fill(normalized, false, planted, 8))) ?? "";
        secrets += planted.length;
        for (const secret of planted) assert.ok(!shown.includes(secret), `${name} shows a secret: ${shown}`);
      }
    }
    // Those three have no such members.
    if (!["cloudtrail", "iam", "ecr"].includes(service)) assert.ok(secrets > 0);
  });
}

/** A value with every member of the schema; what is secret of it is put into `planted` too, in both of its forms. */
function fill(schema: NormalizedSchema, secret: boolean, planted: string[], depth: number): unknown {
  const isSecret = secret || Boolean((schema.getMergedTraits() as { sensitive?: 1 }).sensitive);
  if (depth === 0) return undefined;
  if (schema.isStructSchema()) {
    const members = [...schema.structIterator()].map(([name, member]) => {
      const isHidden = isSecret || hiddenMembers.has(`${schema.getName()}.${name}`);
      return [name, fill(member, isHidden, planted, depth - 1)] as const;
    });
    return Object.fromEntries(members.filter(([, value]) => value !== undefined));
  }
  if (schema.isListSchema()) {
    const item = fill(schema.getValueSchema(), isSecret, planted, depth - 1);
    return item === undefined ? [] : [item];
  }
  if (schema.isMapSchema()) return { key: fill(schema.getValueSchema(), isSecret, planted, depth - 1) };
  if (schema.isTimestampSchema()) return new Date(0);
  if (schema.isNumericSchema()) return 1;
  if (schema.isBooleanSchema()) return true;
  const text = `planted-${randomUUID()}`;
  if (schema.isBlobSchema()) planted.push(text, Buffer.from(text).toString("base64"));
  else if (isSecret) planted.push(text);
  return schema.isBlobSchema() ? Buffer.from(text) : text;
}

test("Each member that is hidden by name is one that the models do not hide", async () => {
  const marked = new Map<string, boolean>();
  const clients = ["cloudwatch-logs", "ecs", "iam", "kms", "ssm", "sts"].map((name) => `client-${name}`);
  for (const client of [...clients, "nested-clients/signin"]) {
    for (const value of Object.values(await import(`@aws-sdk/${client}`))) {
      if (!Array.isArray(value) || typeof value[2] !== "string") continue;
      const schema = NormalizedSchema.of(value as unknown as SchemaRef);
      if (!schema.isStructSchema()) continue;
      for (const [name, member] of schema.structIterator()) {
        marked.set(`${schema.getName()}.${name}`, Boolean((member.getMergedTraits() as { sensitive?: 1 }).sensitive));
      }
    }
  }
  const wrong = [...hiddenMembers].filter((name) => marked.get(name) !== false);
  assert.deepEqual(wrong, [], "not there, or sensitive already");
});

test("A read's event shows which versions it gave, and none of their values", () => {
  const arn = "arn:aws:ssm:us-east-1:111122223333:parameter/key";
  const secret = { ARN: "arn:aws:secretsmanager:us-east-1:111122223333:secret:db-a1B2c3", versionId: "v1" };
  const SourceResult = JSON.stringify({ ...secret, secretString: "hidden" });
  const Parameter = { Name: "/key", ARN: arn, Version: 3, Value: "hidden" };
  const event = callEvent(recordOf(getParameter, "ssm", { input: { Name: "/key" }, output: { Parameter } }), elsewhere);
  assert.deepEqual(event.additionalEventData?.versions, [{ ARN: arn, version: "3" }]);
  const behind = { Parameter: { ...Parameter, Version: 0, SourceResult } };
  const other = callEvent(recordOf(getParameter, "ssm", { input: { Name: "/key" }, output: behind }), elsewhere);
  assert.deepEqual(other.additionalEventData?.versions, [{ ARN: secret.ARN, version: "v1" }]);
  assert.equal(JSON.stringify([event, other]).includes('"hidden"'), false);
});
