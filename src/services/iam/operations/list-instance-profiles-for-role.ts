import { ListInstanceProfilesForRoleCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onRole } from "../entities/access.ts";
import { nameKey } from "../entities/entity.ts";
import { findRole } from "../entities/find.ts";
import { instanceProfileSummary } from "../entities/instance-profiles/instance-profile.ts";
import { pageOf } from "../page.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfilesForRole.html */
export const listInstanceProfilesForRole = operation(ListInstanceProfilesForRoleCommand)({
  access: onRole("iam:ListInstanceProfilesForRole"),
  async run(input, { store }: Iam, call) {
    const role = await findRole(store, call, input.RoleName);
    const profiles = await store.listInstanceProfilesOf([role.id]);
    const { page, ...rest } = pageOf(profiles, input, ({ name }) => nameKey(name));
    return { InstanceProfiles: page.map((profile) => instanceProfileSummary(call, profile, role)), ...rest };
  },
});
