import type { WantedTask } from "../tasks/state-records.ts";
import type { HeldCredentials } from "./task-credentials.ts";

/** Milliseconds after which a payload that was not acknowledged is sent again. */
const resendAfter = 5_000;

/** Milliseconds after which the deliveries are gone through for those that are due again. */
const goThroughAfter = 4_000;

/** The newest payload of a task that a connection has sent. */
export interface Delivery extends Pick<WantedTask, "desiredStatus"> {
  readonly messageId: string;
  readonly sentAt: number;
  readonly isAcknowledged: boolean;
  readonly credentials: HeldCredentials;
}

/** The tasks that one connection has sent to its agent. */
export function deliveryLedger() {
  const deliveries = new Map<string, Delivery>();
  /** Tasks by the message that is not acknowledged yet. */
  const awaited = new Map<string, string>();
  let wentThroughAt = 0;

  function forget(arn: string): void {
    const messageId = deliveries.get(arn)?.messageId;
    if (messageId !== undefined) awaited.delete(messageId);
    deliveries.delete(arn);
  }

  return {
    get: (arn: string): Delivery | undefined => deliveries.get(arn),
    /** The number of payloads that are not acknowledged. */
    awaited: (): number => awaited.size,
    /** True if the agent has to get the task, for the first time or again. */
    isDue: ({ arn, desiredStatus }: WantedTask, now: number): boolean => isDue(deliveries.get(arn), desiredStatus, now),
    sent(arn: string, delivery: Omit<Delivery, "isAcknowledged">): void {
      forget(arn);
      deliveries.set(arn, { ...delivery, isAcknowledged: false });
      awaited.set(delivery.messageId, arn);
    },
    refreshed(arn: string, credentials: HeldCredentials): void {
      const delivery = deliveries.get(arn);
      if (delivery) deliveries.set(arn, { ...delivery, credentials });
    },
    /** Resolves a message to its task. `undefined` where nothing waits for the message any more. */
    acknowledge(messageId: string): string | undefined {
      const arn = awaited.get(messageId);
      const delivery = arn === undefined ? undefined : deliveries.get(arn);
      if (arn === undefined || !delivery) return undefined;
      awaited.delete(messageId);
      deliveries.set(arn, { ...delivery, isAcknowledged: true });
      return arn;
    },
    forget,
    /** Forgets all but these. */
    keepOnly(arns: ReadonlySet<string>): void {
      for (const arn of deliveries.keys()) if (!arns.has(arn)) forget(arn);
    },
    /** Tasks that have waited too long for their acknowledgement, or whose credentials are about to expire. */
    dueAgain(now: number): readonly string[] {
      if (now - wentThroughAt < goThroughAfter) return [];
      wentThroughAt = now;
      return [...deliveries].flatMap(([arn, delivery]) => (isDue(delivery, delivery.desiredStatus, now) ? arn : []));
    },
  };
}

/** True for another desired status, for want of an answer, and for new credentials. */
function isDue(delivery: Delivery | undefined, desiredStatus: WantedTask["desiredStatus"], now: number): boolean {
  if (delivery?.desiredStatus !== desiredStatus) return true;
  if (!delivery.isAcknowledged) return now - delivery.sentAt >= resendAfter;
  const { refreshAt } = delivery.credentials;
  return desiredStatus === "RUNNING" && refreshAt !== undefined && refreshAt <= now;
}
