import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { allow, type Clients, clientsOf, policy, trust } from "../support/clients.ts";
import { connectDocker } from "../support/docker.ts";
import { importHttpdImage } from "../support/images.ts";
import { skipUnless } from "../support/require.ts";
import { startAgent, startSealift } from "../support/sealift.ts";
import { throwAwayData, throwAwayDirectory } from "../support/throw-away.ts";
import { until } from "../support/until.ts";
import { root } from "./example.ts";

const run = promisify(execFile);
const folder = join(root, "examples/terraform");
const image = "public.ecr.aws/docker/library/busybox:1.37";
const tags = [{ Key: "project", Value: "shop" }];
const ecsTags = [{ key: "project", value: "shop" }];

const hasTerraform = await run("terraform", ["version"]).then(
  () => true,
  () => false,
);

// Without its providers, which come from a registry, Terraform reads the file and misses nothing else.
test("examples/terraform: the configuration is well-formed, and lacks nothing but the providers", {
  skip: hasTerraform ? false : "terraform is not on the PATH",
}, async () => {
  await using copy = await throwAwayDirectory();
  await cp(folder, copy.path, { recursive: true });
  await run("terraform", ["fmt", "-check", "-diff"], { cwd: copy.path });
  const failure = await run("terraform", ["validate", "-json"], { cwd: copy.path }).catch((error) => error);
  const { diagnostics } = JSON.parse(failure.stdout) as { diagnostics: readonly { readonly summary: string }[] };
  assert.deepEqual(
    diagnostics.map(({ summary }) => summary),
    ["Missing required provider", "Missing required provider"],
  );
});

test("examples/terraform: apply, plan and destroy, by the calls of the AWS provider in its order", {
  skip: await skipUnless("docker"),
  timeout: 480_000,
}, async (t) => {
  const written = await readFile(join(folder, "main.tf"), "utf8");
  for (const name of ["shop/database", "/shop/log-level", "shop-execution", image])
    assert(written.includes(name), name);
  await importHttpdImage(await connectDocker(), image);
  await using sealift = await startSealift({ runtime: "process", flags: ["--no-agent"] });
  const clients = clientsOf(sealift);
  const made = await apply(clients);
  await using data = await throwAwayData();
  await using _agent = await startAgent(sealift, { cluster: "shop", data: data.path, runtime: "docker" });
  await t.test("the service serves its parameter", () => serves(clients));
  await t.test("plan finds no changes", () => plan(clients, made));
  await t.test("destroy leaves nothing", () => destroy(clients, made));
});

interface Applied {
  readonly secret: string;
  readonly version: string;
  readonly role: string;
  readonly cluster: string;
  readonly revision: string;
  readonly service: string;
}

const SecretString = JSON.stringify({ username: "shop", password: "password-of-the-test" });

async function apply({ sts, secretsManager, ssm, iam, ecs }: Clients): Promise<Applied> {
  await sts.getCallerIdentity();
  const { ARN: secret = "" } = await secretsManager.createSecret({
    ...{ Name: "shop/database", Description: "", ForceOverwriteReplicaSecret: false, Tags: tags },
    ClientRequestToken: "terraform-20261130070000000000000001",
  });
  await secretsManager.describeSecret({ SecretId: secret });
  await secretsManager.getResourcePolicy({ SecretId: secret });
  const { VersionId: version = "" } = await secretsManager.putSecretValue({
    ...{ SecretId: secret, SecretString },
    ClientRequestToken: "terraform-20261130070000000000000002",
  });
  await secretsManager.getSecretValue({ SecretId: secret, VersionId: version });
  await ssm.putParameter({ Name: "/shop/log-level", Type: "String", Value: "info", Tags: tags });
  const { Parameter } = await ssm.getParameter({ Name: "/shop/log-level", WithDecryption: true });
  const { Role } = await iam.createRole({
    ...{ RoleName: "shop-execution", Path: "/", MaxSessionDuration: 3600, Tags: tags },
    AssumeRolePolicyDocument: trust(),
  });
  await iam.getRole({ RoleName: "shop-execution" });
  await iam.putRolePolicy({
    ...{ RoleName: "shop-execution", PolicyName: "read" },
    PolicyDocument: policy(
      allow(["secretsmanager:GetSecretValue"], [secret]),
      allow(["ssm:GetParameters"], [Parameter!.ARN!]),
    ),
  });
  const { cluster } = await ecs.createCluster({ clusterName: "shop", tags: ecsTags });
  const { taskDefinition } = await ecs.registerTaskDefinition({
    ...{
      family: "web",
      requiresCompatibilities: ["EC2"],
      networkMode: "bridge",
      executionRoleArn: Role!.Arn!,
      tags: ecsTags,
    },
    containerDefinitions: [
      {
        ...{ name: "web", image, essential: true, memory: 32 },
        command: [
          "sh",
          "-c",
          'mkdir /www && echo $LOG_LEVEL > /www/index.html && test -n "$PASSWORD" && exec httpd -f -p 80 -h /www',
        ],
        secrets: [
          { name: "PASSWORD", valueFrom: `${secret}:password::` },
          { name: "LOG_LEVEL", valueFrom: Parameter!.ARN! },
        ],
        portMappings: [{ containerPort: 80 }],
      },
    ],
  });
  const { service } = await ecs.createService({
    ...{ serviceName: "web", cluster: cluster!.clusterArn!, taskDefinition: taskDefinition!.taskDefinitionArn! },
    ...{ desiredCount: 1, schedulingStrategy: "REPLICA", enableECSManagedTags: false, enableExecuteCommand: false },
    ...{ clientToken: "terraform-20261130070000000000000003", tags: ecsTags, availabilityZoneRebalancing: "DISABLED" },
    deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: 100 },
  });
  return {
    ...{ secret, version, role: Role!.Arn!, cluster: cluster!.clusterArn! },
    ...{ revision: taskDefinition!.taskDefinitionArn!, service: service!.serviceArn! },
  };
}

