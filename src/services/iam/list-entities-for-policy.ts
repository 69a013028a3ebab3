import { ListEntitiesForPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../aws/operation.ts";
import { onPolicy } from "./access.ts";
import { nameKey } from "./entity.ts";
import { findPolicy } from "./find.ts";
import type { Iam } from "./index.ts";
import { pageOf } from "./page.ts";

const kinds = { role: "Role", user: "User", group: "Group" } as const;

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListEntitiesForPolicy.html */
export const listEntitiesForPolicy = operation(ListEntitiesForPolicyCommand)({
  access: onPolicy("iam:ListEntitiesForPolicy"),
  async run(input, { store }: Iam, call) {
    const { arn } = await findPolicy(store, call, input.PolicyArn);
    const { EntityFilter: kind, PolicyUsageFilter: use } = input;
    const users = [
      ...(use === "PermissionsBoundary" ? [] : await store.listUsers(call.account, arn, "attachment")),
      ...(use === "PermissionsPolicy" ? [] : await store.listUsers(call.account, arn, "boundary")),
    ];
    const entities = [...new Map(users.map((entity) => [entity.id, entity])).values()]
      .filter((entity) => kind === undefined || kind === kinds[entity.kind])
      .filter(({ path }) => path.startsWith(input.PathPrefix ?? "/"));
    const { page, ...rest } = pageOf(entities, input, (entity) => `${entity.kind} ${nameKey(entity.name)}`);
    return {
      PolicyGroups: page
        .filter(({ kind }) => kind === "group")
        .map(({ id, name }) => ({ GroupName: name, GroupId: id })),
      PolicyRoles: page.filter(({ kind }) => kind === "role").map(({ id, name }) => ({ RoleName: name, RoleId: id })),
      PolicyUsers: page.filter(({ kind }) => kind === "user").map(({ id, name }) => ({ UserName: name, UserId: id })),
      ...rest,
    };
  },
});
