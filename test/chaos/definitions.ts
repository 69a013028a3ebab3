import type { ECS, RunTaskCommandInput } from "@aws-sdk/client-ecs";
import { allow, type Clients, createRole } from "../support/clients.ts";
import { networkConfiguration } from "../support/tasks.ts";
import { printedGroup, printedLines, printsLines } from "./lines.ts";

/** What stands for this file system of EFS on one machine. */
const fileSystemId = "fs-0123456789abcdef0";
export const fileSystemVolume = `sealift-efs-${fileSystemId}`;

export interface Place {
  readonly runtime: "docker" | "process";
  /** The directory, or where containers have it, in which programs write their begin and end. */
  readonly out: string;
  /** The name of a variable that every program has. */
  readonly mark: string;
}

/** What the file holds that `environmentFiles` name; its path in the object store. */
export const environmentFile = { path: "/config/chaos.env", text: "FROM_FILE=a file's\n" };

const secret = "a secret";
const parameter = "arn:aws:ssm:us-east-1:000000000000:parameter/chaos";
const health = { command: ["CMD-SHELL", "true"], interval: 5, timeout: 2, retries: 5 };
const ends = "trap 'exit 0' TERM";
const forever = `${ends}; while true; do sleep 1; done`;

/**
 * Registers definitions that together need every kind of resource that the runtime has, and a service. Each program of a job writes
 * `begin` and `end`, `role` where it was given its task's role, and `wrong` where a value is not what it has to be.
 */
export async function setUp(clients: Clients, place: Place, serviceTasks: number): Promise<readonly Job[]> {
  const { ssm, ecs } = clients;
  await ssm.putParameter({ Name: "chaos", Value: secret, Type: "SecureString" });
  const readers = [
    allow(["ssm:GetParameters"], [parameter]),
    allow(["s3:GetObject"]),
    allow(["logs:CreateLogStream", "logs:PutLogEvents"]),
  ];
  const executionRoleArn = await createRole(clients, "reader", readers);
  const taskRoleArn = await createRole(clients, "app", []);
  const common = { ...place, executionRoleArn, taskRoleArn };
  await registerSteady(ecs, common);
  await ecs.createService({ serviceName: "steady", taskDefinition: "steady", desiredCount: serviceTasks });
  const jobs = [await registerJob(ecs, common), await registerWhole(ecs, common)];
  return place.runtime === "process" ? jobs : [...jobs, await registerPublic(ecs, common)];
}

/** How one kind of task is run. */
export type Job = Pick<RunTaskCommandInput, "taskDefinition" | "networkConfiguration" | "launchType">;

type Common = Place & { readonly executionRoleArn: string; readonly taskRoleArn: string };

function script({ out }: Place, checks: readonly string[], work = "sleep $((RANDOM_SECONDS))"): string[] {
  const says = (word: string) => `echo ${word} >> ${out}/$RUN`;
  const tests = checks.map((check) => `${check} || ${says("wrong")}`);
  return ["sh", "-c", [...tests, says("begin"), work, says("end")].join("\n")];
}

/** The agent may be away, so there is not always an answer. */
function asksForRole({ out }: Place): string {
  const url = `\${AWS_CONTAINER_CREDENTIALS_FULL_URI:-http://169.254.170.2$AWS_CONTAINER_CREDENTIALS_RELATIVE_URI}`;
  return `busybox timeout 3 busybox wget -qO- "${url}" | grep -q SecretAccessKey && echo role >> ${out}/$RUN
busybox timeout 3 busybox wget -qO- "$ECS_CONTAINER_METADATA_URI_V4/task" | grep -q TaskARN && echo metadata >> ${out}/$RUN`;
}

function container({ mark }: Place) {
  return { name: "main", image: "httpd", memory: 16, environment: [{ name: mark, value: "1" }] };
}

/** CloudWatch Logs, by the Engine's own driver or the agent. */
function toCloudWatch(prefix: string) {
  const options = { "awslogs-group": printedGroup, "awslogs-region": "us-east-1", "awslogs-stream-prefix": prefix };
  return { logDriver: "awslogs" as const, options };
}

/** Where tasks write; processes have the machine's own directories. */
function outVolume({ runtime, out }: Place) {
  if (runtime === "process") return { mountPoints: [], volumes: [] };
  const mountPoints = [{ sourceVolume: "out", containerPath: out }];
  return { mountPoints, volumes: [{ name: "out", host: { sourcePath: out } }] };
}

