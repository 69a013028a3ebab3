import assert from "node:assert/strict";
import { test } from "node:test";
import { allow, policy } from "../../../../test/support/clients.ts";
import { databases } from "../../../../test/support/databases.ts";
import { testAccount } from "../../../../test/support/in-process.ts";
import { credentialsIn } from "../../../../test/support/served.ts";
import { randomIds } from "../../../ids.ts";
import { iamArn, openSts, stsArn, trusting, trustingAccount } from "../sts.fixture.ts";

const RoleArn = iamArn("role/r");
const named = { RoleSessionName: "test" };

for (const kind of databases()) {
  async function setUp() {
    const context = await openSts(kind);
    return { context, bob: await context.user("bob"), iam: context.root.iam };
  }

  const refusal = (name: string) => ({
    name: "AccessDenied",
    message: `User: ${iamArn("user/bob")} is not authorized to perform: sts:AssumeRole on resource: ${iamArn(`role/${name}`)}`,
  });

  test(`AssumeRole gives a session of the role (${kind.name})`, async () => {
    const { context, bob } = await setUp();
    await using _ = context;
    const role = await context.role("r", [trusting({ AWS: bob.arn })], { Path: "/x/" });
    const answer = await bob.sts.assumeRole({ RoleArn: role.arn, ...named, DurationSeconds: 900 });
    const { Credentials: credentials } = answer;
    assert.match(credentials?.AccessKeyId ?? "", /^ASIA[A-Z2-7]{16}$/);
    const seconds = Math.floor(context.clock.now().getTime() / 1000) + 900;
    assert.deepEqual(credentials?.Expiration, new Date(seconds * 1000));
    assert.deepEqual(answer.AssumedRoleUser, { AssumedRoleId: `${role.id}:test`, Arn: stsArn("assumed-role/r/test") });
    assert.equal(answer.PackedPolicySize, undefined);
    assert.deepEqual(context.tokens.open(credentials?.SessionToken ?? ""), {
      principal: {
        kind: "assumed-role",
        arn: stsArn("assumed-role/r/test"),
        account: testAccount,
        userId: `${role.id}:test`,
        roleArn: role.arn,
        accessKeyId: credentials?.AccessKeyId,
        sessionIssuedAt: context.clock.now(),
        sessionExpiresAt: credentials?.Expiration,
      },
      secretAccessKey: credentials?.SecretAccessKey,
      expiresAt: credentials?.Expiration,
    });
  });

  test(`AssumeRole is decided by the trust policy (${kind.name})`, async (t) => {
    const { context, bob, iam } = await setUp();
    await using _ = context;
    const allowAll = policy(allow(["sts:*"]));
    const toBob = trusting({ AWS: bob.arn });
    const external = { ...toBob, Condition: { StringEquals: { "sts:ExternalId": "42" } } };
    const tagging = trusting({ AWS: bob.arn }, ["sts:AssumeRole", "sts:TagSession"]);
    const toService = trusting({ Service: "ecs-tasks.amazonaws.com" });
    const tags = { Tags: [{ Key: "team", Value: "a" }] };
    const source = { SourceIdentity: "bob" };
    const cases: [string, object, { policy?: string; input?: object; denied?: string }][] = [
      ["names the user", toBob, {}],
      ["names the account, and the user has no policy", trustingAccount, { denied: "sts:AssumeRole" }],
      ["names the account, and the user's policy allows", trustingAccount, { policy: allowAll }],
      ["names a service only", toService, { policy: allowAll, denied: "sts:AssumeRole" }],
      ["wants an external id that is not given", external, { denied: "sts:AssumeRole" }],
      ["wants another external id", external, { input: { ExternalId: "41" }, denied: "sts:AssumeRole" }],
      ["wants the external id that is given", external, { input: { ExternalId: "42" } }],
      ["does not allow tags", toBob, { input: tags, denied: "sts:TagSession" }],
      ["allows tags", tagging, { input: tags }],
      ["does not allow a source identity", toBob, { input: source, denied: "sts:SetSourceIdentity" }],
    ];
    for (const [name, trust, { policy: PolicyDocument, input, denied }] of cases) {
      await t.test(name, async () => {
        await context.role("r", [trust]);
        if (PolicyDocument) await iam.putUserPolicy({ UserName: "bob", PolicyName: "p", PolicyDocument });
        const request = bob.sts.assumeRole({ RoleArn, ...named, ...input });
        if (denied) {
          const message = `User: ${bob.arn} is not authorized to perform: ${denied} on resource: ${RoleArn}`;
          await assert.rejects(request, { name: "AccessDenied", message });
        } else assert.ok((await request).Credentials?.SessionToken);
        if (PolicyDocument) await iam.deleteUserPolicy({ UserName: "bob", PolicyName: "p" });
        await iam.deleteRole({ RoleName: "r" });
      });
    }
  });

  test(`AssumeRole refuses a role that is not there as one that may not be assumed (${kind.name})`, async () => {
    const { context, bob, iam } = await setUp();
    await using _ = context;
    await context.role("r", [trustingAccount], { Path: "/x/" });
    const PolicyDocument = policy(allow(["sts:*"]));
    await iam.putUserPolicy({ UserName: "bob", PolicyName: "p", PolicyDocument });
    await assert.rejects(bob.sts.assumeRole({ RoleArn: iamArn("role/none"), ...named }), refusal("none"));
    // The path belongs to the ARN.
    await assert.rejects(bob.sts.assumeRole({ RoleArn, ...named }), refusal("r"));
    assert.ok((await bob.sts.assumeRole({ RoleArn: iamArn("role/x/r"), ...named })).Credentials);
    await assert.rejects(context.root.sts.assumeRole({ RoleArn: iamArn("role/x/r"), ...named }), {
      name: "AccessDenied",
      message: "Roles may not be assumed by root accounts.",
    });
  });

  test(`AssumeRole finds no role by an ARN of another partition, which a deny would not name (${kind.name})`, async () => {
    const { context, bob, iam } = await setUp();
    await using _ = context;
    await context.role("r", [trusting({ AWS: bob.arn })]);
    const PolicyDocument = policy({ Effect: "Deny", Action: "sts:AssumeRole", Resource: RoleArn });
    await iam.putUserPolicy({ UserName: "bob", PolicyName: "p", PolicyDocument });
    const ofChina = RoleArn.replace("arn:aws:", "arn:aws-cn:");
    await assert.rejects(bob.sts.assumeRole({ RoleArn: ofChina, ...named }), { name: "AccessDenied" });
  });

  test(`AssumeRole bounds the session's length (${kind.name})`, async (t) => {
    const { context, bob, iam } = await setUp();
    await using _ = context;
    await context.role("r", [trusting({ AWS: bob.arn })], { MaxSessionDuration: 7200 });
    const PolicyDocument = policy(trusting({ AWS: [bob.arn, RoleArn] }));
    await iam.updateAssumeRolePolicy({ RoleName: "r", PolicyDocument });
    const chained = context.as(credentialsIn(await bob.sts.assumeRole({ RoleArn, ...named })));
    const cases: [string, Pick<typeof bob, "sts">, number, string | undefined][] = [
      ["as long as the role allows", bob, 7200, undefined],
      ["longer", bob, 7201, "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."],
      ["chained, an hour", chained, 3600, undefined],
      [
        "chained, longer",
        chained,
        3601,
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
      ],
    ];
    for (const [name, { sts }, DurationSeconds, message] of cases) {
      await t.test(name, async () => {
        const request = sts.assumeRole({ RoleArn, ...named, DurationSeconds });
        if (message) await assert.rejects(request, { name: "ValidationError", message });
        else assert.ok((await request).Credentials);
      });
    }
  });

  test(`AssumeRole takes session policies, tags and source identity into the session (${kind.name})`, async () => {
    const { context, bob, iam } = await setUp();
    await using _ = context;
    const actions = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"];
    await context.role("r", [trusting({ AWS: [bob.arn, iamArn("root")] }, actions)]);
    const Policy = policy({ Effect: "Allow", Action: "sts:*", Resource: "*" });
    await iam.putRolePolicy({ RoleName: "r", PolicyName: "p", PolicyDocument: Policy });
    const input = {
      RoleArn,
      ...named,
      Policy,
      PolicyArns: [{ arn: "arn:aws:iam::aws:policy/PowerUserAccess" }],
      Tags: [
        { Key: "Team", Value: "a" },
        { Key: "env", Value: "b" },
      ],
      TransitiveTagKeys: ["Team"],
      SourceIdentity: "ann",
    };
    const answer = await bob.sts.assumeRole(input);
    assert.equal(answer.SourceIdentity, "ann");
    assert.ok((answer.PackedPolicySize ?? 0) > 0 && (answer.PackedPolicySize ?? 0) < 100);
    const { tokens } = context;
    const principal = tokens.open(credentialsIn(answer).sessionToken)?.principal ?? assert.fail("no session");
    assert.deepEqual(
      [principal.sessionPolicies, principal.tags, principal.transitiveTagKeys, principal.sourceIdentity],
      [[Policy, "arn:aws:iam::aws:policy/PowerUserAccess"], { Team: "a", env: "b" }, ["Team"], "ann"],
    );
    const { sts } = context.as(credentialsIn(answer));
    const chain = await sts.assumeRole({ RoleArn, RoleSessionName: "next" });
    const next = tokens.open(credentialsIn(chain).sessionToken)?.principal;
    assert.deepEqual([next?.tags, next?.transitiveTagKeys, next?.sourceIdentity], [{ Team: "a" }, ["Team"], "ann"]);
    await assert.rejects(sts.assumeRole({ RoleArn, RoleSessionName: "next", Tags: [{ Key: "team", Value: "c" }] }), {
      name: "InvalidParameterValue",
      message: /conflicts with a transitive tag key/,
    });
    await assert.rejects(sts.assumeRole({ ...input, Tags: [], TransitiveTagKeys: [], SourceIdentity: "eve" }), {
      name: "AccessDenied",
    });
  });

  test(`AssumeRole refuses what does not fit into a session (${kind.name})`, async (t) => {
    const { context, bob } = await setUp();
    await using _ = context;
    await context.role("r", [trusting({ AWS: bob.arn }, ["sts:AssumeRole", "sts:TagSession"])]);
    const manyTags = Array.from({ length: 50 }, (_, index) => ({ Key: `k${index}`, Value: randomIds.hex(60) }));
    const twice = [
      { Key: "a", Value: "" },
      { Key: "A", Value: "" },
    ];
    const regional = policy({ Effect: "Allow", Action: "*", Resource: "arn:aws:iam:us-east-1:111122223333:role/r" });
    const cases: [string, object, { name: string; message?: RegExp }][] = [
      ["a malformed policy", { Policy: "{" }, { name: "MalformedPolicyDocumentException" }],
      [
        "a policy on what is no ARN of IAM's",
        { Policy: regional },
        { name: "MalformedPolicyDocumentException", message: /cannot contain region information/ },
      ],
      ["a long policy", { Policy: " ".repeat(2049) }, { name: "ValidationError", message: /equal to 2048/ }],
      [
        "a policy that is not there",
        { PolicyArns: [{ arn: "arn:aws:iam::aws:policy/None" }] },
        { name: "ValidationError" },
      ],
      [
        "many tags",
        { Tags: manyTags },
        { name: "PackedPolicyTooLargeException", message: /^Packed policy consumes \d+% of/ },
      ],
      ["a tag twice", { Tags: twice }, { name: "InvalidParameterValue" }],
      [
        "a device's code",
        { SerialNumber: "GAHT12345678", TokenCode: "123456" },
        { name: "AccessDenied", message: /^MultiFactor/ },
      ],
    ];
    for (const [name, input, error] of cases) {
      await t.test(name, () => assert.rejects(bob.sts.assumeRole({ RoleArn, ...named, ...input }), error));
    }
  });

  test(`AssumeRole's limits and rules (${kind.name})`, async (t) => {
    const { context } = await setUp();
    await using _ = context;
    const { iam } = context.root;
    const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";
    const ann = await context.user("ann", { statements: [allow(["*"])] });
    const trust = trusting({ AWS: iamArn("root") }, ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]);
    await context.role("r", [trust], { MaxSessionDuration: 7200 });
    await iam.attachRolePolicy({ RoleName: "r", PolicyArn: administrator });
    const assume = async (input: object) =>
      context.as(credentialsIn(await ann.sts.assumeRole({ RoleArn, RoleSessionName: "session", ...input })));
    const tags = (count: number) => Array.from({ length: count }, (_, index) => ({ Key: `k${index}`, Value: "v" }));
    const { Policy: own } = await iam.createPolicy({ PolicyName: "own", PolicyDocument: policy(allow(["ssm:*"])) });
    const arns = (count: number) => Array.from({ length: count }, () => ({ arn: own!.Arn! }));
    await assume({ PolicyArns: arns(10), Policy: policy(allow(["ssm:*"])), Tags: tags(50) });
    await context.role("r".repeat(64), [trust]);
    const long = await assume({ RoleArn: RoleArn.replace(/r$/, "r".repeat(64)), RoleSessionName: "s".repeat(64) });
    assert.match((await long.sts.getCallerIdentity({})).Arn!, /assumed-role\/r{64}\/s{64}$/);
    const cases: readonly (readonly [string, object, string, RegExp])[] = [
      ["eleven policies", { PolicyArns: arns(11) }, "ValidationError", /'policyArns'.*10/],
      ["51 tags", { Tags: tags(51) }, "ValidationError", /'tags'.*50/],
      ["a long tag key", { Tags: [{ Key: "k".repeat(129), Value: "" }] }, "ValidationError", /128/],
      ["a long tag value", { Tags: [{ Key: "k", Value: "v".repeat(257) }] }, "ValidationError", /256/],
      ["a reserved tag", { Tags: [{ Key: "aws:k", Value: "v" }] }, "InvalidParameterValue", /reserved/],
      ["a transitive key that is no tag", { TransitiveTagKeys: ["x"] }, "InvalidParameterValue", /must be included/],
      [
        "a transitive key named as what objects have",
        { TransitiveTagKeys: ["constructor"] },
        "InvalidParameterValue",
        /must be included/,
      ],
      ["a short external id", { ExternalId: "x" }, "ValidationError", /'externalId'/],
      ["a source identity with blanks", { SourceIdentity: "an n" }, "ValidationError", /'sourceIdentity'/],
      ...[
        "role/r-that-is-long-enough",
        "arn::iam:::role/no-partition",
        "arn:aws::::role/no-service",
        "arn:aws:iam::1111222:",
      ].map(
        (RoleArn) => ["what is no ARN", { RoleArn }, "ValidationError", new RegExp(`^${RoleArn} is invalid$`)] as const,
      ),
      [
        "an ARN of another service",
        { RoleArn: "arn:aws:s3:::bucket/role/r" },
        "ValidationError",
        /^Request ARN is invalid$/,
      ],
      ["a user's ARN", { RoleArn: ann.arn }, "AccessDenied", /not authorized/],
      [
        "a context",
        {
          ProvidedContexts: [
            { ProviderArn: "arn:aws:iam::aws:contextProvider/IdentityCenter", ContextAssertion: "assertion" },
          ],
        },
        "ValidationError",
        /not supported/,
      ],
      [
        "half a day",
        { DurationSeconds: 43_200 },
        "ValidationError",
        /^The requested DurationSeconds exceeds the MaxSessionDuration set for this role\.$/,
      ],
      ["a week", { DurationSeconds: 604_800 }, "ValidationError", /'durationSeconds'/],
    ];
    for (const [what, input, name, message] of cases) {
      await t.test(what, () => assert.rejects(assume(input), { name, message }));
    }
    const identified = await assume({ SourceIdentity: "ann" });
    await t.test("a source identity stays along a chain", async () => {
      const next = await identified.sts.assumeRole({ RoleArn, RoleSessionName: "next" });
      assert.equal(next.SourceIdentity, "ann");
      const other = identified.sts.assumeRole({ RoleArn, RoleSessionName: "next", SourceIdentity: "eve" });
      await assert.rejects(other, { name: "AccessDenied" });
    });
    await t.test("a chain is an hour long", () =>
      assert.rejects(identified.sts.assumeRole({ RoleArn, RoleSessionName: "next", DurationSeconds: 3601 }), {
        name: "ValidationError",
        message: "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
      }),
    );
    assert.deepEqual(context.failures, []);
  });
}

