import { CreateGroupCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onNewEntity } from "../entities/access.ts";
import { type Group, wholeSeconds } from "../entities/entity.ts";
import { groupShape } from "../entities/shape.ts";
import { entityExists, quotaExceeded } from "../errors.ts";
import { uniqueId } from "../unique-id.ts";

const mostGroups = 300;

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateGroup.html */
export const createGroup = operation(CreateGroupCommand)({
  access: (input, call) =>
    onNewEntity(
      call,
      "iam:CreateGroup",
      { kind: "group", path: input.Path ?? "/", name: input.GroupName },
      { boundaryArn: undefined, requestTags: {} },
    ),
  async run(input, { store, ids }: Iam, call) {
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
      if (await store.isTaken(call.account, "group", group.name)) throw entityExists("group", group.name);
      if ((await store.countEntities(call.account, "group")) >= mostGroups) {
        throw quotaExceeded("GroupsPerAccount", mostGroups);
      }
      await store.insertEntity(group);
    });
    return { Group: groupShape(call, group) };
  },
});
