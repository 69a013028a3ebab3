import type { AwsCredentialIdentityProvider } from "@smithy/types";
import type { Clock } from "../clock.ts";
import { systemTimers, type Timers } from "../concurrency/timers.ts";
import { defined } from "../defined.ts";
import type { Ids } from "../ids.ts";
import type { Log } from "../log.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { awslogsDelivery } from "./awslogs-delivery.ts";
import { keptCredentials } from "./calls/kept-credentials.ts";
import type { Engine } from "./engine/engine.ts";
import { removals } from "./engine/removals.ts";
import { openState } from "./engine/sqlite-state.ts";
import { isStopped } from "./engine/status.ts";
import type { AgentTask } from "./engine/task.ts";
import { taskEngine } from "./engine/task-engine.ts";
import { s3Source } from "./environment-files/index.ts";
import { openAgentEnd } from "./exec/connect.ts";
import { execSessions } from "./exec/exec-sessions.ts";
import { sessionServices } from "./exec/session-services.ts";
import { connectControlPlane } from "./link/control-plane.ts";
import { endpointsOf } from "./link/endpoints.ts";
import { receiver } from "./link/receive.ts";
import { register } from "./link/register.ts";
import { reporter } from "./link/report.ts";
import { keepSession } from "./link/session.ts";
import { type LogShipping, logShipping } from "./log-shipping/log-shipping.ts";
import { logStreams } from "./log-streams.ts";
import { onceAnswered, onceHeard, onceReached, retryDelay } from "./once-reached.ts";
import { batchMarks } from "./output/batch-marks.ts";
import { taskMaskers } from "./output/task-maskers.ts";
import { resources } from "./resources/index.ts";
import { sdkEcrSource, secretSources } from "./secrets/index.ts";
import { endpointOrNone } from "./task-metadata/endpoint-or-none.ts";
import type { TaskEndpointKind } from "./task-metadata/open-place.ts";
import { startTelemetry, type Telemetry } from "./telemetry/telemetry.ts";

export interface AgentOptions {
  /** Name or ARN. */
  readonly cluster: string;
  /** Where the control plane and the secret stores answer: the agent goes on to the next where one does not. None: AWS itself. */
  readonly endpoints: readonly string[];
  /** Where environment files are; Amazon S3 if not given. */
  readonly s3Endpoint?: string;
  /** Where the log driver `awslogs` delivers: a URL, or `aws` for CloudWatch Logs itself; this installation if not given. */
  readonly awslogsEndpoint?: string;
  /** Where secrets and Amazon ECR's tokens come from, and as whom; the control plane, as the execution role, if not given. */
  readonly secretsFrom?: SecretsFrom;
  readonly region: string;
  /** The container instance's own role. */
  readonly credentials: AwsCredentialIdentityProvider;
  /** Not disposed of with the agent. */
  readonly runtime: Runtime;
  /** The agent's memory over a restart, a SQLite file. One agent at a time may use it. */
  readonly stateFile: string;
  readonly fargate: boolean;
  /** Containers get `AWS_ENDPOINT_URL`, which leads to this control plane; true unless given. */
  readonly tellsEndpoint?: boolean;
  /** Where containers find the task endpoint; `auto` if not given. */
  readonly taskEndpoint?: TaskEndpointKind;
  /** Milliseconds for which a stopped task's containers are kept for a look at them. */
  readonly cleanupWait: number;
  /** Milliseconds for which a task waits for a runtime that cannot be reached; a minute if not given. */
  readonly runtimeWait?: number;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly timers?: Timers;
  /** Ends the wait for a runtime or a control plane that cannot be reached; the start then fails. */
  readonly signal?: AbortSignal;
}

export interface SecretsFrom {
  /** None: AWS, or where the SDK's own settings say. */
  readonly endpoints: readonly string[];
  readonly credentials: AwsCredentialIdentityProvider;
}

export interface Agent extends AsyncDisposable {
  readonly containerInstanceArn: string;
  /** Takes no more orders, stops every task and deletes what it left. */
  clear(): Promise<void>;
}

const hour = 60 * 60 * 1000;

