import type { AcsMessage, AcsMessages, AcsMessageType } from "../../../acs/protocol.ts";
import { worker } from "../../../concurrency/worker.ts";
import type { Ecs } from "../context.ts";
import { acsDelivery } from "./delivery.ts";

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
  /** Resolves when all that there was to send has been sent, and all that was received is done. */
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
  const deliver = worker(delivery.deliver, context.onError);
  const stops = [
    events.on(`instance:${instanceArn}`, deliver.wake),
    timers.every(deliveryInterval, () => {
      deliver.wake();
      handle(look);
    }),
    timers.every(heartbeatInterval, () => send("HeartbeatMessage", { messageId: ids.uuid(), healthy: true })),
  ];
  async function look(): Promise<void> {
    const now = await store.instances.find(instanceArn);
    if (!now || now.status === "INACTIVE") connection.close();
    // A control plane that started meanwhile has taken every session for ended.
    else if (now.sessionId === undefined) await store.instances.connect(instanceArn, sessionId);
  }
  deliver.wake();
  events.wake("services");

  // One after the other, as they came.
  let handled: Promise<void> = Promise.resolve();
  function handle(work: () => Promise<void>): void {
    handled = handled.then(work).catch(context.onError);
  }
  return {
    receive({ type, message }) {
      if (type === "AckRequest") handle(() => delivery.acknowledged(message.messageId));
      if (type === "TaskStopVerificationMessage") {
        handle(() => delivery.verify(message.stopCandidates, clock.now().getTime()));
      }
    },
    async closed() {
      for (const stop of stops) stop();
      await deliver[Symbol.asyncDispose]();
      await handled;
      await store.instances.disconnect(instanceArn, sessionId);
      events.wake("services");
    },
    async idle() {
      await deliver.idle();
      await handled;
    },
  };
}
