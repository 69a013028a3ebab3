import { setImmediate } from "node:timers/promises";
import type { AcsMessages, AcsMessageType, TaskIdentifier } from "../../../acs/protocol.ts";
import { defined } from "../../../defined.ts";
import type { Ecs } from "../context.ts";
import type { TaskDefinition } from "../definitions/definition.ts";
import type { Instance } from "../instances/instance.ts";
import { changeTask } from "../tasks/change-task.ts";
import { roles } from "../tasks/overrides.ts";
import { advance, requestStop, stopNow } from "../tasks/state.ts";
import type { WantedTask } from "../tasks/state-records.ts";
import type { Task } from "../tasks/task.ts";
import { type Delivery, deliveryLedger } from "./ledger.ts";
import { ensureLogGroups } from "./log-groups.ts";
import { payloadTask } from "./payload.ts";
import { type HeldCredentials, taskCredentials } from "./task-credentials.ts";
import { taskReader } from "./task-reader.ts";

type Send = <Type extends AcsMessageType>(type: Type, message: AcsMessages[Type]) => void;

/** Tasks that are opened and sent before requests are answered again. */
const batchSize = 100;

/** Payloads that may wait for their acknowledgement: an agent that is slow, or that this server hears slowly, gets no more. */
const mostAwaited = 200;

/** Milliseconds after which credentials that were denied are asked for again. */
const retryRefreshAfter = 60_000;

