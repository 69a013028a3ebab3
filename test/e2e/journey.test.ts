import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type {
  DescribeServicesCommandOutput,
  DescribeTaskDefinitionCommandOutput,
  DescribeTasksCommandOutput,
  RegisterTaskDefinitionCommandInput,
  RegisterTaskDefinitionCommandOutput,
  RunTaskCommandOutput,
} from "@aws-sdk/client-ecs";
import { type AwsCli, type AwsCliError, awsCli, findAwsClis } from "../support/aws-cli.ts";
import { allow, policy, trust } from "../support/clients.ts";
import { containerOf, containersOf, inspectedEnvironment, processEnvironment } from "../support/containers.ts";
import { watchDeployment } from "../support/deployment.ts";
import { connectDocker } from "../support/docker.ts";
import { importHttpdImage } from "../support/images.ts";
import { skipUnless } from "../support/require.ts";
import { startSealift } from "../support/sealift.ts";
import { openSplunkCollector } from "../support/splunk-collector.ts";
import { privateAddress } from "../support/tasks.ts";
import { throwAwayDirectory } from "../support/throw-away.ts";

const name = "awsExampleParameter";
const roleName = "awsExampleRoleName";
const managedPolicy = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";
const network = "awsvpcConfiguration={subnets=[subnet-0123456789abcdef0],securityGroups=[sg-0123456789abcdef0]}";

const password = { first: "first-password-e2e", second: "second-password-e2e" };
const token = { first: "11111111-e2e0-4000-8000-000000000000", second: "22222222-e2e0-4000-8000-000000000000" };
const encrypted = { password: "customer-password-e2e", token: "33333333-e2e0-4000-8000-000000000000" };
const values = [password, token, encrypted].flatMap((both) => Object.values(both));

/** AWS's sample task definition; the command adds to the image's own that its environment is printed. */
function taskDefinition(options: {
  readonly splunkUrl: string;
  readonly account: string;
  readonly secret: string;
  readonly parameter: string;
}): Omit<RegisterTaskDefinitionCommandInput, "family"> {
  const { account, splunkUrl, secret, parameter } = options;
  return {
    requiresCompatibilities: ["EC2"],
    networkMode: "awsvpc",
    containerDefinitions: [
      {
        name: "web",
        image: "httpd",
        memory: 128,
        essential: true,
        command: ["sh", "-c", "env; trap 'exit 0' TERM; httpd-foreground & wait"],
        portMappings: [{ containerPort: 80, protocol: "tcp" }],
        logConfiguration: {
          logDriver: "splunk",
          options: { "splunk-url": splunkUrl },
          secretOptions: [
            { name: "splunk-token", valueFrom: `arn:aws:secretsmanager:us-east-1:${account}:secret:${secret}` },
          ],
        },
        secrets: [{ name: "DATABASE_PASSWORD", valueFrom: `arn:aws:ssm:us-east-1:${account}:parameter/${parameter}` }],
      },
    ],
    executionRoleArn: `arn:aws:iam::${account}:role/${roleName}`,
  };
}

/** The policy of the execution role. */
function readPolicy(account: string, secret: string, parameter: string, ...more: readonly object[]): string {
  const resources = [
    `arn:aws:ssm:us-east-1:${account}:parameter/${parameter}`,
    `arn:aws:secretsmanager:us-east-1:${account}:secret:${secret}*`,
  ];
  return policy(allow(["ssm:GetParameters", "secretsmanager:GetSecretValue"], resources), ...more);
}

const skip = await skipUnless("docker", "aws");
const clis: readonly AwsCli[] = skip ? [{ path: "", version: "of any version" }] : await findAwsClis();

