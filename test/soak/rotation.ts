import { chmodSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Service, Task } from "@aws-sdk/client-ecs";
import type Dockerode from "dockerode";
import { allow, type Clients, clientsOf, createRole } from "../support/clients.ts";
import { importHttpdImage } from "../support/images.ts";
import { type Sealift, startSealift } from "../support/sealift.ts";
import { throwAwayData } from "../support/throw-away.ts";
import { until } from "../support/until.ts";

export interface RotationOptions {
  readonly services: number;
  /** Of each service. */
  readonly tasks: number;
  readonly secrets: number;
  /** For how long secrets are rotated at random. */
  readonly seconds: number;
}

/** What came of it. `torn`, `old`, `belowMinimum` and `needless` must be 0. */
export interface Rotated {
  readonly rotations: number;
  readonly rollouts: number;
  /** Programs that started. */
  readonly starts: number;
  /** Programs whose two values of a secret are of two versions. */
  readonly torn: number;
  /** Services whose tasks do not hold the newest versions in the end. */
  readonly old: number;
  /** Looks at the Engine that saw fewer running containers of a service than it wants. */
  readonly belowMinimum: number;
  /** Rollouts of a service beyond one for each of its secrets' changes, or after the last of them. */
  readonly needless: number;
  readonly details: readonly string[];
}

/** Seconds without a change before a rollout. */
const quiet = 2;

/** Secrets that each service has. */
const secretsEach = 2;

const familyLabel = "com.amazonaws.ecs.task-definition-family";

const started = "was started as tasks hold older versions";

/**
 * Services share secrets that are rotated at random, and are redeployed when they are. Half-way the control plane and its agent are
 * killed. The containers of a Docker Engine bear witness: each writes what it was given.
 */
export async function rotateServices(directory: string, docker: Dockerode, options: RotationOptions): Promise<Rotated> {
  const out = join(directory, "out");
  mkdirSync(out);
  chmodSync(directory, 0o711);
  chmodSync(out, 0o777);
  await importHttpdImage(docker);
  // It outlives the server that is killed, and takes along what its tasks left in the Engine.
  await using own = await throwAwayData();
  const data = own.path;
  const environment = { ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION: "1s" };
  const up = () => startSealift({ runtime: "docker", data, environment });
  let sealift: Sealift = await up();
  let watch: ReturnType<typeof watchMinimum> | undefined;
  try {
    let clients = clientsOf(sealift);
    const secrets = await createSecrets(clients, options.secrets);
    const services = await createServices(clients, out, secrets, options);
    const names = services.map(({ name }) => name);
    await untilSteady(clients, names);
    watch = watchMinimum(docker, names, options.tasks);
    const changes = new Map(secrets.map((arn) => [arn, 0]));
    await rotateFor(clients, changes, options.seconds / 2);
    await sealift.end("SIGKILL");
    sealift = await up();
    clients = clientsOf(sealift);
    await rotateFor(clients, changes, options.seconds / 2);
    await until("every task holds the newest versions", () => areNewest(clients, names), { seconds: 200, pause: 500 });
    await untilSteady(clients, names);
    const rollouts = await rolloutsOf(clients, names);
    // Nothing more may come.
    await delay((2 * quiet + 2) * 1000);
    const details = watch.stop();
    const belowMinimum = details.length;
    const later = await rolloutsOf(clients, names);
    let needless = 0;
    for (const { name, own } of services) {
      const most = own.reduce((sum, arn) => sum + (changes.get(arn) ?? 0), 0);
      const surplus = Math.max(0, later.get(name)! - most) + later.get(name)! - rollouts.get(name)!;
      needless += surplus;
      if (surplus > 0) details.push(`${name}: ${later.get(name)} rollouts for ${most} changes`);
    }
    const { starts, torn } = judge(out, details);
    const old = (await Promise.all(names.map((name) => areNewest(clients, [name])))).filter((is) => !is).length;
    return {
      rotations: [...changes.values()].reduce((sum, count) => sum + count, 0),
      rollouts: [...later.values()].reduce((sum, count) => sum + count, 0),
      ...{ starts, torn, old, belowMinimum, needless, details },
    };
  } finally {
    watch?.stop();
    await removeAll(clientsOf(sealift), docker);
    await sealift.end("SIGTERM");
  }
}

function pairOf(version: number): string {
  return JSON.stringify({ user: `user-${version}`, password: `password-${version}` });
}

async function createSecrets({ secretsManager }: Clients, count: number): Promise<readonly string[]> {
  const made = Array.from({ length: count }, (_, index) =>
    secretsManager.createSecret({ Name: `pair-${index}`, SecretString: pairOf(0) }),
  );
  return (await Promise.all(made)).map(({ ARN }) => ARN!);
}

