import { RunTaskCommand } from "@aws-sdk/client-ecs";
import { type ServiceCallOptions, serviceCall } from "../../../front-door/service-call.ts";
import { ApiError } from "../../../model/api-error.ts";
import type { Access, Call } from "../../../model/call.ts";
import { accessesOf, type Output, operation } from "../../../model/operation.ts";
import type { Ecs } from "../context.ts";
import { runTaskNeeds } from "./access.ts";
import { type FoundStart, findStart } from "./find-start.ts";
import { runTasks } from "./run-task.ts";
import type { Task } from "./task.ts";
import { waitForEnd } from "./wait-for-end.ts";

/** A task that is run for its end. */
export interface TaskRequest {
  /** ARN, or family and revision. */
  readonly taskDefinition: string;
  /** For every container. */
  readonly environment: Readonly<Record<string, string>>;
  /** Up to 64 characters. A request with the same one waits for the same task. */
  readonly clientToken: string;
}

/** How such a task failed; `undefined` where every essential container exited with 0. */
export type TaskFailure = string | undefined;

export interface RunnableDefinition {
  /** With its revision; `undefined` where no task can run it. */
  readonly arn: string | undefined;
  /** The needs of a caller who has tasks of it run. */
  readonly access: readonly Access[];
}

/** Runs tasks in the default cluster for other services. */
export interface TaskRunner {
  /** The definition that a reference means now. */
  resolve(call: Call, taskDefinition: string): Promise<RunnableDefinition>;
  /** Runs a task, under the caller's policies, and waits for its end. */
  run(call: Call, request: TaskRequest): Promise<TaskFailure>;
}

export type TaskRunnerOptions = Omit<ServiceCallOptions<Ecs>, "service">;

/** Nothing is looked up by it: any well-formed one will do. */
const subnets = ["subnet-00000000000000000"];

export function taskRunner(options: TaskRunnerOptions): TaskRunner {
  const { context } = options;
  return {
    async resolve(call, taskDefinition) {
      const found = await findStart(context, call, { taskDefinition });
      const { definition } = found.definition;
      return {
        arn: definition?.status === "ACTIVE" ? definition.arn : undefined,
        access: accessesOf("ecs", runFound(found), found, { taskDefinition }, call),
      };
    },
    async run(call, request) {
      const found = await findStart(context, call, request);
      const { definition } = found.definition;
      if (!definition) return "The task definition is not there";
      const variables = Object.entries(request.environment).map(([name, value]) => ({ name, value }));
      const { taskDefinition, clientToken } = request;
      const input = {
        taskDefinition,
        clientToken,
        overrides: {
          containerOverrides: definition.containerDefinitions.map(({ name }) => ({ name, environment: variables })),
        },
        ...(definition.networkMode === "awsvpc" && { networkConfiguration: { awsvpcConfiguration: { subnets } } }),
      };
      let started: Output<typeof RunTaskCommand>;
      try {
        started = await serviceCall({ ...options, service: "ecs" }, runFound(found), input, call);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        return "The task was not placed: RunTask refused it";
      }
      const arn = started.tasks?.[0]?.taskArn;
      if (arn === undefined) return `The task was not placed: ${started.failures?.[0]?.reason}`;
      return failureOf(await waitForEnd(context, arn));
    },
  };
}

/** RunTask of what was found before. */
function runFound(found: FoundStart) {
  return operation(RunTaskCommand)({
    find: (_input, _call, _context: Ecs) => found,
    access: runTaskNeeds,
    run: runTasks,
  });
}

function failureOf(task: Task | undefined): TaskFailure {
  if (!task) return "The task did not end in time";
  const failed = task.containers.find(({ essential, exitCode = 0 }) => essential && exitCode !== 0);
  if (failed) return `The container ${failed.name} exited with ${failed.exitCode}`;
  if (task.stopCode === "EssentialContainerExited") return undefined;
  return `The task stopped (${task.stopCode ?? "without a code"})`;
}
