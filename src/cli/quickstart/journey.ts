import {
  ECS,
  type Task,
  waitUntilServicesStable,
  waitUntilTasksRunning,
  waitUntilTasksStopped,
} from "@aws-sdk/client-ecs";
import { IAM } from "@aws-sdk/client-iam";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { SSM } from "@aws-sdk/client-ssm";
import type { CollectedLine, Collector } from "./collector.ts";
import { exampleName, readPolicy, taskDefinition, trustPolicy } from "./documents.ts";
import type { Teller } from "./teller.ts";

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
  readonly teller: Teller;
}

/** What the containers received. */
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

/** Plays a secret's way from the stores into containers, through the public APIs only. */
export async function playJourney(options: JourneyOptions): Promise<JourneyResult> {
  const { teller, collector, values, region, account } = options;
  const config = { endpoint: options.endpoint, region, credentials: options.credentials };
  const [ssm, secrets, iam, ecs] = [new SSM(config), new SecretsManager(config), new IAM(config), new ECS(config)];
  const received = (value: string, after: number) =>
    collector.wait(({ line }) => line === `DATABASE_PASSWORD=${value}`, { after, timeout: outputTimeout });

  await teller.step("Store a database password in Parameter Store and a Splunk token in Secrets Manager", async () => {
    const parameter = await ssm.putParameter({ Name: exampleName, Type: "SecureString", Value: values.first });
    const secret = await secrets.createSecret({ Name: exampleName, SecretString: values.token });
    return `parameter ${exampleName}, version ${parameter.Version}; ${secret.ARN}; both encrypted by KMS`;
  });

  await teller.step("Make a task execution role that may read these two, and nothing else", async () => {
    await iam.createRole({ RoleName: roleName, AssumeRolePolicyDocument: trustPolicy });
    await iam.putRolePolicy({ RoleName: roleName, PolicyName: "read", PolicyDocument: readPolicy(region, account) });
    await iam.attachRolePolicy({
      RoleName: roleName,
      PolicyArn: "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
    });
    return `role ${roleName}, trusted by ecs-tasks.amazonaws.com`;
  });

  await teller.step("Register a task definition that names the secrets but holds no value", async () => {
    const roleArn = `arn:aws:iam::${account}:role/${roleName}`;
    const input = taskDefinition({ image: options.image, collector: options.collectorUrl, region, account, roleArn });
    const { taskDefinition: registered } = await ecs.registerTaskDefinition(input);
    const [container] = registered?.containerDefinitions ?? [];
    return `${registered?.family}:${registered?.revision}: DATABASE_PASSWORD comes from ${container?.secrets?.[0]?.valueFrom}`;
  });

  const first: { task?: Task; line?: CollectedLine } = {};
  await teller.step("Run a task, and stop it again", async () => {
    first.task = await runTask(ecs);
    await waitUntilTasksRunning({ client: ecs, ...patience }, { cluster, tasks: [first.task.taskArn!] });
    // At the latest when a container stops, Docker's splunk driver sends what it has gathered.
    await ecs.stopTask({ cluster, task: first.task.taskArn!, reason: "Seen enough" });
    first.line = await received(values.first, 0);
    return `the container printed ${first.line.line}, and its log driver sent that with "Authorization: ${first.line.authorization}"`;
  });

  await teller.step("Ask the API about the task and its definition", async () => {
    const described = JSON.stringify([
      await ecs.describeTaskDefinition({ taskDefinition: "quickstart" }),
      await ecs.describeTasks({ cluster, tasks: [first.task!.taskArn!] }),
    ]);
    const leaked = Object.values(values).filter((value) => described.includes(value));
    if (leaked.length > 0) throw new Error("A secret's value stands in what the API tells");
    return "neither value stands in what it answers, only where they come from";
  });

  await teller.step("Start a service, then rotate the password", async () => {
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

  await teller.step("Force a new deployment of the service", async () => {
    const before = await serviceTask(ecs);
    await ecs.updateService({ cluster, service: serviceName, forceNewDeployment: true });
    await waitUntilServicesStable({ client: ecs, ...patience }, { cluster, services: [serviceName] });
    return `task ${await serviceTask(ecs)} took the place of ${before}`;
  });

  let refused = "";
  await teller.step("Take the role's permission away and run the task again", async () => {
    await iam.deleteRolePolicy({ RoleName: roleName, PolicyName: "read" });
    const task = await runTask(ecs);
    await waitUntilTasksStopped({ client: ecs, ...patience }, { cluster, tasks: [task.taskArn!] });
    const { tasks } = await ecs.describeTasks({ cluster, tasks: [task.taskArn!] });
    const [stopped] = tasks ?? [];
    refused = `${stopped?.lastStatus} (${stopped?.stopCode})`;
    return `${refused}: ${stopped?.stoppedReason}`;
  });

  const second: { line?: CollectedLine } = {};
  await teller.step("Wait for what the service's new container printed", async () => {
    second.line = await received(values.second, 0);
    return second.line.line;
  });
  return { first: first.line!, second: second.line!, refused };
}

async function runTask(ecs: ECS): Promise<Task> {
  const { tasks, failures } = await ecs.runTask({ cluster, taskDefinition: "quickstart", networkConfiguration });
  const [task] = tasks ?? [];
  if (!task) throw new Error(`Cannot place the task: ${failures?.map(({ reason }) => reason).join(", ")}`);
  return task;
}

/** The id of the task that the service runs now. */
async function serviceTask(ecs: ECS): Promise<string> {
  const { taskArns } = await ecs.listTasks({ cluster, serviceName, desiredStatus: "RUNNING" });
  return taskArns?.[0]?.split("/").at(-1) ?? "none";
}