test("AssumeRole gives a session of the role that was authorised, whatever happens to it meanwhile", async (t) => {
  await using context = await openSts();
  const { root, tokens } = context;
  const bob = await context.user("bob", { statements: [allow(["sts:AssumeRole"])] });
  const toBob = trusting({ AWS: bob.arn });
  const toNobody = trusting({ Service: "ecs-tasks.amazonaws.com" });
  const remove = async () => {
    await root.iam.detachRolePolicy({ RoleName: "r", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" });
    await root.iam.deleteRole({ RoleName: "r" });
  };
  const make = async (trust: object, MaxSessionDuration = 3600) => {
    const role = await context.role("r", [trust], { MaxSessionDuration });
    await root.iam.attachRolePolicy({ RoleName: "r", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" });
    return role;
  };
  const assume = (input: object = {}) => bob.sts.assumeRole({ RoleArn, ...named, ...input });
  const roleIdIn = (answer: Awaited<ReturnType<typeof assume>>) =>
    tokens.open(credentialsIn(answer).sessionToken)?.principal.userId.split(":")[0];

  await t.test("the trust policy is replaced", async () => {
    const role = await make(toBob);
    const PolicyDocument = policy(toNobody);
    context.afterDecision("sts:AssumeRole", () => root.iam.updateAssumeRolePolicy({ RoleName: "r", PolicyDocument }));
    assert.equal(roleIdIn(await assume()), role.id);
    await assert.rejects(assume(), { name: "AccessDenied" }, "the next request");
    await remove();
  });

  await t.test("the role is made anew under its name", async () => {
    const authorised = await make(toBob);
    context.afterDecision("sts:AssumeRole", async () => {
      await remove();
      await make(toNobody);
    });
    const answer = await assume();
    assert.equal(answer.AssumedRoleUser?.AssumedRoleId, `${authorised.id}:test`);
    assert.equal(roleIdIn(answer), authorised.id);
    const { ssm, sts } = context.as(credentialsIn(answer));
    await assert.rejects(ssm.describeParameters({}), { name: "AccessDeniedException" }, "the new role's permissions");
    await assert.rejects(sts.getCallerIdentity({}), { name: "InvalidClientTokenId" });
    await remove();
  });

  await t.test("the role is deleted", async () => {
    await make(toBob);
    context.afterDecision("sts:AssumeRole", remove);
    const { ssm } = context.as(credentialsIn(await assume()));
    await assert.rejects(ssm.describeParameters({}), { name: "AccessDeniedException" });
  });

  await t.test("the role may be assumed for longer", async () => {
    await make(toBob, 3600);
    context.afterDecision("sts:AssumeRole", () => root.iam.updateRole({ RoleName: "r", MaxSessionDuration: 43_200 }));
    const message = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.";
    await assert.rejects(assume({ DurationSeconds: 43_200 }), { name: "ValidationError", message });
    assert.ok((await assume({ DurationSeconds: 43_200 })).Credentials, "the next request");
    await remove();
  });
  assert.deepEqual(context.failures, []);
});
