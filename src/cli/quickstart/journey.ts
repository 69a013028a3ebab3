import { ECS, waitUntilServicesStable, waitUntilTasksRunning, waitUntilTasksStopped } from "@aws-sdk/client-ecs";
import { IAM } from "@aws-sdk/client-iam";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { SSM } from "@aws-sdk/client-ssm";
import type { CollectedLine, Collector } from "./collector.ts";
import { exampleName, readPolicy, taskDefinition, trustPolicy } from "./documents.ts";
import type { Progress } from "./progress.ts";

export interface JourneyOptions {
  readonly endpoint: string;
  readonly region: string;
  readonly account: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly image: string;
  readonly collector: Collector;
  /** The collector's URL as the log driver reaches it. */
  readonly collectorUrl: string;
  readonly values: { readonly first: string; readonly second: string; readonly token: string };
  readonly progress: Progress;
}

/** The lines that containers printed before and after the rotation, and the end of the task that was refused. */
export interface JourneyResult {
  readonly first: CollectedLine;
  readonly second: CollectedLine;
  /** Status and stop code of the task whose role may read nothing. */
  readonly refused: string;
}

const roleName = "awsExampleRoleName";
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

  await progress.step("Make a task execution role that may read these two, and nothing else", async () => {
    await iam.createRole({ RoleName: roleName, AssumeRolePolicyDocument: trustPolicy });
    await iam.putRolePolicy({ RoleName: roleName, PolicyName: "read", PolicyDocument: readPolicy(region, account) });
    await iam.attachRolePolicy({
      RoleName: roleName,
      PolicyArn: "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
    });
    return `role ${roleName}, trusted by ecs-tasks.amazonaws.com`;
  });

  await progress.step("Register a task definition that names the secrets but holds no value", async () => {
    const roleArn = `arn:aws:iam::${account}:role/${roleName}`;
    const input = taskDefinition({ image: options.image, collector: options.collectorUrl, region, account, roleArn });
    const { taskDefinition: registered } = await ecs.registerTaskDefinition(input);
    const [container] = registered?.containerDefinitions ?? [];
    return `${registered?.family}:${registered?.revision}: DATABASE_PASSWORD comes from ${container?.secrets?.[0]?.valueFrom}`;
  });

  let firstTask = "";
  let first = nothing;
  await progress.step("Run a task, and stop it again", async () => {
    firstTask = await runTask(ecs);
    await waitUntilTasksRunning({ client: ecs, ...patience }, { cluster, tasks: [firstTask] });
    // Docker's splunk driver keeps lines back for a while, and sends them when the container stops.
    await ecs.stopTask({ cluster, task: firstTask, reason: "Seen enough" });
    first = await received(values.first, 0);
    return `the container printed ${first.line}, and its log driver sent that with "Authorization: ${first.authorization}"`;
  });

  await progress.step("Ask the API about the task and its definition", async () => {
    const described = JSON.stringify([
      await ecs.describeTaskDefinition({ taskDefinition: "quickstart" }),
      await ecs.describeTasks({ cluster, tasks: [firstTask] }),
    ]);
    const leaked = Object.values(values).filter((value) => described.includes(value));
    if (leaked.length > 0) throw new Error("The API's answer contains a secret's value");
    return "the answer contains neither value, only where they come from";
  });

  await progress.step("Start a service, then rotate the password", async () => {
    await ecs.createService({
      cluster,
      serviceName,
      taskDefinition: "quickstart",
      desiredCount: 1,
      networkConfiguration,
    });
    await waitUntilServicesStable({ client: ecs, ...patience }, { cluster, services: [serviceName] });
    const { Version } = await ssm.putParameter({ Name: exampleName, Value: values.second, Overwrite: true });
    return `parameter ${exampleName} has version ${Version}; the running containers keep what they started with`;
  });

  await progress.step("Force a new deployment of the service", async () => {
    const before = await serviceTask(ecs);
    await ecs.updateService({ cluster, service: serviceName, forceNewDeployment: true });
    await waitUntilServicesStable({ client: ecs, ...patience }, { cluster, services: [serviceName] });
    return `task ${await serviceTask(ecs)} took the place of ${before}`;
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
  return { first, second, refused };
}

/** Runs a task and resolves to its ARN. */
async function runTask(ecs: ECS): Promise<string> {
  const { tasks, failures } = await ecs.runTask({ cluster, taskDefinition: "quickstart", networkConfiguration });
  const task = tasks?.[0]?.taskArn;
  if (task === undefined) throw new Error(`Cannot place the task: ${failures?.map(({ reason }) => reason).join(", ")}`);
  return task;
}

/** The id of the task that the service runs now. */
async function serviceTask(ecs: ECS): Promise<string> {
  const { taskArns } = await ecs.listTasks({ cluster, serviceName, desiredStatus: "RUNNING" });
  return taskArns?.[0]?.split("/").at(-1) ?? "none";
}
