import assert from "node:assert/strict";
import { test } from "node:test";
import { allow, policy } from "../../../../test/support/clients.ts";
import { databases } from "../../../../test/support/databases.ts";
import { testAccount } from "../../../../test/support/in-process.ts";
import { credentialsIn } from "../../../../test/support/served.ts";
import { openSts, stsArn } from "../sts.fixture.ts";

const federatedArn = (name: string) => stsArn(`federated-user/${name}`);

for (const kind of databases()) {
  async function setUp() {
    const context = await openSts(kind);
    const { root } = context;
    const broker = await context.user("broker", { Tags: [{ Key: "team", Value: "brokers" }] });
    const allowBroker = (...statements: readonly object[]) =>
      root.iam.putUserPolicy({ UserName: "broker", PolicyName: "p", PolicyDocument: policy(...statements) });
    await allowBroker(allow(["sts:*", "ssm:*"]));
    await root.ssm.putParameter({ Name: "p", Type: "String", Value: "v" });
    return { context, root, broker, allowBroker };
  }
  const read = policy(allow(["ssm:GetParameter", "kms:*"]));

  test(`GetFederationToken gives what the user's and the session's policies both allow (${kind.name})`, async () => {
    const { context, root, broker, allowBroker } = await setUp();
    await using _ = context;
    const answer = await broker.sts.getFederationToken({ Name: "bob", Policy: read });
    assert.deepEqual(answer.FederatedUser, { FederatedUserId: `${testAccount}:bob`, Arn: federatedArn("bob") });
    assert.ok((answer.PackedPolicySize ?? 0) > 0);
    const bob = context.as(credentialsIn(answer));
    const { $metadata: __, ...identity } = await bob.sts.getCallerIdentity({});
    assert.deepEqual(identity, { UserId: `${testAccount}:bob`, Account: testAccount, Arn: federatedArn("bob") });
    assert.equal((await bob.ssm.getParameter({ Name: "p" })).Parameter?.Value, "v");
    await assert.rejects(bob.ssm.deleteParameter({ Name: "p" }), {
      name: "AccessDeniedException",
      message: new RegExp(`^User: ${federatedArn("bob")} is not authorized .* because no session policy allows the`),
    });
    await assert.rejects(bob.kms.listKeys({}), /because no identity-based policy allows the kms:ListKeys action/);
    // Policies count as they are when a request comes.
    await allowBroker(allow(["sts:*"]));
    await assert.rejects(bob.ssm.getParameter({ Name: "p" }), { name: "AccessDeniedException" });
    await allowBroker(allow(["ssm:*"]));
    await assert.rejects(broker.sts.getFederationToken({ Name: "bob", Policy: read }), {
      name: "AccessDenied",
      message: `User: ${broker.arn} is not authorized to perform: sts:GetFederationToken on resource: ${federatedArn("bob")}`,
    });
    await root.iam.deleteUserPolicy({ UserName: "broker", PolicyName: "p" });
    await root.iam.deleteAccessKey({ UserName: "broker", AccessKeyId: broker.credentials.accessKeyId });
    await root.iam.deleteUser({ UserName: "broker" });
    await assert.rejects(bob.ssm.getParameter({ Name: "p" }), { name: "AccessDeniedException" });
    await assert.rejects(bob.sts.getCallerIdentity({}), { name: "InvalidClientTokenId" });
  });

  test(`a federated user without session policies may do what a resource's policy allows it (${kind.name})`, async () => {
    const { context, root, broker } = await setUp();
    await using _ = context;
    const answer = await broker.sts.getFederationToken({ Name: "eve" });
    assert.equal(answer.PackedPolicySize, 0);
    const eve = context.as(credentialsIn(answer));
    await assert.rejects(eve.ssm.getParameter({ Name: "p" }), { name: "AccessDeniedException" });
    await root.secretsManager.createSecret({ Name: "s", SecretString: "shared" });
    const Principal = { AWS: federatedArn("eve") };
    const statement = { ...allow(["secretsmanager:GetSecretValue"]), Principal };
    await root.secretsManager.putResourcePolicy({ SecretId: "s", ResourcePolicy: policy(statement) });
    const { KeyMetadata: key } = await root.kms.createKey({});
    const own = { ...allow(["kms:*"]), Principal: { AWS: `arn:aws:iam::${testAccount}:root` } };
    const use = { ...allow(["kms:GenerateRandom", "kms:Decrypt"]), Principal };
    await root.kms.putKeyPolicy({ KeyId: key!.KeyId!, Policy: policy(own, use) });
    await root.secretsManager.updateSecret({ SecretId: "s", KmsKeyId: key!.KeyId!, SecretString: "shared" });
    assert.equal((await eve.secretsManager.getSecretValue({ SecretId: "s" })).SecretString, "shared");
  });

  test(`a federated user of the root user's may do what the session's policies allow (${kind.name})`, async () => {
    const { context, root } = await setUp();
    await using _ = context;
    const hours = { DurationSeconds: 129_600 };
    const answer = await root.sts.getFederationToken({ Name: "admin", Policy: read, ...hours });
    const seconds = Math.floor(context.clock.now().getTime() / 1000);
    assert.equal(answer.Credentials!.Expiration!.getTime() / 1000, seconds + 3600, "an hour at most");
    const admin = context.as(credentialsIn(answer));
    assert.equal((await admin.ssm.getParameter({ Name: "p" })).Parameter?.Value, "v");
    await assert.rejects(admin.ssm.deleteParameter({ Name: "p" }), { name: "AccessDeniedException" });
    const nothing = context.as(credentialsIn(await root.sts.getFederationToken({ Name: "nothing" })));
    await assert.rejects(nothing.ssm.getParameter({ Name: "p" }), { name: "AccessDeniedException" });
  });

  test(`GetFederationToken's tags come before the user's (${kind.name})`, async () => {
    const { context, root, broker, allowBroker } = await setUp();
    await using _ = context;
    const Condition = { StringEquals: { "aws:PrincipalTag/team": "guests" } };
    const Policy = policy({ ...allow(["ssm:GetParameter"]), Condition });
    const Tags = [{ Key: "Team", Value: "guests" }];
    const token = (input: object) => broker.sts.getFederationToken({ Name: "bob", Policy, ...input });
    const bob = context.as(credentialsIn(await token({ Tags })));
    assert.equal((await bob.ssm.getParameter({ Name: "p" })).Parameter?.Value, "v");
    const untagged = context.as(credentialsIn(await token({})));
    await assert.rejects(untagged.ssm.getParameter({ Name: "p" }), { name: "AccessDeniedException" });
    await allowBroker(allow(["sts:GetFederationToken"]));
    await assert.rejects(token({ Tags }), {
      name: "AccessDenied",
      message: /not authorized to perform: sts:TagSession/,
    });
    await root.iam.putUserPolicy({
      ...{ UserName: "broker", PolicyName: "p" },
      PolicyDocument: policy({ ...allow(["sts:*"]), Condition: { StringEquals: { "aws:RequestTag/Team": "guests" } } }),
    });
    await token({ Tags });
    await assert.rejects(token({ Tags: [{ Key: "Team", Value: "hosts" }] }), { name: "AccessDenied" });
  });

  test(`GetFederationToken refuses wrong input (${kind.name})`, async (t) => {
    const { context, broker } = await setUp();
    await using _ = context;
    const arns = (count: number) =>
      Array.from({ length: count }, () => ({ arn: "arn:aws:iam::aws:policy/PowerUserAccess" }));
    const cases: readonly (readonly [string, object, string, RegExp])[] = [
      ["a short name", { Name: "b" }, "ValidationError", /'name'.*greater than or equal to 2/],
      ["a long name", { Name: "b".repeat(33) }, "ValidationError", /'name'.*less than or equal to 32/],
      ["a name with a slash", { Name: "a/b" }, "ValidationError", /pattern/],
      ["a short session", { DurationSeconds: 899 }, "ValidationError", /900/],
      ["a long session", { DurationSeconds: 129_601 }, "ValidationError", /129600/],
      ["a malformed policy", { Policy: "{" }, "MalformedPolicyDocumentException", /./],
      ["a long policy", { Policy: `{${" ".repeat(2048)}}` }, "ValidationError", /2048/],
      ["eleven policies", { PolicyArns: arns(11) }, "ValidationError", /'policyArns'.*10/],
      [
        "a policy that is not there",
        { PolicyArns: [{ arn: `arn:aws:iam::${testAccount}:policy/x` }] },
        "ValidationError",
        /does not exist/,
      ],
      ["a reserved tag", { Tags: [{ Key: "AWS:x", Value: "" }] }, "InvalidParameterValue", /reserved/],
    ];
    for (const [what, input, name, message] of cases) {
      await t.test(what, () =>
        assert.rejects(broker.sts.getFederationToken({ Name: "bob", ...input }), { name, message }),
      );
    }
  });
}
