import { RevokeGrantCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { refuseDryRun } from "../cryptography/key-use.ts";
import { grantNotFound, refuseNoGrantId } from "../grants/request.ts";
import { keyAccess } from "../keys/access.ts";
import { findKey } from "../keys/find.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_RevokeGrant.html */
export const revokeGrant = operation(RevokeGrantCommand)({
  find: (input, call, context: Kms) =>
    findKey(context, call, input.KeyId, { operation: "RevokeGrant", managed: true, otherAccounts: true }),
  access: (found, _input, call) => keyAccess(call, found, { "kms:GrantIsForAWSResource": "false" }),
  async run({ key }, { GrantId: id, DryRun: dryRun }, { store }) {
    refuseNoGrantId(id);
    const isThere = dryRun ? (await store.grants.find(key, id)) !== undefined : await store.grants.delete(key, id);
    if (!isThere) throw grantNotFound(id);
    refuseDryRun(dryRun);
    return {};
  },
});
