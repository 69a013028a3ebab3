import type { Ecs } from "../context.ts";

/** Deletes the definitions that are DELETE_IN_PROGRESS and that nothing runs any more. */
export async function deleteUnusedDefinitions({ store }: Pick<Ecs, "store">): Promise<void> {
  for (const arn of await store.definitions.beingDeleted()) {
    await store.transaction(async ({ definitions }) => {
      if (!(await definitions.isUsed(arn))) await definitions.delete(arn);
    });
  }
}
