import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import * as sdk from "@aws-sdk/client-iam";
import { databases, type TestDatabase } from "../../../../test/support/databases.ts";
import { inProcess, testAccount } from "../../../../test/support/in-process.ts";
import { fakeClock } from "../../../clock.ts";
import { randomIds } from "../../../ids.ts";
import { keyring } from "../../../keyring/keyring.ts";
import { iamService, iamStore } from "../index.ts";

const clock = fakeClock();
const bucket = "arn:aws:s3:::stage";
const document = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const allow = (Action: string | string[], more: object = {}) => ({ Effect: "Allow", Action, Resource: "*", ...more });
const getObject = { PolicyInputList: [document(allow("s3:GetObject"))], ActionNames: ["s3:GetObject"] };
const position = (line: number, column: number) => ({ Line: line, Column: column });

/** A client of an empty IAM, on each kind of database where the work reads from it. */
async function withIam(
  work: (iam: sdk.IAM) => Promise<void>,
  kinds: readonly TestDatabase[] = databases().slice(0, 1),
): Promise<void> {
  for (const { open } of kinds) {
    await using database = await open();
    const store = iamStore(database, keyring(Buffer.alloc(32, 1)));
    await work(new sdk.IAM(inProcess([iamService({ store, ids: randomIds })], { clock })));
  }
}

test("SimulateCustomPolicy answers as AWS does for one action on all resources", () =>
  withIam(async (iam) => {
    const { EvaluationResults: results, IsTruncated: truncated } = await iam.simulateCustomPolicy(getObject);
    assert.equal(truncated, false);
    assert.deepEqual(results, [
      {
        EvalActionName: "s3:GetObject",
        EvalResourceName: "*",
        EvalDecision: "allowed",
        MatchedStatements: [
          {
            SourcePolicyId: "PolicyInputList.1",
            SourcePolicyType: "IAM Policy",
            StartPosition: position(1, 38),
            EndPosition: position(1, 95),
          },
        ],
        MissingContextValues: [],
      },
    ]);
  }));

test("SimulateCustomPolicy tells the resources apart", () =>
  withIam(async (iam) => {
    const ResourceArns = [`${bucket}/a`, `${bucket}/b`];
    const only = document(allow("s3:GetObject", { Resource: `${bucket}/a` }));
    const { EvaluationResults: results } = await iam.simulateCustomPolicy({
      PolicyInputList: [only],
      ActionNames: ["s3:GetObject"],
      ResourceArns,
    });
    const [result] = results!;
    assert.equal(result?.EvalDecision, "implicitDeny");
    assert.equal(result?.MatchedStatements?.length, 1);
    assert.deepEqual(
      result?.ResourceSpecificResults?.map((each) => [each.EvalResourceName, each.EvalResourceDecision]),
      [
        [`${bucket}/a`, "allowed"],
        [`${bucket}/b`, "implicitDeny"],
      ],
    );
    assert.equal(result?.ResourceSpecificResults?.[1]?.MatchedStatements, undefined);
  }));

const matched = (result: sdk.EvaluationResult | undefined) =>
  result?.MatchedStatements?.map(
    ({ SourcePolicyId: id, StartPosition: from }) => `${id}@${from?.Line}:${from?.Column}`,
  );

test("SimulateCustomPolicy names every statement that allows, or every one that denies", () =>
  withIam(async (iam) => {
    const twice = document(allow("s3:GetObject", { Sid: "First" }), allow("s3:GetObject", { Sid: "Second" }));
    const deny = document({ Effect: "Deny", Action: "s3:*", Resource: "*" });
    const ActionNames = ["s3:GetObject"];
    const allowed = await iam.simulateCustomPolicy({
      PolicyInputList: [twice, getObject.PolicyInputList[0]!],
      ActionNames,
    });
    assert.deepEqual(matched(allowed.EvaluationResults?.[0]), [
      "PolicyInputList.1@1:38",
      "PolicyInputList.1@1:109",
      "PolicyInputList.2@1:38",
    ]);
    const denied = await iam.simulateCustomPolicy({ PolicyInputList: [twice, deny], ActionNames });
    assert.equal(denied.EvaluationResults?.[0]?.EvalDecision, "explicitDeny");
    assert.deepEqual(matched(denied.EvaluationResults?.[0]), ["PolicyInputList.2@1:38"]);
  }));

