import type { AcsMessages } from "../../../acs/protocol.ts";
import { worker } from "../../../concurrency/worker.ts";
import { defined } from "../../../defined.ts";
import type { Ecs } from "../context.ts";
import type { Instance } from "../instances/instance.ts";
import { ordersTopic, remembered } from "./session.ts";
import { execAttribute, logsAttribute } from "./target.ts";

/** Milliseconds between looks for clients that wait, apart from wakes. */
const interval = 5_000;

/** Tells an instance's agent of the clients that wait for it, until it has joined them. Agents without the ability hear nothing. */
export function execOrders(
  { store, wakes, timers, clock, ids, onError }: Ecs,
  instance: Instance,
  send: <Type extends "ExecuteCommandMessage" | "ReadLogsMessage" | "EndSessionMessage">(
    type: Type,
    message: AcsMessages[Type],
  ) => void,
): AsyncDisposable & { idle(): Promise<void> } {
  const look = worker(async () => {
    const now = clock.now().getTime();
    for (const { session, hasRun } of await store.exec.waitingFor(instance.arn, now)) {
      const { id: sessionId, taskArn, containerName, command, kmsKeyId, record, logs } = session;
      const messageId = ids.uuid();
      if (logs) send("ReadLogsMessage", { messageId, sessionId, taskArn, containerName, ...logs });
      else {
        const resumes = hasRun ? (true as const) : undefined;
        const order = { sessionId, taskArn, containerName, command, ...defined({ kmsKeyId, record, resumes }) };
        send("ExecuteCommandMessage", { messageId, ...order });
      }
    }
    for (const sessionId of await store.exec.endingOn(instance.arn)) {
      send("EndSessionMessage", { messageId: ids.uuid(), sessionId });
      await store.exec.end(sessionId, now + remembered);
    }
  }, onError);
  const isAble = instance.attributes.some(({ name }) => name === execAttribute || name === logsAttribute);
  const stops = isAble ? [wakes.on(ordersTopic(instance.arn), look.wake), timers.every(interval, look.wake)] : [];
  if (isAble) look.wake();
  return {
    idle: look.idle,
    async [Symbol.asyncDispose]() {
      for (const stop of stops) stop();
      await look[Symbol.asyncDispose]();
    },
  };
}
