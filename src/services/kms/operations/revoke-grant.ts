import { RevokeGrantCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { requestedKey } from "../cryptography/find.ts";
import { refuseDryRun } from "../cryptography/key-use.ts";
import { grantNotFound, refuseNoGrantId } from "../grants/request.ts";
import { keyAccess, toRead } from "../keys/access.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_RevokeGrant.html */
export const revokeGrant = operation(RevokeGrantCommand)({
  access: (input, call, context: Kms) =>
    keyAccess(
      context,
      call,
      "RevokeGrant",
      input.KeyId,
      { ...toRead, otherAccounts: true },
      { "kms:GrantIsForAWSResource": "false" },
    ),
  async run(input, context, call) {
    refuseNoGrantId(input.GrantId);
    const { key } = await requestedKey(context, call, input.KeyId);
    if (!(await context.keys.findGrant(key, input.GrantId))) throw grantNotFound(input.GrantId);
    refuseDryRun(input.DryRun);
    if (!(await context.keys.deleteGrant(key, input.GrantId))) throw grantNotFound(input.GrantId);
    return {};
  },
});
