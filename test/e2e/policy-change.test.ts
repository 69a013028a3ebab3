import assert from "node:assert/strict";
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { allow, clientsOf, policy } from "../support/clients.ts";
import { takePostgresCopy } from "../support/postgres-copies.ts";
import { skipUnless } from "../support/require.ts";
import { startSealift } from "../support/sealift.ts";
import { throwAwayData } from "../support/throw-away.ts";

const withoutPostgres = await skipUnless("postgres");
for (const kind of ["one server", "two servers on one PostgreSQL"] as const) {
  const skip = kind === "one server" ? false : withoutPostgres;
  test(`a changed policy and a revoked session count with the next request (${kind})`, {
    skip,
    timeout: 480_000,
  }, async () => {
    await using resources = new AsyncDisposableStack();
    const postgres = kind === "one server" ? undefined : resources.use(await takePostgresCopy());
    const flags = ["--no-agent", ...(postgres ? ["--database", postgres.url] : [])];
    const data = resources.use(await throwAwayData());
    const first = resources.use(await startSealift({ runtime: "process", data: data.path, flags }));
    let second = first;
    if (postgres) {
      const other = resources.use(await throwAwayData());
      // The keys are the installation's, whichever machine serves it.
      for (const key of ["root.key", "root-access-key.json"]) {
        await copyFile(join(data.path, key), join(other.path, key));
      }
      second = resources.use(await startSealift({ runtime: "process", data: other.path, flags }));
    }
    const admin = clientsOf(first);
    await admin.ssm.putParameter({ Name: "/app/a", Type: "String", Value: "v" });
    const { Account } = await admin.sts.getCallerIdentity({});
    const trustsAccount = policy({ Effect: "Allow", Principal: { AWS: Account }, Action: "sts:AssumeRole" });
    const { Role } = await admin.iam.createRole({ RoleName: "reader", AssumeRolePolicyDocument: trustsAccount });
    await admin.iam.createUser({ UserName: "ann" });
    const { AccessKey: key } = await admin.iam.createAccessKey({ UserName: "ann" });
    const ann = { accessKeyId: key!.AccessKeyId!, secretAccessKey: key!.SecretAccessKey! };
    const put = (...statements: readonly object[]) =>
      admin.iam.putUserPolicy({ UserName: "ann", PolicyName: "app", PolicyDocument: policy(...statements) });
    const read = async (credentials: typeof ann & { sessionToken?: string }) => {
      const { ssm } = clientsOf({ ...second, credentials });
      return ssm.getParameter({ Name: "/app/a" }).then(
        ({ Parameter }) => Parameter!.Value,
        ({ name, message }) => `${name}: ${message.replace(/^.* (with|because)/, "$1")}`,
      );
    };
    const nothingAllows = "AccessDeniedException: because no identity-based policy allows the ssm:GetParameter action";
    const denied = "AccessDeniedException: with an explicit deny in an identity-based policy";
    for (let round = 0; round < 3; round++) {
      await put(allow(["ssm:GetParameter"]));
      assert.equal(await read(ann), "v");
      await put({ ...allow(["ssm:*"]), Effect: "Deny" });
      assert.equal(await read(ann), denied);
      await put(allow(["ssm:PutParameter"]));
      assert.equal(await read(ann), nothingAllows);
    }

    await admin.iam.putRolePolicy({
      ...{ RoleName: "reader", PolicyName: "read" },
      PolicyDocument: policy(allow(["ssm:GetParameter"])),
    });
    await put(allow(["sts:AssumeRole"]));
    const { sts } = clientsOf({ ...second, credentials: ann });
    const { Credentials } = await sts.assumeRole({ RoleArn: Role!.Arn!, RoleSessionName: "revoked" });
    const session = {
      accessKeyId: Credentials!.AccessKeyId!,
      secretAccessKey: Credentials!.SecretAccessKey!,
      sessionToken: Credentials!.SessionToken!,
    };
    assert.equal(await read(session), "v");
    // The console's "Revoke active sessions" puts this policy.
    const revoked = new Date(Date.now() + 1_000).toISOString();
    const Condition = { DateLessThan: { "aws:TokenIssueTime": revoked } };
    await admin.iam.putRolePolicy({
      ...{ RoleName: "reader", PolicyName: "AWSRevokeOlderSessions" },
      PolicyDocument: policy({ Effect: "Deny", Action: ["*"], Resource: ["*"], Condition }),
    });
    assert.equal(await read(session), denied);
    await admin.iam.deleteRolePolicy({ RoleName: "reader", PolicyName: "AWSRevokeOlderSessions" });
    assert.equal(await read(session), "v");
    await admin.iam.updateAccessKey({ UserName: "ann", AccessKeyId: ann.accessKeyId, Status: "Inactive" });
    assert.match((await read(ann))!, /^UnrecognizedClientException/);
  });
}
