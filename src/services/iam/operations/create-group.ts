import { CreateGroupCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import type { Iam } from "../context.ts";
import { onNewEntity } from "../entities/access.ts";
import type { Group } from "../entities/entity.ts";
import { entityExists } from "../entities/errors.ts";
import { groupShape } from "../entities/shape.ts";
import { quotaExceeded } from "../errors.ts";
import { uniqueId } from "../unique-id.ts";
import { wholeSeconds } from "../whole-seconds.ts";

const mostGroups = 300;

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateGroup.html */
export const createGroup = operation(CreateGroupCommand)({
  access: (_found, input, call) =>
    onNewEntity(call, { kind: "group", path: input.Path, name: input.GroupName }, { tags: {} }),
  async run(_found, input, { store, ids }: Iam, call) {
    const group: Group = {
      kind: "group",
      id: uniqueId("AGPA", call.account, ids),
      account: call.account,
      name: input.GroupName,
      path: input.Path ?? "/",
      boundaryArn: undefined,
      tags: {},
      createdAt: wholeSeconds(call.time),
    };
    await store.transaction(async (store) => {
      if (await store.groups.isTaken(call.account, group.name)) throw entityExists("group", group.name);
      if ((await store.groups.count(call.account)) >= mostGroups) throw quotaExceeded("GroupsPerAccount", mostGroups);
      await store.groups.insert(group);
    });
    return { Group: groupShape(call, group) };
  },
});
