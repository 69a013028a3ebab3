import { CreateGrantCommand, LimitExceededException$ } from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { refuseDryRun } from "../cryptography/key-use.ts";
import { keyNotFound } from "../errors.ts";
import { grantConditions, readGrant, refuseUngrantable, refuseUnknownPrincipals } from "../grants/request.ts";
import { keyAccess } from "../keys/access.ts";
import { findKey } from "../keys/find.ts";
import { refuseUnusable } from "../keys/state.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html */
export const createGrant = operation(CreateGrantCommand)({
  async find(input, call, context: Kms) {
    const grant = readGrant(call, input);
    const takes = { operation: "CreateGrant", otherAccounts: true } as const;
    return { grant, found: await findKey(context, call, input.KeyId, takes) };
  },
  access: ({ grant, found }, _input, call) => keyAccess(call, found, grantConditions(grant)),
  async run({ grant, found }, input, context, call) {
    const { key, arn } = found;
    refuseUnusable(found);
    refuseUngrantable(key, grant);
    await refuseUnknownPrincipals(context, call, grant);
    refuseDryRun(input.DryRun);
    const { grants } = context.store;
    const created = await grants.create(key, grant, (current) => refuseUnusable({ key: current, arn }));
    if (!created) throw keyNotFound(arn);
    if (created === "limit") {
      throw new ApiError(LimitExceededException$, `The key ${arn} has as many grants as a key may have`);
    }
    return { GrantId: created.id, GrantToken: grants.token({ keyId: key.id, grantId: created.id }) };
  },
});