test("SimulateCustomPolicy lists the context keys that are missing where nothing allows", () =>
  withIam(async (iam) => {
    const Condition = {
      StringEquals: { "aws:ResourceTag/team": "red" },
      Bool: { "aws:MultiFactorAuthPresent": "true" },
    };
    const asked = { PolicyInputList: [document(allow("*", { Condition }))], ActionNames: ["s3:GetObject"] };
    const team = {
      ContextKeyName: "aws:resourcetag/TEAM",
      ContextKeyType: "string",
      ContextKeyValues: ["red"],
    } satisfies sdk.ContextEntry;
    const mfa = {
      ContextKeyName: "aws:MultiFactorAuthPresent",
      ContextKeyType: "boolean",
      ContextKeyValues: ["true"],
    } satisfies sdk.ContextEntry;
    const decide = async (...ContextEntries: sdk.ContextEntry[]) => {
      const [result] = (await iam.simulateCustomPolicy({ ...asked, ContextEntries })).EvaluationResults!;
      return [result?.EvalDecision, ...(result?.MissingContextValues ?? [])];
    };
    assert.deepEqual(await decide(), ["implicitDeny", "aws:ResourceTag/team", "aws:MultiFactorAuthPresent"]);
    assert.deepEqual(await decide(team), ["implicitDeny", "aws:MultiFactorAuthPresent"]);
    assert.deepEqual(await decide(team, mfa), ["allowed"]);
    assert.deepEqual(await decide({}, team, mfa), ["allowed"]);
  }));

test("SimulateCustomPolicy reads context values of every type", () =>
  withIam(async (iam) => {
    const types: readonly [sdk.ContextKeyTypeEnum, string, string, string[]][] = [
      ["string", "StringEquals", "x", ["x"]],
      ["stringList", "ForAllValues:StringEquals", "x", ["x", "x"]],
      ["numeric", "NumericLessThan", "10", ["9.5"]],
      ["numericList", "ForAnyValue:NumericEquals", "1", ["3", "01.00"]],
      ["boolean", "Bool", "true", ["True"]],
      ["booleanList", "ForAnyValue:Bool", "false", ["true", "false"]],
      ["ip", "IpAddress", "10.0.0.0/8", ["10.1.2.3"]],
      ["ipList", "ForAnyValue:IpAddress", "2001:db8::/32", ["2001:db8::1"]],
      ["binary", "BinaryEquals", "eWVz", ["eWVz"]],
      ["binaryList", "ForAnyValue:BinaryEquals", "eWVz", ["eWVz"]],
      ["date", "DateLessThan", "2035-01-02", ["2030-01-02T03:04:05Z"]],
      ["dateList", "ForAnyValue:DateGreaterThan", "2035-01-02", ["2036-01-02"]],
    ];
    for (const [type, operator, wanted, values] of types) {
      const { EvaluationResults: results } = await iam.simulateCustomPolicy({
        PolicyInputList: [document(allow("*", { Condition: { [operator]: { "test:key": wanted } } }))],
        ActionNames: ["s3:GetObject"],
        ContextEntries: [{ ContextKeyName: "test:key", ContextKeyType: type, ContextKeyValues: values }],
      });
      assert.equal(results?.[0]?.EvalDecision, "allowed", type);
    }
  }));

const entry = (type: string, ...values: string[]) => ({
  ContextEntries: [{ ContextKeyName: "test:key", ContextKeyType: type as "string", ContextKeyValues: values }],
});

