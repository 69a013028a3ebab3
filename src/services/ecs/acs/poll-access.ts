import type { Tag } from "@aws-sdk/client-ecs";
import { parseArn } from "../../../arn.ts";
import { defined } from "../../../defined.ts";
import type { Access } from "../../../model/call.ts";
import { resourceTags } from "../access.ts";
import type { Ecs } from "../context.ts";
import type { Instance } from "../instances/instance.ts";

/** The two connections of an agent, by the action that allows each. */
export type SessionKind = "ecs:Poll" | "ecs:StartTelemetrySession";

/** The instance that an agent connects for, as it was found. */
export interface Polled {
  readonly arn: string;
  readonly instance: Instance | undefined;
  readonly tags: readonly Tag[];
}

export async function findPolled({ store }: Pick<Ecs, "store">, arn: string): Promise<Polled> {
  const instance = await store.instances.find(arn);
  return { arn, instance, tags: instance ? await store.tags.get(arn) : [] };
}

/** The need of an agent that connects. */
export function pollAccess({ arn, instance, tags }: Polled, action: SessionKind): Access {
  const conditions = instance && { "ecs:cluster": instance.clusterArn, ...resourceTags(tags) };
  return { action, resource: arn, ...defined({ resourceAccount: parseArn(arn)?.account, conditions }) };
}
