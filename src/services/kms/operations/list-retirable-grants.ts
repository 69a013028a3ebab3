import { ListRetirableGrantsCommand } from "@aws-sdk/client-kms";
import { parseArn } from "../../../arn.ts";
import { defined } from "../../../defined.ts";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { refuseServices, requiredPrincipal } from "../grants/request.ts";
import { grantEntry } from "../grants/shape.ts";
import { keyArn } from "../keys/key.ts";
import { page, readMarker } from "../page.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListRetirableGrants.html */
export const listRetirableGrants = operation(ListRetirableGrantsCommand)({
  find(input, call) {
    refuseServices(input);
    return { retiring: requiredPrincipal(call, "retiringPrincipal", input.RetiringPrincipal) };
  },
  // Only the principal's own account may ask.
  access: ({ retiring }) => ({ resource: "*", ...defined({ resourceAccount: parseArn(retiring)?.account }) }),
  async run({ retiring }, input, { store }: Kms, call) {
    const limit = input.Limit ?? 50;
    const grants = await store.grants.listRetirable(call.region, retiring, readMarker(input.Marker), limit + 1);
    const { items, next } = page(grants, limit, ({ grant }) => grant.id);
    return {
      Grants: items.map(({ account, grant }) => grantEntry(grant, keyArn({ ...call, account }, grant.keyId))),
      ...next,
    };
  },
});
