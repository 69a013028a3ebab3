import type { AwsCredentialIdentityProvider } from "@smithy/types";
import type { Clock } from "../clock.ts";
import type { Ids } from "../ids.ts";
import type { Log } from "../log.ts";
import type { ContainerState, Runtime } from "../runtime/runtime.ts";
import { taskEngine } from "./engine.ts";
import type { AcsMessage } from "./protocol.ts";
import { register } from "./register.ts";
import { reporter } from "./report.ts";
import { restoreTask, strays } from "./restore.ts";
import { sdkSecretSource } from "./secrets/index.ts";
import { keepSession, type Send } from "./session.ts";
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
  readonly runtime: Runtime;
  /** Where the agent keeps what it must know after a restart. */
  readonly stateFile: string;
  readonly fargate: boolean;
  /** Milliseconds for which a stopped task's containers are kept for a look at them. */
  readonly cleanupWait: number;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
}

export interface Agent extends AsyncDisposable {
  readonly containerInstanceArn: string;
  /** Stops every task and deletes what it left, whatever the control plane wants. */
  clear(): Promise<void>;
}

const agentVersion = "1.105.1";

/** Registers this machine and runs the tasks that the control plane places on it. Disposing leaves containers running. */
export async function startAgent(options: AgentOptions): Promise<Agent> {
  const { runtime, clock, log, cluster, region } = options;
  const { ECS } = await import("@aws-sdk/client-ecs");
  const ecs = new ECS({
    region,
    credentials: options.credentials,
    ...(options.endpoint && { endpoint: options.endpoint }),
  });
  const file = stateFile(options.stateFile);
  const saved = await file.read();
  const states = new Map((await runtime.list()).map((state): [string, ContainerState] => [state.id, state]));
  const containerInstanceArn = await register({
    ecs,
    cluster,
    machine: await runtime.describe(),
    fargate: options.fargate,
    ...(saved.containerInstanceArn !== undefined && { containerInstanceArn: saved.containerInstanceArn }),
  });

  const engine = taskEngine({
    ...options,
    secretSource: (credentials) =>
      sdkSecretSource({ credentials, ...(options.endpoint && { endpoint: options.endpoint }) }),
    stopRetryDelay: 2_000,
    onChange(task) {
      save();
      reports.report(task.arn);
      if (isStopped(task)) log.info({ task: task.arn, reason: task.reason }, "Task stopped");
    },
    onRetry: (task, reason) => log.warn({ task: task.arn, reason }, "Cannot stop a container yet"),
  });
  const reports = reporter({
    ecs,
    cluster,
    find: (arn) => engine.tasks().find((task) => task.arn === arn),
    onFailure: (arn, error) =>
      log.warn({ task: arn, err: error }, "Cannot tell the control plane of a task's change yet"),
    onTold: scheduleRemoval,
    retryDelay: 1_000,
  });
  const removals = new Map<string, NodeJS.Timeout>();

  function save(): void {
    file
      .save({ containerInstanceArn, tasks: engine.tasks() })
      .catch((error: unknown) => log.error({ err: error }, "Cannot save the agent's state"));
  }

  function scheduleRemoval(task: AgentTask): void {
    if (!isStopped(task) || removals.has(task.arn)) return;
    const wait = Math.max(0, (task.stoppedAt ?? 0) + options.cleanupWait - clock.now().getTime());
    removals.set(task.arn, setTimeout(() => void removeTask(task.arn), Math.min(wait, 2 ** 31 - 1)).unref());
  }

  async function removeTask(arn: string): Promise<void> {
    removals.delete(arn);
    try {
      await engine.remove(arn);
      reports.forget(arn);
      save();
    } catch (error) {
      log.warn({ task: arn, err: error }, "Cannot delete a stopped task's containers");
    }
  }

  function receive({ type, message }: AcsMessage, send: Send): void {
    switch (type) {
      case "PayloadMessage":
        for (const task of message.tasks) engine.accept(task);
        // Acknowledged once it is on the disk, so that no task is lost with this process.
        return void file
          .save({ containerInstanceArn, tasks: engine.tasks() })
          .then(() =>
            send("AckRequest", { cluster, containerInstance: containerInstanceArn, messageId: message.messageId }),
          )
          .catch((error: unknown) => log.error({ err: error }, "Cannot acknowledge a payload"));
      case "IAMRoleCredentialsMessage": {
        const { roleCredentials, messageId } = message;
        if (message.roleType === "TaskExecution") engine.refreshCredentials(message.taskArn, roleCredentials);
        return send("IAMRoleCredentialsAckRequest", {
          messageId,
          expiration: roleCredentials.expiration,
          credentialsId: roleCredentials.credentialsId,
        });
      }
      case "HeartbeatMessage":
        return send("HeartbeatAckRequest", { messageId: message.messageId });
      case "TaskManifestMessage": {
        send("AckRequest", { cluster, containerInstance: containerInstanceArn, messageId: message.messageId });
        const wanted = new Set(
          message.tasks.filter((task) => task.desiredStatus === "RUNNING").map((task) => task.arn),
        );
        const candidates = engine.tasks().filter((task) => !wanted.has(task.arn) && !isStopped(task));
        if (candidates.length === 0) return;
        // Asked first, as a task may have been placed since the manifest was made.
        return send("TaskStopVerificationMessage", {
          messageId: message.messageId,
          stopCandidates: candidates.map((task) => ({ taskArn: task.arn })),
        });
      }
      case "TaskStopVerificationAck":
        for (const task of message.stopTasks) engine.stop(task.taskArn);
        return;
      default:
        log.warn({ type }, "Cannot understand a message of the control plane");
    }
  }

  const now = clock.now().getTime();
  const restored = saved.tasks.map((task) => restoreTask(task, states, now));
  for (const id of strays(saved.tasks, states)) await runtime.remove(id);
  engine.restore(restored);
  save();
  for (const task of restored) reports.report(task.arn);
  const session = keepSession({
    ecs,
    credentials: options.credentials,
    region,
    cluster,
    containerInstanceArn,
    agentVersion,
    onMessage: receive,
    onDisconnect: (reason) => log.debug({ reason }, "Not connected to the control plane"),
    minimumDelay: 250,
    maximumDelay: 10_000,
    silence: 150_000,
  });

  return {
    containerInstanceArn,
    async clear() {
      for (const task of engine.tasks()) engine.stop(task.arn);
      await engine.settled();
      for (const task of engine.tasks()) await removeTask(task.arn);
    },
    async [Symbol.asyncDispose]() {
      await session[Symbol.asyncDispose]();
      await engine[Symbol.asyncDispose]();
      await reports[Symbol.asyncDispose]();
      for (const timer of removals.values()) clearTimeout(timer);
      await file.save({ containerInstanceArn, tasks: engine.tasks() });
      ecs.destroy();
    },
  };
}
