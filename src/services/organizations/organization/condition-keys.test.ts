import assert from "node:assert/strict";
import { test } from "node:test";
import { allow, policy, trust } from "../../../../test/support/clients.ts";
import { databases } from "../../../../test/support/databases.ts";
import { testAccount, testRegion } from "../../../../test/support/in-process.ts";
import { memberAccount } from "../../../../test/support/member-account.ts";
import { credentialsIn } from "../../../../test/support/served.ts";
import { openOrganizations, stagingId } from "../organizations.fixture.ts";

const everyone = { Principal: "*" };

for (const kind of databases()) {
  /** A secret of the first account, and a user of a second one who may do everything as far as her own account says. */
  async function setUp() {
    const context = await openOrganizations(kind);
    const first = context.as();
    const { organizations, kms, secretsManager } = first;
    const { Organization: organization } = await organizations.describeOrganization({});
    const { Roots: roots } = await organizations.listRoots({});
    const second = context.as((await memberAccount(first, stagingId)).credentials);
    const { AccessKey: key } = await second.iam
      .createUser({ UserName: "mary" })
      .then(() => second.iam.createAccessKey({ UserName: "mary" }));
    const allowMary = (...statements: readonly object[]) =>
      second.iam.putUserPolicy({ UserName: "mary", PolicyName: "p", PolicyDocument: policy(...statements) });
    await allowMary(allow(["*"]));
    const { KeyMetadata: cmk } = await kms.createKey({});
    const { ARN: secret } = await secretsManager.createSecret({ Name: "s", SecretString: "v", KmsKeyId: cmk!.KeyId });
    const own = { ...allow(["kms:*"]), Principal: { AWS: `arn:aws:iam::${testAccount}:root` } };
    return {
      ...{ context, first, allowMary, id: organization!.Id!, root: roots![0]!.Id! },
      mary: context.as({ accessKeyId: key!.AccessKeyId!, secretAccessKey: key!.SecretAccessKey! }),
      read: (clients: typeof first) => clients.secretsManager.getSecretValue({ SecretId: secret! }),
      /** Shares the secret, and the key that encrypts it, on this condition. */
      async share(Condition: object) {
        const decrypt = { ...allow(["kms:Decrypt"]), ...everyone, Condition };
        await kms.putKeyPolicy({ KeyId: cmk!.KeyId!, Policy: policy(own, decrypt) });
        const ResourcePolicy = policy({ ...allow(["secretsmanager:GetSecretValue"]), ...everyone, Condition });
        await secretsManager.putResourcePolicy({ SecretId: secret!, ResourcePolicy });
      },
    };
  }

  test(`a resource's policy lets the organization in, by its id and its path (${kind.name})`, async (t) => {
    const { context, mary, read, share, id, root } = await setUp();
    await using _ = context;
    assert.match(`${id}/${root}/`, /^o-[a-z0-9]{10,32}\/r-[0-9a-z]{4,32}\/$/);
    const paths = (operator: string, path: string) => ({
      [`ForAnyValue:${operator}`]: { "aws:PrincipalOrgPaths": path },
    });
    const cases: readonly (readonly [string, object, boolean])[] = [
      ["another organization", { StringEquals: { "aws:PrincipalOrgID": "o-other12345" } }, false],
      ["the organization", { StringEquals: { "aws:PrincipalOrgID": id } }, true],
      ["the organization's root", paths("StringEquals", `${id}/${root}/`), true],
      ["everything in the organization", paths("StringLike", `${id}/*`), true],
      ["a unit of the organization", paths("StringLike", `${id}/${root}/ou-*`), false],
      ["an organization of the resource's", { StringEquals: { "aws:ResourceOrgID": id } }, true],
      ["a path of the resource's", { "ForAllValues:StringEquals": { "aws:ResourceOrgPaths": `${id}/${root}/` } }, true],
    ];
    for (const [name, condition, isIn] of cases) {
      await t.test(name, async () => {
        await share(condition);
        if (isIn) assert.equal((await read(mary)).SecretString, "v");
        else await assert.rejects(read(mary), { name: "AccessDeniedException" });
      });
    }
  });

  test(`root, sessions and federated users belong to their account's organization (${kind.name})`, async () => {
    const { context, first, mary, read, share, id } = await setUp();
    await using _ = context;
    await share({ StringEquals: { "aws:PrincipalOrgID": id, "aws:PrincipalAccount": [stagingId, testAccount] } });
    const AssumeRolePolicyDocument = policy({
      ...{ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" },
      Condition: { StringEquals: { "aws:PrincipalOrgID": id } },
    });
    const { Role: role } = await first.iam.createRole({ RoleName: "r", AssumeRolePolicyDocument });
    const session = context.as(
      credentialsIn(await mary.sts.assumeRole({ RoleArn: role!.Arn!, RoleSessionName: "mary" })),
    );
    const federated = context.as(
      credentialsIn(await mary.sts.getFederationToken({ Name: "guest", Policy: policy(allow(["*"])) })),
    );
    for (const clients of [first, mary, session, federated]) assert.equal((await read(clients)).SecretString, "v");
    await first.iam.updateAssumeRolePolicy({ RoleName: "r", PolicyDocument: trust() });
    await assert.rejects(mary.sts.assumeRole({ RoleArn: role!.Arn!, RoleSessionName: "mary" }), {
      name: "AccessDenied",
    });
  });

  test(`an identity's policy tells the organization's resources from a stranger's (${kind.name})`, async () => {
    const { context, mary, read, share, allowMary, id } = await setUp();
    await using _ = context;
    await share({ StringEquals: { "aws:PrincipalOrgID": id } });
    const only = { ...allow(["*"]), Effect: "Deny" };
    await allowMary(allow(["*"]), { ...only, Condition: { StringNotEquals: { "aws:ResourceOrgID": id } } });
    assert.equal((await read(mary)).SecretString, "v");
    await mary.ssm.putParameter({ Name: "own", Type: "String", Value: "v" });
    const SecretId = `arn:aws:secretsmanager:${testRegion}:999988887777:secret:s-AbCdEf`;
    await assert.rejects(mary.secretsManager.getSecretValue({ SecretId }), {
      name: "AccessDeniedException",
      message: /with an explicit deny in an identity-based policy/,
    });
    await allowMary(allow(["*"]), { ...only, Condition: { StringEquals: { "aws:ResourceOrgID": id } } });
    await assert.rejects(read(mary), { name: "AccessDeniedException" });
  });
}