/**
 * Registers this machine and runs the tasks that the control plane places on it; resolves once tasks can be placed. Disposing
 * leaves containers running. A runtime or a control plane that cannot be reached is waited for: machines and programs start in any
 * order.
 */
export async function startAgent(options: AgentOptions): Promise<Agent> {
  const { runtime, clock, ids, log, cluster, region, secretsFrom, timers = systemTimers } = options;
  const credentials = keptCredentials(options.credentials, clock);
  await using starting = new AsyncDisposableStack();
  const store = starting.use(openState(options.stateFile));
  const endpoints = endpointsOf(options.endpoints);
  const sources = starting.use(
    secretSources({
      ...{ clock, endpoints: secretsFrom ? endpointsOf(secretsFrom.endpoints) : endpoints },
      ...defined({ credentials: secretsFrom?.credentials }),
    }),
  );
  const controlPlane = starting.use(connectControlPlane({ endpoints, region, credentials, clock }));
  const maskers = taskMaskers({ runtime, resources, clock });
  const [machine, taskEndpoint] = await Promise.all([
    onceReached(options, () => runtime.describe()),
    onceReached(options, () =>
      endpointOrNone({
        ...{ runtime, store, endpoints, controlPlane, maskers, cluster, region, clock, timers, ids, log },
        ...{ instanceCredentials: credentials, tellsEndpoint: options.tellsEndpoint ?? true },
        ...defined({ kind: options.taskEndpoint }),
      }),
    ),
  ]);
  starting.use(taskEndpoint);
  const awslogs = awslogsDelivery({
    ...defined({ wanted: options.awslogsEndpoint, served: taskEndpoint?.awslogs }),
    isAws: endpoints.current() === undefined,
    hasDriver: machine.logDrivers.includes("awslogs"),
    canRead: runtime.logs !== undefined,
  });
  const registration = {
    ...{ controlPlane, cluster, machine, fargate: options.fargate },
    servesTaskRoles: taskEndpoint !== undefined,
    deliversAwslogs: awslogs !== undefined,
    execute: runtime.exec !== undefined,
    readsLogs: runtime.logs !== undefined,
    containerInstanceArn: store.instance(),
  };
  const containerInstanceArn = await onceAnswered(options, () => register(registration));
  await store.setInstance(containerInstanceArn);
  let telemetry: Telemetry | undefined;
  let shipping: LogShipping | undefined;

  const engine = starting.use(
    taskEngine({
      runtime,
      store,
      resources,
      secretSource: sources.as,
      ecrSource: (session) =>
        sdkEcrSource({
          credentials: secretsFrom?.credentials ?? session ?? credentials,
          endpoints: secretsFrom ? endpointsOf(secretsFrom.endpoints) : endpoints,
        }),
      objectSource: (session) =>
        s3Source({ credentials: session, region, clock, timers, ...defined({ endpoint: options.s3Endpoint }) }),
      clock,
      ids,
      timers,
      cluster,
      region,
      ...defined({
        variables: taskEndpoint?.variables,
        beforeStart: taskEndpoint?.doors?.beforeStart,
        awslogs,
        logStreams:
          awslogs && !awslogs.ownCredentials
            ? logStreams({
                endpoints,
                ...defined({ endpoint: options.awslogsEndpoint === "aws" ? undefined : options.awslogsEndpoint }),
                instanceCredentials: credentials,
                ...defined({ isShipped: awslogs.isShipped }),
              })
            : undefined,
      }),
      runtimeWait: options.runtimeWait ?? 60_000,
      retryDelay,
      onChange(task) {
        taskEndpoint?.doors?.changed(task);
        shipping?.changed(task);
        if (task.removedAt !== undefined) {
          maskers.forget(task.arn);
          telemetry?.changed(task);
          return leftovers.add(task);
        }
        afterDelivery(task, reports.report);
        telemetry?.changed(task);
        if (isStopped(task)) log.info({ task: task.arn, reason: stopReason(task) }, "Task stopped");
      },
      onRepeat: (task) => afterDelivery(task, reports.repeat),
      onRetry: (task, reason) => log.warn({ task: task.arn, reason }, "Cannot go on with a task yet"),
      onStray: (id, error) => log.warn({ id, err: error }, "Cannot delete a stray container"),
    }),
  );
  /** As with a driver, a task has stopped when its output is delivered. */
  function afterDelivery(task: AgentTask, report: (task: AgentTask) => void): void {
    if (!shipping || !isStopped(task)) return report(task);
    void shipping.delivered(task.arn).then(() => report(task));
  }
  const leftovers = starting.use(
    removals({
      async remove(arn) {
        await shipping?.delivered(arn);
        await engine.remove(arn);
      },
      async forget(arn) {
        await engine.forget(arn);
        reports.forget(arn);
      },
      clock,
      timers,
      wait: options.cleanupWait,
      remember: hour,
      retryDelay: 60_000,
      onFailure: (arn, error) => log.warn({ task: arn, err: error }, "Cannot delete a stopped task's containers yet"),
    }),
  );
  const reports = starting.use(
    reporter({
      controlPlane,
      cluster,
      timers,
      onFailure: (arn, error) => log.warn({ task: arn, err: error }, "Cannot report a task's change"),
      onReported: leftovers.add,
      minimumDelay: 1_000,
      maximumDelay: 30_000,
    }),
  );
  if (awslogs?.isShipped && runtime.logs) {
    shipping = starting.use(
      logShipping({
        ...{ engine, store, endpoints, timers, ids, log, logs: runtime.logs, delivery: awslogs },
        ...{ instanceCredentials: credentials, marks: batchMarks(maskers) },
        ...defined({ wanted: options.awslogsEndpoint }),
      }),
    );
  }

  await onceReached(options, engine.restore);
  for (const task of engine.tasks()) shipping?.changed(task);
  taskEndpoint?.serve(engine, { containerInstanceArn, machine });

  const commands = starting.use(
    execSessions({
      ...{ exec: runtime.exec, logs: runtime.logs, maskers, engine, clock, ids, timers, log },
      services: sessionServices({
        ...{ endpoints, region, clock, timers, log },
        ...defined({ logsEndpoint: options.awslogsEndpoint }),
      }),
      connect: (sessionId, signal) =>
        openAgentEnd({ endpoints: options.endpoints, region, credentials, clock, timers }, sessionId, signal),
    }),
  );
  await commands.sweep();

  const received: Engine = {
    ...engine,
    accept(payload) {
      shipping?.received(payload);
      return engine.accept(payload);
    },
  };
  const connection = {
    ...{ controlPlane, credentials, region, cluster, containerInstanceArn, clock, timers },
    ...{ minimumDelay: 250, maximumDelay: 10_000, maximumTurnedAwayDelay: 120_000 },
    // The control plane pings every five seconds.
    silence: 30_000,
  };
  const session = starting.use(
    keepSession({
      ...connection,
      onMessage: receiver({ engine: received, execSessions: commands, cluster, containerInstanceArn, log }),
      onBadMessage: (error) => log.error({ err: error }, "Cannot deal with a message of the control plane"),
      onDisconnect: (reason) => log.debug({ reason }, "Not connected to the control plane"),
      onTurnedAway: (reason) => log.warn({ reason }, "The control plane turned this agent away; it comes back later"),
    }),
  );
  await onceHeard(options, session.heard);
  telemetry = starting.use(
    startTelemetry({
      ...connection,
      ids,
      stats: runtime.stats,
      tasks: engine.tasks,
      onDisconnect: (reason) => log.debug({ reason }, "No telemetry connection to the control plane"),
      onTurnedAway: (reason) => log.warn({ reason }, "The control plane refuses telemetry; it is tried again later"),
      onProblem: (reason) => log.warn({ reason }, "Cannot tell all telemetry"),
    }),
  );
  const running = starting.move();

  return {
    containerInstanceArn,
    async clear() {
      await session[Symbol.asyncDispose]();
      for (const { arn } of engine.tasks()) engine.stop(arn);
      await engine.allStopped();
      for (const { arn } of engine.tasks()) await leftovers.removeNow(arn);
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** The task's own reason, else those of its containers. */
function stopReason({ reason, containers }: AgentTask): string | undefined {
  const reasons = containers.flatMap(({ name, attempt }) =>
    attempt.reason === undefined ? [] : [`${name}: ${attempt.reason}`],
  );
  return reason ?? (reasons.length > 0 ? reasons.join("; ") : undefined);
}
