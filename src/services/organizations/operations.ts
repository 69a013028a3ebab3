import * as client from "@aws-sdk/client-organizations";
import type { Operation } from "../../model/operation.ts";
import type { Model } from "../../model/violations.ts";
import type { Organizations } from "./context.ts";
import limits from "./limits.json" with { type: "json" };
import { createAccount } from "./operations/create-account.ts";
import { describeAccount } from "./operations/describe-account.ts";
import { describeCreateAccountStatus } from "./operations/describe-create-account-status.ts";
import { describeOrganization } from "./operations/describe-organization.ts";
import { listAccounts } from "./operations/list-accounts.ts";
import { listParents } from "./operations/list-parents.ts";
import { listRoots } from "./operations/list-roots.ts";
import { listTagsForResource } from "./operations/list-tags-for-resource.ts";

export const model: Model = { limits, exports: client };

/** Every operation that answers; `npm run coverage` and `npm run limits` read it. */
export const operations: readonly Operation<Organizations>[] = [
  createAccount,
  describeAccount,
  describeCreateAccountStatus,
  describeOrganization,
  listAccounts,
  listParents,
  listRoots,
  listTagsForResource,
];