const refusals: readonly (readonly [name: string, change: object, message: RegExp])[] = [
  ["an action without service", { ActionNames: ["GetObject"] }, /The action is invalid since it is missing names/],
  [
    "a resource that is no ARN",
    { ResourceArns: ["14a050d4"] },
    /ResourceNames are not in a valid ARN format: 14a050d4\./,
  ],
  ["* beside a resource", { ResourceArns: ["*", bucket] }, /you cannot include both \* and individual resources/],
  ["an owner that is no ARN", { ResourceOwner: "123456789012" }, /'123456789012' is not a valid as a Resource Owner\./],
  [
    "a caller that is a session",
    { CallerArn: "arn:aws:sts::1:assumed-role/r/s" },
    /Caller must be an IAM user, role or group/,
  ],
  ["a resource's policy without caller", { ResourcePolicy: document() }, /Caller cannot be null or empty\./],
  ["a malformed policy", { PolicyInputList: ["{"] }, /Syntax errors in policy\./],
  ["two boundaries", { PermissionsBoundaryPolicyInputList: [document(), document()] }, /Only one permissions boundary/],
  [
    "a number that is none",
    entry("numeric", "0x10"),
    /Invalid context value for key test:key: expected numeric format\./,
  ],
  [
    "a network for an address",
    entry("ip", "192.0.2.0/24"),
    /Invalid context value for key test:key: expected IP address\./,
  ],
  ["an address with a zone", entry("ip", "fe80::1%eth0"), /expected IP address\./],
  ["what is no base64", entry("binary", "eWVz\n"), /expected base-64 encoded binary format\./],
  ["no values", entry("stringList"), /Context values for context key test:key cannot be null or empty\./],
  [
    "no type",
    { ContextEntries: [{ ContextKeyName: "test:key", ContextKeyValues: ["x"] }] },
    /Context key test:key has invalid type null\./,
  ],
  [
    "no name",
    { ContextEntries: [{ ContextKeyType: "string", ContextKeyValues: ["x"] }] },
    /ContextKeyName cannot be null or empty\./,
  ],
  [
    "a scenario of EC2",
    { ResourceHandlingOption: "EC2-VPC-EBS", ResourceArns: [bucket] },
    /Action does not support resource handling options: s3:GetObject\./,
  ],
];

test("SimulateCustomPolicy refuses wrong input as AWS does", () =>
  withIam(async (iam) => {
    for (const [name, change, message] of refusals) {
      const refused = iam.simulateCustomPolicy({ ...getObject, ...change } as sdk.SimulateCustomPolicyCommandInput);
      await assert.rejects(refused, (error: Error) => {
        assert.equal(error.name, "InvalidInputException", name);
        assert.match(error.message, message);
        return true;
      });
    }
  }));

test("SimulateCustomPolicy pages by action and keeps the order asked for", () =>
  withIam(async (iam) => {
    const ActionNames = Array.from({ length: 25 }, (_, index) => `s3:Action${(index * 7) % 25}`);
    const seen: (string | undefined)[] = [];
    const pages: number[] = [];
    const config = { client: iam, pageSize: 10 };
    for await (const page of sdk.paginateSimulateCustomPolicy(config, { ...getObject, ActionNames })) {
      pages.push(page.EvaluationResults?.length ?? 0);
      seen.push(...(page.EvaluationResults ?? []).map(({ EvalActionName: name }) => name));
    }
    assert.deepEqual(seen, ActionNames);
    assert.deepEqual(pages, [10, 10, 5]);
    for (const marker of ["?", Buffer.from('"x"').toString("base64url"), Buffer.from('"-1"').toString("base64url")]) {
      await assert.rejects(iam.simulateCustomPolicy({ ...getObject, Marker: marker }), /Invalid Marker/);
    }
  }));

const stranger = "arn:aws:iam::444455556666:user/bob";

test("SimulateCustomPolicy asks the resource's policy, also from another account", () =>
  withIam(async (iam) => {
    const secret = `arn:aws:secretsmanager:eu-west-1:${testAccount}:secret:x-AbCdEf`;
    const naming = (arn: string) =>
      document({ Effect: "Allow", Principal: { AWS: arn }, Action: "*", Resource: secret });
    const asked = {
      ActionNames: ["secretsmanager:GetSecretValue"],
      ResourceArns: [secret],
      ResourcePolicy: naming(stranger),
    };
    const nothing = document(allow("s3:GetObject"));
    const result = async (PolicyInputList: string[], change: object = {}) => {
      const { EvaluationResults: results } = await iam.simulateCustomPolicy({
        ...asked,
        PolicyInputList,
        CallerArn: stranger,
        ...change,
      });
      return [results?.[0]?.EvalDecision, results?.[0]?.EvalDecisionDetails];
    };
    const both = { "IAM Policy": "allowed", "Resource Policy": "allowed" };
    assert.deepEqual(await result([document(allow("*"))]), ["allowed", both]);
    assert.deepEqual(await result([nothing]), ["implicitDeny", { ...both, "IAM Policy": "implicitDeny" }]);
    const local = `arn:aws:iam::${testAccount}:user/alice`;
    assert.deepEqual(await result([nothing], { CallerArn: local, ResourcePolicy: naming(local) }), ["allowed", {}]);
  }));