/** A secret as a variable, a file of variables, and lines printed. */
async function registerJob(ecs: ECS, common: Common): Promise<Job> {
  const { mountPoints, volumes } = outVolume(common);
  const { executionRoleArn } = common;
  const main = {
    ...{ ...container(common), mountPoints },
    secrets: [{ name: "SECRET", valueFrom: parameter }],
    environmentFiles: [{ value: `arn:aws:s3:::${environmentFile.path.slice(1)}`, type: "s3" as const }],
    command: script(
      common,
      [`[ "$SECRET" = "${secret}" ]`, `[ "$FROM_FILE" = "a file's" ]`],
      printsLines(printedLines),
    ),
    logConfiguration: toCloudWatch("job"),
  };
  await ecs.registerTaskDefinition({
    ...{ family: "job", networkMode: "bridge", executionRoleArn, volumes },
    containerDefinitions: [main],
  });
  return { taskDefinition: "job" };
}

/** A task role, a container that has to be healthy first, and in containers a secret as a file and a volume of the task. */
async function registerWhole(ecs: ECS, common: Common): Promise<Job> {
  const isDocker = common.runtime === "docker";
  const { mountPoints, volumes } = outVolume(common);
  const { executionRoleArn, taskRoleArn } = common;
  const shared = isDocker ? [{ sourceVolume: "shared", containerPath: "/shared" }] : [];
  const inShared = isDocker ? "echo there > /shared/file; " : "";
  const checks = isDocker
    ? [`[ "$(cat $SECRET_FILE)" = "${secret}" ]`, `[ "$(cat /shared/file)" = there ]`]
    : [`[ "$SECRET" = "${secret}" ]`];
  const [sh, flag, program] = script(common, checks) as [string, string, string];
  const main = {
    ...{ ...container(common), mountPoints: [...mountPoints, ...shared] },
    secrets: [{ name: "SECRET", valueFrom: parameter }],
    ...(isDocker && { dockerLabels: { "sealift.secrets.files": "/run/secrets" } }),
    command: [sh, flag, `${asksForRole(common)}\n${program}`],
    dependsOn: [{ containerName: "first", condition: "HEALTHY" as const }],
  };
  const first = {
    ...{ ...container(common), name: "first", essential: false, mountPoints: shared, stopTimeout: 2 },
    ...{ command: ["sh", "-c", `${inShared}${forever}`], healthCheck: health },
  };
  await ecs.registerTaskDefinition({
    ...{ family: "whole", networkMode: "awsvpc", executionRoleArn, taskRoleArn, cpu: "128", memory: "64" },
    volumes: isDocker ? [...volumes, { name: "shared" }] : volumes,
    containerDefinitions: [main, first],
  });
  return { taskDefinition: "whole", networkConfiguration };
}

/** A Fargate task whose port is the machine's. Fargate has no directories of the machine, so it writes to a file system. */
async function registerPublic(ecs: ECS, common: Common): Promise<Job> {
  const { out, executionRoleArn } = common;
  const main = {
    ...container(common),
    portMappings: [{ containerPort: 8080 }],
    mountPoints: [{ sourceVolume: "out", containerPath: out }],
    command: script(common, []),
  };
  await ecs.registerTaskDefinition({
    ...{ family: "public", networkMode: "awsvpc", requiresCompatibilities: ["FARGATE"], executionRoleArn },
    ...{ cpu: "256", memory: "512", volumes: [{ name: "out", efsVolumeConfiguration: { fileSystemId } }] },
    containerDefinitions: [main],
  });
  const { awsvpcConfiguration } = networkConfiguration;
  const withAddress = { awsvpcConfiguration: { ...awsvpcConfiguration, assignPublicIp: "ENABLED" as const } };
  return { taskDefinition: "public", networkConfiguration: withAddress, launchType: "FARGATE" };
}

/** A service's task that prints lines, with a container beside that ends and is started again. */
async function registerSteady(ecs: ECS, common: Common): Promise<void> {
  const { executionRoleArn, taskRoleArn } = common;
  const main = {
    ...{ ...container(common), command: ["sh", "-c", `${ends}; ${printsLines()}`], healthCheck: health },
    logConfiguration: toCloudWatch("steady"),
    secrets: [{ name: "SECRET", valueFrom: parameter }],
  };
  const beside = {
    ...{ ...container(common), name: "beside", essential: false, command: ["sh", "-c", "sleep 61; exit 3"] },
    restartPolicy: { enabled: true, restartAttemptPeriod: 60 },
  };
  await ecs.registerTaskDefinition({
    ...{ family: "steady", networkMode: "bridge", executionRoleArn, taskRoleArn },
    containerDefinitions: [main, beside],
  });
}
