import { ListEntitiesForPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onPolicy } from "../entities/access.ts";
import { nameKey } from "../entities/entity.ts";
import { findPolicy } from "../entities/find.ts";
import { endPage, readPage } from "../page.ts";

const kinds = { Role: "role", User: "user", Group: "group" } as const;
const usages = { PermissionsPolicy: "attachment", PermissionsBoundary: "boundary" } as const;
const policies = { LocalManagedPolicy: true, AWSManagedPolicy: true } as const;

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListEntitiesForPolicy.html */
export const listEntitiesForPolicy = operation(ListEntitiesForPolicyCommand)({
  access: onPolicy("iam:ListEntitiesForPolicy"),
  async run(input, { store }: Iam, call) {
    const { arn } = await findPolicy(store, call, input.PolicyArn);
    const { EntityFilter: filter, PolicyUsageFilter: use } = input;
    const asked = readPage(input);
    const [kind = "", ...name] = asked.after.split(" ");
    const entities =
      filter !== undefined && filter in policies
        ? []
        : await store.listUsers(call.account, arn, {
            use: use && usages[use],
            kind: filter && kinds[filter as keyof typeof kinds],
            pathPrefix: input.PathPrefix ?? "/",
            after: { kind, nameKey: name.join(" ") },
            limit: asked.limit + 1,
          });
    const { page, ...rest } = endPage(entities, asked, (entity) => `${entity.kind} ${nameKey(entity.name)}`);
    const of = (wanted: string) => page.filter((entity) => entity.kind === wanted);
    return {
      PolicyGroups: of("group").map(({ id, name }) => ({ GroupName: name, GroupId: id })),
      PolicyRoles: of("role").map(({ id, name }) => ({ RoleName: name, RoleId: id })),
      PolicyUsers: of("user").map(({ id, name }) => ({ UserName: name, UserId: id })),
      ...rest,
    };
  },
});