/** Sends one agent its tasks. The first delivery of a connection is the manifest and every task. */
export function acsDelivery(context: Ecs, instance: Instance, send: Send) {
  const { store, ids, clock } = context;
  const ledger = deliveryLedger();
  const definitions = new Map<string, TaskDefinition>();
  const addressed = { clusterArn: instance.clusterArn, containerInstanceArn: instance.arn };
  const greetedWith = new Set<string>();
  /** The id of the manifest, once it was sent. */
  let manifestId: string | undefined;
  /** Tasks that are sent once the agent has acknowledged others. */
  let held: readonly string[] = [];

  const reader = taskReader(store, instance.arn, (tasks, now) => {
    if (manifestId === undefined) greet(tasks, now);
    ledger.keepOnly(new Set(tasks.map(({ arn }) => arn)));
  });

  async function definitionOf(task: Task): Promise<TaskDefinition> {
    const known = definitions.get(task.definitionArn) ?? (await store.definitions.get(task.definitionArn));
    if (!known) throw new Error(`Cannot find the task definition ${task.definitionArn} of ${task.arn}`);
    definitions.set(task.definitionArn, known);
    return known;
  }

  /** The credentials of the task's roles; `undefined` where it is being stopped because it does not get them. */
  async function credentialsOf(task: Task, definition: TaskDefinition, now: number) {
    if (task.desiredStatus === "STOPPED")
      return hasOutputLeft(task, definition) ? outputCredentials(task, definition) : {};
    const { denied, ...held } = await taskCredentials(context, task, definition);
    if (denied === undefined) return held;
    if (task.startedAt !== undefined) return { ...held, refreshAt: now + retryRefreshAfter };
    const stop = { at: now, code: "TaskFailedToStart", reason: denied } as const;
    // An agent that may know of the task from an earlier connection has to stop what it began.
    const change = greetedWith.has(task.arn) ? requestStop : stopNow;
    await changeTask(context, task.arn, (current) => change(current, stop));
    return undefined;
  }

  /** An agent that was killed may have to deliver what the task's containers printed, and its execution role's session is gone. */
  function hasOutputLeft(task: Task, { containerDefinitions }: TaskDefinition): boolean {
    const isShipped = containerDefinitions.some(({ logConfiguration }) => logConfiguration?.logDriver === "awslogs");
    return isShipped && task.startedAt !== undefined && greetedWith.has(task.arn);
  }

  async function outputCredentials(task: Task, definition: TaskDefinition): Promise<HeldCredentials> {
    const wanted = { ...roles(task, definition), task: undefined };
    const { execution } = await taskCredentials(context, task, definition, wanted);
    return defined({ execution });
  }

  async function sendTask(task: Task, now: number): Promise<void> {
    const definition = await definitionOf(task);
    const credentials = await credentialsOf(task, definition, now);
    if (!credentials) return;
    if (task.desiredStatus === "RUNNING" && task.startedAt === undefined) {
      await ensureLogGroups(context, task, definition);
    }
    const messageId = ids.uuid();
    const { desiredStatus } = task;
    ledger.sent(task.arn, { desiredStatus, messageId, sentAt: now, credentials });
    send("PayloadMessage", {
      ...addressed,
      messageId,
      generatedAt: now,
      tasks: [
        {
          ...payloadTask(task, definition),
          ...defined({ roleCredentials: credentials.task, executionRoleCredentials: credentials.execution }),
        },
      ],
    });
  }

  async function refresh(task: Task, delivery: Delivery, now: number): Promise<void> {
    const { denied, ...held } = await taskCredentials(context, task, await definitionOf(task));
    // A role that may no longer be assumed leaves the task with what it has until that expires, as on AWS.
    const refreshAt = denied === undefined ? held.refreshAt : now + retryRefreshAfter;
    const { refreshAt: _, ...credentials } = { ...delivery.credentials, ...held };
    ledger.refreshed(task.arn, { ...credentials, ...defined({ refreshAt }) });
    const kinds = [
      ["TaskApplication", held.task],
      ["TaskExecution", held.execution],
    ] as const;
    for (const [roleType, roleCredentials] of kinds) {
      if (!roleCredentials) continue;
      send("IAMRoleCredentialsMessage", { messageId: ids.uuid(), taskArn: task.arn, roleType, roleCredentials });
    }
  }

  async function deliverTask(task: Task, now: number): Promise<void> {
    if (task.lastStatus === "STOPPED") return ledger.forget(task.arn);
    const delivery = ledger.get(task.arn);
    const isKnown = delivery?.isAcknowledged && delivery.desiredStatus === task.desiredStatus;
    return isKnown ? refresh(task, delivery, now) : sendTask(task, now);
  }

  async function deliverTasks(arns: readonly string[], now: number): Promise<void> {
    const tasks = await store.tasks.findAll(arns);
    await Promise.all(tasks.map((task) => deliverTask(task, now)));
  }

  function greet(tasks: readonly WantedTask[], now: number): void {
    for (const { arn } of tasks) greetedWith.add(arn);
    manifestId = ids.uuid();
    send("TaskManifestMessage", {
      ...addressed,
      messageId: manifestId,
      generatedAt: now,
      timeline: now,
      tasks: tasks.map(({ arn, desiredStatus }) => ({
        taskArn: arn,
        taskClusterArn: instance.clusterArn,
        desiredStatus,
      })),
    });
  }

  return {
    /** Sends the tasks that the agent does not have yet, or has not acknowledged for a while. */
    async deliver(): Promise<void> {
      const now = clock.now().getTime();
      const news = await reader.look(now, (task) => ledger.isDue(task, now));
      const again = ledger.dueAgain(now);
      await inBatches(again, (arns) => deliverTasks(arns, now));
      const due = new Set([...held, ...news.map(({ arn }) => arn)]).difference(new Set(again));
      const room = Math.max(0, mostAwaited - ledger.awaited());
      held = [...due].slice(room);
      await inBatches([...due].slice(0, room), (arns) => deliverTasks(arns, now));
      reader.done();
    },
    /**
     * Notes that the agent has stored what a message said. Resolves to whether there is room again for tasks that were held
     * back.
     */
    async acknowledged(messageId: string): Promise<boolean> {
      const arn = ledger.acknowledge(messageId);
      // Written only where it shows: bridge tasks begin as PENDING.
      if (arn !== undefined && (await store.tasks.find(arn))?.lastStatus === "PROVISIONING") {
        const at = clock.now().getTime();
        await changeTask(context, arn, (current) => advance(current, { at, status: "PENDING" }));
      }
      return held.length > 0 && ledger.awaited() <= mostAwaited / 2;
    },
    /** Answers which of the tasks that the agent is about to stop are to stop indeed. */
    async verify(candidates: readonly TaskIdentifier[], now: number): Promise<void> {
      const wanted = new Map((await store.taskStates.onInstance(instance.arn)).map((task) => [task.arn, task]));
      const stopTasks = candidates.filter(({ taskArn }) => wanted.get(taskArn)?.desiredStatus !== "RUNNING");
      send("TaskStopVerificationAck", { messageId: manifestId ?? ids.uuid(), generatedAt: now, stopTasks });
    },
  };
}

/** Answers requests between two batches. */
async function inBatches(arns: readonly string[], work: (batch: readonly string[]) => Promise<void>): Promise<void> {
  for (let start = 0; start < arns.length; start += batchSize) {
    if (start > 0) await setImmediate();
    await work(arns.slice(start, start + batchSize));
  }
}
