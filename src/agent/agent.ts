import type { AwsCredentialIdentityProvider } from "@smithy/types";
import type { Clock } from "../clock.ts";
import { systemTimers, type Timers } from "../concurrency/timers.ts";
import type { Ids } from "../ids.ts";
import type { Log } from "../log.ts";
import type { ContainerState } from "../runtime/containers.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { taskEngine } from "./engine.ts";
import { receiver } from "./receive.ts";
import { register } from "./register.ts";
import { removals } from "./removals.ts";
import { reporter } from "./report.ts";
import { restoreTask, strays } from "./restore.ts";
import { sdkSecretSource } from "./secrets/index.ts";
import { keepSession } from "./session.ts";
import { stateFile } from "./state.ts";
import { type AgentTask, isStopped } from "./task.ts";

export interface AgentOptions {
  /** Name or ARN. */
  readonly cluster: string;
  /** Where the control plane and the secret stores answer; AWS itself if not given. */
  readonly endpoint?: string;
  readonly region: string;
  /** The container instance's own role. */
  readonly credentials: AwsCredentialIdentityProvider;
  /** Not disposed of with the agent. */
  readonly runtime: Runtime;
  /** Where the agent keeps what it must know after a restart. */
  readonly stateFile: string;
  readonly fargate: boolean;
  /** Milliseconds for which a stopped task's containers are kept for a look at them. */
  readonly cleanupWait: number;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly timers?: Timers;
}

export interface Agent extends AsyncDisposable {
  readonly containerInstanceArn: string;
  /** Takes no more orders, stops every task and deletes what it left. */
  clear(): Promise<void>;
}

/** Registers this machine and runs the tasks that the control plane places on it. Disposing leaves containers running. */
export async function startAgent(options: AgentOptions): Promise<Agent> {
  const { runtime, clock, log, cluster, region, credentials, timers = systemTimers } = options;
  const endpoint = options.endpoint === undefined ? {} : { endpoint: options.endpoint };
  await using starting = new AsyncDisposableStack();
  const { ECS } = await import("@aws-sdk/client-ecs");
  const requestHandler = { requestTimeout: 10_000, connectionTimeout: 5_000, throwOnRequestTimeout: true };
  const ecs = new ECS({ region, credentials, ...endpoint, requestHandler });
  starting.defer(() => ecs.destroy());
  const file = stateFile(options.stateFile);
  const saved = await file.read();
  const containerInstanceArn = await register({
    ecs,
    cluster,
    machine: await runtime.describe(),
    fargate: options.fargate,
    ...(saved.containerInstanceArn !== undefined && { containerInstanceArn: saved.containerInstanceArn }),
  });
  const states = new Map((await runtime.containers.list()).map((state): [string, ContainerState] => [state.id, state]));
  for (const id of strays(saved.tasks, states)) {
    await runtime.containers
      .remove(id)
      .catch((error: unknown) => log.warn({ id, err: error }, "Cannot delete a stray container"));
  }

  const save = () => file.save({ containerInstanceArn, tasks: engine.tasks() });
  const saveLater = () => {
    save().catch((error: unknown) => log.error({ err: error }, "Cannot save the agent's state"));
  };
  const engine = taskEngine({
    ...options,
    timers,
    secretSource: (session) => sdkSecretSource({ credentials: session, ...endpoint }),
    retryDelay: 2_000,
    onChange(task) {
      saveLater();
      reports.report(task.arn);
      if (isStopped(task)) log.info({ task: task.arn, reason: stopReason(task) }, "Task stopped");
    },
    onRetry: (task, reason) => log.warn({ task: task.arn, reason }, "Cannot finish with a task yet"),
  });
  const leftovers = removals({
    clock,
    timers,
    wait: options.cleanupWait,
    retryDelay: 60_000,
    async remove(arn) {
      await engine.remove(arn);
      reports.report(arn);
      saveLater();
    },
    onFailure: (arn, error) => log.warn({ task: arn, err: error }, "Cannot delete a stopped task's containers yet"),
  });
  const reports = reporter({
    ecs,
    cluster,
    timers,
    find: (arn) => engine.tasks().find((task) => task.arn === arn),
    onFailure: (arn, error) => log.warn({ task: arn, err: error }, "Cannot tell the control plane of a task's change"),
    onTold: (task) => leftovers.add(task),
    minimumDelay: 1_000,
    maximumDelay: 30_000,
  });
  engine.restore(saved.tasks.map((task) => restoreTask(task, states, clock.now().getTime())));
  for (const { arn } of saved.tasks) reports.report(arn);
  starting.defer(save);
  starting.use(leftovers);
  starting.use(reports);
  starting.use(engine);
  await save();

  const session = keepSession({
    ecs,
    credentials,
    region,
    cluster,
    containerInstanceArn,
    clock,
    timers,
    onMessage: receiver({ engine, cluster, containerInstanceArn, save, log }),
    onBadMessage: (error) => log.error({ err: error }, "Cannot deal with a message of the control plane"),
    onDisconnect: (reason) => log.debug({ reason }, "Not connected to the control plane"),
    minimumDelay: 250,
    maximumDelay: 10_000,
    silence: 150_000,
  });
  starting.use(session);
  const resources = starting.move();

  return {
    containerInstanceArn,
    async clear() {
      await session[Symbol.asyncDispose]();
      for (const { arn } of engine.tasks()) engine.stop(arn);
      await engine.allStopped();
      for (const { arn } of engine.tasks()) await leftovers.removeNow(arn);
      await save();
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

/** The task's own reason, else what its containers died of. */
function stopReason({ reason, containers }: AgentTask): string | undefined {
  const reasons = containers.flatMap((container) =>
    container.reason === undefined ? [] : [`${container.name}: ${container.reason}`],
  );
  return reason ?? (reasons.length > 0 ? reasons.join("; ") : undefined);
}
