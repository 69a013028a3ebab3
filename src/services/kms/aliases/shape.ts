import type { AliasListEntry } from "@aws-sdk/client-kms";
import { aliasArn, type Scope } from "../keys/key.ts";
import type { Alias } from "./alias.ts";

/** An entry of ListAliases. */
export type ShownAlias = AliasListEntry & { readonly AliasName: string };

export function shownAlias(scope: Scope, alias: Alias): ShownAlias {
  return {
    AliasName: alias.name,
    AliasArn: aliasArn(scope, alias.name),
    TargetKeyId: alias.keyId,
    CreationDate: alias.createdAt,
    LastUpdatedDate: alias.updatedAt,
  };
}

/** The alias of an AWS managed key that was not made yet. */
export function predefinedAlias(scope: Scope, name: string): ShownAlias {
  return { AliasName: name, AliasArn: aliasArn(scope, name) };
}
