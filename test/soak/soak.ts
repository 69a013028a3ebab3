import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { ECS, KeyValuePair } from "@aws-sdk/client-ecs";
import { startEngine } from "../chaos/engine.ts";
import { allow, type Clients, clientsOf, createRole } from "../support/clients.ts";
import { startAgent, startSealift } from "../support/sealift.ts";
import { networkConfiguration } from "../support/tasks.ts";
import { until } from "../support/until.ts";

/** Counts of what went wrong. All must be 0, except for `starts` and `rotations`. */
export interface Soaked {
  readonly starts: number;
  /** Values that the secret and the parameter had in that time. */
  readonly rotations: number;
  /** Programs that did not write exactly one line, or ended with another code than 0. */
  readonly failed: number;
  /** Programs whose username and password are not of one version, or whose two looks at the parameter differ. */
  readonly torn: number;
  /** Programs with a value that had been replaced before their task was asked for. */
  readonly stale: number;
  readonly containersLeft: number;
  readonly volumesLeft: number;
  readonly networksLeft: number;
  readonly mountsLeft: number;
  readonly agentDescriptorsLeft: number;
  readonly serverDescriptorsLeft: number;
  /** A line for each thing that went wrong. */
  readonly details: readonly string[];
}

const runners = 4;
const families = ["variables", "files"] as const;

/** Descriptors that may be opened once and kept, as by a thread that is needed for the first time. A leak has one a start. */
const firstNeeded = 4;

/** Milliseconds after which nobody holds a connection any more that nobody uses. */
const idle = 6_000;

/**
 * Starts tasks while the values of their secrets are replaced all the time, on an Engine of its own in `directory`, and counts what
 * was torn or left. It needs root.
 */
export async function soak(directory: string, starts: number): Promise<Soaked> {
  const out = join(directory, "out");
  mkdirSync(out, { mode: 0o777 });
  execFileSync("chmod", ["711", directory]);
  await using engine = await startEngine(directory);
  await using server = await startSealift({ runtime: "docker", flags: ["--no-agent"] });
  const environment = { DOCKER_HOST: engine.host, ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION: "1s" };
  const data = join(directory, "agent");
  await using agent = await startAgent(server, { cluster: "default", data, runtime: "docker", environment });
  const clients = clientsOf(server);
  const details: string[] = [];
  const values = await rotation(clients);
  await register(clients, values.arn, out);

  const run = (name: string, number: number) =>
    runTask(clients.ecs, out, `${name}-${number}`, number, values.current());
  const warming = values.start();
  await Promise.all(Array.from({ length: runners }, (_, number) => run("warm-up", number)));
  await warming.stop();
  await clean(engine.leftovers);
  await delay(idle);
  const before = { agent: descriptors(agent.pid), server: descriptors(server.pid) };

  const rotating = values.start();
  let next = 0;
  const outcomes: Outcome[] = [];
  const runAll = async () => {
    for (let number = next++; number < starts; number = next++) outcomes.push(await run("run", number));
  };
  await Promise.all(Array.from({ length: runners }, runAll));
  await rotating.stop();

  const left = await clean(engine.leftovers);
  const more = { agent: 0, server: 0 };
  const areClosed = () => {
    more.agent = descriptors(agent.pid) - before.agent;
    more.server = descriptors(server.pid) - before.server;
    return more.agent <= firstNeeded && more.server <= firstNeeded;
  };
  await until("descriptors are closed", areClosed, { seconds: 20 }).catch((error) => details.push(String(error)));
  const count = (kind: Outcome["kind"]) => outcomes.filter((outcome) => outcome.kind === kind).length;
  for (const { kind, detail } of outcomes) if (kind !== "fine") details.push(`${kind}: ${detail}`);
  for (const [kind, found] of Object.entries(left)) for (const one of found) details.push(`${kind} left: ${one}`);
  return {
    ...{ starts: outcomes.length, rotations: values.current() },
    ...{ failed: count("failed"), torn: count("torn"), stale: count("stale") },
    ...{ containersLeft: left.containers.length, volumesLeft: left.volumes.length },
    ...{ networksLeft: left.networks.length, mountsLeft: left.mounts.length },
    agentDescriptorsLeft: Math.max(0, more.agent - firstNeeded),
    serverDescriptorsLeft: Math.max(0, more.server - firstNeeded),
    details,
  };
}

