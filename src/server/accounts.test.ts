import assert from "node:assert/strict";
import { test } from "node:test";
import { allow, type Clients, policy } from "../../test/support/clients.ts";
import { databases } from "../../test/support/databases.ts";
import { testAccount, testRegion } from "../../test/support/in-process.ts";
import { type Credentials, credentialsIn, served } from "../../test/support/served.ts";
import { makeRootKey } from "../services/organizations/index.ts";

const theirs = "444455556666";
const toFirst = { AWS: `arn:aws:iam::${testAccount}:root` };

for (const kind of databases()) {
  /** The first account with a user, and another account. */
  async function setUp() {
    const context = await served(await kind.open());
    const first = context.as();
    const Tags = [{ Key: "sealift:account-id", Value: theirs }];
    await first.organizations.createAccount({ AccountName: "b", Email: "b@example.com", Tags });
    const second = context.as((await makeRootKey(context.plane.organizations, theirs))!);
    const user = await newUser(first, "ann");
    return { context, first, second, ann: context.as(user) };
  }

  async function newUser({ iam }: Clients, UserName: string): Promise<Credentials> {
    await iam.createUser({ UserName });
    const { AccessKey: key } = await iam.createAccessKey({ UserName });
    return { accessKeyId: key!.AccessKeyId!, secretAccessKey: key!.SecretAccessKey! };
  }

  function allowAnn({ iam }: Clients, ...statements: readonly object[]) {
    return iam.putUserPolicy({ UserName: "ann", PolicyName: "p", PolicyDocument: policy(...statements) });
  }

  test(`two accounts have everything apart that has a name (${kind.name})`, async () => {
    const { context, first, second } = await setUp();
    await using _ = context;
    const made: Record<string, string>[] = [];
    for (const clients of [first, second]) {
      const { ssm, secretsManager, kms, iam, ecs } = clients;
      await ssm.putParameter({ Name: "/same", Type: "SecureString", Value: clients === first ? "one" : "two" });
      const { ARN } = await secretsManager.createSecret({ Name: "same", SecretString: clients === first ? "1" : "2" });
      const { KeyMetadata: key } = await kms.createKey({});
      await kms.createAlias({ AliasName: "alias/same", TargetKeyId: key!.KeyId! });
      const trust = policy({ Effect: "Allow", Principal: { Service: "ecs.amazonaws.com" }, Action: "sts:AssumeRole" });
      const { Role } = await iam.createRole({ RoleName: "same", AssumeRolePolicyDocument: trust });
      const { Policy } = await iam.createPolicy({ PolicyName: "same", PolicyDocument: policy(allow(["ssm:*"])) });
      const { cluster } = await ecs.createCluster({ clusterName: "same" });
      const container = { name: "c", image: "i", memory: 64 };
      const { taskDefinition } = await ecs.registerTaskDefinition({
        family: "same",
        containerDefinitions: [container],
      });
      made.push({
        ...{ secret: ARN!, key: key!.Arn!, role: Role!.Arn!, policy: Policy!.Arn!, cluster: cluster!.clusterArn! },
        taskDefinition: taskDefinition!.taskDefinitionArn!,
      });
    }
    for (const [index, account] of [testAccount, theirs].entries()) {
      for (const [what, arn] of Object.entries(made[index]!)) assert.ok(arn.includes(`:${account}:`), `${what} ${arn}`);
    }
    assert.match(made[1]!.taskDefinition!, /same:1$/);
    const { ssm, secretsManager, kms, iam, ecs, organizations } = second;
    assert.equal((await ssm.getParameter({ Name: "/same", WithDecryption: true })).Parameter?.Value, "two");
    assert.equal((await secretsManager.getSecretValue({ SecretId: "same" })).SecretString, "2");
    assert.equal((await kms.describeKey({ KeyId: "alias/same" })).KeyMetadata?.Arn, made[1]!.key);
    assert.equal((await ssm.describeParameters({})).Parameters?.length, 1);
    assert.equal((await secretsManager.listSecrets({})).SecretList?.length, 1);
    assert.equal((await iam.listUsers({})).Users?.length, 0);
    assert.deepEqual(
      (await iam.listRoles({})).Roles?.map(({ RoleName }) => RoleName),
      ["OrganizationAccountAccessRole", "same"],
    );
    assert.equal((await iam.listPolicies({ Scope: "Local" })).Policies?.length, 1);
    assert.equal((await ecs.listClusters({})).clusterArns?.length, 2);
    assert.equal((await ecs.listTaskDefinitions({})).taskDefinitionArns?.length, 1);
    // Each account's key for secrets is its own.
    const aliases = await Promise.all([first, second].map((clients) => clients.kms.listAliases({})));
    const [one, two] = aliases.map(({ Aliases }) => Aliases?.find(({ AliasName }) => AliasName === "alias/aws/ssm"));
    assert.notEqual(one?.TargetKeyId, two?.TargetKeyId);
    // Without a policy of the resource's, its ARN leads nowhere, also for root.
    const { secret, key, role, cluster } = made[1]!;
    await assert.rejects(first.secretsManager.getSecretValue({ SecretId: secret }), { name: "AccessDeniedException" });
    await assert.rejects(first.kms.encrypt({ KeyId: key, Plaintext: Buffer.from("a") }), {
      name: "AccessDeniedException",
    });
    await assert.rejects(first.kms.describeKey({ KeyId: key! }), { name: "AccessDeniedException" });
    const arn = `arn:aws:ssm:${testRegion}:${theirs}:parameter/same`;
    await assert.rejects(first.ssm.getParameter({ Name: arn }), /AccessDenied|ParameterNotFound/);
    await assert.rejects(first.ecs.deleteCluster({ cluster: cluster! }), /AccessDenied|ClusterNotFound|account/i);
    await assert.rejects(first.sts.assumeRole({ RoleArn: role!, RoleSessionName: "ann" }), { name: "AccessDenied" });
    await assert.rejects(organizations.listAccounts({}), { name: "AccessDeniedException" });
    assert.deepEqual(context.failures, []);
  });

  test(`a role of another account needs both sides to allow (${kind.name})`, async () => {
    const { context, first, second, ann } = await setUp();
    await using _ = context;
    const trust = (principal: object) => policy({ Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" });
    const annArn = `arn:aws:iam::${testAccount}:user/ann`;
    const { Role: role } = await second.iam.createRole({
      RoleName: "r",
      AssumeRolePolicyDocument: trust({ AWS: annArn }),
    });
    await second.iam.putRolePolicy({
      ...{ RoleName: "r", PolicyName: "p", PolicyDocument: policy(allow(["ssm:GetParameter"])) },
    });
    await second.ssm.putParameter({ Name: "p", Type: "String", Value: "two" });
    const assume = () => ann.sts.assumeRole({ RoleArn: role?.Arn, RoleSessionName: "session" });
    const message = `User: ${annArn} is not authorized to perform: sts:AssumeRole on resource: ${role?.Arn}`;
    await assert.rejects(assume(), { name: "AccessDenied", message });
    await allowAnn(first, allow(["sts:AssumeRole"], [role!.Arn!]));
    const inside = context.as(credentialsIn(await assume()));
    assert.deepEqual((await inside.sts.getCallerIdentity({})).Arn, `arn:aws:sts::${theirs}:assumed-role/r/session`);
    assert.equal((await inside.ssm.getParameter({ Name: "p" })).Parameter?.Value, "two");
    await assert.rejects(inside.ssm.putParameter({ Name: "q", Type: "String", Value: "v" }), {
      name: "AccessDeniedException",
    });
    await second.iam.updateAssumeRolePolicy({
      RoleName: "r",
      PolicyDocument: trust({ AWS: `arn:aws:iam::${theirs}:root` }),
    });
    await assert.rejects(assume(), { name: "AccessDenied", message });
  });

  test(`a secret of another account needs its policy, its key's, and the reader's (${kind.name})`, async () => {
    const { context, first, second, ann } = await setUp();
    await using _ = context;
    const { KeyMetadata: key } = await second.kms.createKey({});
    const [KeyId, keyArn] = [key!.KeyId!, key!.Arn!];
    const { ARN } = await second.secretsManager.createSecret({ Name: "s", KmsKeyId: KeyId, SecretString: "theirs" });
    const read = () => ann.secretsManager.getSecretValue({ SecretId: ARN });
    const denied = { name: "AccessDeniedException" };
    await allowAnn(first, allow(["secretsmanager:GetSecretValue"], [ARN!]), allow(["kms:Decrypt"], [keyArn]));
    await assert.rejects(read(), denied);
    const share = { Effect: "Allow", Principal: toFirst, Action: "secretsmanager:GetSecretValue", Resource: "*" };
    await second.secretsManager.putResourcePolicy({ SecretId: "s", ResourcePolicy: policy(share) });
    await assert.rejects(read(), denied);
    const own = { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${theirs}:root` }, Action: "kms:*", Resource: "*" };
    const decrypt = { Effect: "Allow", Principal: toFirst, Action: "kms:Decrypt", Resource: "*" };
    await second.kms.putKeyPolicy({ KeyId, Policy: policy(own, decrypt) });
    assert.equal((await read()).SecretString, "theirs");
    await allowAnn(first, allow(["secretsmanager:GetSecretValue"], [ARN!]));
    await assert.rejects(read(), denied);
    // The account's own key for secrets is nobody else's.
    const { ARN: other } = await second.secretsManager.createSecret({ Name: "d", SecretString: "default key" });
    await second.secretsManager.putResourcePolicy({ SecretId: "d", ResourcePolicy: policy(share) });
    await allowAnn(first, allow(["secretsmanager:*", "kms:*"]));
    await assert.rejects(ann.secretsManager.getSecretValue({ SecretId: other }), /AccessDenied|kms/i);
  });

  test(`a parameter that another account shares is read by its ARN (${kind.name})`, async () => {
    const { context, first, second, ann } = await setUp();
    await using _ = context;
    await second.ssm.putParameter({ Name: "/p", Type: "String", Tier: "Advanced", Value: "theirs" });
    const arn = `arn:aws:ssm:${testRegion}:${theirs}:parameter/p`;
    await allowAnn(first, allow(["ssm:GetParameter"], [arn]));
    const read = () => ann.ssm.getParameter({ Name: arn });
    await assert.rejects(read(), { name: /AccessDeniedException|ParameterNotFound/ });
    const share = {
      Effect: "Allow",
      Principal: toFirst,
      Action: ["ssm:GetParameter", "ssm:GetParameters"],
      Resource: arn,
    };
    await second.ssm.putResourcePolicy({ ResourceArn: arn, Policy: policy(share) });
    assert.equal((await read()).Parameter?.Value, "theirs");
    await allowAnn(first, allow(["ssm:GetParameters"], [arn]));
    await assert.rejects(read(), { name: "AccessDeniedException" });
  });

  test(`a key of another account needs its policy and the caller's (${kind.name})`, async () => {
    const { context, first, second, ann } = await setUp();
    await using _ = context;
    const { KeyMetadata: key } = await second.kms.createKey({});
    const [KeyId, arn] = [key!.KeyId!, key!.Arn!];
    const encrypt = () => ann.kms.encrypt({ KeyId: arn, Plaintext: Buffer.from("text") });
    await allowAnn(first, allow(["kms:Encrypt"], [arn]));
    await assert.rejects(encrypt(), { name: "AccessDeniedException" });
    const own = { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${theirs}:root` }, Action: "kms:*", Resource: "*" };
    const use = { Effect: "Allow", Principal: toFirst, Action: "kms:Encrypt", Resource: "*" };
    await second.kms.putKeyPolicy({ KeyId, Policy: policy(own, use) });
    const { CiphertextBlob } = await encrypt();
    const { Plaintext } = await second.kms.decrypt({ CiphertextBlob });
    assert.equal(Buffer.from(Plaintext!).toString(), "text");
    await allowAnn(first, allow(["kms:Decrypt"]));
    await assert.rejects(encrypt(), { name: "AccessDeniedException" });
  });
}
