import { Unseen } from "../account/account.ts";
import type { Rule } from "./rule.ts";

/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html */
export const scpNotSeen: Rule = {
  id: "scp-not-seen",
  severity: "unknown",
  when: "start",
  title: "The account is in an organization, whose control policies are not looked at",
  *find({ organization, account, executionRole }) {
    if (!organization || !executionRole) return;
    const where =
      organization instanceof Unseen
        ? `Whether account ${account.id} is in an organization could not be seen (${organization.message})`
        : `Account ${account.id} is in the organization ${organization.id}`;
    yield {
      pointer: executionRole.pointer,
      message: `${where}: its service and resource control policies, which only the management account may list, may deny what the role's policies allow.`,
    };
  },
};
