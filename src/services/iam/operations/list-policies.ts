import { ListPoliciesCommand, type ListPoliciesCommandInput } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onPath } from "../account/access.ts";
import type { Iam } from "../context.ts";
import type { PolicyUse } from "../entities/policies/attachment-records.ts";
import { nameKey } from "../names.ts";
import { endPage, readPage } from "../page.ts";
import { listAwsManaged } from "../policies/aws-managed-policies.ts";
import type { ManagedPolicy } from "../policies/policy.ts";
import { policySummary } from "../policies/shape.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicies.html */
export const listPolicies = operation(ListPoliciesCommand)({
  access: onPath("policy"),
  async run(_found, input, { store }: Iam, call) {
    const asked = readPage(input);
    const pathPrefix = input.PathPrefix ?? "/";
    const use = usageOf(input);
    const uses = {
      attachment: await store.attachments.countUses(call.account, "attachment"),
      boundary: await store.attachments.countUses(call.account, "boundary"),
    };
    const own =
      input.Scope === "AWS" || asked.after >= keyOf.aws
        ? []
        : await store.policies.list(call.account, {
            pathPrefix,
            after: asked.after.slice(keyOf.own.length),
            limit: asked.limit + 1,
            use,
          });
    const aws =
      input.Scope === "Local"
        ? []
        : listAwsManaged(call.partition)
            .filter(({ path, arn }) => path.startsWith(pathPrefix) && (use === undefined || uses[use].has(arn)))
            .filter((policy) => key(policy) > asked.after);
    const { page, ...rest } = endPage([...own, ...aws], asked, key);
    return {
      Policies: page.map((policy) =>
        policySummary(policy, {
          attachments: uses.attachment.get(policy.arn) ?? 0,
          boundaries: uses.boundary.get(policy.arn) ?? 0,
        }),
      ),
      ...rest,
    };
  },
});

/** The account's own policies come first. */
const keyOf = { own: "0 ", aws: "1 " };

function key({ name, account }: ManagedPolicy): string {
  return (account === "aws" ? keyOf.aws : keyOf.own) + nameKey(name);
}

function usageOf(input: ListPoliciesCommandInput): PolicyUse | undefined {
  if (input.PolicyUsageFilter === "PermissionsBoundary") return "boundary";
  return input.OnlyAttached || input.PolicyUsageFilter ? "attachment" : undefined;
}
