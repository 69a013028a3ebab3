import { ChildNotFoundException$, ListParentsCommand } from "@aws-sdk/client-organizations";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation.ts";
import { findAccount } from "../accounts/find.ts";
import type { Organizations } from "../context.ts";
import { managedOrganization } from "../organization/access.ts";
import { organizationsArn } from "../organization/organization.ts";

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListParents.html: the root is every account's parent. */
export const listParents = operation(ListParentsCommand)({
  find: async (input, call, context: Organizations) => ({
    organization: managedOrganization(call, context),
    account: await findAccount(context, input.ChildId),
  }),
  access: ({ organization }, input) => ({ resource: organizationsArn(organization, "account", input.ChildId) }),
  async run({ organization, account }) {
    if (!account) {
      throw new ApiError(
        ChildNotFoundException$,
        "You specified an organizational unit (OU) or account that doesn't exist.",
      );
    }
    return { Parents: [{ Id: organization.rootId, Type: "ROOT" as const }] };
  },
});
