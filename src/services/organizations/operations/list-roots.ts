import { ListRootsCommand } from "@aws-sdk/client-organizations";
import { operation } from "../../../model/operation.ts";
import type { Organizations } from "../context.ts";
import { managedOrganization } from "../organization/access.ts";
import { organizationsArn } from "../organization/organization.ts";

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListRoots.html: there is one, without units below. */
export const listRoots = operation(ListRootsCommand)({
  find: (_input, call, context: Organizations) => managedOrganization(call, context),
  access: () => ({ resource: "*" }),
  async run(organization) {
    const { rootId } = organization;
    return {
      Roots: [{ Id: rootId, Arn: organizationsArn(organization, "root", rootId), Name: "Root", PolicyTypes: [] }],
    };
  },
});
