import { ListPolicyVersionsCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onPolicy } from "../entities/access.ts";
import { findPolicy } from "../entities/find.ts";
import { versionSummary } from "../entities/shape.ts";
import { pageOf } from "../page.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyVersions.html */
export const listPolicyVersions = operation(ListPolicyVersionsCommand)({
  access: onPolicy("iam:ListPolicyVersions"),
  async run(input, { store }: Iam, call) {
    const policy = await findPolicy(store, call, input.PolicyArn);
    const versions = await store.listPolicyVersions(policy.arn);
    // Newest first: the key falls as the version rises.
    const { page, ...rest } = pageOf(versions, input, ({ version }) => String(1e9 - version));
    return { Versions: page.map((version) => versionSummary(policy, version)), ...rest };
  },
});
