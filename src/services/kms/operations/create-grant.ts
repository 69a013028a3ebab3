import { CreateGrantCommand, LimitExceededException$ } from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { requestedKey } from "../cryptography/find.ts";
import { refuseDryRun, refuseUnusable } from "../cryptography/key-use.ts";
import { grantConditions, readGrant, refuseUngrantable, refuseUnknownPrincipals } from "../grants/request.ts";
import { keyAccess } from "../keys/access.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html */
export const createGrant = operation(CreateGrantCommand)({
  access: (input, call, context: Kms) =>
    keyAccess(
      context,
      call,
      "CreateGrant",
      input.KeyId,
      { otherAccounts: true },
      grantConditions(readGrant(call, input)),
    ),
  async run(input, context, call) {
    const grant = readGrant(call, input);
    const found = await requestedKey(context, call, input.KeyId);
    refuseUnusable(found);
    refuseUngrantable(found.key, grant);
    await refuseUnknownPrincipals(context, call, grant);
    refuseDryRun(input.DryRun);
    const id = await context.keys.createGrant(found.key, grant);
    if (id === undefined) {
      throw new ApiError(LimitExceededException$, `The key ${found.arn} has as many grants as a key may have`);
    }
    return { GrantId: id, GrantToken: context.keys.grantToken({ keyId: found.key.id, grantId: id }) };
  },
});
