import assert from "node:assert/strict";
import { test } from "node:test";
import { usesOf } from "./uses.ts";

const arn = "arn:aws:ssm:us-east-1:111122223333:parameter/app/key";
const cluster = "arn:aws:ecs:us-east-1:111122223333:cluster/default";
const reference = { container: "web", place: "variable", name: "KEY", valueFrom: "/app/key" } as const;
const definitions = [
  { arn: "web:2", isLatest: true, references: [reference] },
  { arn: "pull:1", isLatest: true, references: [{ ...reference, place: "registry", name: "" } as const] },
];

function task(taskArn: string, taskDefinitionArn: string, group: string, told?: string) {
  const tags = told === undefined ? [] : [{ key: `sealift:secret:${arn}`, value: told }];
  return { taskArn, taskDefinitionArn, group, tags, clusterArn: cluster, lastStatus: "RUNNING" };
}

function service(serviceName: string, taskDefinition: string, clusterArn = cluster) {
  return { serviceArn: `service/${serviceName}`, serviceName, taskDefinition, clusterArn };
}

const uses = usesOf(arn, {
  definitions,
  services: [
    service("web", "web:2"),
    service("old", "other:1"),
    service("none", "other:1"),
    service("web", "x:1", "c2"),
  ],
  tasks: [
    task("t1", "web:2", "service:web", "3 current web"),
    task("t2", "web:1", "service:web", "2 stale web"),
    task("t3", "other:1", "service:old", "2 gone web"),
    task("t4", "web:2", "family:web"),
    task("t5", "pull:1", "family:pull"),
    task("t6", "other:1", "service:none"),
  ],
});

test("usesOf takes tasks that hold it or whose definition names it", () => {
  assert.deepEqual(
    uses.tasks.map(({ arn, service, held, isForPullOnly }) => [arn, service, held[0]?.version, isForPullOnly]),
    [
      ["t1", "web", "3", false],
      ["t2", "web", "2", false],
      ["t3", "old", "2", false],
      ["t4", undefined, undefined, false],
      ["t5", undefined, undefined, true],
    ],
  );
});

test("usesOf takes services of such a definition or with such tasks, in the same cluster", () => {
  assert.deepEqual(
    uses.services.map(({ name, clusterArn, tasks, staleTasks }) => [name, clusterArn, tasks, staleTasks]),
    [
      ["web", cluster, 2, 1],
      ["old", cluster, 1, 1],
    ],
  );
});
