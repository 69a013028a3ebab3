import { setTimeout } from "node:timers/promises";
import { type ServiceCallOptions, serviceCall } from "../../../front-door/service-call.ts";
import { ApiError } from "../../../model/api-error.ts";
import type { Access, Call } from "../../../model/call.ts";
import type { Operation } from "../../../model/operation.ts";
import type { Ecs } from "../context.ts";
import { lookUpDefinition } from "../find.ts";
import type { Task } from "../model.ts";
import { runTask } from "../operations/run-task.ts";
import { startAccess } from "./access.ts";

/** A task that is run for its end. */
export interface TaskRequest {
  /** ARN, or family and revision. */
  readonly taskDefinition: string;
  /** For every container. */
  readonly environment: Readonly<Record<string, string>>;
  /** Up to 64 characters; with the same one the same task is waited for. */
  readonly clientToken: string;
}

/** How such a task ended; `undefined` where every essential container exited with 0. */
export type TaskFailure = string | undefined;

export interface RunnableDefinition {
  /** With its revision; `undefined` where no task can be run of it. */
  readonly arn: string | undefined;
  /** What a caller needs who has tasks of it run. */
  readonly access: readonly Access[];
}

/** Tasks of the default cluster, for other services. */
export interface TaskRunner {
  /** The definition that a reference means now. */
  resolve(call: Call, taskDefinition: string): Promise<RunnableDefinition>;
  /** Runs a task, under the caller's policies, and waits for its end. */
  run(call: Call, request: TaskRequest): Promise<TaskFailure>;
}

export type TaskRunnerOptions = Omit<ServiceCallOptions<Ecs>, "service">;

/** Milliseconds between looks at a task, and for which it may run. */
const interval = 250;
const longest = 15 * 60 * 1000;

/** Any well-formed one will do. */
const subnets = ["subnet-00000000000000000"];

export function taskRunner(options: TaskRunnerOptions): TaskRunner {
  const { context } = options;
  return {
    async resolve(call, reference) {
      const definition = await lookUpDefinition(context, call, reference);
      const taskDefinition = definition?.arn ?? reference;
      return {
        arn: definition?.status === "ACTIVE" ? definition.arn : undefined,
        access: await startAccess("ecs:RunTask", { taskDefinition }, call, context),
      };
    },
    async run(call, { taskDefinition, environment, clientToken }) {
      const definition = await lookUpDefinition(context, call, taskDefinition);
      if (!definition) return "The task definition is not there";
      const variables = Object.entries(environment).map(([name, value]) => ({ name, value }));
      const containerOverrides = definition.containerDefinitions.map(({ name }) => ({ name, environment: variables }));
      const network = definition.networkMode === "awsvpc" && { awsvpcConfiguration: { subnets } };
      const input = {
        ...{ taskDefinition, clientToken, overrides: { containerOverrides } },
        ...(network && { networkConfiguration: network }),
      };
      const started = (await serviceCall({ ...options, service: "ecs" }, runTask as Operation<Ecs>, input, call).catch(
        unlessRefused,
      )) as { tasks?: { taskArn: string }[]; failures?: { reason: string }[] } | undefined;
      const arn = started?.tasks?.[0]?.taskArn;
      if (arn === undefined)
        return `The task was not placed: ${started?.failures?.[0]?.reason ?? "RunTask refused it"}`;
      return failureOf(await waitForEnd(context, arn));
    },
  };
}

async function waitForEnd({ store }: Ecs, arn: string): Promise<Task | undefined> {
  for (let waited = 0; waited < longest; waited += interval) {
    const task = await store.tasks.find(arn);
    if (!task || task.lastStatus === "STOPPED") return task;
    await setTimeout(interval, undefined, { ref: false });
  }
  return undefined;
}

function failureOf(task: Task | undefined): TaskFailure {
  if (!task) return "The task did not end in time";
  const failed = task.containers.find(({ essential, exitCode = 0 }) => essential && exitCode !== 0);
  if (failed) return `The container ${failed.name} exited with ${failed.exitCode}`;
  if (task.stopCode === "EssentialContainerExited") return undefined;
  return `The task stopped (${task.stopCode ?? "without a code"})`;
}

function unlessRefused(error: unknown): undefined {
  if (!(error instanceof ApiError)) throw error;
}
