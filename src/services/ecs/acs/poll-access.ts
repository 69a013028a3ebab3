import { parseArn } from "../../../arn.ts";
import { defined } from "../../../defined.ts";
import type { Access } from "../../../model/call.ts";
import { resourceTags } from "../access.ts";
import type { Ecs } from "../context.ts";

/** The need of an agent that polls for an instance. */
export async function pollAccess({ store }: Pick<Ecs, "store">, instanceArn: string): Promise<Access> {
  const instance = await store.instances.find(instanceArn);
  const conditions = instance && {
    "ecs:cluster": instance.clusterArn,
    ...resourceTags(await store.tags.get(instance.arn)),
  };
  return {
    action: "ecs:Poll",
    resource: instanceArn,
    ...defined({ resourceAccount: parseArn(instanceArn)?.account, conditions }),
  };
}