for (const cli of clis) {
  test(`a secret's journey with aws-cli ${cli.version}`, { skip, timeout: 480_000 }, async (t) => {
    await using collector = await openSplunkCollector();
    await using files = await throwAwayDirectory();
    await using sealift = await startSealift({ runtime: "docker", flags: ["--account", "123456789012"] });
    const docker = await connectDocker();
    await importHttpdImage(docker);
    const aws = awsCli(cli, sealift);
    const { Account: account } = await aws<{ Account: string }>("sts", "get-caller-identity");
    const answers: unknown[] = [];

    async function run(family: string): Promise<string> {
      const words = ["--task-definition", family, "--network-configuration", network];
      const { tasks, failures } = await aws<RunTaskCommandOutput>("ecs", "run-task", ...words);
      assert.deepEqual(failures, []);
      answers.push(tasks);
      return tasks![0]!.taskArn!;
    }

    async function describe(taskArn: string) {
      const described = await aws<DescribeTasksCommandOutput>("ecs", "describe-tasks", "--tasks", taskArn);
      answers.push(described);
      return described.tasks![0]!;
    }

    async function register(family: string, definition: object): Promise<RegisterTaskDefinitionCommandOutput> {
      const file = join(files.path, `${family}.json`);
      await writeFile(file, JSON.stringify(definition));
      const words = ["--family", family, "--cli-input-json", `file://${file}`];
      const registered = await aws<RegisterTaskDefinitionCommandOutput>("ecs", "register-task-definition", ...words);
      answers.push(registered);
      return registered;
    }

    await t.test("put-parameter and create-secret store the values", async () => {
      const [parameter, secret] = await Promise.all([
        aws("ssm", "put-parameter", "--type", "SecureString", "--name", name, "--value", password.first),
        aws<{ ARN: string }>("secretsmanager", "create-secret", "--name", name, "--secret-string", token.first),
      ]);
      assert.deepEqual(parameter, { Version: 1, Tier: "Standard" });
      assert.match(
        secret.ARN,
        new RegExp(`^arn:aws:secretsmanager:us-east-1:${account}:secret:${name}-[A-Za-z0-9]{6}$`),
      );
    });

    await t.test("create-role, put-role-policy and attach-role-policy make the execution role", async () => {
      const created = await aws<{ Role: { Arn: string } }>(
        ...["iam", "create-role", "--role-name", roleName, "--assume-role-policy-document", trust()],
      );
      assert.equal(created.Role.Arn, `arn:aws:iam::${account}:role/${roleName}`);
      const inline = ["--policy-name", "read", "--policy-document", readPolicy(account, name, name)];
      await Promise.all([
        aws("iam", "put-role-policy", "--role-name", roleName, ...inline),
        aws("iam", "attach-role-policy", "--role-name", roleName, "--policy-arn", managedPolicy),
      ]);
    });

    await t.test("register-task-definition takes AWS's sample, but not without its execution role", async () => {
      const definition = taskDefinition({ splunkUrl: collector.url, account, secret: name, parameter: name });
      const { taskDefinition: registered } = await register("web", definition);
      assert.equal(registered?.taskDefinitionArn, `arn:aws:ecs:us-east-1:${account}:task-definition/web:1`);
      const { executionRoleArn: _, ...roleless } = definition;
      await assert.rejects(register("roleless", roleless), (error: AwsCliError) => {
        assert.equal(error.code, "ClientException");
        assert.match(
          error.message,
          /specifying container secrets, you must also specify a value for 'executionRoleArn'/,
        );
        return true;
      });
    });

    let firstTask = "";
    await t.test("run-task starts a container that has the password, and a log driver that has the token", async () => {
      await aws("ecs", "create-cluster");
      firstTask = await run("web");
      await aws("ecs", "wait", "tasks-running", "--tasks", firstTask);
      const container = await containerOf(docker, firstTask);
      const [inspected, seen] = await Promise.all([
        inspectedEnvironment(docker, container),
        processEnvironment(docker, container),
      ]);
      assert.equal(inspected.DATABASE_PASSWORD, password.first);
      assert.equal(seen.DATABASE_PASSWORD, password.first);
      const event = await collector.wait(`DATABASE_PASSWORD=${password.first}`);
      assert.equal(event.authorization, `Splunk ${token.first}`);
    });

    await t.test("the task's web server answers on its private address", async () => {
      const task = await describe(firstTask);
      assert.equal(task.lastStatus, "RUNNING");
      const answer = await fetch(`http://${privateAddress(task)}/`, { signal: AbortSignal.timeout(10_000) });
      assert.equal(await answer.text(), "It works!\n");
    });

    await t.test("describe-task-definition shows where a secret comes from, and no value", async () => {
      const described = await aws<DescribeTaskDefinitionCommandOutput>(
        ...["ecs", "describe-task-definition", "--task-definition", "web"],
      );
      answers.push(described);
      const [container] = described.taskDefinition!.containerDefinitions!;
      assert.deepEqual(container!.secrets, [
        { name: "DATABASE_PASSWORD", valueFrom: `arn:aws:ssm:us-east-1:${account}:parameter/${name}` },
      ]);
      assert.deepEqual(container!.logConfiguration?.secretOptions, [
        { name: "splunk-token", valueFrom: `arn:aws:secretsmanager:us-east-1:${account}:secret:${name}` },
      ]);
    });

    await t.test("create-service becomes stable", async () => {
      const words = ["--service-name", "web", "--task-definition", "web", "--desired-count", "2"];
      await aws("ecs", "create-service", ...words, "--network-configuration", network);
      await aws("ecs", "wait", "services-stable", "--services", "web");
    });

    await t.test("a rotation leaves running containers as they are", async () => {
      await Promise.all([
        aws("ssm", "put-parameter", "--name", name, "--value", password.second, "--overwrite"),
        aws("secretsmanager", "put-secret-value", "--secret-id", name, "--secret-string", token.second),
      ]);
      const seen = await processEnvironment(docker, await containerOf(docker, firstTask));
      assert.equal(seen.DATABASE_PASSWORD, password.first);
    });

    await t.test("update-service --force-new-deployment replaces the containers, never below the minimum", async () => {
      const before = await aws<{ taskArns: string[] }>("ecs", "list-tasks", "--service-name", "web");
      assert.equal(before.taskArns.length, 2);
      const eventsBefore = collector.events.length;
      const watch = watchDeployment({ docker, sealift, service: "web", family: "web", others: [firstTask] });
      await aws("ecs", "update-service", "--service", "web", "--force-new-deployment");
      const seen = await watch.done(before.taskArns);
      assert.ok(seen.fewestRunning >= 2, `${seen.fewestRunning} tasks ran where 100 % of 2 must`);
      assert.ok(seen.mostTasks <= 4, `${seen.mostTasks} tasks were there where 200 % of 2 may be`);
      await aws("ecs", "wait", "services-stable", "--services", "web");
      for (const old of before.taskArns) assert.deepEqual(await containersOf(docker, old), []);
      const after = await aws<{ taskArns: string[] }>("ecs", "list-tasks", "--service-name", "web");
      assert.equal(after.taskArns.length, 2);
      for (const task of after.taskArns) {
        assert.ok(!before.taskArns.includes(task), "the task is a new one");
        const environment = await processEnvironment(docker, await containerOf(docker, task));
        assert.equal(environment.DATABASE_PASSWORD, password.second);
      }
      const event = await collector.wait(`DATABASE_PASSWORD=${password.second}`, eventsBefore);
      assert.equal(event.authorization, `Splunk ${token.second}`);
      const described = await aws<DescribeServicesCommandOutput>("ecs", "describe-services", "--services", "web");
      answers.push(described);
      assert.equal(described.services?.[0]?.deployments?.length, 1);
      assert.equal(described.services?.[0]?.deployments?.[0]?.rolloutState, "COMPLETED");
    });

    await t.test("a customer-managed key needs kms:Decrypt", async () => {
      const { KeyMetadata: key } = await aws<{ KeyMetadata: { KeyId: string; Arn: string } }>("kms", "create-key");
      const secure = ["--type", "SecureString", "--name", "customer", "--value", encrypted.password];
      await Promise.all([
        aws("ssm", "put-parameter", ...secure, "--key-id", key.KeyId),
        aws(
          ...["secretsmanager", "create-secret", "--name", "customer", "--secret-string", encrypted.token],
          ...["--kms-key-id", key.KeyId],
        ),
        aws(
          ...["iam", "put-role-policy", "--role-name", roleName, "--policy-name", "customer"],
          ...["--policy-document", readPolicy(account, "customer", "customer")],
        ),
        register(
          "customer",
          taskDefinition({ splunkUrl: collector.url, account, secret: "customer", parameter: "customer" }),
        ),
      ]);
      const denied = await run("customer");
      await aws("ecs", "wait", "tasks-stopped", "--tasks", denied);
      const { stopCode, stoppedReason } = await describe(denied);
      assert.equal(stopCode, "TaskFailedToStart");
      assert.match(stoppedReason ?? "", /AccessDeniedException: .*\b(kms:Decrypt|KMS)\b/);
      assert.deepEqual(await containersOf(docker, denied), []);

      const decrypt = readPolicy(account, "customer", "customer", allow(["kms:Decrypt"], [key.Arn]));
      await aws(
        ...["iam", "put-role-policy", "--role-name", roleName, "--policy-name", "customer"],
        ...["--policy-document", decrypt],
      );
      const allowed = await run("customer");
      await aws("ecs", "wait", "tasks-running", "--tasks", allowed);
      const environment = await processEnvironment(docker, await containerOf(docker, allowed));
      assert.equal(environment.DATABASE_PASSWORD, encrypted.password);
      const event = await collector.wait(`DATABASE_PASSWORD=${encrypted.password}`);
      assert.equal(event.authorization, `Splunk ${encrypted.token}`);
    });

    await t.test("no answer of ECS held a value", () => {
      const text = JSON.stringify(answers);
      assert.deepEqual(
        values.filter((value) => text.includes(value)),
        [],
      );
      assert.ok(answers.length > 8);
    });
  });
}
