import { UpdateAliasCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation-before.ts";
import { aliasAccess, refuseAliasAsTarget, refuseOtherKind } from "../aliases/alias.ts";
import type { Kms } from "../context.ts";
import { requestedKey } from "../cryptography/find.ts";
import { refusePendingDeletion } from "../cryptography/key-use.ts";
import { accessToKey, keyAccess, toChange } from "../keys/access.ts";
import { aliasNotFound } from "../keys/find.ts";
import { aliasArn } from "../keys/key.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateAlias.html */
export const updateAlias = operation(UpdateAliasCommand)({
  async access(input, call, context: Kms) {
    const alias = aliasAccess(call, "UpdateAlias", input.AliasName);
    refuseAliasAsTarget(call, input.TargetKeyId);
    const current = await requestedKey(context, call, input.AliasName);
    return [
      alias,
      accessToKey(call, "UpdateAlias", { key: current.key, arn: current.arn }),
      await keyAccess(context, call, "UpdateAlias", input.TargetKeyId, toChange),
    ];
  },
  async run(input, context, call) {
    const found = await requestedKey(context, call, input.TargetKeyId);
    refusePendingDeletion(found);
    refuseOtherKind((await requestedKey(context, call, input.AliasName)).key, found.key);
    const updated = await context.keys.updateAlias(call, input.AliasName, found.key.id);
    if (!updated) throw aliasNotFound(aliasArn(call, input.AliasName));
    return {};
  },
});
