import { ListPoliciesCommand } from "@aws-sdk/client-iam";
import { operation } from "../../aws/operation.ts";
import { onList } from "./access.ts";
import { listAwsManaged } from "./aws-managed-policies.ts";
import { nameKey } from "./entity.ts";
import type { Iam } from "./index.ts";
import { pageOf } from "./page.ts";
import { policySummary } from "./shapes.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicies.html */
export const listPolicies = operation(ListPoliciesCommand)({
  access: onList("iam:ListPolicies", "policy"),
  async run(input, { store }: Iam, call) {
    const attachments = await store.countUses(call.account, "attachment");
    const boundaries = await store.countUses(call.account, "boundary");
    const used = input.PolicyUsageFilter === "PermissionsBoundary" ? boundaries : attachments;
    const policies = [
      ...(input.Scope === "AWS" ? [] : await store.listCustomerPolicies(call.account)),
      ...(input.Scope === "Local" ? [] : listAwsManaged(call.partition)),
    ]
      .filter(({ path }) => path.startsWith(input.PathPrefix ?? "/"))
      .filter(({ arn }) => !(input.OnlyAttached || input.PolicyUsageFilter) || used.has(arn));
    const { page, ...rest } = pageOf(policies, input, ({ name, account }) => `${nameKey(name)} ${account}`);
    return {
      Policies: page.map((policy) =>
        policySummary(policy, {
          attachments: attachments.get(policy.arn) ?? 0,
          boundaries: boundaries.get(policy.arn) ?? 0,
        }),
      ),
      ...rest,
    };
  },
});
