import { ListEntitiesForPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { nameKey } from "../names.ts";
import { endPage, readPage } from "../page.ts";
import { onPolicy } from "../policies/access.ts";
import { existingPolicy, findPolicy } from "../policies/find.ts";

const kinds = { Role: "role", User: "user", Group: "group" } as const;
const usages = { PermissionsPolicy: "attachment", PermissionsBoundary: "boundary" } as const;

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListEntitiesForPolicy.html */
export const listEntitiesForPolicy = operation(ListEntitiesForPolicyCommand)({
  find: findPolicy,
  access: onPolicy,
  async run(found, input, { store }, call) {
    const { arn } = existingPolicy(found);
    const { EntityFilter: filter, PolicyUsageFilter: use } = input;
    const asked = readPage(input);
    const [kind = "", ...name] = asked.after.split(" ");
    const entities =
      filter === "LocalManagedPolicy" || filter === "AWSManagedPolicy"
        ? []
        : await store.attachments.listEntities(call.account, arn, {
            use: use && usages[use],
            kind: filter && kinds[filter],
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
