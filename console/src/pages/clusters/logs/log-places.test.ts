import assert from "node:assert/strict";
import { test } from "node:test";
import { logPlaces } from "./log-places.ts";

const definitionArn = "arn:aws:ecs:us-east-1:111122223333:task-definition/web:1";
const task = (id: string) => ({
  taskArn: `arn:aws:ecs:us-east-1:111122223333:task/default/${id}`,
  taskDefinitionArn: definitionArn,
  containers: [{ name: "side", runtimeId: `runtime-${id}` }],
});
const awslogs = (options: Record<string, string>) => ({
  logConfiguration: { logDriver: "awslogs" as const, options: { "awslogs-region": "us-east-1", ...options } },
});
const definition = (containerDefinitions: object[]) => ({ taskDefinitionArn: definitionArn, containerDefinitions });

test("logPlaces joins the streams of a log group under what their names begin with", () => {
  const web = definition([
    { name: "app", ...awslogs({ "awslogs-group": "/web", "awslogs-stream-prefix": "ecs" }) },
    { name: "apple", ...awslogs({ "awslogs-group": "/web", "awslogs-stream-prefix": "ecs" }) },
  ]);
  assert.deepEqual(logPlaces([task("1"), task("2")], [web]), {
    places: [
      {
        group: "/web",
        region: "us-east-1",
        prefix: "ecs/app",
        streams: {
          "ecs/app/1": { task: "1", container: "app" },
          "ecs/apple/1": { task: "1", container: "apple" },
          "ecs/app/2": { task: "2", container: "app" },
          "ecs/apple/2": { task: "2", container: "apple" },
        },
      },
    ],
    elsewhere: [],
  });
});

test("logPlaces takes the container's id where there is no prefix, and names other log drivers", () => {
  const web = definition([
    { name: "side", ...awslogs({ "awslogs-group": "/side" }) },
    { name: "quiet" },
    { name: "syslog", logConfiguration: { logDriver: "syslog" } },
  ]);
  const { places, elsewhere } = logPlaces([task("1")], [web]);
  assert.deepEqual(
    places.map(({ prefix, streams }) => [prefix, Object.keys(streams)]),
    [["runtime-1", ["runtime-1"]]],
  );
  assert.deepEqual(elsewhere, [
    { container: "quiet", driver: "json-file" },
    { container: "syslog", driver: "syslog" },
  ]);
});
