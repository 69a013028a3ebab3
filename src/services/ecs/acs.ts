import type { AcsMessage, AcsMessages, AcsMessageType } from "../../agent/protocol.ts";
import { acsDelivery } from "./acs-delivery.ts";
import type { Ecs } from "./context.ts";
import { runner } from "./runner.ts";

/** A connection with an agent that has proved that it may poll for the instance. */
export interface AcsConnection {
  send(message: AcsMessage): void;
  close(): void;
}

/** The control plane's end of the connection. */
export interface AcsSession {
  /** Each message of the agent, in order. */
  receive(message: AcsMessage): void;
  /** To be called once when the connection has ended. */
  closed(): Promise<void>;
  /** Resolves when all that there was to send has been sent. */
  idle(): Promise<void>;
}

/** Milliseconds between heartbeats. */
export const heartbeatInterval = 60_000;

/** Milliseconds between looks at what has to be sent again. */
export const deliveryInterval = 5_000;

/**
 * Serves an agent: tells it of every task that should be on its instance, then of each change, until it has acknowledged
 * it. `undefined` if the instance is not registered.
 */
export async function acsSession(
  context: Ecs,
  instanceArn: string,
  connection: AcsConnection,
): Promise<AcsSession | undefined> {
  const { store, events, timers, ids, clock } = context;
  const instance = await store.instances.find(instanceArn);
  if (!instance || instance.status === "INACTIVE") return undefined;
  const sessionId = ids.uuid();
  await store.instances.connect(instanceArn, sessionId);

  const send = <Type extends AcsMessageType>(type: Type, message: AcsMessages[Type]) =>
    connection.send({ type, message } as AcsMessage);
  const delivery = acsDelivery(context, instance, send);
  const deliver = runner(delivery.deliver, context.onError);
  const stops = [
    events.on(`instance:${instanceArn}`, deliver.wake),
    timers.every(deliveryInterval, () => {
      deliver.wake();
      void closeIfGone().catch(context.onError);
    }),
    timers.every(heartbeatInterval, () => send("HeartbeatMessage", { messageId: ids.uuid(), healthy: true })),
  ];
  async function closeIfGone(): Promise<void> {
    const now = await store.instances.find(instanceArn);
    if (!now || now.status === "INACTIVE") connection.close();
  }
  deliver.wake();
  events.wake("services");

  return {
    receive({ type, message }) {
      if (type === "AckRequest") void delivery.acknowledged(message.messageId).catch(context.onError);
      if (type === "TaskStopVerificationMessage") {
        void delivery.verify(message.stopCandidates, clock.now().getTime()).catch(context.onError);
      }
    },
    async closed() {
      for (const stop of stops) stop();
      await deliver[Symbol.asyncDispose]();
      await store.instances.disconnect(instanceArn, sessionId);
      events.wake("services");
    },
    idle: () => deliver.idle(),
  };
}