async function serves({ ecs }: Clients): Promise<void> {
  const page = async () => {
    const { taskArns: tasks = [] } = await ecs.listTasks({ cluster: "shop", serviceName: "web" });
    if (tasks.length === 0) return undefined;
    const { tasks: [task] = [] } = await ecs.describeTasks({ cluster: "shop", tasks });
    const port = task?.containers?.[0]?.networkBindings?.[0]?.hostPort;
    if (port === undefined) return undefined;
    return fetch(`http://127.0.0.1:${port}/`).then(
      (answer) => answer.text(),
      () => undefined,
    );
  };
  assert.equal(await until("the service answers", page, { seconds: 90, pause: 300 }), "info\n");
}

/** What a refresh reads is what was applied: a difference would be a change in the plan. */
async function plan({ secretsManager, ssm, iam, ecs }: Clients, made: Applied): Promise<void> {
  const secret = await secretsManager.describeSecret({ SecretId: made.secret });
  assert.deepEqual([secret.Name, secret.Description ?? "", secret.Tags], ["shop/database", "", tags]);
  assert.equal((await secretsManager.getResourcePolicy({ SecretId: made.secret })).ResourcePolicy, undefined);
  const value = await secretsManager.getSecretValue({ SecretId: made.secret, VersionId: made.version });
  assert.deepEqual([value.SecretString, value.VersionStages], [SecretString, ["AWSCURRENT"]]);
  const { Parameters } = await ssm.describeParameters({
    ParameterFilters: [{ Key: "Name", Option: "Equals", Values: ["/shop/log-level"] }],
  });
  assert.deepEqual(
    Parameters?.map(({ Type, Tier, DataType }) => [Type, Tier, DataType]),
    [["String", "Standard", "text"]],
  );
  const listed = await ssm.listTagsForResource({ ResourceType: "Parameter", ResourceId: "/shop/log-level" });
  assert.deepEqual(listed.TagList, tags);
  const { Role } = await iam.getRole({ RoleName: "shop-execution" });
  assert.deepEqual(JSON.parse(decodeURIComponent(Role!.AssumeRolePolicyDocument!)), JSON.parse(trust()));
  assert.deepEqual([Role!.Path, Role!.MaxSessionDuration, Role!.Tags], ["/", 3600, tags]);
  assert.deepEqual((await iam.listRolePolicies({ RoleName: "shop-execution" })).PolicyNames, ["read"]);
  assert.deepEqual((await iam.listAttachedRolePolicies({ RoleName: "shop-execution" })).AttachedPolicies, []);
  const include = ["TAGS", "CONFIGURATIONS", "SETTINGS"] as const;
  const { clusters } = await ecs.describeClusters({ clusters: [made.cluster], include: [...include] });
  assert.deepEqual(
    clusters?.map(({ status, tags }) => [status, tags]),
    [["ACTIVE", ecsTags]],
  );
  const { taskDefinition } = await ecs.describeTaskDefinition({ taskDefinition: made.revision, include: ["TAGS"] });
  assert.deepEqual([taskDefinition?.status, taskDefinition?.executionRoleArn], ["ACTIVE", made.role]);
  const { services: [service] = [] } = await ecs.describeServices({
    ...{ cluster: made.cluster, services: [made.service], include: ["TAGS"] },
  });
  assert.deepEqual(
    [service?.status, service?.taskDefinition, service?.desiredCount, service?.tags, service?.launchType],
    ["ACTIVE", made.revision, 1, ecsTags, "EC2"],
  );
}

async function destroy({ secretsManager, ssm, iam, ecs }: Clients, made: Applied): Promise<void> {
  const { cluster, service } = made;
  await ecs.updateService({ cluster, service, desiredCount: 0 });
  await ecs.deleteService({ cluster, service, force: false });
  const isInactive = async () =>
    (await ecs.describeServices({ cluster, services: [service] })).services?.[0]?.status === "INACTIVE";
  await until("the service is inactive", isInactive, { seconds: 90, pause: 300 });
  await ecs.deregisterTaskDefinition({ taskDefinition: made.revision });
  await iam.deleteRolePolicy({ RoleName: "shop-execution", PolicyName: "read" });
  assert.deepEqual((await iam.listInstanceProfilesForRole({ RoleName: "shop-execution" })).InstanceProfiles, []);
  await iam.deleteRole({ RoleName: "shop-execution" });
  await ssm.deleteParameter({ Name: "/shop/log-level" });
  await secretsManager.deleteSecret({ SecretId: made.secret, ForceDeleteWithoutRecovery: true });
  await assert.rejects(secretsManager.describeSecret({ SecretId: made.secret }), { name: "ResourceNotFoundException" });
  // The machine is somebody else's: the provider tries again until it is gone.
  await assert.rejects(ecs.deleteCluster({ cluster }), { name: "ClusterContainsContainerInstancesException" });
}
