import { type AliasListEntry, ListAliasesCommand } from "@aws-sdk/client-kms";
import type { Call } from "../../../model/call.ts";
import { operation } from "../../../model/operation-before.ts";
import type { Alias } from "../aliases/records.ts";
import type { Kms } from "../context.ts";
import { requestedKey } from "../cryptography/find.ts";
import { keyAccess, toRead } from "../keys/access.ts";
import { aliasArn } from "../keys/key.ts";
import { managedAlias, managedServices } from "../keys/policy.ts";
import { page, readMarker } from "../page.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListAliases.html */
export const listAliases = operation(ListAliasesCommand)({
  async access(input, call, context: Kms) {
    // No key policy is asked, but the key has to be there.
    if (input.KeyId !== undefined) await keyAccess(context, call, "ListAliases", input.KeyId, toRead);
    return { action: "kms:ListAliases", resource: "*" };
  },
  async run(input, context, call) {
    const keyId = input.KeyId === undefined ? undefined : (await requestedKey(context, call, input.KeyId)).key.id;
    const after = readMarker(input.Marker);
    const limit = input.Limit ?? 50;
    const stored = await context.keys.listAliases(call, keyId, after, limit + 1);
    const all = keyId === undefined ? withPredefined(call, stored, after) : stored.map((alias) => entry(call, alias));
    const { items, next } = page(all, limit, (alias) => alias.AliasName!);
    return { Aliases: [...items], ...next };
  },
});

/** AWS lists the aliases of its managed keys before it makes the keys. */
function withPredefined(call: Call, stored: readonly Alias[], after: string): AliasListEntry[] {
  const names = new Set(stored.map(({ name }) => name));
  const predefined = managedServices.map(managedAlias).filter((name) => name > after && !names.has(name));
  return [
    ...stored.map((alias) => entry(call, alias)),
    ...predefined.map((name) => ({ AliasName: name, AliasArn: aliasArn(call, name) })),
  ].sort((left, right) => (left.AliasName! < right.AliasName! ? -1 : 1));
}

function entry(call: Call, alias: Alias): AliasListEntry {
  return {
    AliasName: alias.name,
    AliasArn: aliasArn(call, alias.name),
    TargetKeyId: alias.keyId,
    CreationDate: alias.createdAt,
    LastUpdatedDate: alias.updatedAt,
  };
}
