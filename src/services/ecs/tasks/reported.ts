import type { Call } from "../../../model/call.ts";
import type { Need } from "../../../model/operation.ts";
import type { Scope } from "../arns.ts";
import { inCluster } from "../arns.ts";
import { clusterNeed } from "../clusters/access.ts";
import { activeCluster, findTaggedCluster, type TaggedCluster } from "../clusters/find.ts";
import type { Ecs } from "../context.ts";
import { invalidParameter } from "../errors.ts";
import { type Registered, refuseOtherMachine } from "../instances/registrant.ts";
import { taskNotFound } from "./find.ts";

/** The task that an agent reports on. */
export interface Reported {
  readonly cluster: TaggedCluster;
  /** `undefined` where the agent names none. */
  readonly arn: string | undefined;
  readonly task: { readonly instance: Registered | undefined } | undefined;
}

export async function findReported(
  context: Pick<Ecs, "store">,
  scope: Scope,
  input: { readonly cluster?: string; readonly task?: string },
): Promise<Reported> {
  const cluster = await findTaggedCluster(context, scope, input.cluster);
  const arn = input.task ? inCluster(scope, cluster.arn, "task", input.task) : undefined;
  const task = arn === undefined ? undefined : await context.store.tasks.machineOf(cluster.arn, arn);
  return { cluster, arn, task };
}

/** Agents report under a permission on the cluster. */
export function reportNeed({ cluster }: Reported): Need {
  return clusterNeed(cluster);
}

/** The ARN of the task; throws AWS's refusal where there is none, or where the caller is not the machine that runs it. */
export function reportedTask({ cluster, arn, task }: Reported, { principal }: Call, action: string): string {
  if (arn === undefined) throw invalidParameter("Task identifier cannot be empty.");
  activeCluster(cluster);
  if (!task) throw taskNotFound();
  refuseOtherMachine(principal, task.instance, action);
  return arn;
}
