import { ChildNotFoundException$, ListParentsCommand } from "@aws-sdk/client-organizations";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation-before.ts";
import { organizationsArn } from "../accounts/account.ts";
import type { Organizations } from "../context.ts";
import { refuseMember } from "../errors.ts";

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListParents.html: every account is the root's. */
export const listParents = operation(ListParentsCommand)({
  access(input, call, { organization }: Organizations) {
    refuseMember(call, organization);
    const resource = organizationsArn(organization, "account", input.ChildId);
    return { action: "organizations:ListParents", resource };
  },
  async run({ ChildId: id }, { organization, accounts }) {
    if (id !== organization.managementAccount && !(await accounts.find(id))) {
      throw new ApiError(
        ChildNotFoundException$,
        "You specified an organizational unit (OU) or account that doesn't exist.",
      );
    }
    return { Parents: [{ Id: organization.rootId, Type: "ROOT" as const }] };
  },
});
