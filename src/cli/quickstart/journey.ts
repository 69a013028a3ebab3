import { setTimeout } from "node:timers/promises";
import { ECS, waitUntilServicesStable, waitUntilTasksStopped } from "@aws-sdk/client-ecs";
import { IAM } from "@aws-sdk/client-iam";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { SSM } from "@aws-sdk/client-ssm";
import { STS } from "@aws-sdk/client-sts";
import type { CollectedLine, Collector } from "./collector.ts";
import { exampleName, readPolicy, taskDefinition, trustPolicy } from "./documents.ts";
import type { Progress } from "./progress.ts";

export interface JourneyOptions {
  readonly endpoint: string;
  readonly region: string;
  readonly account: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly image: string;
  /** Tasks run as processes of this machine, not as containers. */
  readonly isProcess: boolean;
  readonly collector: Collector;
  /** The collector's URL as the log driver reaches it. */
  readonly collectorUrl: string;
  readonly values: { readonly first: string; readonly second: string; readonly token: string };
  readonly progress: Progress;
}

/** The lines that containers printed before and after the rotation, who they were, and the end of the task that was refused. */
export interface JourneyResult {
  readonly first: CollectedLine;
  readonly second: CollectedLine;
  /** The ARN that STS knows the container by. */
  readonly identity: string;
  /** Status and stop code of the task whose role may read nothing. */
  readonly refused: string;
}

const roleName = "awsExampleRoleName";
const taskRoleName = "awsExampleTaskRole";
const cluster = "default";
const serviceName = "web";
const networkConfiguration = { awsvpcConfiguration: { subnets: ["subnet-0123456789abcdef0"] } };
const patience = { minDelay: 0.05, maxDelay: 0.2, maxWaitTime: 60 };
const outputTimeout = 20_000;
const nothing: CollectedLine = { line: "", authorization: "" };

