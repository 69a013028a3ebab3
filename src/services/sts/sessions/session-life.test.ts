import assert from "node:assert/strict";
import { test } from "node:test";
import { allow, policy } from "../../../../test/support/clients.ts";
import { databases } from "../../../../test/support/databases.ts";
import { testAccount } from "../../../../test/support/in-process.ts";
import { credentialsIn, served } from "../../../../test/support/served.ts";

const RoleArn = `arn:aws:iam::${testAccount}:role/r`;
const trust = {
  ...{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${testAccount}:root` } },
  Action: ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
};

for (const kind of databases()) {
  async function setUp() {
    const context = await served(await kind.open());
    const root = context.as();
    await root.iam.createUser({ UserName: "ann" });
    const { AccessKey: key } = await root.iam.createAccessKey({ UserName: "ann" });
    const credentials = { accessKeyId: key!.AccessKeyId!, secretAccessKey: key!.SecretAccessKey! };
    const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";
    await root.iam.attachUserPolicy({ UserName: "ann", PolicyArn: administrator });
    await root.iam.createRole({ RoleName: "r", AssumeRolePolicyDocument: policy(trust), MaxSessionDuration: 7200 });
    await root.iam.attachRolePolicy({ RoleName: "r", PolicyArn: administrator });
    await root.ssm.putParameter({ Name: "p", Type: "String", Value: "v" });
    const ann = context.as(credentials);
    const assume = async (input: object = {}, by = ann) =>
      context.as(credentialsIn(await by.sts.assumeRole({ RoleArn, RoleSessionName: "session", ...input })));
    const remove = async () => {
      await root.iam.deleteAccessKey({ UserName: "ann", AccessKeyId: credentials.accessKeyId });
      await root.iam.detachUserPolicy({ UserName: "ann", PolicyArn: administrator });
      await root.iam.deleteUser({ UserName: "ann" });
    };
    return { context, root, ann, credentials, assume, remove };
  }
  const denied = { name: "AccessDeniedException" };
  const read = { Name: "p" };

  test(`a policy as AWSRevokeOlderSessions ends a role's sessions of before, and no later ones (${kind.name})`, async () => {
    const { context, root, assume } = await setUp();
    await using _ = context;
    const before = await assume();
    await before.ssm.getParameter(read);
    context.clock.advance(1_000);
    const revocation = context.clock.now().toISOString();
    const Condition = { DateLessThan: { "aws:TokenIssueTime": revocation } };
    const PolicyDocument = policy({ Effect: "Deny", Action: ["*"], Resource: ["*"], Condition });
    await root.iam.putRolePolicy({ RoleName: "r", PolicyName: "AWSRevokeOlderSessions", PolicyDocument });
    await assert.rejects(before.ssm.getParameter(read), {
      ...denied,
      message: `User: arn:aws:sts::${testAccount}:assumed-role/r/session is not authorized to perform: ssm:GetParameter on resource: arn:aws:ssm:us-east-1:${testAccount}:parameter/p with an explicit deny in an identity-based policy`,
    });
    await assert.rejects(before.sts.assumeRole({ RoleArn, RoleSessionName: "next" }), { name: "AccessDenied" });
    context.clock.advance(1_000);
    await (await assume()).ssm.getParameter(read);
  });

  test(`such a policy at a user ends its GetSessionToken sessions and spares its access key (${kind.name})`, async () => {
    const { context, root, ann } = await setUp();
    await using _ = context;
    const session = context.as(credentialsIn(await ann.sts.getSessionToken({})));
    await session.ssm.getParameter(read);
    context.clock.advance(1_000);
    const Condition = { DateLessThan: { "aws:TokenIssueTime": context.clock.now().toISOString() } };
    const PolicyDocument = policy({ Effect: "Deny", Action: "*", Resource: "*", Condition });
    await root.iam.putUserPolicy({ UserName: "ann", PolicyName: "revoke", PolicyDocument });
    await assert.rejects(session.ssm.getParameter(read), denied);
    await ann.ssm.getParameter(read);
  });

  test(`a role's sessions end with the role, also where one of its name is made anew (${kind.name})`, async () => {
    const { context, root, assume } = await setUp();
    await using _ = context;
    const session = await assume();
    await root.iam.detachRolePolicy({ RoleName: "r", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" });
    await root.iam.deleteRole({ RoleName: "r" });
    for (const madeAnew of [false, true]) {
      if (madeAnew) {
        await root.iam.createRole({ RoleName: "r", AssumeRolePolicyDocument: policy(trust) });
        await root.iam.attachRolePolicy({ RoleName: "r", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" });
      }
      await assert.rejects(session.ssm.getParameter(read), denied);
      await assert.rejects(session.sts.getCallerIdentity({}), {
        name: "InvalidClientTokenId",
        message: "The security token included in the request is invalid.",
      });
    }
  });

  test(`a user's sessions end with the user, a role's that the user assumed do not (${kind.name})`, async () => {
    const { context, ann, assume, remove } = await setUp();
    await using _ = context;
    const own = context.as(credentialsIn(await ann.sts.getSessionToken({})));
    const ofRole = await assume();
    await remove();
    await assert.rejects(own.ssm.getParameter(read), denied);
    await assert.rejects(own.sts.getCallerIdentity({}), { name: "InvalidClientTokenId" });
    await assert.rejects(ann.sts.getCallerIdentity({}), { name: "InvalidClientTokenId" });
    await ofRole.ssm.getParameter(read);
  });

  test(`a session ends on time (${kind.name})`, async () => {
    const { context, assume } = await setUp();
    await using _ = context;
    const session = await assume({ DurationSeconds: 900 });
    // The client signs by the time of day, which a request of STS may be 15 minutes away from.
    context.clock.advance(890_000);
    await session.sts.getCallerIdentity({});
    context.clock.advance(10_000);
    await assert.rejects(session.sts.getCallerIdentity({}), { name: "ExpiredToken" });
  });

  test(`nobody here has a multi-factor device, and conditions see that (${kind.name})`, async (t) => {
    const { context, root, ann, assume } = await setUp();
    await using _ = context;
    const device = { SerialNumber: `arn:aws:iam::${testAccount}:mfa/ann`, TokenCode: "123456" };
    const invalid = /^MultiFactorAuthentication failed, unable to validate MFA code\./;
    const both = /^MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code\.$/;
    for (const [input, message] of [
      [device, invalid],
      [{ SerialNumber: device.SerialNumber }, both],
      [{ TokenCode: device.TokenCode }, both],
    ] as const) {
      await assert.rejects(assume(input), { name: "AccessDenied", message });
      await assert.rejects(ann.sts.getSessionToken(input), { name: "AccessDenied", message });
    }
    const ofUser = context.as(credentialsIn(await ann.sts.getSessionToken({})));
    const cases: readonly (readonly [string, object, readonly ("key" | "session")[]])[] = [
      ["Bool true", { Bool: { "aws:MultiFactorAuthPresent": "true" } }, []],
      ["Bool false", { Bool: { "aws:MultiFactorAuthPresent": "false" } }, ["session"]],
      ["BoolIfExists false", { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } }, ["key", "session"]],
      ["Null true", { Null: { "aws:MultiFactorAuthPresent": "true" } }, ["key"]],
      ["an age", { NumericLessThan: { "aws:MultiFactorAuthAge": "3600" } }, []],
      ["no age", { Null: { "aws:MultiFactorAuthAge": "true" } }, ["key", "session"]],
    ];
    for (const [what, Condition, allowed] of cases) {
      await t.test(what, async () => {
        const PolicyDocument = policy({ ...trust, Condition });
        await root.iam.updateAssumeRolePolicy({ RoleName: "r", PolicyDocument });
        for (const [who, caller] of [
          ["key", ann],
          ["session", ofUser],
        ] as const) {
          if (allowed.includes(who)) await assume({}, caller);
          else await assert.rejects(assume({}, caller), { name: "AccessDenied" }, who);
        }
      });
    }
  });

  test(`AssumeRole's limits and rules (${kind.name})`, async (t) => {
    const { context, root, assume } = await setUp();
    await using _ = context;
    const tags = (count: number) => Array.from({ length: count }, (_, index) => ({ Key: `k${index}`, Value: "v" }));
    const { Policy: own } = await root.iam.createPolicy({
      PolicyName: "own",
      PolicyDocument: policy(allow(["ssm:*"])),
    });
    const arns = (count: number) => Array.from({ length: count }, () => ({ arn: own!.Arn! }));
    await assume({ PolicyArns: arns(10), Policy: policy(allow(["ssm:*"])), Tags: tags(50) });
    await root.iam.createRole({ RoleName: "r".repeat(64), AssumeRolePolicyDocument: policy(trust) });
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
      ["a user's ARN", { RoleArn: `arn:aws:iam::${testAccount}:user/ann` }, "AccessDenied", /not authorized/],
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
    const named = await assume({ SourceIdentity: "ann" });
    await t.test("a source identity stays along a chain", async () => {
      const next = await named.sts.assumeRole({ RoleArn, RoleSessionName: "next" });
      assert.equal(next.SourceIdentity, "ann");
      const other = named.sts.assumeRole({ RoleArn, RoleSessionName: "next", SourceIdentity: "eve" });
      await assert.rejects(other, { name: "AccessDenied" });
    });
    await t.test("a chain is an hour long", () =>
      assert.rejects(named.sts.assumeRole({ RoleArn, RoleSessionName: "next", DurationSeconds: 3601 }), {
        ...{ name: "ValidationError" },
        message: "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
      }),
    );
    assert.deepEqual(context.failures, []);
  });
}
