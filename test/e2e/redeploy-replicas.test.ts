import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import type { Service } from "@aws-sdk/client-ecs";
import { allow, createRole } from "../support/clients.ts";
import { type Replicas, startReplicas } from "../support/replicas.ts";
import { skipUnless } from "../support/require.ts";
import { until } from "../support/until.ts";

/** Changes of the secret, and milliseconds between two: shorter and longer than the quiet period. */
const changes = 12;
const pauses = [150, 2_500];
const quiet = 1;
const begun = /\(deployment (\S+)\) was started as tasks hold older versions/;
const completed = /\(deployment (\S+)\) deployment completed/;

test("three servers on one PostgreSQL, one of them killed, redeploy on rotation one rollout after the other", {
  skip: await skipUnless("postgres"),
  timeout: 480_000,
}, async (t) => {
  await using replicas = await startReplicas();
  const clients = replicas.clients();
  const executionRoleArn = await createRole(clients, "reader", [allow(["secretsmanager:GetSecretValue"])]);
  const { ARN: SecretId = "" } = await clients.secretsManager.createSecret({ Name: "db", SecretString: "value-0" });
  await clients.ecs.registerTaskDefinition({
    ...{ family: "web", executionRoleArn },
    containerDefinitions: [
      {
        ...{ name: "main", image: "none", memory: 6, command: ["/bin/sh", "-c", "exec sleep 600"] },
        secrets: [{ name: "PASSWORD", valueFrom: SecretId }],
      },
    ],
  });
  await replicas.startAgent();
  await clients.ecs.createService({
    ...{ serviceName: "web", taskDefinition: "web", desiredCount: 2 },
    tags: [
      { key: "sealift:redeploy-on-rotation", value: "all" },
      { key: "sealift:redeploy-quiet-seconds", value: String(quiet) },
    ],
  });
  await until("the service is steady", async () => isSteady(await describe(replicas)), { seconds: 60 });

  const watching = new AbortController();
  let mostAtOnce = 0;
  const watch = (async () => {
    for (; !watching.signal.aborted; await setTimeout(100)) {
      const { deployments = [] } = (await describe(replicas)) ?? {};
      const underWay = deployments.filter(({ rolloutState }) => rolloutState === "IN_PROGRESS");
      mostAtOnce = Math.max(mostAtOnce, underWay.length);
    }
  })();
  for (let change = 1; change <= changes; change++) {
    await put(replicas, SecretId, change);
    // In the middle of it, whoever holds the lease may be gone.
    if (change === changes / 2) await replicas.kill(Math.floor(Math.random() * 3));
    await setTimeout(pauses[change % pauses.length]);
  }
  await until("every task holds the newest version", () => areNewest(replicas), { seconds: 90, pause: 300 });
  await until("the service is steady", async () => isSteady(await describe(replicas)), { seconds: 60 });
  watching.abort();
  await watch;

  const { events = [] } = (await describe(replicas)) ?? {};
  const rollouts: string[] = [];
  const open = new Set<string>();
  for (const { message = "" } of events.toReversed()) {
    const [, started] = begun.exec(message) ?? [];
    const [, ended] = completed.exec(message) ?? [];
    if (ended !== undefined) open.delete(ended);
    if (started === undefined) continue;
    assert.deepEqual([...open], [], `${started} was started while another one was under way`);
    open.add(started);
    rollouts.push(started);
  }
  t.diagnostic(`${rollouts.length} rollouts for ${changes} changes`);
  assert.equal(new Set(rollouts).size, rollouts.length, "no deployment is begun twice");
  assert(rollouts.length > 0 && rollouts.length <= changes, `${rollouts.length} rollouts`);
  assert.equal(mostAtOnce, 1);
});

/** Asks any server until one answers: one may be killed before it does. The token makes the version one and the same. */
async function put(replicas: Replicas, SecretId: string, change: number): Promise<void> {
  const ClientRequestToken = `00000000-0000-4000-8000-${String(change).padStart(12, "0")}`;
  const input = { SecretId, SecretString: `value-${change}`, ClientRequestToken };
  await until("the secret is changed", () =>
    replicas
      .clients()
      .secretsManager.putSecretValue(input)
      .catch(() => undefined),
  );
}

async function describe(replicas: Replicas): Promise<Service | undefined> {
  const answer = await replicas
    .ecs()
    .describeServices({ services: ["web"] })
    .catch(() => undefined);
  return answer?.services?.[0];
}

function isSteady(service: Service | undefined): boolean {
  const { deployments = [], runningCount } = service ?? {};
  return deployments.length === 1 && deployments[0]?.rolloutState === "COMPLETED" && runningCount === 2;
}

async function areNewest(replicas: Replicas): Promise<boolean> {
  const { taskArns: tasks = [] } = await replicas.ecs().listTasks({ serviceName: "web", desiredStatus: "RUNNING" });
  if (tasks.length === 0) return false;
  const { tasks: described = [] } = await replicas.ecs().describeTasks({ tasks, include: ["TAGS"] });
  return described.every(({ tags = [] }) =>
    tags.some(({ key, value }) => key?.startsWith("sealift:secret:") && / current main$/.test(value ?? "")),
  );
}
