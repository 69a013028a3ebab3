import { ECS, waitUntilTasksStopped } from "@aws-sdk/client-ecs";
import { IAM } from "@aws-sdk/client-iam";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { SSM } from "@aws-sdk/client-ssm";
import type Dockerode from "dockerode";
import { type Collector, openCollector } from "../../src/cli/quickstart/collector.ts";
import { exampleName, readPolicy, taskDefinition, trustPolicy } from "../../src/cli/quickstart/documents.ts";
import { importPauseImage } from "../../src/runtime/docker/pause-image.ts";
import { importShowEnvironmentImage } from "../../src/runtime/docker/show-environment/show-environment-image.ts";
import { findDocker } from "../support/docker.ts";
import { median } from "./child.ts";
import { type Installation, install } from "./installation.ts";

const runs = 9;
const account = "000000000000";
const networkConfiguration = { awsvpcConfiguration: { subnets: ["subnet-0123456789abcdef0"] } };

/** Measures RunTask to RUNNING, against creating and starting the same two containers through the Engine's API. */
export async function tasks(): Promise<void> {
  const docker = await findDocker();
  if (!docker) return console.log("skipped: no Docker Engine answers");
  const image = await importShowEnvironmentImage(docker);
  await using collector = await openCollector("127.0.0.1");
  await using installation = await install(["--runtime", "docker"]);
  const ecs = await prepare(installation, image, collector);
  const ours: number[] = [];
  const floor: number[] = [];
  await runTask(ecs);
  for (let run = 0; run < runs; run++) {
    floor.push(await startByHand(docker, image, collector));
    ours.push(await runTask(ecs));
  }
  const ratio = (median(ours) / median(floor)).toFixed(2);
  console.log(
    `RunTask to RUNNING: ${median(ours).toFixed(0)} ms; Engine create and start of the same two containers: ${median(floor).toFixed(0)} ms; ${ratio} × (budget ≤ 1.25 ×)`,
  );
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

async function runTask(ecs: ECS): Promise<number> {
  const started = performance.now();
  const { tasks } = await ecs.runTask({ cluster: "default", taskDefinition: "quickstart", networkConfiguration });
  const task = tasks![0]!.taskArn!;
  for (;;) {
    const described = await ecs.describeTasks({ cluster: "default", tasks: [task] });
    const { lastStatus, stoppedReason } = described.tasks![0]!;
    if (lastStatus === "RUNNING") break;
    if (lastStatus === "STOPPED") throw new Error(`The task stopped: ${stoppedReason}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const milliseconds = performance.now() - started;
  await ecs.stopTask({ cluster: "default", task });
  const patience = { minDelay: 0.05, maxDelay: 0.2, maxWaitTime: 60 };
  await waitUntilTasksStopped({ client: ecs, ...patience }, { cluster: "default", tasks: [task] });
  return milliseconds;
}

async function startByHand(docker: Dockerode, image: string, collector: Collector): Promise<number> {
  const pauseImage = await importPauseImage(docker);
  const started = performance.now();
  const pause = await docker.createContainer({
    Image: pauseImage,
    HostConfig: { NetworkMode: "bridge", LogConfig: { Type: "none", Config: {} } },
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
