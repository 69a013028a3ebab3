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

  test(`another account's root user finds nothing and changes nothing by ARNs and ids (${kind.name})`, async (t) => {
    const { context, first, second } = await setUp();
    await using _ = context;
    const { secretsManager, kms, iam, ecs } = first;
    await first.ssm.putParameter({ Name: "/p", Type: "String", Value: "first's" });
    const parameter = `arn:aws:ssm:${testRegion}:${testAccount}:parameter/p`;
    const secret = (await secretsManager.createSecret({ Name: "s", SecretString: "first's" })).ARN!;
    const key = (await kms.createKey({})).KeyMetadata!.Arn!;
    const trust = policy({ Effect: "Allow", Principal: { AWS: testAccount }, Action: "sts:AssumeRole" });
    const role = (await iam.createRole({ RoleName: "r", AssumeRolePolicyDocument: trust })).Role!.Arn!;
    const managed = await iam.createPolicy({ PolicyName: "m", PolicyDocument: policy(allow(["ssm:*"])) });
    const PolicyArn = managed.Policy!.Arn!;
    const { AccessKey: accessKey } = await iam.createAccessKey({ UserName: "ann" });
    const cluster = (await ecs.createCluster({ clusterName: "c" })).cluster!.clusterArn!;
    const containerDefinitions = [{ name: "c", image: "i", memory: 64 }];
    const registered = await ecs.registerTaskDefinition({ family: "f", containerDefinitions });
    const taskDefinition = registered.taskDefinition!.taskDefinitionArn!;
    const service = (await ecs.createService({ cluster, serviceName: "s", taskDefinition, desiredCount: 0 })).service!
      .serviceArn!;
    const [KeyId, SecretId, serviceArn] = [key, secret, service];
    const Plaintext = Buffer.from("a");
    const tags = [{ key: "a", value: "b" }];
    const Tags = [{ Key: "a", Value: "b" }];
    const they = second;
    const calls: readonly (readonly [string, () => Promise<unknown>])[] = [
      ["GetParameter", () => they.ssm.getParameter({ Name: parameter })],
      ["GetParameters", () => they.ssm.getParameters({ Names: [parameter] })],
      ["GetParameterHistory", () => they.ssm.getParameterHistory({ Name: parameter })],
      ["PutParameter", () => they.ssm.putParameter({ Name: parameter, Value: "x", Overwrite: true })],
      ["DeleteParameter", () => they.ssm.deleteParameter({ Name: parameter })],
      ["PutResourcePolicy", () => they.ssm.putResourcePolicy({ ResourceArn: parameter, Policy: trust })],
      ["GetSecretValue", () => they.secretsManager.getSecretValue({ SecretId })],
      ["DescribeSecret", () => they.secretsManager.describeSecret({ SecretId })],
      ["PutSecretValue", () => they.secretsManager.putSecretValue({ SecretId, SecretString: "x" })],
      ["DeleteSecret", () => they.secretsManager.deleteSecret({ SecretId, ForceDeleteWithoutRecovery: true })],
      [
        "PutResourcePolicy of a secret",
        () => they.secretsManager.putResourcePolicy({ SecretId, ResourcePolicy: trust }),
      ],
      ["TagResource of a secret", () => they.secretsManager.tagResource({ SecretId, Tags })],
      ["Encrypt", () => they.kms.encrypt({ KeyId, Plaintext })],
      ["DescribeKey", () => they.kms.describeKey({ KeyId })],
      ["PutKeyPolicy", () => they.kms.putKeyPolicy({ KeyId, Policy: trust, BypassPolicyLockoutSafetyCheck: true })],
      ["ScheduleKeyDeletion", () => they.kms.scheduleKeyDeletion({ KeyId })],
      ["CreateAlias", () => they.kms.createAlias({ AliasName: "alias/x", TargetKeyId: key })],
      ["CreateGrant", () => they.kms.createGrant({ KeyId, GranteePrincipal: role, Operations: ["Decrypt"] })],
      [
        "CreateSecret with the key",
        () => they.secretsManager.createSecret({ Name: "x", KmsKeyId: key, SecretString: "x" }),
      ],
      ["AssumeRole", () => they.sts.assumeRole({ RoleArn: role, RoleSessionName: "they" })],
      ["GetPolicy", () => they.iam.getPolicy({ PolicyArn })],
      ["GetPolicyVersion", () => they.iam.getPolicyVersion({ PolicyArn, VersionId: "v1" })],
      ["ListPolicyVersions", () => they.iam.listPolicyVersions({ PolicyArn })],
      ["ListEntitiesForPolicy", () => they.iam.listEntitiesForPolicy({ PolicyArn })],
      ["CreatePolicyVersion", () => they.iam.createPolicyVersion({ PolicyArn, PolicyDocument: policy(allow(["*"])) })],
      ["DeletePolicy", () => they.iam.deletePolicy({ PolicyArn })],
      ["AttachRolePolicy", () => they.iam.attachRolePolicy({ RoleName: "OrganizationAccountAccessRole", PolicyArn })],
      ["GetAccessKeyLastUsed", () => they.iam.getAccessKeyLastUsed({ AccessKeyId: accessKey!.AccessKeyId! })],
      [
        "UpdateAccessKey",
        () => they.iam.updateAccessKey({ AccessKeyId: accessKey!.AccessKeyId!, UserName: "ann", Status: "Inactive" }),
      ],
      ["DescribeServices", () => they.ecs.describeServices({ cluster, services: [service] })],
      ["ListServices", () => they.ecs.listServices({ cluster })],
      ["ListTasks", () => they.ecs.listTasks({ cluster })],
      ["UpdateService", () => they.ecs.updateService({ cluster, service, desiredCount: 1 })],
      ["DeleteService", () => they.ecs.deleteService({ cluster, service, force: true })],
      ["DeleteCluster", () => they.ecs.deleteCluster({ cluster })],
      ["UpdateClusterSettings", () => they.ecs.updateClusterSettings({ cluster, settings: [] })],
      ["DescribeTaskDefinition", () => they.ecs.describeTaskDefinition({ taskDefinition })],
      ["DeregisterTaskDefinition", () => they.ecs.deregisterTaskDefinition({ taskDefinition })],
      ["RunTask with the definition", () => they.ecs.runTask({ taskDefinition })],
      ["RunTask in the cluster", () => they.ecs.runTask({ cluster, taskDefinition })],
      ["RegisterContainerInstance", () => they.ecs.registerContainerInstance({ cluster })],
      ["TagResource of a service", () => they.ecs.tagResource({ resourceArn: serviceArn, tags })],
      ["ListTagsForResource of a service", () => they.ecs.listTagsForResource({ resourceArn: serviceArn })],
    ];
    for (const [what, call] of calls) {
      await t.test(what, () =>
        assert.rejects(
          call(),
          (error: Error & { $fault?: string }) => error.$fault === "client" && !/first's/.test(error.message),
        ),
      );
    }
    assert.deepEqual((await they.ecs.describeClusters({ clusters: [cluster] })).failures?.[0]?.reason, "MISSING");
    assert.deepEqual((await they.secretsManager.batchGetSecretValue({ SecretIdList: [secret] })).SecretValues, []);
    const events = (await they.cloudTrail.lookupEvents({})).Events ?? [];
    for (const { CloudTrailEvent: event } of events) {
      const { recipientAccountId, userIdentity } = JSON.parse(event!);
      assert.deepEqual([recipientAccountId, userIdentity.accountId], ["444455556666", "444455556666"]);
    }
    assert.ok(events.length > 0);
    assert.equal((await first.ssm.getParameter({ Name: "/p" })).Parameter?.Value, "first's");
    assert.equal((await secretsManager.getSecretValue({ SecretId })).SecretString, "first's");
    assert.equal((await kms.describeKey({ KeyId })).KeyMetadata?.KeyState, "Enabled");
    assert.equal((await ecs.describeServices({ cluster, services: [service] })).services?.[0]?.status, "ACTIVE");
    assert.deepEqual(context.failures, []);
  });
}
