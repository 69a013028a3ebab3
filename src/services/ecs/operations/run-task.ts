import { RunTaskCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation.ts";
import type { Ecs } from "../context.ts";
import { runTaskNeeds } from "../tasks/access.ts";
import { findStart } from "../tasks/find-start.ts";
import { runTasks } from "../tasks/run-task.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html */
export const runTask = operation(RunTaskCommand)({
  find: (input, call, context: Ecs) => findStart(context, call, input),
  access: runTaskNeeds,
  run: runTasks,
});
