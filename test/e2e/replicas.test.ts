import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import type { ECS, Service } from "@aws-sdk/client-ecs";
import { type Replicas, startReplicas } from "../support/replicas.ts";
import { skipUnless } from "../support/require.ts";
import { agentsConnected } from "../support/tasks.ts";
import { until } from "../support/until.ts";

/** Loaders of each kind at a time, and milliseconds between their tasks. */
const loaders = 3;
const pause = 200;
/** Seconds from a kill to what the services loop of another server did: 5 for the lease, the rest for a busy machine. */
const takeover = 15;
/** Seconds from RunTask to the program. Without wakes between servers it is 5. */
const soon = 4;

/** Runs tasks all the time, each once, until it is told to end. What fails to be answered is asked for again. */
function startLoad(replicas: Replicas) {
  const tasks = new Map<string, string>();
  const refused: unknown[] = [];
  let isOver = false;
  async function runOne(name: string): Promise<void> {
    for (;;) {
      const answer = await run(replicas.ecs(), name).catch(() => undefined);
      const arn = answer?.tasks?.[0]?.taskArn;
      if (arn !== undefined) return void tasks.set(name, arn);
      if (answer) refused.push(answer.failures);
      await setTimeout(pause);
    }
  }
  async function load(loader: number): Promise<void> {
    for (let task = 0; !isOver; task++) {
      await runOne(`load-${loader}-${task}`);
      await setTimeout(pause);
    }
  }
  const loading = Promise.all(Array.from({ length: loaders }, (_, loader) => load(loader)));
  return {
    /** Answers of RunTask without a task. */
    refused,
    /** ARNs by name, of all that were acknowledged. */
    async end(): Promise<ReadonlyMap<string, string>> {
      isOver = true;
      await loading;
      return tasks;
    },
  };
}

function run(ecs: ECS, name: string) {
  const environment = [{ name: "RUN", value: name }];
  const overrides = { containerOverrides: [{ name: "main", environment }] };
  return ecs.runTask({ taskDefinition: "once", clientToken: name, overrides });
}

test("three servers on one PostgreSQL are killed in turn under load: every task runs once, services converge", {
  skip: await skipUnless("postgres"),
  timeout: 480_000,
}, async (t) => {
  await using replicas = await startReplicas();
  const file = join(await replicas.directory(), "runs");
  await writeFile(file, "");
  const runs = async () => (await readFile(file, "utf8")).split("\n").filter((line) => line !== "");
  const container = { name: "main", image: "none", memory: 6 };
  const define = (family: string, program: string) =>
    replicas.ecs().registerTaskDefinition({
      family,
      containerDefinitions: [{ ...container, command: ["/bin/sh", "-c", program] }],
    });
  await define("once", `echo "$RUN" >> ${file}`);
  await define("serve", "exec sleep 600");
  const agents = await Promise.all([replicas.startAgent(), replicas.startAgent()]);
  const containerInstances = agents.map(({ containerInstanceArn }) => containerInstanceArn);
  await agentsConnected(replicas.ecs(), containerInstances);

  await t.test("a task starts at once, whichever server is asked", async () => {
    for (const index of [0, 1, 2]) {
      const started = performance.now();
      await run(replicas.ecs(index), `quiet-${index}`);
      await until("its program runs", async () => (await runs()).includes(`quiet-${index}`));
      const seconds = (performance.now() - started) / 1000;
      assert.ok(seconds < soon, `${seconds} s by server ${index}`);
    }
  });

  const service = { serviceName: "web", taskDefinition: "serve", desiredCount: 2 };
  await replicas.ecs().createService(service);
  const scaled = async (count: number) =>
    until(`the service has ${count} tasks`, async () => isSteady(await describe(replicas.ecs()), count), {
      seconds: takeover,
    });
  await scaled(2);
  const load = startLoad(replicas);
  for (const [index, desiredCount] of [4, 1, 3].entries()) {
    await t.test(`server ${index} is killed; the others scale the service to ${desiredCount}`, async () => {
      await setTimeout(1_000);
      await replicas.kill(index);
      const killed = performance.now();
      await replicas.ecs().updateService({ service: "web", desiredCount });
      await scaled(desiredCount);
      t.diagnostic(`scaled ${Math.round(performance.now() - killed)} ms after the kill of server ${index}`);
      await replicas.start(index);
    });
  }
  await setTimeout(1_000);
  const tasks = await load.end();
  t.diagnostic(`${tasks.size} tasks`);

  await t.test("every task that was acknowledged ran once and ended well", async () => {
    assert.ok(tasks.size > 10, "there was no load to speak of");
    assert.deepEqual(load.refused, [], "every server took tasks for agents that were to come back");
    const names = [...tasks.keys()].sort();
    const loaded = async () => (await runs()).filter((name) => name.startsWith("load-")).sort();
    await until("every program has run", async () => (await loaded()).length >= names.length);
    assert.deepEqual(await loaded(), names);
    const ended = () => endedWell(replicas.ecs(), [...tasks.values()]);
    await until("every task has ended well", async () => (await ended()) === tasks.size);
  });

  await t.test("service and agents are as they should be", async () => {
    await scaled(3);
    await agentsConnected(replicas.ecs(), containerInstances);
    const { taskArns } = await replicas.ecs().listTasks({ serviceName: "web" });
    assert.equal(taskArns?.length, 3);
  });
});

async function describe(ecs: ECS): Promise<Service | undefined> {
  const { services } = await ecs.describeServices({ services: ["web"] }).catch(() => ({ services: undefined }));
  return services?.[0];
}

function isSteady(service: Service | undefined, count: number): boolean {
  return service?.runningCount === count && service.pendingCount === 0;
}

/** The number of tasks that stopped with exit code 0. */
async function endedWell(ecs: ECS, arns: readonly string[]): Promise<number> {
  let count = 0;
  for (let from = 0; from < arns.length; from += 100) {
    const { tasks = [] } = await ecs.describeTasks({ tasks: arns.slice(from, from + 100) });
    count += tasks.filter(
      ({ lastStatus, containers }) => lastStatus === "STOPPED" && containers?.[0]?.exitCode === 0,
    ).length;
  }
  return count;
}
