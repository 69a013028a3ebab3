import { DeleteGroupCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onGroup } from "../entities/access.ts";
import { findGroup } from "../entities/find.ts";
import { cannotDelete } from "../errors.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteGroup.html */
export const deleteGroup = operation(DeleteGroupCommand)({
  access: onGroup("iam:DeleteGroup"),
  async run(input, { store }: Iam, call) {
    await store.transaction(async (store) => {
      const { id } = await findGroup(store, call, input.GroupName);
      if ((await store.listMembers(id, { after: "", limit: 1 })).length > 0) {
        throw cannotDelete("must remove users from group first");
      }
      if ((await store.listAttached(id)).length > 0) throw cannotDelete("must detach all policies first");
      if ((await store.listInline(id)).length > 0) throw cannotDelete("must delete policies first");
      await store.deleteEntity(id);
    });
    return {};
  },
});
