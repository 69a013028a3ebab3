import type { TelemetryMessage } from "../../../acs/telemetry.ts";
import type { AgentTelemetry, TelemetryRefusal } from "../../../acs/telemetry-message.ts";
import { inOrder } from "../../../concurrency/in-order.ts";
import type { Ecs } from "../context.ts";
import { noteStatuses } from "../instances/health.ts";
import { registered } from "../placement/resources.ts";
import { takeHealth } from "../tasks/take-health.ts";
import { figuresIn } from "./figures.ts";

/** A telemetry connection with an agent that has proved that it may have one for the instance. */
export interface TelemetryConnection {
  send(message: TelemetryMessage): void;
  close(reason: string): void;
}

/** The control plane's end of the connection. */
export interface TelemetrySession {
  /** Each message of the agent, in order, once it is known that the agent signed it. `size` in bytes. */
  receive(message: AgentTelemetry | TelemetryRefusal, size: number): void;
  /** To be called once when the connection has ended. */
  closed(): Promise<void>;
  /** Resolves when all that was received is done. */
  idle(): Promise<void>;
}

/** Milliseconds between heartbeats: AWS's agent waits a minute for one. */
export const telemetryHeartbeat = 30_000;

/** Bytes of messages that may wait for those before them. */
const mostWaiting = 4 * 1024 * 1024;

/**
 * Takes what an agent tells of its instance and its tasks, and acknowledges it. A message that cannot be taken is refused, and
 * the connection goes on. Nothing about the session is stored, so that an agent may have one with any replica, and changes it
 * as it likes. `undefined` if the instance is not registered.
 */
export async function telemetrySession(
  context: Ecs,
  instanceArn: string,
  connection: TelemetryConnection,
): Promise<TelemetrySession | undefined> {
  const { store, timers, clock, figures, onError } = context;
  const instance = await store.instances.find(instanceArn);
  if (!instance || instance.status === "INACTIVE") return undefined;
  const { cpu } = registered(instance);
  let isOver = false;

  function end(reason: string): void {
    if (isOver) return;
    isOver = true;
    connection.send({ type: "StopTelemetrySessionMessage", message: { message: reason } });
    connection.close(reason);
  }

  async function beat(): Promise<void> {
    const stored = await store.sessions.find(instanceArn);
    if (!stored?.isRegistered) return end("The container instance is not registered any more");
    if (!isOver) connection.send({ type: "HeartbeatMessage", message: { healthy: true } });
  }

  async function take(received: AgentTelemetry): Promise<TelemetryMessage> {
    const { containerInstance } = received.message.metadata;
    if ((containerInstance ?? instanceArn) !== instanceArn) {
      const message = "The message is about another container instance than the connection";
      return { type: "InvalidParameterException", message: { message } };
    }
    switch (received.type) {
      case "PublishMetricsRequest": {
        const told = received.message.taskMetrics ?? [];
        const own = await store.tasks.areLiveOn(
          instanceArn,
          told.map(({ taskArn }) => taskArn),
        );
        const at = clock.now().getTime();
        for (const task of told) {
          const containers = own.has(task.taskArn) ? figuresIn(task, cpu) : undefined;
          if (containers) figures.put(task.taskArn, { at, containers });
        }
        return { type: "AckPublishMetric", message: {} };
      }
      case "PublishHealthRequest":
        for (const { taskArn, containers } of received.message.tasks) {
          const observed = containers.map(({ containerName, healthStatus: status, statusSince }) => ({
            ...{ containerName, status },
            since: Math.round(statusSince * 1000),
          }));
          await takeHealth(context, instanceArn, taskArn, observed);
        }
        return { type: "AckPublishHealth", message: {} };
      case "PublishInstanceStatusRequest":
        await noteStatuses(store, instanceArn, received.message.statuses);
        return { type: "AckPublishInstanceStatus", message: {} };
    }
  }

  const messages = inOrder(mostWaiting, onError);
  const stop = timers.every(telemetryHeartbeat, () => void beat().catch(onError));
  // So that an agent need not wait for the first one.
  connection.send({ type: "HeartbeatMessage", message: { healthy: true } });
  return {
    receive(message, size) {
      if (isOver) return;
      const isTaken = messages.add(size, async () => {
        if (isOver) return;
        connection.send("metadata" in message.message ? await answered(message as AgentTelemetry) : (message as never));
      });
      if (!isTaken) end("Too many messages");
    },
    async closed() {
      isOver = true;
      stop();
      await messages.idle();
    },
    idle: messages.idle,
  };

  async function answered(message: AgentTelemetry): Promise<TelemetryMessage> {
    try {
      return await take(message);
    } catch (error) {
      onError(error);
      return { type: "ServerException", message: { message: "The message could not be taken; send it again later" } };
    }
  }
}