/** Takes a secret from the stores into containers, through the public APIs only. */
export async function playJourney(options: JourneyOptions): Promise<JourneyResult> {
  const { progress, collector, values, region, account } = options;
  const config = { endpoint: options.endpoint, region, credentials: options.credentials };
  const [ssm, secrets, iam, ecs] = [new SSM(config), new SecretsManager(config), new IAM(config), new ECS(config)];
  const received = (value: string, after: number) =>
    collector.wait(({ line }) => line === `DATABASE_PASSWORD=${value}`, { after, timeout: outputTimeout });

  await progress.step(
    "Store a database password in Parameter Store and a Splunk token in Secrets Manager",
    async () => {
      const parameter = await ssm.putParameter({ Name: exampleName, Type: "SecureString", Value: values.first });
      const secret = await secrets.createSecret({ Name: exampleName, SecretString: values.token });
      return `parameter ${exampleName}, version ${parameter.Version}; ${secret.ARN}; both encrypted by KMS`;
    },
  );

  await progress.step(
    "Make a task execution role that may read these two, and a task role for the program",
    async () => {
      await iam.createRole({ RoleName: roleName, AssumeRolePolicyDocument: trustPolicy });
      await iam.putRolePolicy({ RoleName: roleName, PolicyName: "read", PolicyDocument: readPolicy(region, account) });
      await iam.attachRolePolicy({
        RoleName: roleName,
        PolicyArn: "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
      });
      await iam.createRole({ RoleName: taskRoleName, AssumeRolePolicyDocument: trustPolicy });
      return `roles ${roleName} and ${taskRoleName}, trusted by ecs-tasks.amazonaws.com`;
    },
  );

  await progress.step("Register a task definition that names the secrets but holds no value", async () => {
    const arnOf = (role: string) => `arn:aws:iam::${account}:role/${role}`;
    const { taskDefinition: registered } = await ecs.registerTaskDefinition(
      taskDefinition({
        ...{ image: options.image, isProcess: options.isProcess, collector: options.collectorUrl, region, account },
        ...{ roleArn: arnOf(roleName), taskRoleArn: arnOf(taskRoleName) },
      }),
    );
    const [container] = registered?.containerDefinitions ?? [];
    return `${registered?.family}:${registered?.revision}: DATABASE_PASSWORD comes from ${container?.secrets?.[0]?.valueFrom}`;
  });

  let [running, first] = ["", nothing];
  await progress.step("Start a service, and wait for its task's health check", async () => {
    const taskDefinition = "quickstart";
    await ecs.createService({ cluster, serviceName, taskDefinition, desiredCount: 1, networkConfiguration });
    running = await healthyTask(ecs);
    first = await received(values.first, 0);
    return `task ${running} is HEALTHY\nits container printed ${first.line}, and its log driver sent that with "Authorization: ${first.authorization}"`;
  });

  let identity = "";
  await progress.step("Ask STS who the container is, with the credentials that it found", async () => {
    const { line } = await collector.wait(({ line }) => line.startsWith('{"RoleArn"'), {
      ...{ after: 0, timeout: outputTimeout },
    });
    const { AccessKeyId, SecretAccessKey, Token } = JSON.parse(line);
    const found = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: Token };
    identity = (await new STS({ ...config, credentials: found }).getCallerIdentity({})).Arn ?? "";
    const url = collector.lines.map(({ line }) => credentialsUrl(line)).find((found) => found !== undefined);
    return `it asked at ${url}… and is ${identity}`;
  });

  await progress.step("Ask the API about the task and its definition", async () => {
    const { taskArns: tasks = [] } = await ecs.listTasks({ cluster, serviceName });
    const described = JSON.stringify([
      await ecs.describeTaskDefinition({ taskDefinition: "quickstart" }),
      await ecs.describeTasks({ cluster, tasks }),
    ]);
    const leaked = Object.values(values).filter((value) => described.includes(value));
    if (leaked.length > 0) throw new Error("The API's answer contains a secret's value");
    return "the answer contains neither value, only where they come from";
  });

  await progress.step("Rotate the password, and force a new deployment of the service", async () => {
    const { Version } = await ssm.putParameter({ Name: exampleName, Value: values.second, Overwrite: true });
    await ecs.updateService({ cluster, service: serviceName, forceNewDeployment: true });
    return `parameter ${exampleName} has version ${Version}; task ${await healthyTask(ecs)} took the place of ${running}`;
  });

  let refused = "";
  await progress.step("Take the role's permission away and run the task again", async () => {
    await iam.deleteRolePolicy({ RoleName: roleName, PolicyName: "read" });
    const task = await runTask(ecs);
    await waitUntilTasksStopped({ client: ecs, ...patience }, { cluster, tasks: [task] });
    const { tasks } = await ecs.describeTasks({ cluster, tasks: [task] });
    const [stopped] = tasks ?? [];
    refused = `${stopped?.lastStatus} (${stopped?.stopCode})`;
    return `${refused}: ${stopped?.stoppedReason}`;
  });

  let second = nothing;
  await progress.step("Wait for the line that the service's new container prints", async () => {
    second = await received(values.second, 0);
    return second.line;
  });
  return { first, second, identity, refused };
}

/** Runs a task and resolves to its ARN. */
async function runTask(ecs: ECS): Promise<string> {
  const { tasks, failures } = await ecs.runTask({ cluster, taskDefinition: "quickstart", networkConfiguration });
  const task = tasks?.[0]?.taskArn;
  if (task === undefined) throw new Error(`Cannot place the task: ${failures?.map(({ reason }) => reason).join(", ")}`);
  return task;
}

/** The id of the task that the service runs now, once its health check has passed. */
async function healthyTask(ecs: ECS): Promise<string> {
  await waitUntilServicesStable({ client: ecs, ...patience }, { cluster, services: [serviceName] });
  for (let tries = patience.maxWaitTime / patience.maxDelay; ; tries--) {
    const { taskArns: tasks = [] } = await ecs.listTasks({ cluster, serviceName, desiredStatus: "RUNNING" });
    const { tasks: [task] = [] } = await ecs.describeTasks({ cluster, tasks });
    if (task?.taskArn && task.healthStatus === "HEALTHY") return task.taskArn.split("/").at(-1) ?? "";
    if (tries <= 0) throw new Error(`The service's task is ${task?.lastStatus} and ${task?.healthStatus}`);
    await setTimeout(patience.maxDelay * 1000);
  }
}

/** Where the variable leads to by which SDKs find their credentials, without the id of the task's. */
function credentialsUrl(line: string): string | undefined {
  const [, kind, place] = /^AWS_CONTAINER_CREDENTIALS_(RELATIVE|FULL)_URI=(.*\/credentials\/)/.exec(line) ?? [];
  return kind === "RELATIVE" ? `http://169.254.170.2${place}` : place;
}
