import assert from "node:assert/strict";
import { test } from "node:test";
import { type AwsCliError, awsCli, findAwsClis } from "../support/aws-cli.ts";
import { skipUnless } from "../support/require.ts";
import { startSealift } from "../support/sealift.ts";
import { until } from "../support/until.ts";

const account = "123456789012";
const statement = (rest: object) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...rest }] });
const trust = statement({ Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" });
const policy = statement({ Action: "iam:ListGroups", Resource: "*" });

interface LastAccessed {
  readonly JobStatus: string;
  readonly ServicesLastAccessed: readonly { ServiceNamespace: string; LastAuthenticatedEntity?: string }[];
}

const skip = await skipUnless("aws");

test("the aws CLI manages identities, and waits and pages as on AWS", { skip, timeout: 480_000 }, async () => {
  const [cli] = await findAwsClis();
  await using sealift = await startSealift({ runtime: "process", flags: ["--account", account, "--no-agent"] });
  const aws = awsCli(cli!, sealift);

  await aws("iam", "create-user", "--user-name", "bob");
  await aws("iam", "wait", "user-exists", "--user-name", "bob");
  await aws("iam", "create-role", "--role-name", "r", "--assume-role-policy-document", trust);
  await aws("iam", "wait", "role-exists", "--role-name", "r");
  await aws("iam", "create-policy", "--policy-name", "p", "--policy-document", policy);
  const policyArn = `arn:aws:iam::${account}:policy/p`;
  await aws("iam", "wait", "policy-exists", "--policy-arn", policyArn);
  await aws("iam", "create-instance-profile", "--instance-profile-name", "i");
  await aws("iam", "wait", "instance-profile-exists", "--instance-profile-name", "i");
  await aws("iam", "add-role-to-instance-profile", "--instance-profile-name", "i", "--role-name", "r");

  // A user may do what its group may do.
  await aws("iam", "create-group", "--group-name", "g");
  await aws("iam", "attach-group-policy", "--group-name", "g", "--policy-arn", policyArn);
  const { AccessKey: key } = await aws<{ AccessKey: { AccessKeyId: string; SecretAccessKey: string } }>(
    ...["iam", "create-access-key", "--user-name", "bob"],
  );
  const credentials = { accessKeyId: key.AccessKeyId, secretAccessKey: key.SecretAccessKey };
  const asBob = awsCli(cli!, { ...sealift, credentials });
  await assert.rejects(asBob("iam", "list-groups"), { code: "AccessDenied" });
  await aws("iam", "add-user-to-group", "--group-name", "g", "--user-name", "bob");
  const { Groups: groups } = await asBob<{ Groups: { GroupName: string }[] }>("iam", "list-groups");
  assert.deepEqual(
    groups.map(({ GroupName }) => GroupName),
    ["g"],
  );
  const { AccessKeyLastUsed: used } = await aws<{ AccessKeyLastUsed: { ServiceName: string } }>(
    ...["iam", "get-access-key-last-used", "--access-key-id", key.AccessKeyId],
  );
  assert.equal(used.ServiceName, "iam");

  const { JobId: job } = await aws<{ JobId: string }>(
    ...["iam", "generate-service-last-accessed-details", "--arn", `arn:aws:iam::${account}:group/g`],
  );
  const report = await until("the report is done", async () => {
    const state = await aws<LastAccessed>("iam", "get-service-last-accessed-details", "--job-id", job);
    return state.JobStatus === "COMPLETED" ? state : undefined;
  });
  assert.deepEqual(
    report.ServicesLastAccessed.map((service) => [service.ServiceNamespace, service.LastAuthenticatedEntity]),
    [["iam", `arn:aws:iam::${account}:user/bob`]],
  );

  const paged = ["--page-size", "1", "--query", "length(Policies)"];
  const filter = ["--filter", "LocalManagedPolicy"];
  assert.equal(await aws("iam", "get-account-authorization-details", ...filter, ...paged), 1);
  const count = await aws<number>("iam", "list-policies", "--scope", "AWS", "--query", "length(Policies)");
  assert.ok(count > 1500, String(count));

  await assert.rejects(aws("iam", "delete-role", "--role-name", "r"), (error: AwsCliError) => {
    assert.equal(error.code, "DeleteConflict");
    assert.match(error.message, /must remove roles from instance profile first/);
    return true;
  });
  await aws("iam", "create-service-linked-role", "--aws-service-name", "ecs.amazonaws.com");
  const { DeletionTaskId: task } = await aws<{ DeletionTaskId: string }>(
    ...["iam", "delete-service-linked-role", "--role-name", "AWSServiceRoleForECS"],
  );
  const { Status: status } = await aws<{ Status: string }>(
    ...["iam", "get-service-linked-role-deletion-status", "--deletion-task-id", task],
  );
  assert.equal(status, "SUCCEEDED");
});