test("SimulateCustomPolicy asks a role's trust policy", () =>
  withIam(async (iam) => {
    const role = `arn:aws:iam::${testAccount}:role/app`;
    const trust = (condition: object) =>
      document({ Effect: "Allow", Principal: { AWS: testAccount }, Action: "sts:AssumeRole", Condition: condition });
    const decide = async (condition: object) => {
      const { EvaluationResults: results } = await iam.simulateCustomPolicy({
        PolicyInputList: [document(allow("sts:AssumeRole"))],
        ActionNames: ["sts:AssumeRole"],
        ResourceArns: [role],
        ResourcePolicy: trust(condition),
        CallerArn: `arn:aws:iam::${testAccount}:user/alice`,
      });
      return results?.[0]?.EvalDecision;
    };
    assert.equal(await decide({}), "allowed");
    assert.equal(await decide({ Bool: { "aws:MultiFactorAuthPresent": "true" } }), "implicitDeny");
  }));

async function makeAlice(iam: sdk.IAM): Promise<string> {
  const policy = async (PolicyName: string, PolicyDocument: string) =>
    (await iam.createPolicy({ PolicyName, PolicyDocument })).Policy!.Arn!;
  const PermissionsBoundary = await policy("boundary", document(allow(["s3:GetObject", "s3:PutObject"])));
  await iam.createUser({ UserName: "alice", Path: "/team/", PermissionsBoundary });
  await iam.putUserPolicy({ UserName: "alice", PolicyName: "Inline", PolicyDocument: document(allow("s3:GetObject")) });
  const managed = await policy(
    "managed",
    document(allow("s3:Delete*"), { Effect: "Deny", Action: "s3:PutObject", Resource: "*" }),
  );
  await iam.attachUserPolicy({ UserName: "alice", PolicyArn: managed });
  return `arn:aws:iam::${testAccount}:user/team/alice`;
}

test("SimulatePrincipalPolicy takes the user's policies and boundary", () =>
  withIam(async (iam) => {
    const PolicySourceArn = await makeAlice(iam);
    const ActionNames = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket"];
    const decisions = async (more: object = {}) => {
      const { EvaluationResults: results } = await iam.simulatePrincipalPolicy({
        PolicySourceArn,
        ActionNames,
        ...more,
      });
      return results?.map((each) => [
        each.EvalDecision,
        each.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary,
        ...(matched(each) ?? []),
      ]);
    };
    assert.deepEqual(await decisions(), [
      ["allowed", true, "user_alice_Inline@1:38"],
      ["explicitDeny", true, "managed@1:93"],
      ["implicitDeny", false],
      ["implicitDeny", false],
    ]);
    const PermissionsBoundaryPolicyInputList = [document(allow("s3:*"))];
    const PolicyInputList = [document(allow("s3:ListBucket"))];
    assert.deepEqual((await decisions({ PermissionsBoundaryPolicyInputList, PolicyInputList }))?.slice(2), [
      ["allowed", true, "managed@1:38"],
      ["allowed", true, "PolicyInputList.1@1:38"],
    ]);
    const left = (identifier: sdk.PolicyIdentifier) => decisions({ PolicyExclusionList: [identifier] });
    assert.deepEqual((await left({ PolicyType: "user-managed" }))?.[1], ["implicitDeny", true]);
    assert.deepEqual((await left({ PolicyType: "inline" }))?.[0], ["implicitDeny", true]);
    assert.deepEqual((await left({ PolicyType: "permission-boundary" }))?.[2], ["allowed", undefined, "managed@1:38"]);
    assert.deepEqual((await left({ PolicyArn: `arn:aws:iam::${testAccount}:policy/man*` }))?.[1], [
      "implicitDeny",
      true,
    ]);
    const inline = { PolicyName: "Inline", AttachmentType: "user", AttachmentName: "alice" } as const;
    assert.deepEqual((await left({ InlinePolicyIdentifier: inline }))?.[0], ["implicitDeny", true]);
  }, databases()));

