import { ListPolicyVersionsCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { pageOf } from "../page.ts";
import { onPolicy } from "../policies/access.ts";
import { existingPolicy, findPolicy } from "../policies/find.ts";
import { versionSummary } from "../policies/shape.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyVersions.html */
export const listPolicyVersions = operation(ListPolicyVersionsCommand)({
  find: findPolicy,
  access: onPolicy,
  async run(found, input, { store }) {
    const policy = existingPolicy(found);
    const versions = await store.policies.listVersions(policy.arn);
    // Newest first: the key falls as the version rises.
    const { page, ...rest } = pageOf(versions, input, ({ version }) => String(1e9 - version));
    return { Versions: page.map((version) => versionSummary(policy, version)), ...rest };
  },
});
