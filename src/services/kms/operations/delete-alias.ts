import { DeleteAliasCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation-before.ts";
import { aliasAccess } from "../aliases/alias.ts";
import type { Kms } from "../context.ts";
import { requestedKey } from "../cryptography/find.ts";
import { accessToKey } from "../keys/access.ts";
import { aliasNotFound } from "../keys/find.ts";
import { aliasArn } from "../keys/key.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DeleteAlias.html */
export const deleteAlias = operation(DeleteAliasCommand)({
  async access(input, call, context: Kms) {
    const alias = aliasAccess(call, "DeleteAlias", input.AliasName);
    const { key, arn } = await requestedKey(context, call, input.AliasName);
    return [alias, accessToKey(call, "DeleteAlias", { key, arn })];
  },
  async run(input, context, call) {
    if (!(await context.keys.deleteAlias(call, input.AliasName))) throw aliasNotFound(aliasArn(call, input.AliasName));
    return {};
  },
});
