import { ListAliasesCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation.ts";
import { predefinedAlias, shownAlias } from "../aliases/shape.ts";
import type { Kms } from "../context.ts";
import { findKey } from "../keys/find.ts";
import { managedAlias, managedServices } from "../keys/policy.ts";
import { page, readMarker } from "../page.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListAliases.html */
export const listAliases = operation(ListAliasesCommand)({
  async find({ KeyId: keyId }, call, context: Kms) {
    if (keyId === undefined) return undefined;
    return findKey(context, call, keyId, { operation: "ListAliases", managed: true });
  },
  // The key's policy does not decide.
  access: () => ({ resource: "*" }),
  async run(found, input, { store }, call) {
    const after = readMarker(input.Marker);
    const limit = input.Limit ?? 50;
    const stored = await store.aliases.list(call, found?.key.id, after, limit + 1);
    const all = stored.map((alias) => shownAlias(call, alias));
    if (!found) {
      // AWS lists the aliases of its managed keys before it makes the keys.
      const names = new Set(stored.map(({ name }) => name));
      const missing = managedServices.map(managedAlias).filter((name) => name > after && !names.has(name));
      all.push(...missing.map((name) => predefinedAlias(call, name)));
      all.sort((left, right) => (left.AliasName < right.AliasName ? -1 : 1));
    }
    const { items, next } = page(all, limit, (alias) => alias.AliasName);
    return { Aliases: [...items], ...next };
  },
});