/** A secret with a pair and a parameter, each with the number of its version in its values. */
async function rotation({ secretsManager, ssm }: Clients) {
  let current = 0;
  const pairOf = (version: number) => JSON.stringify({ username: `user-${version}`, password: `password-${version}` });
  const { ARN: arn = "" } = await secretsManager.createSecret({ Name: "pair", SecretString: pairOf(0) });
  const put = (version: number) =>
    ssm.putParameter({ Name: "/soak/parameter", Value: `parameter-${version}`, Type: "SecureString", Overwrite: true });
  await put(0);
  return {
    arn,
    /** The version that both have at least. */
    current: () => current,
    start() {
      const stopping = new AbortController();
      const work = (async () => {
        while (!stopping.signal.aborted) {
          const version = current + 1;
          await secretsManager.putSecretValue({ SecretId: arn, SecretString: pairOf(version) });
          await put(version);
          current = version;
        }
      })();
      return {
        async stop(): Promise<void> {
          stopping.abort();
          await work;
        },
      };
    },
  };
}

/** Each program writes what it was given, on one line. */
async function register(clients: Clients, secret: string, out: string): Promise<void> {
  const executionRoleArn = await createRole(clients, "reader", [
    allow(["secretsmanager:GetSecretValue"], [secret]),
    allow(["ssm:GetParameters"], ["arn:aws:ssm:us-east-1:000000000000:parameter/soak/*"]),
  ]);
  const secrets = [
    { name: "USERNAME", valueFrom: `${secret}:username::` },
    { name: "PASSWORD", valueFrom: `${secret}:password::` },
    { name: "PARAMETER", valueFrom: "/soak/parameter" },
    { name: "PARAMETER_AGAIN", valueFrom: "arn:aws:ssm:us-east-1:000000000000:parameter/soak/parameter" },
  ];
  const common = { image: "httpd", memory: 16, secrets };
  const outMount = { sourceVolume: "out", containerPath: out };
  const outVolume = { name: "out", host: { sourcePath: out } };
  const write = (words: string) => ["sh", "-c", `echo "${words}" > ${out}/$RUN`];
  await clients.ecs.registerTaskDefinition({
    ...{ family: "variables", networkMode: "bridge", executionRoleArn, volumes: [outVolume] },
    containerDefinitions: [
      {
        ...{ name: "main", ...common, mountPoints: [outMount] },
        command: write("$USERNAME $PASSWORD $PARAMETER $PARAMETER_AGAIN"),
      },
    ],
  });
  const files = secrets.map(({ name }) => `$(cat $${name}_FILE)`).join(" ");
  await clients.ecs.registerTaskDefinition({
    ...{ family: "files", networkMode: "awsvpc", executionRoleArn, cpu: "128", memory: "64" },
    volumes: [outVolume, { name: "own" }],
    containerDefinitions: [
      {
        ...{ name: "main", ...common, command: write(files) },
        mountPoints: [outMount, { sourceVolume: "own", containerPath: "/own" }],
        dockerLabels: { "sealift.secrets.files": "/run/secrets" },
      },
    ],
  });
}

interface Outcome {
  readonly kind: "fine" | "failed" | "torn" | "stale";
  readonly detail: string;
}

async function runTask(ecs: ECS, out: string, name: string, number: number, oldest: number): Promise<Outcome> {
  const taskDefinition = families[number % families.length]!;
  const environment: KeyValuePair[] = [{ name: "RUN", value: name }];
  const { tasks, failures } = await ecs.runTask({
    ...{ taskDefinition, overrides: { containerOverrides: [{ name: "main", environment }] } },
    ...(taskDefinition === "files" && { networkConfiguration }),
  });
  const arn = tasks?.[0]?.taskArn;
  if (arn === undefined) return { kind: "failed", detail: JSON.stringify(failures) };
  const task = await until(
    `${name} has stopped`,
    async () => {
      const described = await ecs.describeTasks({ tasks: [arn] });
      return described.tasks?.find(({ lastStatus }) => lastStatus === "STOPPED");
    },
    { seconds: 120, pause: 100 },
  );
  const [container] = task.containers ?? [];
  if (container?.exitCode !== 0) return { kind: "failed", detail: `${task.stoppedReason}; ${container?.reason}` };
  return judge(readFileSync(join(out, name), "utf8"), oldest);
}

function judge(text: string, oldest: number): Outcome {
  const written = /^user-(\d+) password-(\d+) parameter-(\d+) parameter-(\d+)\n$/.exec(text);
  if (!written) return { kind: "failed", detail: text };
  const [user, password, parameter, again] = written.slice(1).map(Number);
  if (user !== password || parameter !== again) return { kind: "torn", detail: text };
  const isStale = Math.min(user ?? 0, parameter ?? 0) < oldest;
  return { kind: isStale ? "stale" : "fine", detail: `${text} after version ${oldest}` };
}

type Leftovers = Awaited<ReturnType<typeof startEngine>>["leftovers"];

/** What is left of tasks once the agent has cleaned up after them. */
async function clean(leftovers: Leftovers) {
  let seen = await leftovers();
  const isClean = async () => {
    seen = await leftovers();
    return Object.values(seen).every((found) => found.length === 0);
  };
  await until("nothing is left", isClean, { seconds: 30 }).catch(() => {});
  return seen;
}

function descriptors(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}
