import * as client from "@aws-sdk/client-organizations";
import type { OperationTable } from "../../model/operation.ts";
import type { Model } from "../../model/violations.ts";
import type { Organizations } from "./context.ts";
import limits from "./limits.json" with { type: "json" };

export const model: Model = { limits, exports: client };

/** Every operation that answers, loaded with its first request; `npm run coverage` and `npm run limits` read it. */
export const operations: OperationTable<Organizations> = {
  CreateAccount: async () => (await import("./operations/create-account.ts")).createAccount,
  DescribeAccount: async () => (await import("./operations/describe-account.ts")).describeAccount,
  DescribeCreateAccountStatus: async () =>
    (await import("./operations/describe-create-account-status.ts")).describeCreateAccountStatus,
  DescribeOrganization: async () => (await import("./operations/describe-organization.ts")).describeOrganization,
  ListAccounts: async () => (await import("./operations/list-accounts.ts")).listAccounts,
  ListParents: async () => (await import("./operations/list-parents.ts")).listParents,
  ListRoots: async () => (await import("./operations/list-roots.ts")).listRoots,
  ListTagsForResource: async () => (await import("./operations/list-tags-for-resource.ts")).listTagsForResource,
};
