import * as client from "@aws-sdk/client-organizations";
import type { Operation } from "../../aws/operation.ts";
import type { Model } from "../../aws/violations.ts";
import { createAccount } from "./create-account.ts";
import { describeAccount } from "./describe-account.ts";
import { describeCreateAccountStatus } from "./describe-create-account-status.ts";
import { describeOrganization } from "./describe-organization.ts";
import type { Organizations } from "./index.ts";
import limits from "./limits.json" with { type: "json" };
import { listAccounts } from "./list-accounts.ts";
import { listParents } from "./list-parents.ts";
import { listRoots } from "./list-roots.ts";
import { listTagsForResource } from "./list-tags-for-resource.ts";

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