test("SimulatePrincipalPolicy names inline policies after whose they are, a group's after the group", () =>
  withIam(async (iam) => {
    const PolicySourceArn = await makeAlice(iam);
    const inline = (action: string) => ({ PolicyName: "Own", PolicyDocument: document(allow(action)) });
    await iam.createGroup({ GroupName: "ops" });
    await iam.putGroupPolicy({ GroupName: "ops", ...inline("s3:Get*") });
    await iam.addUserToGroup({ GroupName: "ops", UserName: "alice" });
    await iam.createRole({
      RoleName: "app",
      AssumeRolePolicyDocument: document({ Effect: "Deny", Principal: { AWS: testAccount }, Action: "sts:AssumeRole" }),
    });
    await iam.putRolePolicy({ RoleName: "app", ...inline("s3:GetObject") });
    const names = async (arn: string, PolicyExclusionList: sdk.PolicyIdentifier[] = []) => {
      const asked = { PolicySourceArn: arn, ActionNames: ["s3:GetObject"], PolicyExclusionList };
      return matched((await iam.simulatePrincipalPolicy(asked)).EvaluationResults?.[0]);
    };
    const groups = { PolicyName: "Own", AttachmentType: "group", AttachmentName: "ops" } as const;
    assert.deepEqual(await names(PolicySourceArn), ["user_alice_Inline@1:38", "group_ops_Own@1:38"]);
    assert.deepEqual(await names(PolicySourceArn, [{ InlinePolicyIdentifier: groups }]), ["user_alice_Inline@1:38"]);
    assert.deepEqual(await names(`arn:aws:iam::${testAccount}:group/ops`), ["group_ops_Own@1:38"]);
    assert.deepEqual(await names(`arn:aws:iam::${testAccount}:role/app`), ["role_app_Own@1:38"]);
  }, databases()));

test("SimulatePrincipalPolicy and GetContextKeysForPrincipalPolicy refuse what is no entity of the account", () =>
  withIam(async (iam) => {
    await makeAlice(iam);
    const session = `arn:aws:sts::${testAccount}:assumed-role/app/session`;
    const wrong: readonly (readonly [arn: string, name: string, message: string])[] = [
      [
        session,
        "InvalidInputException",
        `Invalid Entity Arn: ${session} does not clearly define entity type and name.`,
      ],
      [`arn:aws:iam::${testAccount}:user/alice`, "NoSuchEntityException", "The user with name alice cannot be found."],
      [`arn:aws:iam::${testAccount}:role/app`, "NoSuchEntityException", "The role with name app cannot be found."],
      [
        "arn:aws:iam::444455556666:user/team/alice",
        "NoSuchEntityException",
        "The user with name alice cannot be found.",
      ],
    ];
    for (const [PolicySourceArn, name, message] of wrong) {
      await assert.rejects(iam.simulatePrincipalPolicy({ PolicySourceArn, ActionNames: ["s3:GetObject"] }), {
        name,
        message,
      });
      await assert.rejects(iam.getContextKeysForPrincipalPolicy({ PolicySourceArn }), { name, message });
    }
  }, databases()));

test("SimulateCustomPolicy limits a role by its boundary where the resource's policy names the role, and a user not", () =>
  withIam(async (iam) => {
    for (const [kind, decision] of [
      ["user", "allowed"],
      ["role", "implicitDeny"],
    ] as const) {
      const CallerArn = `arn:aws:iam::${testAccount}:${kind}/team/app`;
      const { EvaluationResults: results } = await iam.simulateCustomPolicy({
        ...getObject,
        ResourceArns: [`${bucket}/a`],
        PermissionsBoundaryPolicyInputList: [document(allow("ssm:*"))],
        ResourcePolicy: document(allow("s3:GetObject", { Principal: { AWS: CallerArn } })),
        CallerArn,
      });
      assert.equal(results?.[0]?.EvalDecision, decision, kind);
    }
  }));

