import assert from "node:assert/strict";
import { test } from "node:test";
import { allow, policy } from "../../../../test/support/clients.ts";
import { databases } from "../../../../test/support/databases.ts";
import { deviceOfUser } from "../../../../test/support/mfa-device.ts";
import { credentialsIn } from "../../../../test/support/served.ts";
import { iamArn, openSts, trustingAccount } from "../sts.fixture.ts";

const RoleArn = iamArn("role/r");
const role = { RoleArn, RoleSessionName: "session" };
const denied = { name: "AccessDenied" };
const invalid = {
  ...denied,
  message:
    "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.",
};
const wrong = { ...denied, message: "MultiFactorAuthentication failed with invalid MFA one time pass code. " };
const both = {
  ...denied,
  message: "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.",
};
const wrongCode = (right: string) => (right === "000000" ? "000001" : "000000");

for (const kind of databases()) {
  async function setUp(Condition: object = {}) {
    const context = await openSts(kind);
    const { root, clock } = context;
    const everything = { statements: [allow(["*"])] };
    const ann = await context.user("ann", everything);
    const eve = await context.user("eve", everything);
    await context.role("r", [{ ...trustingAccount, Condition }]);
    await root.iam.putRolePolicy({ RoleName: "r", PolicyName: "p", PolicyDocument: policy(allow(["*"])) });
    await root.ssm.putParameter({ Name: "p", Type: "String", Value: "v" });
    const telephone = await deviceOfUser(root.iam, "ann", clock);
    const shown = (TokenCode: string) => ({ SerialNumber: telephone.SerialNumber, TokenCode });
    return { context, root, ann, eve, clock, telephone, shown };
  }

  test(`a code is good once, and of the caller's own device (${kind.name})`, async () => {
    const { context, root, ann, eve, clock, telephone, shown } = await setUp();
    await using _ = context;
    for (const call of [
      (input: object, who: Pick<typeof ann, "sts"> = ann) => who.sts.getSessionToken(input),
      (input: object, who: Pick<typeof ann, "sts"> = ann) => who.sts.assumeRole({ ...role, ...input }),
    ]) {
      await assert.rejects(call({ SerialNumber: telephone.SerialNumber }), both);
      await assert.rejects(call({ TokenCode: telephone.code() }), both);
      await assert.rejects(call(shown(telephone.code())), wrong, "used before");
      clock.advance(60_000);
      await assert.rejects(call(shown(telephone.code()), eve), invalid);
      await assert.rejects(call({ ...shown(telephone.code()), SerialNumber: iamArn("mfa/none") }), invalid);
      await assert.rejects(call({ ...shown(telephone.code()), SerialNumber: "GAHT12345678" }), invalid);
      await assert.rejects(call(shown(wrongCode(telephone.code()))), wrong);
      for (const away of [-2, 2]) await assert.rejects(call(shown(telephone.code(away))), wrong);
      const at = await Promise.allSettled([1, 2].map(() => call(shown(telephone.code()))));
      assert.deepEqual(at.map(({ status }) => status).toSorted(), ["fulfilled", "rejected"]);
      await assert.rejects(call(shown(telephone.code(-1))), wrong, "older than the last one");
      await call(shown(telephone.code(1)));
      clock.advance(60_000);
      await call(shown(telephone.code()));
    }
    await assert.rejects(root.sts.getSessionToken(shown(telephone.code(1))), invalid);
    const { SerialNumber } = telephone;
    await root.iam.deactivateMFADevice({ UserName: "ann", SerialNumber });
    await assert.rejects(ann.sts.getSessionToken(shown(telephone.code(1))), invalid);
  });

  test(`ten codes are looked at in 30 seconds (${kind.name})`, async () => {
    const { context, ann, clock, telephone, shown } = await setUp();
    await using _ = context;
    for (let tried = 0; tried < 10; tried++) {
      await assert.rejects(ann.sts.getSessionToken(shown(wrongCode(telephone.code(1)))), wrong);
    }
    await assert.rejects(ann.sts.getSessionToken(shown(telephone.code(1))), wrong);
    clock.advance(30_000);
    await ann.sts.getSessionToken(shown(telephone.code()));
  });

  test(`a device whose clock is off is good after it was synchronized (${kind.name})`, async () => {
    const { context, root, ann, clock, telephone, shown } = await setUp();
    await using _ = context;
    await root.iam.resyncMFADevice({
      ...{ UserName: "ann", SerialNumber: telephone.SerialNumber },
      ...telephone.codes(6),
    });
    clock.advance(30_000);
    await assert.rejects(ann.sts.getSessionToken(shown(telephone.code())), wrong);
    await ann.sts.getSessionToken(shown(telephone.code(6)));
  });

  test(`a session of GetSessionToken tells of the device in every request, that of a role does not (${kind.name})`, async () => {
    const { context, root, ann, clock, telephone, shown } = await setUp();
    await using _ = context;
    const plain = context.as(credentialsIn(await ann.sts.getSessionToken({})));
    clock.advance(30_000);
    const user = context.as(credentialsIn(await ann.sts.getSessionToken(shown(telephone.code()))));
    const assumed = context.as(credentialsIn(await ann.sts.assumeRole({ ...role, ...shown(telephone.code(1)) })));
    clock.advance(100_000);
    const callers = { key: ann, plain, user, assumed };
    const read = { Name: "p" };
    const cases: readonly (readonly [string, object, readonly (keyof typeof callers)[]])[] = [
      ["Bool true", { Bool: { "aws:MultiFactorAuthPresent": "true" } }, ["user"]],
      ["Bool false", { Bool: { "aws:MultiFactorAuthPresent": "false" } }, ["plain", "assumed"]],
      ["BoolIfExists false", { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } }, ["key", "plain", "assumed"]],
      ["Null true", { Null: { "aws:MultiFactorAuthPresent": "true" } }, ["key"]],
      ["young", { NumericLessThanEquals: { "aws:MultiFactorAuthAge": "100" } }, ["user"]],
      ["younger", { NumericLessThan: { "aws:MultiFactorAuthAge": "100" } }, []],
      ["no age", { Null: { "aws:MultiFactorAuthAge": "true" } }, ["key", "plain", "assumed"]],
    ];
    for (const [what, Condition, allowed] of cases) {
      const PolicyDocument = policy({ ...allow(["ssm:GetParameter"]), Condition });
      await root.iam.putUserPolicy({ UserName: "ann", PolicyName: "p", PolicyDocument });
      await root.iam.putRolePolicy({ RoleName: "r", PolicyName: "p", PolicyDocument });
      for (const [who, { ssm }] of Object.entries(callers)) {
        const call = ssm.getParameter(read);
        if (allowed.includes(who as keyof typeof callers)) await call;
        else await assert.rejects(call, { name: "AccessDeniedException" }, `${what} ${who}`);
      }
    }
  });

  test(`a trust policy that asks for a device lets those in who show a code, or did for their session (${kind.name})`, async () => {
    const Condition = {
      Bool: { "aws:MultiFactorAuthPresent": "true" },
      NumericLessThan: { "aws:MultiFactorAuthAge": "100" },
    };
    const { context, ann, clock, telephone, shown } = await setUp(Condition);
    await using _ = context;
    await assert.rejects(ann.sts.assumeRole(role), denied);
    clock.advance(30_000);
    await ann.sts.assumeRole({ ...role, ...shown(telephone.code()) });
    const session = context.as(credentialsIn(await ann.sts.getSessionToken(shown(telephone.code(1)))));
    await session.sts.assumeRole(role);
    clock.advance(100_000);
    await assert.rejects(session.sts.assumeRole(role), denied);
    await session.sts.assumeRole({ ...role, ...shown(telephone.code()) });
  });

  test(`a code of a request that is denied is not used up (${kind.name})`, async () => {
    const { context, root, ann, clock, telephone, shown } = await setUp();
    await using _ = context;
    await root.iam.putUserPolicy({ UserName: "ann", PolicyName: "p", PolicyDocument: policy(allow(["ssm:*"])) });
    clock.advance(30_000);
    await assert.rejects(ann.sts.assumeRole({ ...role, ...shown(telephone.code()) }), denied);
    await ann.sts.getSessionToken(shown(telephone.code()));
  });

  test(`only with a device may a session of GetSessionToken call IAM (${kind.name})`, async () => {
    const { context, ann, clock, telephone, shown } = await setUp();
    await using _ = context;
    clock.advance(30_000);
    const plain = context.as(credentialsIn(await ann.sts.getSessionToken({})));
    await assert.rejects(plain.iam.listUsers({}), { name: "InvalidClientTokenId" });
    const user = context.as(credentialsIn(await ann.sts.getSessionToken(shown(telephone.code()))));
    assert.equal((await user.iam.getUser({})).User?.UserName, "ann");
    await user.sts.getCallerIdentity({});
    await assert.rejects(user.sts.getSessionToken({}), denied);
  });
}
