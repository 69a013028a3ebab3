import { DescribeAccountCommand } from "@aws-sdk/client-organizations";
import { operation } from "../../../model/operation-before.ts";
import { managementAccount, organizationsArn, shownAccount } from "../accounts/account.ts";
import type { Organizations } from "../context.ts";
import { noSuchAccount, refuseMember } from "../errors.ts";

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeAccount.html */
export const describeAccount = operation(DescribeAccountCommand)({
  access(input, call, { organization }: Organizations) {
    refuseMember(call, organization);
    const resource = organizationsArn(organization, "account", input.AccountId);
    return { action: "organizations:DescribeAccount", resource };
  },
  async run({ AccountId: id }, { organization, accounts }) {
    const isFirst = id === organization.managementAccount;
    const account = isFirst ? managementAccount(organization) : await accounts.find(id);
    if (!account) throw noSuchAccount();
    return { Account: shownAccount(organization, account) };
  },
});
