import { ListInstanceProfilesCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onPath } from "../account/access.ts";
import type { Iam } from "../context.ts";
import { instanceProfileSummary } from "../entities/instance-profiles/shape.ts";
import { nameKey } from "../names.ts";
import { endPage, readPage } from "../page.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfiles.html */
export const listInstanceProfiles = operation(ListInstanceProfilesCommand)({
  access: onPath("instance-profile"),
  async run(_found, input, { store }: Iam, call) {
    const asked = readPage(input);
    const profiles = await store.instanceProfiles.list(call.account, {
      pathPrefix: input.PathPrefix ?? "/",
      after: asked.after,
      limit: asked.limit + 1,
    });
    const { page, ...rest } = endPage(profiles, asked, ({ name }) => nameKey(name));
    const roles = await store.roles.findByIds(page.flatMap(({ roleId }) => roleId ?? []));
    return {
      InstanceProfiles: page.map((profile) => instanceProfileSummary(call, profile, roles.get(profile.roleId ?? ""))),
      ...rest,
    };
  },
});
