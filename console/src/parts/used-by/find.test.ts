import assert from "node:assert/strict";
import { test } from "node:test";
import type { Api } from "../../api/client.ts";
import { ApiError } from "../../api/error.ts";
import { findUses, type Progress } from "./find.ts";

const parameter = "arn:aws:ssm:us-east-1:111122223333:parameter/app/key";
const cluster = "arn:aws:ecs:us-east-1:111122223333:cluster/default";
const definitionArn = (name: string) => `arn:aws:ecs:us-east-1:111122223333:task-definition/${name}`;

type Answers = Readonly<Record<string, (input: Readonly<Record<string, unknown>>) => object>>;

const usual: Answers = {
  ListClusters: () => ({ clusterArns: [cluster] }),
  ListServices: () => ({ serviceArns: ["service/web"] }),
  DescribeServices: () => ({
    services: [
      {
        ...{ serviceArn: "service/web", serviceName: "web", status: "ACTIVE", clusterArn: cluster },
        taskDefinition: definitionArn("web:1"),
      },
    ],
  }),
  ListTasks: () => ({ taskArns: [] }),
  ListTaskDefinitionFamilies: () => ({ families: ["web"] }),
  DescribeTaskDefinition: ({ taskDefinition }) => ({
    taskDefinition: {
      taskDefinitionArn: taskDefinition === "web" ? definitionArn("web:2") : taskDefinition,
      containerDefinitions: [{ name: "web", secrets: [{ name: "KEY", valueFrom: "/app/key" }] }],
    },
  }),
};

async function find(answers: Answers) {
  const all = { ...usual, ...answers };
  const progress: Progress[] = [];
  const call = async (_service: string, operation: string, input: object) =>
    all[operation]?.(input as Readonly<Record<string, unknown>>);
  const api = { region: "us-east-1", call } as unknown as Api;
  const found = await findUses(api, parameter, { onProgress: (one) => progress.push(one) });
  return { ...found, progress };
}

function denied(operation: string) {
  return () => {
    throw new ApiError("AccessDeniedException", "no", { status: 400, operation: `ecs:${operation}` });
  };
}

test("findUses reads the latest revision of each family and those that run", async () => {
  const { definitions, services, gaps, progress } = await find({});
  assert.deepEqual(
    definitions.map(({ arn, isLatest }) => [arn, isLatest]),
    [
      [definitionArn("web:2"), true],
      [definitionArn("web:1"), false],
    ],
  );
  assert.deepEqual(
    services.map(({ name }) => name),
    ["web"],
  );
  assert.deepEqual(gaps, []);
  assert.deepEqual(progress.at(-1), { part: "definitions", done: 2, of: 2 });
});

test("findUses tells what was denied, and goes on with the rest", async () => {
  const { definitions, services, gaps } = await find({
    ListTasks: denied("ListTasks"),
    DescribeTaskDefinition: denied("DescribeTaskDefinition"),
  });
  assert.deepEqual([definitions, services], [[], []]);
  assert.deepEqual(
    gaps.map(({ part, cluster, error, count }) => [part, cluster, error?.code, count]),
    [
      ["tasks", cluster, "AccessDeniedException", 1],
      ["definitions", undefined, "AccessDeniedException", 2],
    ],
  );
});

test("findUses stops at its bounds and says so", async () => {
  let pages = 0;
  const { gaps } = await find({
    ListTaskDefinitionFamilies: () => {
      pages += 1;
      return { families: Array.from({ length: 100 }, (_, index) => `f${pages}-${index}`), nextToken: "more" };
    },
  });
  assert.equal(pages, 6);
  assert.deepEqual(gaps, [{ part: "definitions", cluster: undefined, count: 500 }]);
});

test("findUses ends with the session", async () => {
  const expired = () => {
    throw new ApiError("ExpiredTokenException", "over", { status: 400, operation: "ecs:ListTasks" });
  };
  await assert.rejects(find({ ListTasks: expired }), { code: "ExpiredTokenException" });
});
