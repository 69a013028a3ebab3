import { UpdateGroupCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onGroup } from "../entities/access.ts";
import { nameKey } from "../entities/entity.ts";
import { findGroup } from "../entities/find.ts";
import { entityExists } from "../errors.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateGroup.html */
export const updateGroup = operation(UpdateGroupCommand)({
  access: onGroup("iam:UpdateGroup"),
  async run(input, { store }: Iam, call) {
    const { NewGroupName: name, NewPath: path } = input;
    await store.transaction(async (store) => {
      const group = await findGroup(store, call, input.GroupName);
      const renamed = name !== undefined && nameKey(name) !== nameKey(group.name);
      if (renamed && (await store.isTaken(call.account, "group", name))) throw entityExists("group", name);
      await store.updateEntity(group.id, { name, path });
    });
    return {};
  },
});
