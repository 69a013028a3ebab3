import { parseArn } from "../../../arn.ts";
import { quotaExceeded } from "../errors.ts";
import { splitResource } from "../names.ts";
import { checkDocument, malformedDocument, policySize, policySizes } from "../policies/document.ts";
import type { IamRecords } from "../store.ts";
import { recordsOf } from "./records-of.ts";

/** Refuses a trust policy that AWS would not take, one that names a principal of the account that does not exist included. */
export async function checkTrustPolicy(document: string, account: string, store: IamRecords): Promise<void> {
  const { statements } = checkDocument(document, "trust");
  if (policySize(document) > policySizes.trust) throw quotaExceeded("ACLSizePerRole", policySizes.trust);
  for (const arn of new Set(statements.flatMap(({ principal }) => principal?.aws ?? []))) {
    const parts = parseArn(arn);
    if (parts?.service !== "iam" || parts.account !== account || parts.resource === "root") continue;
    const kind = parts.resource.startsWith("role/") ? "role" : "user";
    const named = splitResource(parts.resource, kind);
    const found = named && (await recordsOf(store, kind).find(account, named.name));
    if (found?.path !== named?.path) throw malformedDocument(`Invalid principal in policy: "AWS":"${arn}"`);
  }
}
