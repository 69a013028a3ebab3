import { ECS } from "@aws-sdk/client-ecs";
import { IAM } from "@aws-sdk/client-iam";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { SSM } from "@aws-sdk/client-ssm";
import type Dockerode from "dockerode";
import { type Collector, openCollector } from "../../src/cli/quickstart/collector.ts";
import { exampleName, readPolicy, taskDefinition, trustPolicy } from "../../src/cli/quickstart/documents.ts";
import { networkLabel } from "../../src/runtime/docker/labels.ts";
import { importPauseImage } from "../../src/runtime/docker/pause-image.ts";
import { importShowEnvironmentImage } from "../../src/runtime/docker/show-environment/show-environment-image.ts";
import { findDocker } from "../support/docker.ts";
import { cpuTime, median } from "./child.ts";
import { type Installation, install } from "./installation.ts";
import { type TaskWatch, taskWatch } from "./task-watch.ts";

/** Milliseconds between two looks at a task: each costs the processors that start it. */
const lookEvery = 20;

const account = "000000000000";
const networkConfiguration = { awsvpcConfiguration: { subnets: ["subnet-0123456789abcdef0"] } };

/**
 * Measures RunTask to RUNNING, against creating and starting the same two containers through the Engine's API, by turns: at a given
 * address of a network, which is the same work, as the task's address is known before it starts; and on Docker's default bridge.
 */
export async function tasks(say: (line: string) => void = console.log, runs = 9): Promise<void> {
  const docker = await findDocker();
  if (!docker) return say("Skipped: no Docker Engine answers.");
  const image = await importShowEnvironmentImage(docker);
  await using collector = await openCollector("127.0.0.1");
  await using installation = await install(["--runtime", "docker"]);
  const ecs = await prepare(installation, image, collector);
  const ours: number[] = [];
  const floor: number[] = [];
  const atAddress: number[] = [];
  let processor = 0;
  const watch = taskWatch(ecs, lookEvery);
  await runTask(ecs, watch);
  const { network, address } = await taskNetwork(docker);
  const endpoints = { EndpointsConfig: { [network]: { IPAMConfig: { IPv4Address: address } } } };
  for (let run = 0; run < runs; run++) {
    floor.push(await startByHand(docker, image, collector, "bridge"));
    const before = await cpuTime(installation.server.pid);
    ours.push(await runTask(ecs, watch));
    processor += (await cpuTime(installation.server.pid)) - before;
    atAddress.push(await startByHand(docker, image, collector, network, endpoints));
  }
  const times = (other: readonly number[]) => (median(ours) / median(other)).toFixed(2);
  say(
    `RunTask to RUNNING: ${median(ours).toFixed(0)} ms; Engine create and start of the same two containers at an address, as a task's: ${median(atAddress).toFixed(0)} ms; ${times(atAddress)} × (budget ≤ 1.25 ×)`,
  );
  say(
    `the same two containers on Docker's default bridge: ${median(floor).toFixed(0)} ms; ${times(floor)} ×: there the Engine gives no address that was chosen before, which an awsvpc task has, and sets up no name server`,
  );
  say(`processor time of Sealift from RunTask to STOPPED: ${(processor / runs).toFixed(0)} ms`);
}

/** The network of the agent's tasks, and an address far from those that they get. */
async function taskNetwork(docker: Dockerode): Promise<{ readonly network: string; readonly address: string }> {
  const networks = await docker.listNetworks({ filters: { label: [networkLabel] } });
  const [newest] = networks.sort((one, other) => (one.Created < other.Created ? 1 : -1));
  const subnet = newest?.IPAM?.Config?.find(({ Subnet }) => Subnet?.includes("."))?.Subnet ?? "";
  return { network: newest?.Id ?? "", address: subnet.replace(/\.0\/.*/, ".250") };
}

async function prepare({ client }: Installation, image: string, collector: Collector): Promise<ECS> {
  const [ssm, secrets, iam, ecs] = [new SSM(client), new SecretsManager(client), new IAM(client), new ECS(client)];
  await ssm.putParameter({ Name: exampleName, Type: "SecureString", Value: "password" });
  await secrets.createSecret({ Name: exampleName, SecretString: "token" });
  await iam.createRole({ RoleName: "bench", AssumeRolePolicyDocument: trustPolicy });
  const PolicyDocument = readPolicy(client.region, account);
  await iam.putRolePolicy({ RoleName: "bench", PolicyName: "read", PolicyDocument });
  const roleArn = `arn:aws:iam::${account}:role/bench`;
  const collectorUrl = `http://127.0.0.1:${collector.port}`;
  await ecs.registerTaskDefinition(
    taskDefinition({ image, collector: collectorUrl, region: client.region, account, roleArn }),
  );
  return ecs;
}

async function runTask(ecs: ECS, watch: TaskWatch): Promise<number> {
  const started = performance.now();
  const { tasks } = await ecs.runTask({ cluster: "default", taskDefinition: "quickstart", networkConfiguration });
  const task = tasks![0]!.taskArn!;
  await watch.until(task, "RUNNING");
  const milliseconds = performance.now() - started;
  await ecs.stopTask({ cluster: "default", task });
  await watch.until(task, "STOPPED");
  return milliseconds;
}

async function startByHand(
  docker: Dockerode,
  image: string,
  collector: Collector,
  NetworkMode: string,
  NetworkingConfig = {},
): Promise<number> {
  const pauseImage = await importPauseImage(docker);
  const started = performance.now();
  const pause = await docker.createContainer({
    Image: pauseImage,
    HostConfig: { NetworkMode, LogConfig: { Type: "none", Config: {} } },
    NetworkingConfig,
  });
  await pause.start();
  const container = await docker.createContainer({
    Image: image,
    Env: ["DATABASE_PASSWORD=password"],
    HostConfig: {
      NetworkMode: `container:${pause.id}`,
      Memory: 128 * 1024 * 1024,
      LogConfig: {
        Type: "splunk",
        Config: { "splunk-url": `http://127.0.0.1:${collector.port}`, "splunk-token": "token" },
      },
    },
  });
  await container.start();
  const milliseconds = performance.now() - started;
  await container.remove({ force: true });
  await pause.remove({ force: true });
  return milliseconds;
}
