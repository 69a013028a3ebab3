import { ListRetirableGrantsCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { grantEntry } from "../grants/grant.ts";
import { refuseServices, requiredPrincipal } from "../grants/request.ts";
import { keyArn } from "../keys/key.ts";
import { page, readMarker } from "../page.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListRetirableGrants.html */
export const listRetirableGrants = operation(ListRetirableGrantsCommand)({
  access(input, call) {
    refuseServices(input);
    const retiring = requiredPrincipal(call, "retiringPrincipal", input.RetiringPrincipal);
    return {
      action: "kms:ListRetirableGrants",
      resource: "*",
      // A principal of another account is that account's to ask for.
      resourceAccount: retiring.split(":")[4]!,
    };
  },
  async run(input, { keys }: Kms, call) {
    const limit = input.Limit ?? 50;
    const after = readMarker(input.Marker);
    const found = await keys.listRetirableGrants(call.region, input.RetiringPrincipal!, after, limit + 1);
    const { items, next } = page(found, limit, ({ grant }) => grant.id);
    return {
      Grants: items.map(({ account, grant }) => grantEntry(grant, keyArn({ ...call, account }, grant.keyId))),
      ...next,
    };
  },
});