const longPolicy = document(
  ...Array.from({ length: 1_000 }, () => ({ Effect: "Deny", Action: "s3:*", Resource: "*" })),
);

test("SimulateCustomPolicy ends a page early where policies are long, and forgets no action", () =>
  withIam(async (iam) => {
    const ActionNames = Array.from({ length: 50 }, (_, index) => `s3:Action${index}`);
    const input = { PolicyInputList: [longPolicy], ActionNames };
    const found: string[] = [];
    for await (const page of sdk.paginateSimulateCustomPolicy({ client: iam }, input)) {
      const results = page.EvaluationResults ?? [];
      assert.ok(results.length <= 20, `${results.length} results`);
      for (const { EvalActionName: action, MatchedStatements: matched } of results) {
        assert.equal(matched?.length, 1_000);
        found.push(action!);
      }
    }
    assert.deepEqual(found, ActionNames);
  }));

test("SimulateCustomPolicy refuses more statements and resources than it could answer for at once", () =>
  withIam(async (iam) => {
    const simulated = (resources: number) => {
      const ResourceArns = Array.from({ length: resources }, (_, index) => `${bucket}/${index}`);
      return iam.simulateCustomPolicy({
        PolicyInputList: [longPolicy],
        ActionNames: ["ssm:GetParameter"],
        ResourceArns,
      });
    };
    assert.equal((await simulated(50)).EvaluationResults?.[0]?.ResourceSpecificResults?.length, 50);
    await assert.rejects(simulated(51), {
      name: "InvalidInputException",
      message: "Policies with 1000 statements cannot be simulated for 51 resources.",
    });
  }));

test("SimulateCustomPolicy lets others work between its decisions", () =>
  withIam(async (iam) => {
    const ResourceArns = Array.from({ length: 300 }, (_, index) => `${bucket}/${index}`);
    let isDone = false;
    let turns = 0;
    const others = async () => {
      while (!isDone) {
        await setImmediate();
        turns++;
      }
    };
    const counted = others();
    const Condition = { StringEquals: { "s3:prefix": "a" } };
    const PolicyInputList = [document(...Array.from({ length: 150 }, () => allow("s3:*", { Condition })))];
    await iam.simulateCustomPolicy({ PolicyInputList, ActionNames: ["s3:GetObject"], ResourceArns });
    isDone = true;
    await counted;
    assert.ok(turns >= ResourceArns.length, `${turns} turns`);
  }));

test("GetContextKeysForCustomPolicy lists keys of conditions and of variables once", () =>
  withIam(async (iam) => {
    const policy = document(
      allow("*", {
        Resource: "arn:aws:s3:::home/${aws:username}/*",
        Condition: { StringLike: { "s3:prefix": "${aws:UserId}" }, DateLessThan: { "AWS:CurrentTime": "2035-01-01" } },
      }),
      allow("*", { Condition: { DateGreaterThan: { "aws:currenttime": "2020-01-01" } } }),
    );
    const { ContextKeyNames: names } = await iam.getContextKeysForCustomPolicy({ PolicyInputList: [policy] });
    assert.deepEqual(names, ["s3:prefix", "AWS:CurrentTime", "aws:username", "aws:UserId"]);
    await assert.rejects(iam.getContextKeysForCustomPolicy({ PolicyInputList: ["[]"] }), {
      name: "InvalidInputException",
    });
  }));

test("GetContextKeysForPrincipalPolicy adds the entity's policies and boundary to those given", () =>
  withIam(async (iam) => {
    const PolicySourceArn = await makeAlice(iam);
    const Condition = { Bool: { "aws:SecureTransport": "true" } };
    await iam.putUserPolicy({
      UserName: "alice",
      PolicyName: "Https",
      PolicyDocument: document(allow("*", { Condition })),
    });
    const given = document(allow("*", { Condition: { Null: { "aws:TokenIssueTime": "true" } } }));
    const { ContextKeyNames: names } = await iam.getContextKeysForPrincipalPolicy({
      PolicySourceArn,
      PolicyInputList: [given],
    });
    assert.deepEqual(names, ["aws:TokenIssueTime", "aws:SecureTransport"]);
  }, databases()));
