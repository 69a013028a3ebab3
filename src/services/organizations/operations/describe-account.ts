import { DescribeAccountCommand } from "@aws-sdk/client-organizations";
import { operation } from "../../../model/operation.ts";
import { findAccount } from "../accounts/find.ts";
import { shownAccount } from "../accounts/shape.ts";
import type { Organizations } from "../context.ts";
import { noSuchAccount } from "../errors.ts";
import { managedOrganization } from "../organization/access.ts";
import { organizationsArn } from "../organization/organization.ts";

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeAccount.html */
export const describeAccount = operation(DescribeAccountCommand)({
  find: async (input, call, context: Organizations) => ({
    organization: managedOrganization(call, context),
    account: await findAccount(context, input.AccountId),
  }),
  access: ({ organization }, input) => ({ resource: organizationsArn(organization, "account", input.AccountId) }),
  async run({ organization, account }) {
    if (!account) throw noSuchAccount();
    return { Account: shownAccount(organization, account) };
  },
});
