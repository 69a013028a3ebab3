import { ListGrantsCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { grantNotFound, refuseNoGrantId, refuseServices } from "../grants/request.ts";
import { grantEntry } from "../grants/shape.ts";
import { keyAccess } from "../keys/access.ts";
import { findKey } from "../keys/find.ts";
import { page, readMarker } from "../page.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListGrants.html */
export const listGrants = operation(ListGrantsCommand)({
  find: (input, call, context: Kms) =>
    findKey(context, call, input.KeyId, { operation: "ListGrants", managed: true, otherAccounts: true }),
  access: (found, _input, call) => keyAccess(call, found, { "kms:GrantIsForAWSResource": "false" }),
  async run({ key, arn }, input, { store }) {
    refuseServices(input);
    const { GrantId: id, GranteePrincipal: grantee } = input;
    if (id !== undefined) {
      refuseNoGrantId(id);
      const grant = await store.grants.find(key, id);
      if (!grant) throw grantNotFound(id);
      const isWanted = grantee === undefined || grant.grantee === grantee;
      return { Grants: isWanted ? [grantEntry(grant, arn)] : [], Truncated: false };
    }
    const limit = input.Limit ?? 50;
    const grants = await store.grants.list(key, grantee, readMarker(input.Marker), limit + 1);
    const { items, next } = page(grants, limit, (grant) => grant.id);
    return { Grants: items.map((grant) => grantEntry(grant, arn)), ...next };
  },
});
