import { ListInstanceProfilesForRoleCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onEntity } from "../entities/access.ts";
import { existing, findRole } from "../entities/find.ts";
import { instanceProfileSummary } from "../entities/instance-profiles/shape.ts";
import { nameKey } from "../names.ts";
import { pageOf } from "../page.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfilesForRole.html */
export const listInstanceProfilesForRole = operation(ListInstanceProfilesForRoleCommand)({
  find: findRole,
  access: onEntity,
  async run(found, input, { store }, call) {
    const role = existing(found);
    const profiles = await store.instanceProfiles.listOfRoles([role.id]);
    const { page, ...rest } = pageOf(profiles, input, ({ name }) => nameKey(name));
    return { InstanceProfiles: page.map((profile) => instanceProfileSummary(call, profile, role)), ...rest };
  },
});
