import { ListInstanceProfilesCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onList } from "../entities/access.ts";
import { nameKey } from "../entities/entity.ts";
import { instanceProfileSummary } from "../entities/instance-profiles/instance-profile.ts";
import { endPage, readPage } from "../page.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfiles.html */
export const listInstanceProfiles = operation(ListInstanceProfilesCommand)({
  access: onList("iam:ListInstanceProfiles", "instance-profile"),
  async run(input, { store }: Iam, call) {
    const asked = readPage(input);
    const profiles = await store.listInstanceProfiles(call.account, {
      pathPrefix: input.PathPrefix ?? "/",
      after: asked.after,
      limit: asked.limit + 1,
    });
    const { page, ...rest } = endPage(profiles, asked, ({ name }) => nameKey(name));
    const roles = await store.findRolesById(page.flatMap(({ roleId }) => roleId ?? []));
    return {
      InstanceProfiles: page.map((profile) => instanceProfileSummary(call, profile, roles.get(profile.roleId ?? ""))),
      ...rest,
    };
  },
});
