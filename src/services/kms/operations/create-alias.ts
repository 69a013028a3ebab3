import { AlreadyExistsException$, CreateAliasCommand } from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation-before.ts";
import { aliasAccess, refuseAliasAsTarget } from "../aliases/alias.ts";
import type { Kms } from "../context.ts";
import { requestedKey } from "../cryptography/find.ts";
import { refusePendingDeletion } from "../cryptography/key-use.ts";
import { keyAccess, toChange } from "../keys/access.ts";
import { aliasArn } from "../keys/key.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html */
export const createAlias = operation(CreateAliasCommand)({
  async access(input, call, context: Kms) {
    const alias = aliasAccess(call, "CreateAlias", input.AliasName);
    refuseAliasAsTarget(call, input.TargetKeyId);
    return [alias, await keyAccess(context, call, "CreateAlias", input.TargetKeyId, toChange)];
  },
  async run(input, context, call) {
    const found = await requestedKey(context, call, input.TargetKeyId);
    refusePendingDeletion(found);
    const create = () => context.keys.createAlias(call, input.AliasName, found.key.id);
    // The name may be one of a key whose deletion date has passed since.
    if ((await create()) || ((await context.keys.removeDue()) > 0 && (await create()))) return {};
    const arn = aliasArn(call, input.AliasName);
    throw new ApiError(AlreadyExistsException$, `An alias with the name ${arn} already exists`);
  },
});