async function createServices(
  clients: Clients,
  out: string,
  secrets: readonly string[],
  { services, tasks }: RotationOptions,
): Promise<readonly { readonly name: string; readonly own: readonly string[] }[]> {
  const { ecs } = clients;
  const executionRoleArn = await createRole(clients, "reader", [allow(["secretsmanager:GetSecretValue"])]);
  const made: { name: string; own: readonly string[] }[] = [];
  for (let index = 0; index < services; index++) {
    const name = `service-${index}`;
    const own = Array.from({ length: secretsEach }, (_, place) => secrets[(index + place) % secrets.length]!);
    const values = own.flatMap((_, place) => [`$USER_${place}`, `$PASSWORD_${place}`]).join(" ");
    const line = `echo "${values}" > ${out}/${name}-$(hostname)`;
    await ecs.registerTaskDefinition({
      ...{ family: name, networkMode: "bridge", executionRoleArn },
      volumes: [{ name: "out", host: { sourcePath: out } }],
      containerDefinitions: [
        {
          ...{ name: "main", image: "httpd", memory: 16, stopTimeout: 2 },
          command: ["sh", "-c", `trap 'exit 0' TERM; ${line}; sleep 3600 & wait`],
          mountPoints: [{ sourceVolume: "out", containerPath: out }],
          secrets: own.flatMap((arn, place) => [
            { name: `USER_${place}`, valueFrom: `${arn}:user::` },
            { name: `PASSWORD_${place}`, valueFrom: `${arn}:password::` },
          ]),
        },
      ],
    });
    await ecs.createService({
      ...{ serviceName: name, taskDefinition: name, desiredCount: tasks },
      tags: [
        { key: "sealift:redeploy-on-rotation", value: "all" },
        { key: "sealift:redeploy-quiet-seconds", value: String(quiet) },
      ],
    });
    made.push({ name, own });
  }
  return made;
}

/** Rotates secrets at random: sometimes several at once, sometimes none for a while. */
async function rotateFor({ secretsManager }: Clients, changes: Map<string, number>, seconds: number): Promise<void> {
  const arns = [...changes.keys()];
  for (const end = performance.now() + seconds * 1000; performance.now() < end; ) {
    for (let burst = 1 + Math.floor(Math.random() * 3); burst > 0; burst--) {
      const arn = arns[Math.floor(Math.random() * arns.length)]!;
      const version = changes.get(arn)! + 1;
      await secretsManager.putSecretValue({ SecretId: arn, SecretString: pairOf(version) });
      changes.set(arn, version);
    }
    await delay(Math.random() * 4 * quiet * 1000);
  }
}

/** Counts looks at which a service has fewer running containers than it must have. */
function watchMinimum(docker: Dockerode, services: readonly string[], tasks: number) {
  const stopping = new AbortController();
  const details: string[] = [];
  const work = (async () => {
    while (!stopping.signal.aborted) {
      const running = await docker.listContainers({ filters: { label: [familyLabel] } });
      for (const name of services) {
        const count = running.filter(({ Labels }) => Labels[familyLabel] === name).length;
        if (count < tasks) details.push(`${name}: ${count} of ${tasks} containers ran`);
      }
      await delay(250);
    }
  })().catch((error) => details.push(String(error)));
  return {
    stop(): string[] {
      stopping.abort();
      void work;
      return details;
    },
  };
}

async function described({ ecs }: Clients, names: readonly string[]): Promise<readonly Service[]> {
  const found: Service[] = [];
  for (let start = 0; start < names.length; start += 10) {
    found.push(...((await ecs.describeServices({ services: names.slice(start, start + 10) })).services ?? []));
  }
  return found;
}

async function untilSteady(clients: Clients, names: readonly string[]): Promise<void> {
  await until(
    "every service is steady",
    async () =>
      (await described(clients, names)).every(
        ({ deployments = [] }) => deployments.length === 1 && deployments[0]?.rolloutState === "COMPLETED",
      ),
    { seconds: 300, pause: 500 },
  );
}

/** Every task that runs says that it holds what is current. */
async function areNewest({ ecs }: Clients, names: readonly string[]): Promise<boolean> {
  const all: Task[] = [];
  for (const serviceName of names) {
    const { taskArns: tasks = [] } = await ecs.listTasks({ serviceName, desiredStatus: "RUNNING" });
    if (tasks.length === 0) return false;
    all.push(...((await ecs.describeTasks({ tasks, include: ["TAGS"] })).tasks ?? []));
  }
  return all.every(({ tags = [] }) => {
    const held = tags.filter(({ key }) => key?.startsWith("sealift:secret:"));
    return held.length === secretsEach && held.every(({ value }) => / current main$/.test(value ?? ""));
  });
}

async function rolloutsOf(clients: Clients, names: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const services = await described(clients, names);
  return new Map(
    services.map(({ serviceName = "", events = [] }) => [
      serviceName,
      events.filter(({ message }) => message?.includes(started)).length,
    ]),
  );
}

/** What the programs wrote. */
function judge(out: string, details: string[]): { readonly starts: number; readonly torn: number } {
  const texts = readdirSync(out).map((name) => ({ name, text: readFileSync(join(out, name), "utf8").trim() }));
  let torn = 0;
  for (const { name, text } of texts) {
    const versions = text.split(" ").map((word) => word.split("-")[1]);
    const pairs = Array.from({ length: secretsEach }, (_, place) => versions.slice(2 * place, 2 * place + 2));
    if (pairs.every(([user, password]) => user !== undefined && user === password)) continue;
    torn++;
    details.push(`${name}: ${text}`);
  }
  return { starts: texts.length, torn };
}

async function removeAll({ ecs }: Clients, docker: Dockerode): Promise<void> {
  const { serviceArns = [] } = await ecs.listServices({ maxResults: 100 });
  for (const service of serviceArns) await ecs.deleteService({ service, force: true });
  await until(
    "the containers of every service are gone",
    async () => {
      const all = await docker.listContainers({ all: true, filters: { label: [familyLabel] } });
      return !all.some(({ Labels }) => Labels[familyLabel]?.startsWith("service-"));
    },
    { seconds: 120, pause: 500 },
  );
}
