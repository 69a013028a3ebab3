import { DescribeOrganizationCommand } from "@aws-sdk/client-organizations";
import { operation } from "../../../model/operation-before.ts";
import { managementAccount, organizationsArn } from "../accounts/account.ts";
import type { Organizations } from "../context.ts";

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeOrganization.html: every account may ask. */
export const describeOrganization = operation(DescribeOrganizationCommand)({
  access: () => ({ action: "organizations:DescribeOrganization", resource: "*" }),
  async run(_input, { organization }: Organizations) {
    const { id, email } = managementAccount(organization);
    return {
      Organization: {
        Id: organization.id,
        Arn: organizationsArn(organization, "organization"),
        FeatureSet: "ALL",
        MasterAccountArn: organizationsArn(organization, "account", id),
        MasterAccountId: id,
        MasterAccountEmail: email,
        // There are no service control policies, nor others of an organization.
        AvailablePolicyTypes: [],
      },
    };
  },
});
