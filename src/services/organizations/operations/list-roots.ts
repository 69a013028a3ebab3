import { ListRootsCommand } from "@aws-sdk/client-organizations";
import { operation } from "../../../model/operation-before.ts";
import { organizationsArn } from "../accounts/account.ts";
import type { Organizations } from "../context.ts";
import { refuseMember } from "../errors.ts";

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListRoots.html: there is one, without units below. */
export const listRoots = operation(ListRootsCommand)({
  access(_input, call, { organization }: Organizations) {
    refuseMember(call, organization);
    return { action: "organizations:ListRoots", resource: "*" };
  },
  async run(_input, { organization }) {
    const { rootId } = organization;
    return {
      Roots: [{ Id: rootId, Arn: organizationsArn(organization, "root", rootId), Name: "Root", PolicyTypes: [] }],
    };
  },
});
