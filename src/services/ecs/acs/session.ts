import type { VersionInfo } from "@aws-sdk/client-ecs";
import type { AgentMessage } from "../../../acs/agent-message.ts";
import type { AcsMessage, AcsMessages, AcsMessageType } from "../../../acs/protocol.ts";
import { inOrder } from "../../../concurrency/in-order.ts";
import { worker } from "../../../concurrency/worker.ts";
import type { Ecs } from "../context.ts";
import { execOrders } from "../exec/orders.ts";
import { noteVersions } from "../instances/versions.ts";
import { secretRenewals } from "../secrets/renewals.ts";
import { acsDelivery } from "./delivery.ts";
import { reportDisplaced } from "./displaced.ts";

/** A connection with an agent that has proved that it may poll for the instance. */
export interface AcsConnection {
  send(message: AcsMessage): void;
  /** Ends the connection. The agent gets the reason. */
  close(reason: string): void;
}

/** The control plane's end of the connection. */
export interface AcsSession {
  /** Each message of the agent, in order. */
  receive(message: AgentMessage): void;
  /** To be called once when the connection has ended: the agent is disconnected. */
  closed(): Promise<void>;
  /** To be called in place of `closed` when this replica stops: the agent counts as connected until it could have come back. */
  left(): Promise<void>;
  /** Resolves when all that there was to send has been sent, and all that was received is done. */
  idle(): Promise<void>;
}

/** Milliseconds between heartbeats: AWS's agent waits a minute for one, and up to another. */
export const heartbeatInterval = 30_000;

/** Milliseconds between looks at what has to be sent again. */
export const deliveryInterval = 5_000;

/** Messages of an agent that may wait for those before them. It is answered in between, so it has no cause to send more. */
const mostWaiting = 1_000;

/**
 * Serves an agent: tells it of every task that should be on its instance, then of each change, until it has acknowledged
 * it. An instance has one session; this one takes the place of the one before. `undefined` if the instance is not registered.
 * `versions` are those that the agent named when it connected.
 */
export async function acsSession(
  context: Ecs,
  instanceArn: string,
  connection: AcsConnection,
  versions: VersionInfo = {},
): Promise<AcsSession | undefined> {
  const { store, wakes, timers, ids, clock, replica } = context;
  const instance = await store.instances.find(instanceArn);
  if (!instance || instance.status === "INACTIVE") return undefined;
  await noteVersions(store, instance, versions);
  const sessionId = ids.uuid();
  const topic = `instance:${instanceArn}`;
  await store.sessions.open(instanceArn, sessionId, replica);

  let isOver = false;
  function end(reason: string): void {
    isOver = true;
    connection.close(reason);
  }
  const send = <Type extends AcsMessageType>(type: Type, message: AcsMessages[Type]) => {
    if (!isOver) connection.send({ type, message } as AcsMessage);
  };
  const delivery = acsDelivery(context, instance, send);

  /** True if this is still the instance's session; otherwise the session ends. */
  async function isCurrent(): Promise<boolean> {
    const stored = await store.sessions.find(instanceArn);
    if (!stored?.isRegistered) end("The container instance is not registered any more");
    else if (stored.sessionId === undefined) await store.sessions.reopen(instanceArn, sessionId, replica);
    else if (stored.sessionId !== sessionId && !isOver) {
      end("Another connection of the container instance took the place of this one");
      await reportDisplaced(context, instanceArn, { sessionId, by: stored.sessionId });
    }
    return !isOver;
  }
  const deliver = worker(async () => {
    if (!isOver && (await isCurrent())) await delivery.deliver();
  }, context.onError);
  const stops = [
    wakes.on(topic, deliver.wake),
    timers.every(deliveryInterval, deliver.wake),
    timers.every(heartbeatInterval, () => send("HeartbeatMessage", { messageId: ids.uuid(), healthy: true })),
  ];
  const orders = execOrders(context, instance, send);
  const renewals = secretRenewals(context, instance, (message) => send("RenewSecretsMessage", message));
  // The wake also reaches the session before this one, on whichever replica it is.
  wakes.wake(topic);
  wakes.wake("services");

  const messages = inOrder(mostWaiting, context.onError);
  /** One after the other, as they came. */
  function handle(work: () => Promise<void>): void {
    if (!messages.add(1, work)) end("Too many messages");
  }
  async function stop(): Promise<void> {
    isOver = true;
    for (const stop of stops) stop();
    await deliver[Symbol.asyncDispose]();
    await orders[Symbol.asyncDispose]();
    await renewals[Symbol.asyncDispose]();
    await messages.idle();
  }
  return {
    receive({ type, message }) {
      if (isOver) return;
      if (type === "AckRequest") {
        handle(async () => {
          if (await delivery.acknowledged(message.messageId)) deliver.wake();
        });
      }
      if (type === "RenewSecretsFailure") handle(() => renewals.failed(message));
      if (type === "TaskStopVerificationMessage") {
        handle(() => delivery.verify(message.stopCandidates, clock.now().getTime()));
      }
    },
    async closed() {
      await stop();
      await store.sessions.close(instanceArn, sessionId);
      wakes.wake("services");
    },
    left: stop,
    async idle() {
      await deliver.idle();
      await orders.idle();
      await renewals.idle();
      await messages.idle();
    },
  };
}
