import assert from "node:assert/strict";
import { test } from "node:test";
import type { TaskDefinition } from "../definitions/definition.ts";
import type { Task } from "../tasks/task.ts";
import { ensureLogGroups } from "./log-groups.ts";

test("ensureLogGroups makes the groups that awslogs delivers to, in their Region, each once, and no others", async () => {
  const made: string[] = [];
  const ensureLogGroup = async ({ account, region }: { account: string; region: string }, name: string) =>
    void made.push(`${account} ${region} ${name}`);
  const log = (logDriver: string, options?: object) => ({ logConfiguration: { logDriver, options } });
  const containerDefinitions = [
    log("awslogs", { "awslogs-group": "/ecs/app", "awslogs-region": "eu-west-1" }),
    log("awslogs", { "awslogs-group": "here" }),
    log("awslogs", { "awslogs-group": "here", "awslogs-region": "us-east-1" }),
    log("awslogs"),
    log("splunk", { "awslogs-group": "none" }),
    {},
  ];
  const task = { arn: "arn:aws:ecs:us-east-1:111122223333:task/default/1" } as Task;
  await ensureLogGroups({ ensureLogGroup }, task, { containerDefinitions } as unknown as TaskDefinition);
  assert.deepEqual(made, ["111122223333 eu-west-1 /ecs/app", "111122223333 us-east-1 here"]);
});
