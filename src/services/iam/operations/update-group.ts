import { UpdateGroupCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onEntity } from "../entities/access.ts";
import { entityExists } from "../entities/errors.ts";
import { findGroup, unchanged } from "../entities/find.ts";
import { nameKey } from "../names.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateGroup.html */
export const updateGroup = operation(UpdateGroupCommand)({
  find: findGroup,
  access: onEntity,
  async run(found, { NewGroupName: name, NewPath: path }, { store }, call) {
    await store.transaction(async (store) => {
      const group = await unchanged(store, found);
      const isRenamed = name !== undefined && nameKey(name) !== nameKey(group.name);
      if (isRenamed && (await store.groups.isTaken(call.account, name))) throw entityExists("group", name);
      await store.groups.update(group.id, { name, path });
    });
    return {};
  },
});
