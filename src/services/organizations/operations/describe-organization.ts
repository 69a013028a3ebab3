import { DescribeOrganizationCommand } from "@aws-sdk/client-organizations";
import { operation } from "../../../model/operation.ts";
import { managementAccount } from "../accounts/account.ts";
import type { Organizations } from "../context.ts";
import { organizationsArn } from "../organization/organization.ts";

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeOrganization.html: every account may ask. */
export const describeOrganization = operation(DescribeOrganizationCommand)({
  find: (_input, _call, { organization }: Organizations) => organization,
  access: () => ({ resource: "*" }),
  async run(organization) {
    const { id, email } = managementAccount(organization);
    return {
      Organization: {
        Id: organization.id,
        Arn: organizationsArn(organization, "organization"),
        FeatureSet: "ALL",
        MasterAccountArn: organizationsArn(organization, "account", id),
        MasterAccountId: id,
        MasterAccountEmail: email,
        // Organizations have no policies here, such as service control policies.
        AvailablePolicyTypes: [],
      },
    };
  },
});
