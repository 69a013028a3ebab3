import { ListGrantsCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { requestedKey } from "../cryptography/find.ts";
import { grantEntry } from "../grants/grant.ts";
import { grantNotFound, refuseNoGrantId, refuseServices } from "../grants/request.ts";
import { keyAccess, toRead } from "../keys/access.ts";
import { page, readMarker } from "../page.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListGrants.html */
export const listGrants = operation(ListGrantsCommand)({
  access: (input, call, context: Kms) =>
    keyAccess(
      context,
      call,
      "ListGrants",
      input.KeyId,
      { ...toRead, otherAccounts: true },
      { "kms:GrantIsForAWSResource": "false" },
    ),
  async run(input, context, call) {
    const { key, arn } = await requestedKey(context, call, input.KeyId);
    refuseServices(input);
    const { GrantId: id, GranteePrincipal: grantee } = input;
    if (id !== undefined) {
      refuseNoGrantId(id);
      const grant = await context.keys.findGrant(key, id);
      if (!grant) throw grantNotFound(id);
      const isWanted = grantee === undefined || grant.grantee === grantee;
      return { Grants: isWanted ? [grantEntry(grant, arn)] : [], Truncated: false };
    }
    const limit = input.Limit ?? 50;
    const found = await context.keys.listGrants(key, grantee, readMarker(input.Marker), limit + 1);
    const { items, next } = page(found, limit, (grant) => grant.id);
    return { Grants: items.map((grant) => grantEntry(grant, arn)), ...next };
  },
});
