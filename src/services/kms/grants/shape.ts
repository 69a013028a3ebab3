import type { GrantListEntry } from "@aws-sdk/client-kms";
import { parseArn } from "../../../arn.ts";
import { defined } from "../../../defined.ts";
import type { KeyGrant } from "./grant.ts";

/** A grant as ListGrants shows it. */
export function grantEntry(grant: KeyGrant, keyArn: string): GrantListEntry {
  const { constraint, name, retiring, issuingAccount } = grant;
  const partition = parseArn(keyArn)?.partition;
  return {
    KeyId: keyArn,
    GrantId: grant.id,
    Name: name ?? "",
    CreationDate: grant.createdAt,
    GranteePrincipal: grant.grantee,
    IssuingAccount: `arn:${partition}:iam::${issuingAccount}:root`,
    Operations: [...grant.operations],
    ...defined({
      RetiringPrincipal: retiring,
      Constraints: constraint && { [constraint.kind]: Object.fromEntries(constraint.context) },
    }),
  };
}
